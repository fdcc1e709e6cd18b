import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { startJira } from '../../sandbox/jira/server.ts';
import { readContract } from './contract.ts';
import { JIRA_BASE } from './jira-base.ts';

const EMAIL = 'health@example.com';
const TOKEN = 'a token';
const basic = (email: string, token: string) => ({
  Authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
});
const GOOD = basic(EMAIL, TOKEN);
const BAD = basic(EMAIL, 'another token');
const { problems, problemsOf } = readContract('jira/openapi-cloud-v3.trimmed.json');

let now = JIRA_BASE.now;
let jira: StandIn;
beforeAll(async () => {
  jira = await startJira({
    base: JIRA_BASE,
    clock: () => now,
    email: EMAIL,
    token: TOKEN,
    pageCaps: { embedded: 1 },
  });
});
afterAll(() => jira.close());

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(method: string, path: string, body?: unknown, headers = GOOD): Promise<Said> {
  const answer = await fetch(jira.url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: answer.status,
    headers: answer.headers,
    body: (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>,
  };
}
const get = (path: string, headers = GOOD) => ask('GET', path, undefined, headers);
const search = (body: object, headers = GOOD) => ask('POST', '/rest/api/3/search/jql', body, headers);
const idsOf = ({ body }: Said) => (body['issues'] as { id: string }[]).map(({ id }) => id);
const messagesOf = ({ body }: Said) => body['errorMessages'];

describe('every answer of Jira Cloud keeps to the description of the vendor', () => {
  it.each([
    ['/rest/api/3/serverInfo', '/rest/api/3/serverInfo', 200],
    ['/rest/api/3/myself', '/rest/api/3/myself', 200],
    ['/rest/api/3/status', '/rest/api/3/status', 200],
    ['/rest/api/3/field', '/rest/api/3/field', 200],
    ['/rest/api/3/priority/search', '/rest/api/3/priority/search', 200],
    ['/rest/api/3/project/search', '/rest/api/3/project/search', 200],
    ['/rest/api/3/project/search', '/rest/api/3/project/search?keys=ABC&keys=NOPE&maxResults=1', 200],
    ['/rest/api/3/project/{projectIdOrKey}/components', '/rest/api/3/project/ABC/components', 200],
    ['/rest/api/3/issue/{issueIdOrKey}/changelog', '/rest/api/3/issue/ABC-1/changelog', 200],
    ['/rest/api/3/search/jql', '/rest/api/3/search/jql?jql=project%3DABC&fields=*all&expand=changelog', 200],
    ['/rest/api/3/search/jql', '/rest/api/3/search/jql?jql=project%3DABC&maxResults=1', 200],
    ['/rest/api/3/search', '/rest/api/3/search?jql=project%3DABC', 410],
  ])('GET %s: %s answers %i', async (path, asked, status) => {
    const said = await get(asked);
    expect(said.status).toBe(status);
    expect(problems(path, 'get', status, said.body)).toEqual([]);
  });

  it.each([
    ['search/jql', { jql: 'project in (ABC, XYZ)', fields: ['*all'], maxResults: 2 }],
    ['search/jql', { jql: 'project = ABC', fields: ['created'], expand: 'changelog' }],
    ['search/approximate-count', { jql: 'project = ABC' }],
    [
      'changelog/bulkfetch',
      { issueIdsOrKeys: ['10001', 'XYZ-1', '999'], fieldIds: ['status'], maxResults: 2 },
    ],
  ])('POST %s %o answers 200', async (path, body) => {
    const said = await ask('POST', `/rest/api/3/${path}`, body);
    expect(said.status).toBe(200);
    expect(problems(`/rest/api/3/${path}`, 'post', 200, said.body)).toEqual([]);
  });

  it.each([
    ['a search without any restriction', 'POST', '/rest/api/3/search/jql', { jql: 'ORDER BY id' }, 400],
    ['an unknown project', 'POST', '/rest/api/3/search/jql', { jql: 'project = NOPE' }, 400],
    ['the components of an unknown project', 'GET', '/rest/api/3/project/NOPE/components', undefined, 404],
    ['an unknown issue', 'GET', '/rest/api/3/issue/ABC-99/changelog', undefined, 404],
  ])('%s is refused in the shape of an ErrorCollection', async (_what, method, path, body, status) => {
    const said = await ask(method, path, body);
    expect(said.status).toBe(status);
    expect(problemsOf('ErrorCollection', said.body)).toEqual([]);
    expect(messagesOf(said)).toEqual([expect.any(String)]);
  });

  it('judges at all: a made-up field is found wrong', () => {
    const body = { issues: [{ id: '1', fields: {}, made: 'up' }], total: 1 };
    expect(problems('/rest/api/3/search/jql', 'post', 200, body)).toHaveLength(2);
  });
});

describe('a search of Jira Cloud', () => {
  it('gives ids only, and neither a total nor a place, unless asked for more', async () => {
    expect((await search({ jql: 'project = ABC ORDER BY id' })).body).toEqual({
      issues: [{ id: '10001' }, { id: '10002' }, { id: '10003' }, { id: '10004' }],
      isLast: true,
    });
  });

  it('gives the fields that were named, in the time zone of the user', async () => {
    const fields = [
      'created',
      'resolutiondate',
      'resolution',
      'status',
      'priority',
      'components',
      'nonsense',
    ];
    const { body } = await search({ jql: 'id in (10001, 10002, 10003) ORDER BY id', fields });
    const issues = body['issues'] as { key: string; fields: Record<string, never> }[];
    expect(
      issues.map(({ key, fields: { created, resolutiondate } }) => [key, created, resolutiondate]),
    ).toEqual([
      ['ABC-1', '2026-10-03T09:14:05.000+0100', '2026-10-06T11:00:08.000+0100'],
      ['ABC-2', '2026-10-31T23:30:00.000+0000', null],
      // Refused, and so done: without a resolution.
      ['ABC-3', '2026-09-01T13:00:00.000+0100', null],
    ]);
    expect(issues[0]?.fields['resolution']).toMatchObject({ name: 'Done' });
    expect(issues[1]?.fields['priority']).toBeNull();
    expect(issues[2]?.fields).toMatchObject({
      resolution: null,
      status: { name: "Won't Fix", statusCategory: { key: 'done' } },
      components: [{ name: 'Alpha' }],
    });
    expect(Object.keys(issues[0]?.fields ?? {})).not.toContain('nonsense');
  });

  it('pages by tokens that are good for their own query only, and for seven days', async () => {
    const jql = 'project = ABC ORDER BY id';
    const first = await search({ jql, maxResults: 3 });
    expect(idsOf(first)).toEqual(['10001', '10002', '10003']);
    expect(first.body['isLast']).toBe(false);
    const nextPageToken = first.body['nextPageToken'];
    expect((await search({ jql, maxResults: 3, nextPageToken })).body).toEqual({
      issues: [{ id: '10004' }],
      isLast: true,
    });
    expect((await search({ jql: 'project = XYZ', nextPageToken })).status).toBe(400);
    expect((await search({ jql, nextPageToken: 'made up' })).status).toBe(400);
    now += 7 * 86_400_000 + 1;
    expect((await search({ jql, nextPageToken })).status).toBe(400);
    now = JIRA_BASE.now;
  });

  it('gives shorter pages than asked when many fields are asked for', async () => {
    const short = await startJira({
      base: JIRA_BASE,
      clock: () => now,
      email: EMAIL,
      token: TOKEN,
      pageCaps: { idsOnly: 4, someFields: 3, allFields: 2 },
    });
    const count = async (fields: string[]) => {
      const answer = await fetch(`${short.url}/rest/api/3/search/jql`, {
        method: 'POST',
        headers: { ...GOOD, 'Content-Type': 'application/json' },
        body: JSON.stringify({ jql: 'project in (ABC, XYZ)', maxResults: 5_000, fields }),
      });
      return ((await answer.json()) as { issues: unknown[] }).issues.length;
    };
    expect([await count([]), await count(['created']), await count(['*all'])]).toEqual([4, 3, 2]);
    await short.close();
  });

  it.each([
    ['startAt', { jql: 'project = ABC', startAt: 0 }],
    ['fields as one text', { jql: 'project = ABC', fields: 'created' }],
    ['expand as a list', { jql: 'project = ABC', expand: ['changelog'] }],
    ['maxResults as a text', { jql: 'project = ABC', maxResults: '50' }],
  ])('refuses a body with %s', async (_what, body) => {
    const said = await search(body);
    expect(said.status).toBe(400);
    expect(messagesOf(said)).toEqual([
      'Invalid request payload. Refer to the REST API documentation and try again.',
    ]);
  });

  it('embeds only the newest changes of an issue', async () => {
    const { body } = await search({ jql: 'id = 10001', fields: ['key'], expand: 'changelog' });
    const [issue] = body['issues'] as { changelog: { total: number; histories: { created: string }[] } }[];
    expect(issue?.changelog.total).toBe(2);
    expect(issue?.changelog.histories.map(({ created }) => created)).toEqual([
      '2026-10-06T11:00:08.000+0100',
    ]);
  });

  it('does not know what has not happened yet', async () => {
    expect(idsOf(await search({ jql: 'project = XYZ' }))).toEqual(['10005']);
    now = Date.parse('2026-11-25T12:00:00Z');
    expect(idsOf(await search({ jql: 'project = XYZ' }))).toEqual(['10006', '10005']);
    now = Date.parse('2026-10-05T00:00:00Z');
    expect(idsOf(await search({ jql: 'statusCategory = Done ORDER BY id' }))).toEqual(['10003', '10005']);
    now = JIRA_BASE.now;
  });
});

describe('changes in bulk', () => {
  const bulk = (body: object) => ask('POST', '/rest/api/3/changelog/bulkfetch', body);

  it('come oldest first over all issues, in whole seconds, and a page may end inside a history', async () => {
    const first = await bulk({ issueIdsOrKeys: ['10001', '10005'], fieldIds: ['status'], maxResults: 2 });
    const shape = ({ body }: Said) =>
      (
        body['issueChangeLogs'] as {
          issueId: string;
          changeHistories: { created: number; items: object[] }[];
        }[]
      ).map(({ issueId, changeHistories }) => [issueId, changeHistories.map(({ created }) => created)]);
    expect(shape(first)).toEqual([
      ['10005', [Date.parse('2026-08-03T12:00:12Z') / 1000]],
      ['10001', [Date.parse('2026-10-05T10:00:07Z') / 1000]],
    ]);
    const rest = await bulk({
      issueIdsOrKeys: ['10001', '10005'],
      fieldIds: ['status'],
      maxResults: 2,
      nextPageToken: first.body['nextPageToken'],
    });
    expect(shape(rest)).toEqual([
      ['10001', [Date.parse('2026-10-06T10:00:08Z') / 1000]],
      ['10005', [Date.parse('2026-10-20T12:00:13Z') / 1000]],
    ]);
    expect(rest.body).not.toHaveProperty('nextPageToken');
  });

  it('tell of the resolution beside the status, unless only one is asked for', async () => {
    const items = async (fieldIds?: string[]) => {
      const { body } = await bulk({ issueIdsOrKeys: ['XYZ-1'], ...(fieldIds ? { fieldIds } : {}) });
      const [issue] = body['issueChangeLogs'] as {
        changeHistories: { items: Record<string, unknown>[] }[];
      }[];
      return issue?.changeHistories.map(({ items }) =>
        items.map(({ fieldId, from, to }) => [fieldId, from, to]),
      );
    };
    expect(await items()).toEqual([
      [
        ['status', '10000', '10002'],
        ['resolution', null, '10000'],
      ],
      [
        ['status', '10002', '3'],
        ['resolution', '10000', null],
      ],
    ]);
    expect(await items(['resolution'])).toEqual([
      [['resolution', null, '10000']],
      [['resolution', '10000', null]],
    ]);
    expect(await items(['priority'])).toBeUndefined();
  });

  it.each([
    ['no issues', { issueIdsOrKeys: [] }],
    ['1,001 issues', { issueIdsOrKeys: Array.from({ length: 1001 }, (_, n) => String(n)) }],
    ['11 fields', { issueIdsOrKeys: ['1'], fieldIds: Array.from({ length: 11 }, (_, n) => `f${n}`) }],
    ['the same field twice', { issueIdsOrKeys: ['1'], fieldIds: ['status', 'status'] }],
    ['10,001 results a page', { issueIdsOrKeys: ['1'], maxResults: 10_001 }],
    ['ids as numbers', { issueIdsOrKeys: [10001] }],
    ['an unknown key', { issueIdsOrKeys: ['1'], issues: [] }],
    ['a token of another question', { issueIdsOrKeys: ['1'], nextPageToken: 'made up' }],
  ])('are refused for %s', async (_what, body) => {
    expect((await bulk(body)).status).toBe(400);
  });
});

describe('who may see what', () => {
  it('says only at myself that credentials are bad', async () => {
    const { status, headers } = await get('/rest/api/3/myself', BAD);
    expect([status, headers.get('x-seraph-loginreason')]).toEqual([401, 'AUTHENTICATED_FAILED']);
    expect((await get('/rest/api/3/myself')).body).toMatchObject({
      emailAddress: EMAIL,
      timeZone: 'Europe/London',
    });
  });

  it('answers bad credentials elsewhere as nobody, who sees nothing', async () => {
    const searched = await search({ jql: 'project = ABC' }, BAD);
    expect([searched.status, searched.body]).toEqual([200, { issues: [], isLast: true }]);
    expect((await get('/rest/api/3/project/search', BAD)).body).toMatchObject({ total: 0, values: [] });
    expect((await get('/rest/api/3/project/ABC/components', BAD)).status).toBe(404);
    const changes = await ask('POST', '/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: ['10001'] }, BAD);
    expect(changes.body).toEqual({ issueChangeLogs: [] });
  });

  it('tells everybody which edition it is', async () => {
    const said = await fetch(`${jira.url}/rest/api/2/serverInfo`);
    expect(await said.json()).toMatchObject({ deploymentType: 'Cloud' });
  });

  it('takes a scoped token only at the gateway', async () => {
    const options = { base: JIRA_BASE, clock: () => now, email: EMAIL, token: TOKEN, scoped: true };
    const scoped = await startJira(options);
    const { cloudId } = (await (await fetch(`${scoped.url}/_edge/tenant_info`)).json()) as {
      cloudId: string;
    };
    const statuses = await Promise.all(
      ['', `/ex/jira/${cloudId}`].map(
        async (prefix) => (await fetch(`${scoped.url}${prefix}/rest/api/3/myself`, { headers: GOOD })).status,
      ),
    );
    expect(statuses).toEqual([401, 200]);
    await scoped.close();
  });
});

describe('the rate limit', () => {
  it('empties by endpoint, says when to come again, and fills up with time', async () => {
    let tick = 0;
    const slow = await startJira({
      base: JIRA_BASE,
      clock: () => now,
      tick: () => tick,
      limit: { size: 2, perSecond: 1 },
      email: EMAIL,
      token: TOKEN,
    });
    const ask2 = (path: string) => fetch(`${slow.url}/rest/api/3/${path}`, { headers: GOOD });
    const left = async (path: string) => (await ask2(path)).headers.get('x-ratelimit-remaining');
    expect([await left('status'), await left('status')]).toEqual(['1', '0']);
    const refused = await ask2('status');
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '1',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-11-21T09:00:01Z',
      'ratelimit-reason': 'jira-burst-based',
    });
    expect((await ask2('myself')).status).toBe(200);
    tick = 1_000;
    expect((await ask2('status')).status).toBe(200);
    await slow.close();
  });
});

it('does not know other addresses', async () => {
  expect(await get('/rest/api/3/nonsense')).toMatchObject({
    status: 404,
    body: { message: `null for uri: ${jira.url}/rest/api/3/nonsense`, 'status-code': 404 },
  });
});

it('shows a project list page by page, of at most a hundred', async () => {
  const first = (await get('/rest/api/2/project/search?maxResults=1')).body;
  expect(first).toMatchObject({ isLast: false, total: 2, values: [{ key: 'ABC' }] });
  expect((await get((first['nextPage'] as string).slice(jira.url.length))).body).toMatchObject({
    isLast: true,
    values: [{ key: 'XYZ' }],
  });
  expect((await get('/rest/api/3/project/search?maxResults=500')).body['maxResults']).toBe(100);
  expect((await get('/rest/api/3/project/search?query=xy')).body).toMatchObject({ values: [{ key: 'XYZ' }] });
});
