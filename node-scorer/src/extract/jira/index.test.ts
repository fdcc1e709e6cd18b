import { describe, expect, it } from 'vitest';
import { ScorerError } from '../../errors.ts';
import { account, bugsOf, ids, issue, read, SETTINGS } from './site-in-test.ts';

describe('reading bugs', () => {
  it('probes, asks once for all projects, and once for the histories', async () => {
    const { transport, extraction } = read([account('A', 'ABC'), account('B', 'DEF')], {
      projects: ['ABC', 'DEF'],
      search: () => ({ issues: [issue('1', 'ABC'), issue('2', 'DEF')], isLast: true }),
    });
    const { facts, notes } = await extraction;
    expect([ids(facts.get('A')), ids(facts.get('B'))]).toEqual([['1'], ['2']]);
    expect(notes).toEqual([]);
    expect(transport.calls.map(({ endpoint }) => endpoint)).toEqual([
      'serverInfo',
      'myself',
      'status',
      'projects',
      'priorities',
      'issuetypes',
      'search',
      'count',
      'changelog',
    ]);
    expect(transport.calls.find(({ endpoint }) => endpoint === 'search')?.body).toMatchObject({
      fields: expect.arrayContaining(['created', 'status', 'priority', 'components', 'project']) as string[],
      jql: expect.stringContaining('project in ("ABC", "DEF")') as string,
    });
    expect(transport.calls.at(-1)?.body).toMatchObject({ issueIdsOrKeys: ['1', '2'], fieldIds: ['status'] });
  });

  it('tells the state at the end of the window from the history', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: () => ({
        issues: [issue('1', 'ABC', { status: { id: '9' }, priority: { name: 'p1' } }), issue('2', 'ABC')],
        isLast: true,
      }),
      changelog: () => ({
        issueChangeLogs: [
          {
            issueId: '1',
            changeHistories: [
              { created: '2026-11-02T00:00:00.000+0000', items: [{ fieldId: 'status', from: '3', to: '9' }] },
              { created: 1_791_201_600, items: [{ fieldId: 'status', from: '1', to: '3' }] },
            ],
          },
        ],
      }),
    });
    expect(bugsOf((await extraction).facts.get('A'))).toEqual([
      expect.objectContaining({ id: '1', doneAtEnd: false, critical: true }),
      expect.objectContaining({ id: '2', doneAtEnd: false, critical: false }),
    ]);
  });

  it('follows page tokens of both calls, whatever the size of the pages', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: ({ nextPageToken }) =>
        nextPageToken === undefined
          ? { issues: [issue('1', 'ABC')], nextPageToken: 't2', isLast: false }
          : { issues: [issue('1', 'ABC'), issue('2', 'ABC', { status: { id: '9' } })], isLast: true },
      changelog: ({ nextPageToken }) => ({
        issueChangeLogs: [
          {
            issueId: '2',
            changeHistories: [
              nextPageToken === undefined
                ? {
                    created: '2026-10-01T00:00:00.000+0000',
                    items: [{ fieldId: 'status', from: '1', to: '3' }],
                  }
                : {
                    created: '2026-10-09T00:00:00.000+0000',
                    items: [{ fieldId: 'status', from: '3', to: '9' }],
                  },
            ],
          },
        ],
        ...(nextPageToken === undefined ? { nextPageToken: 'c2' } : {}),
      }),
    });
    expect(bugsOf((await extraction).facts.get('A'))).toEqual([
      expect.objectContaining({ id: '1' }),
      expect.objectContaining({ id: '2', resolvedAt: Date.parse('2026-10-09T00:00:00Z') }),
    ]);
  });

  it('ends with an error when a page token comes twice', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: () => ({ issues: [issue('1', 'ABC')], nextPageToken: 'same' }),
    });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });

  it('leaves out a bug that was created after the window', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: () => ({
        issues: [issue('1', 'ABC', { created: '2026-11-01T00:00:00.000+0000' })],
        isLast: true,
      }),
    });
    expect(bugsOf((await extraction).facts.get('A'))).toEqual([]);
  });

  it('asks nothing at all when nobody is mapped', async () => {
    const { transport, extraction } = read([account('A', null)], {});
    expect((await extraction).facts.get('A')).toEqual({ missing: 'not_mapped' });
    expect(transport.calls).toEqual([]);
  });
});

describe('a mapping', () => {
  it('with unknown names costs those accounts only', async () => {
    const { transport, extraction } = read(
      [
        account('A', 'ABC'),
        account('B', 'GONE'),
        account('C', 'not a key"'),
        account('D', 'ABC', 'API'),
        account('E', 'ABC', 'Nowhere'),
        account('F', null),
      ],
      {
        projects: ['ABC'],
        components: { ABC: ['API', 'Web'] },
        search: () => ({
          issues: [issue('1', 'ABC', { components: [{ name: 'api' }] }), issue('2', 'ABC')],
          isLast: true,
        }),
      },
    );
    const { facts, notes } = await extraction;
    expect([...facts].map(([id, known]) => [id, ids(known)])).toEqual([
      ['A', ['1', '2']],
      ['B', { missing: 'not_mapped' }],
      ['C', { missing: 'not_mapped' }],
      ['D', ['1']],
      ['E', { missing: 'not_mapped' }],
      ['F', { missing: 'not_mapped' }],
    ]);
    expect(notes.map(({ code, accountId }) => [code, accountId])).toEqual([
      ['unknown_project', 'B'],
      ['unknown_project', 'C'],
      ['unknown_component', 'E'],
    ]);
    const jql = (transport.calls.find(({ endpoint }) => endpoint === 'search')?.body as { jql: string }).jql;
    expect(jql).not.toContain('GONE');
    expect(jql).not.toContain('not a key');
  });

  it('with a component that is not listed and stands on a bug was read from a list that was cut', async () => {
    const { extraction } = read([account('A', 'ABC'), account('B', 'ABC', 'Web')], {
      projects: ['ABC'],
      components: { ABC: ['API'] },
      search: () => ({ issues: [issue('1', 'ABC', { components: [{ name: 'web' }] })], isLast: true }),
    });
    await expect(extraction).rejects.toMatchObject({
      code: 'SOURCE_UNEXPECTED',
      message: expect.stringContaining('components of project ABC lacks web') as string,
    });
  });

  it.each([[['API']], [[]]])(
    'with a component that was read before and is not listed (%j) is a failed read of that account',
    async (components) => {
      const { extraction } = read(
        [account('A', 'ABC'), account('B', 'ABC', 'Web'), account('C', 'ABC', 'New')],
        {
          projects: ['ABC'],
          components: { ABC: components },
          search: () => ({ issues: [issue('1', 'ABC')], isLast: true }),
        },
        SETTINGS,
        undefined,
        ['B'],
      );
      const { facts } = await extraction;
      expect([ids(facts.get('A')), facts.get('B'), facts.get('C')]).toEqual([
        ['1'],
        { missing: 'source_down' },
        { missing: 'not_mapped' },
      ]);
    },
  );

  it('of which no project can be seen is a missing permission', async () => {
    const { extraction } = read([account('A', 'ABC'), account('B', 'DEF')], { projects: [] });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('of a bug in two components counts it once for each account', async () => {
    const { extraction } = read([account('A', 'ABC', 'API'), account('B', 'ABC', 'Web')], {
      projects: ['ABC'],
      components: { ABC: ['API', 'Web'] },
      search: () => ({
        issues: [issue('1', 'ABC', { components: [{ name: 'API' }, { name: 'Web' }] })],
        isLast: true,
      }),
    });
    const { facts } = await extraction;
    expect([ids(facts.get('A')), ids(facts.get('B'))]).toEqual([['1'], ['1']]);
  });
});

describe('bad credentials', () => {
  it('that are answered as anonymous cannot look like "no bugs"', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      myself: ({ responseHeaders }) => responseHeaders?.({ 'x-ausername': 'anonymous' }),
    });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('that are refused end the read before any search', async () => {
    const refused = new ScorerError('SOURCE_REFUSED', 'Jira: GET /rest/api/3/myself: status 401');
    const { transport, extraction } = read([account('A', 'ABC')], { myself: () => Promise.reject(refused) });
    await expect(extraction).rejects.toBe(refused);
    expect(transport.calls.map(({ endpoint }) => endpoint)).toEqual(['serverInfo', 'myself']);
  });
});

describe('a bad record', () => {
  it('is reported, keeps its other fields, and the others survive', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: () => ({ issues: [issue('1', 'ABC'), issue('2', 'ABC', { created: null })], isLast: true }),
    });
    const { facts, notes } = await extraction;
    expect(bugsOf(facts.get('A'))).toEqual([
      expect.objectContaining({ id: '1' }),
      expect.objectContaining({ id: '2', createdAt: 'unreadable', doneAtEnd: false }),
    ]);
    expect(notes.map(({ code, accountId }) => [code, accountId])).toEqual([
      ['bad_record', undefined],
      ['unreadable_bugs', 'A'],
    ]);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'bad_record' }));
  });

  it('that is all a project has makes no zero of it', async () => {
    const { extraction } = read([account('A', 'ABC'), account('B', 'DEF')], {
      projects: ['ABC', 'DEF'],
      search: () => ({ issues: [issue('1', 'ABC'), issue('2', 'DEF', { created: null })], isLast: true }),
    });
    expect(bugsOf((await extraction).facts.get('B'))).toEqual([
      expect.objectContaining({ createdAt: 'unreadable', doneAtEnd: false }),
    ]);
  });

  it('like most others means another format, and nothing is read', async () => {
    const { extraction } = read([account('A', 'ABC')], {
      projects: ['ABC'],
      search: () => ({ issues: [{ id: '1' }, { id: '2' }, issue('3', 'ABC')], isLast: true }),
    });
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });
});

describe('Data Center', () => {
  it('is found out, asked by offset, and moved on by what came', async () => {
    const all = Array.from({ length: 5 }, (_, index) => ({
      ...issue(String(index), 'ABC'),
      changelog: { histories: [], total: 0 },
    }));
    const { transport, extraction } = read([account('A', 'ABC')], {
      deploymentType: 'Server',
      projects: ['ABC', 'OTHER'],
      // Asked for 1,000, gives 2: an administrator lowered the page.
      search: ({ startAt }) => ({
        startAt,
        maxResults: 2,
        total: 5,
        issues: all.slice(Number(startAt), Number(startAt) + 2),
      }),
    });
    const { facts, notes } = await extraction;
    expect(ids(facts.get('A'))).toEqual(['0', '1', '2', '3', '4']);
    expect(notes).toEqual([]);
    expect(
      transport.calls.filter(({ path }) => path === '/rest/api/2/search').map(({ body }) => body),
    ).toMatchObject([{ startAt: 0, expand: ['changelog'] }, { startAt: 2 }, { startAt: 4 }]);
    expect(transport.calls.some(({ endpoint }) => endpoint === 'changelog')).toBe(false);
  });

  it('that gives fewer than it counted, also when asked again, has not been read', async () => {
    const { transport, extraction } = read(
      [account('A', 'ABC')],
      { projects: ['ABC'], search: () => ({ startAt: 0, total: 3, issues: [] }) },
      { ...SETTINGS, edition: 'datacenter' },
    );
    await expect(extraction).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
    expect(transport.calls.filter(({ endpoint }) => endpoint === 'search')).toHaveLength(3);
  });

  it('of which an issue was deleted between two pages is read again from the beginning', async () => {
    const all = ['1', '2', '3', '4'].map((id) => ({
      ...issue(id, 'ABC'),
      changelog: { histories: [], total: 0 },
    }));
    let calls = 0;
    const { extraction } = read(
      [account('A', 'ABC')],
      {
        projects: ['ABC'],
        // Issue 1 goes after the first page: issue 3 moves up into it, and would never be seen.
        search: ({ startAt }) => {
          const now = calls++ === 0 ? all : all.slice(1);
          return { total: now.length, issues: now.slice(Number(startAt), Number(startAt) + 2) };
        },
      },
      { ...SETTINGS, edition: 'datacenter' },
    );
    expect(ids((await extraction).facts.get('A'))).toEqual(['2', '3', '4']);
  });
});
