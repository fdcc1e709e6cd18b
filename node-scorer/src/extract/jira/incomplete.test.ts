/** Answers of Jira that are incomplete, contradict themselves, or name what is not there: none becomes a number. */
import { OCTOBER } from '../../facts/october-in-test.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMetrics } from '../../metrics/catalogue.ts';
import { account, issue, read, SETTINGS, type Site } from './site-in-test.ts';
import type { JiraSource } from './settings.ts';
import type { Window } from '../../facts/index.ts';
import { ScorerError } from '../../errors.ts';
import { BUGS } from '../../metrics/bugs.ts';

const SEPTEMBER: Window = {
  ...OCTOBER,
  period: '2026-09',
  start: Date.parse('2026-09-01T00:00:00Z'),
  end: OCTOBER.start,
  asOf: '2026-09-30',
};

async function readingsOf(site: Site, settings: Partial<JiraSource> = {}, window = OCTOBER) {
  const { extraction, transport } = read(
    [account('A', 'ABC')],
    { projects: ['ABC'], ...site },
    { ...SETTINGS, ...settings },
    window,
  );
  const { facts, notes } = await extraction;
  const missing = { missing: 'not_configured' } as const;
  const jira = facts.get('A') ?? missing;
  const all = readMetrics({ intercom: missing, jira, looker: missing, salesforce: missing }, window);
  const readings = Object.fromEntries(BUGS.map(({ id }) => [id, all[id]?.value ?? all[id]?.missing]));
  return { readings, notes, transport };
}

const failed = { code: 'SOURCE_UNEXPECTED' };
const history = (created: string, from: string | null, to: string | null, names: object = {}) => ({
  created,
  items: [{ field: 'status', fieldId: 'status', from, to, ...names }],
});
const log = (issueId: string, ...changeHistories: unknown[]) => ({ issueId, changeHistories });
const day = (date: string): string => `${date}T12:00:00.000+0000`;
const DONE = { status: { id: '9', name: 'Shipped' } };

describe('a search', () => {
  const three = ['1', '2', '3'].map((id) => issue(id, 'ABC'));

  it.each([
    ['says that more pages follow and gives no token', { issues: three, isLast: false }],
    ['says that it is over and gives a token', { issues: three, isLast: true, nextPageToken: 't' }],
    ['says neither', { issues: three }],
    ['is no list', {}],
  ])('that %s is a failed read', async (_what, page) => {
    await expect(readingsOf({ search: () => page })).rejects.toBeInstanceOf(Error);
  });

  it('that says nothing of its end is whole where the site counts as many', async () => {
    const { readings } = await readingsOf({ search: () => ({ issues: three }), count: () => ({ count: 3 }) });
    expect(readings).toMatchObject({ open_bugs: 3 });
  });

  it('with fewer rows than the site counts is a failed read, after it was asked again', async () => {
    const site = { search: () => ({ issues: three, isLast: true }), count: () => ({ count: 6 }) };
    await expect(readingsOf(site)).rejects.toMatchObject(failed);
  });

  it('that gives a page twice where nothing counts them is a failed read', async () => {
    const site = {
      search: ({ nextPageToken: token }: Record<string, unknown>) =>
        token === undefined
          ? { issues: three, isLast: false, nextPageToken: 'p2' }
          : { issues: three, isLast: true },
    };
    await expect(readingsOf(site)).rejects.toMatchObject(failed);
  });

  it('of Data Center without histories tells nothing of what hangs on them', async () => {
    const site = { deploymentType: 'Server', search: () => ({ issues: three, total: 3, startAt: 0 }) };
    await expect(readingsOf(site)).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('changelog: is missing') as string,
    });
  });

  it('is whole where what was missing was deleted meanwhile', async () => {
    let counts = 0;
    const { readings } = await readingsOf({
      search: () => ({ issues: three, isLast: true }),
      count: () => ({ count: counts++ === 0 ? 4 : 3 }),
    });
    expect(readings).toMatchObject({ open_bugs: 3 });
  });
});

describe('a list of projects', () => {
  it.each([
    ['one project twice in place of two', { values: [{ key: 'ABC' }, { key: 'ABC' }], total: 2 }],
    ['fewer than it counts', { values: [{ key: 'ABC' }], total: 2, isLast: true }],
    ['an end that is none', { values: [], total: 2, isLast: false }],
  ])('of %s is a failed read, and leaves nobody unmapped', async (_what, answer) => {
    const { extraction } = read([account('A', 'ABC'), account('B', 'XYZ')], { projectPage: () => answer });
    await expect(extraction).rejects.toMatchObject(failed);
  });
});

describe('a history', () => {
  const done = ['1', '2', '3', '4'].map((id) =>
    issue(id, 'ABC', { ...DONE, resolutiondate: day('2026-10-07') }),
  );
  const whole = done.map(({ id }) =>
    log(id, history(day('2026-10-02'), '1', '3'), history(day('2026-10-07'), '3', '9')),
  );
  const search = () => ({ issues: done, isLast: true });

  it.each([
    ['empty', []],
    ['half of the issues', whole.slice(0, 2)],
    ['half of the moves', whole.map(({ issueId, changeHistories }) => log(issueId, changeHistories[0]))],
    ['of other issues', done.map(({ id }) => log(`9${id}`, history(day('2026-10-02'), '1', '3')))],
  ])('whose answer is %s is a failed read', async (_what, issueChangeLogs) => {
    await expect(readingsOf({ search, changelog: () => ({ issueChangeLogs }) })).rejects.toMatchObject(
      failed,
    );
  });

  it('that is not there, of bugs that were opened again, is a failed read', async () => {
    const reopened = ['1', '2', '3'].map((id) =>
      issue(id, 'ABC', { status: { id: '3', name: 'Doing' }, statuscategorychangedate: day('2026-10-07') }),
    );
    await expect(readingsOf({ search: () => ({ issues: reopened, isLast: true }) })).rejects.toMatchObject(
      failed,
    );
  });

  it('that was cut once is asked for again, and matched by issue, never by place', async () => {
    let calls = 0;
    const { readings, transport } = await readingsOf({
      search,
      changelog: () => ({ issueChangeLogs: calls++ === 0 ? whole.slice(2) : whole.toReversed() }),
    });
    expect(readings).toMatchObject({ open_bugs: 0, bug_trend: 0 });
    expect(transport.calls.filter(({ endpoint }) => endpoint === 'changelog')).toHaveLength(2);
  });

  it('of one bug that ends elsewhere than the bug is makes only what it could improve missing', async () => {
    const others = ['5', '6', '7'].map((id) => issue(id, 'ABC', { created: day('2026-10-03') }));
    const { readings, notes } = await readingsOf({
      search: () => ({ issues: [issue('1', 'ABC'), ...others], isLast: true }),
      changelog: () => ({ issueChangeLogs: [log('1', history(day('2026-10-02'), '1', '9'))] }),
    });
    expect(readings).toEqual({
      open_bugs: 'invalid',
      critical_bugs: 0,
      reopened_bugs: 'invalid',
      avg_resolution_days: 'invalid',
      bug_trend: 3,
    });
    expect(notes).toContainEqual(expect.objectContaining({ code: 'history_contradicts' }));
  });

  it('may know a move that the search did not know yet', async () => {
    const { readings, notes } = await readingsOf({
      search: () => ({
        issues: [issue('1', 'ABC', { updated: '2026-11-03T04:00:00.500+0000' })],
        isLast: true,
      }),
      changelog: () => ({ issueChangeLogs: [log('1', history('2026-11-03T04:30:00.000+0000', '1', '9'))] }),
    });
    expect(readings).toMatchObject({ open_bugs: 1 });
    expect(notes).toEqual([]);
  });

  it('of a bug whose status alone was lost says where it is', async () => {
    const { readings } = await readingsOf({
      search: () => ({ issues: [issue('1', 'ABC', { status: null }), issue('2', 'ABC')], isLast: true }),
      changelog: () => ({ issueChangeLogs: [log('1', history(day('2026-10-02'), '1', '3'))] }),
    });
    expect(readings).toMatchObject({ open_bugs: 2 });
  });
});

describe('a list of statuses', () => {
  it.each([
    ['empty', []],
    ['half', [{ id: '1', name: 'To do', statusCategory: { key: 'new' } }]],
  ])('that is %s is a failed read', async (_what, statuses) => {
    const search = () => ({ issues: [issue('1', 'ABC', DONE)], isLast: true });
    await expect(readingsOf({ search, statuses })).rejects.toBeInstanceOf(Error);
  });
});

describe('a status that left the site', () => {
  const statuses = [
    { id: '1', name: 'To do', statusCategory: { key: 'new' } },
    { id: '3', name: 'Doing', statusCategory: { key: 'indeterminate' } },
    { id: '10001', name: 'Done', statusCategory: { key: 'done' } },
  ];
  const now = { status: { id: '10001', name: 'Done' } };
  /** Two bugs resolved in 2024 and migrated in October, one done in two days, one open. */
  const migrated = (status: string, over: object = {}) => ({
    statuses,
    search: () => ({
      issues: [
        ...['1', '2'].map((id) => issue(id, 'ABC', { ...now, created: day('2024-01-15'), ...over })),
        issue('3', 'ABC', { ...now, created: day('2026-10-10') }),
        issue('4', 'ABC', { created: day('2026-10-12') }),
      ],
      isLast: true,
    }),
    changelog: () => ({
      issueChangeLogs: [
        ...['1', '2'].map((id) =>
          log(
            id,
            history(day('2024-03-05'), '1', '5', { fromString: 'To do', toString: status }),
            history(day('2026-10-15'), '5', '10001', { fromString: status, toString: 'Done' }),
          ),
        ),
        log('3', history(day('2026-10-12'), '1', '10001')),
      ],
    }),
  });

  it('is known by its name: the migration closes nothing again', async () => {
    const { readings } = await readingsOf(migrated('Resolved'));
    expect(readings).toMatchObject({ open_bugs: 1, avg_resolution_days: 2, bug_trend: 2, reopened_bugs: 0 });
    expect((await readingsOf(migrated('Resolved'), {}, SEPTEMBER)).readings).toMatchObject({ open_bugs: 0 });
  });

  it('is known by the status of the same name that took its place', async () => {
    expect((await readingsOf(migrated('Done'))).readings).toMatchObject({
      avg_resolution_days: 2,
      bug_trend: 2,
    });
  });

  it('is known by since when the bug is resolved, whatever its name', async () => {
    const { readings } = await readingsOf(migrated('Erledigt', { resolutiondate: day('2024-03-05') }));
    expect(readings).toMatchObject({ avg_resolution_days: 2, bug_trend: 2 });
  });

  it('that nothing tells about makes what hangs on it invalid, and only that', async () => {
    const { readings, notes } = await readingsOf(migrated('Erledigt'));
    expect(readings).toEqual({
      open_bugs: 1,
      critical_bugs: 0,
      reopened_bugs: 0,
      avg_resolution_days: 'invalid',
      bug_trend: 2,
    });
    expect(notes).toContainEqual(expect.objectContaining({ code: 'unknown_status' }));
    const earlier = (await readingsOf(migrated('Erledigt'), {}, SEPTEMBER)).readings;
    expect(earlier).toMatchObject({ open_bugs: 'invalid' });
  });

  it('is known by where the bug is now, where a workflow was migrated in silence', async () => {
    const { readings } = await readingsOf({
      statuses,
      search: () => ({ issues: [issue('1', 'ABC', { ...now, created: day('2024-01-15') })], isLast: true }),
      changelog: () => ({ issueChangeLogs: [log('1', history(day('2024-03-05'), '1', '5'))] }),
    });
    expect(readings).toMatchObject({ open_bugs: 0, avg_resolution_days: 'no_activity', reopened_bugs: 0 });
  });
});

describe('a move without an id', () => {
  it.each([
    ['by its name', { fromString: 'To do', toString: 'Shipped' }],
    ['by where the bug is now', { toString: 'Fertig' }],
    ['by where the bug is now, without any name', {}],
  ])('is known %s', async (_what, names) => {
    const { readings } = await readingsOf({
      search: () => ({ issues: [issue('1', 'ABC', DONE)], isLast: true }),
      changelog: () => ({ issueChangeLogs: [log('1', history(day('2026-10-05'), '1', null, names))] }),
    });
    expect(readings).toMatchObject({ open_bugs: 0, bug_trend: 0 });
  });

  it('in the middle is known by what comes after it', async () => {
    const { readings } = await readingsOf({
      search: () => ({ issues: [issue('1', 'ABC')], isLast: true }),
      changelog: () => ({
        issueChangeLogs: [
          log('1', history(day('2026-09-05'), '1', null), history(day('2026-10-05'), '9', '1')),
        ],
      }),
    });
    expect(readings).toMatchObject({ open_bugs: 1, reopened_bugs: 1 });
  });
});

describe('a field that cannot be read', () => {
  it('in the histories of four of nine open critical bugs makes five no number', async () => {
    const all = Array.from({ length: 9 }, (_, index) =>
      issue(String(index), 'ABC', { priority: { name: 'Highest' } }),
    );
    const { readings, notes } = await readingsOf({
      search: () => ({ issues: all, isLast: true }),
      changelog: () => ({
        issueChangeLogs: all.slice(0, 4).map(({ id }) => log(id, history('not a time', '3', '1'))),
      }),
    });
    expect(readings).toMatchObject({ critical_bugs: 'invalid', open_bugs: 'invalid' });
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'unreadable_bugs',
        accountId: 'A',
        message: expect.stringContaining('4 of 9') as string,
      }),
    );
  });

  it('never makes a reading better than the whole records tell', async () => {
    const records = [
      issue('1', 'ABC', { priority: { name: 'Highest' } }),
      issue('2', 'ABC', { ...DONE, created: day('2026-10-03') }),
      issue('3', 'ABC', { created: day('2026-10-04'), priority: { name: 'P1' } }),
      issue('4', 'ABC', { ...DONE, created: day('2025-10-04') }),
      issue('5', 'ABC'),
      issue('6', 'ABC'),
      issue('7', 'ABC'),
    ];
    const logs = [
      log('1', history(day('2026-09-20'), '1', '9'), history(day('2026-10-02'), '9', '1')),
      log('2', history(day('2026-10-05'), '1', '9')),
      log('4', history(day('2026-10-06'), '1', '9')),
    ];
    const site = (some: unknown[], histories: unknown[]): Site => ({
      search: () => ({ issues: some, isLast: true }),
      changelog: () => ({ issueChangeLogs: histories }),
    });
    const truth = (await readingsOf(site(records, logs))).readings;
    const junk = fc.constantFrom(undefined, null, 7, 'x', {}, []);
    const paths = ['created', 'status', 'priority', 'components', 'project'];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(6),
        fc.constantFrom('record', 'history', ...paths),
        junk,
        async (at, path, value) => {
          const some = records.map((one, index) => {
            const record = { ...one, key: 'ABC-1' };
            if (index !== at || path === 'history') return record;
            if (path === 'record') return value;
            // Nothing tells a priority or component that was emptied from one that never was there.
            const empty = value === null || Array.isArray(value);
            if (empty && (path === 'priority' || path === 'components')) return record;
            return { ...record, fields: { ...record.fields, [path]: value } };
          });
          const damaged = logs.map((one, index) =>
            path === 'history' && index === at % 3
              ? { ...one, changeHistories: one.changeHistories.map(() => value ?? null) }
              : one,
          );
          const outcome = await readingsOf(site(some, damaged)).catch((error: unknown) => {
            if (error instanceof ScorerError) return null;
            throw error;
          });
          // Of every bug metric less is better; what is missing is no number at all.
          for (const [id, reading] of Object.entries(outcome?.readings ?? {})) {
            if (typeof reading === 'number') expect(reading).toBeGreaterThanOrEqual(Number(truth[id]));
            else expect(reading).toBe('invalid');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('names of the settings', () => {
  const urgent = issue('1', 'ABC', { priority: { id: '21', name: 'P1 - Urgent' } });
  const search = () => ({ issues: [urgent], isLast: true });
  const priorities = () => [
    { id: '21', name: 'P1 - Urgent' },
    { id: '22', name: 'Höchste' },
  ];

  it('of which no priority exists make no zero of the critical bugs, and say so', async () => {
    const { readings, notes } = await readingsOf(
      { search, priorities },
      { critical_priorities: ['Highest', 'P1'] },
    );
    expect(readings).toMatchObject({ critical_bugs: 'unknown_name', open_bugs: 1 });
    expect(notes).toEqual([
      expect.objectContaining({
        code: 'unknown_name',
        message: expect.stringMatching(/"Highest", "P1".*did you mean P1 - Urgent/) as string,
      }),
    ]);
  });

  it('of which some priorities exist count those, and say which do not', async () => {
    const { readings, notes } = await readingsOf(
      { search, priorities },
      { critical_priorities: ['p1 - urgent', 'Blocker'] },
    );
    expect(readings).toMatchObject({ critical_bugs: 1 });
    expect(notes).toEqual([
      expect.objectContaining({ message: expect.stringContaining('"Blocker"') as string }),
    ]);
  });

  it('are known in the language of the user and without translation', async () => {
    const { readings } = await readingsOf(
      { search, priorities: () => [{ id: '21', name: 'P1 - Urgent', untranslatedName: 'Highest' }] },
      { critical_priorities: ['Highest'] },
    );
    expect(readings).toMatchObject({ critical_bugs: 1 });
  });

  const refuse = (types: readonly string[]) => (body: Record<string, unknown>) => {
    const unknown = types.find((type) => String(body['jql']).includes(`"${type}"`));
    if (unknown === undefined) return search();
    throw new ScorerError(
      'SOURCE_SETTINGS',
      `The value '${unknown}' does not exist for the field 'issuetype'.`,
    );
  };

  it('of which no issue type exists cost the bug metrics, and not the run', async () => {
    const { readings, notes } = await readingsOf(
      {
        search: refuse(['Bugg']),
        priorities: () => [
          { id: '1', name: 'Highest' },
          { id: '2', name: 'P1' },
        ],
      },
      { bug_issue_types: ['Bugg'] },
    );
    expect(new Set(Object.values(readings))).toEqual(new Set(['unknown_name']));
    expect(notes[0]?.message).toMatch(/"Bugg".*did you mean Bug\?/);
  });

  it('of which no issue type exists are no question, also where the search does not refuse them', async () => {
    const { readings } = await readingsOf(
      { search: () => ({ issues: [], isLast: true }) },
      { bug_issue_types: ['Bugg'] },
    );
    expect(new Set(Object.values(readings))).toEqual(new Set(['unknown_name']));
  });

  it('of which some issue types exist are asked for without the others', async () => {
    const { readings } = await readingsOf(
      { search: refuse(['Fault']) },
      { bug_issue_types: ['Bug', 'Fault'] },
    );
    expect(readings).toMatchObject({ open_bugs: 1 });
  });
});
