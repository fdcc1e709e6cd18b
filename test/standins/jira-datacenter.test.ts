import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { startJira } from '../../sandbox/jira/server.ts';
import { readContract } from './contract.ts';
import { JIRA_BASE } from './jira-base.ts';

const { problems } = readContract('jira/openapi-datacenter-v2.subset.json');

let jira: StandIn;
beforeAll(async () => {
  jira = await startJira({
    edition: 'datacenter',
    base: JIRA_BASE,
    clock: () => JIRA_BASE.now,
    pat: 'secret',
    searchMax: 2,
    userTimeZone: 'America/New_York',
  });
});
afterAll(() => jira.close());

async function ask(method: string, path: string, body?: unknown, token = 'secret') {
  const answer = await fetch(jira.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
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
const search = (body: object, token?: string) => ask('POST', '/rest/api/2/search', body, token);

describe('every answer of Jira Data Center keeps to the description', () => {
  it.each([
    ['GET', '/rest/api/2/serverInfo', undefined, 200],
    ['GET', '/rest/api/2/myself', undefined, 200],
    ['GET', '/rest/api/2/search?jql=project%3DABC&expand=changelog', undefined, 200],
    ['POST', '/rest/api/2/search', { jql: 'project = ABC', expand: ['changelog'] }, 200],
    ['POST', '/rest/api/2/search', { jql: '' }, 200],
    ['POST', '/rest/api/2/search', { jql: 'project = NOPE' }, 400],
    ['POST', '/rest/api/2/search', { jql: 'project = ABC', maxResults: '50' }, 400],
  ])('%s %s %o answers %i', async (method, path, body, status) => {
    const said = await ask(method, path, body);
    expect(said.status).toBe(status);
    const [known = ''] = path.split('?');
    expect(problems(known, method.toLowerCase(), status, said.body)).toEqual([]);
  });
});

describe('a search of Data Center', () => {
  it('cuts the page to what the administrator allows without a word, and counts all', async () => {
    const page = async (startAt: number) => {
      const { body } = await search({ jql: 'project = ABC ORDER BY id', maxResults: 1_000, startAt });
      return [body['maxResults'], body['total'], (body['issues'] as { id: string }[]).map(({ id }) => id)];
    };
    expect(await page(0)).toEqual([2, 4, ['10001', '10002']]);
    expect(await page(2)).toEqual([2, 4, ['10003', '10004']]);
    expect(await page(4)).toEqual([2, 4, []]);
  });

  it('gives the navigable fields and, when asked, the whole history', async () => {
    const { body } = await search({ jql: 'id = 10005', expand: ['changelog'] });
    const [issue] = body['issues'] as {
      fields: Record<string, unknown>;
      changelog: { histories: { created: string }[] };
    }[];
    expect(issue?.fields).toMatchObject({
      created: '2026-08-01T08:00:00.000-0400',
      status: { name: 'In Progress' },
    });
    expect(issue?.fields).not.toHaveProperty('description');
    expect(issue?.changelog.histories.map(({ created }) => created)).toEqual([
      '2026-08-03T08:00:12.000-0400',
      '2026-10-20T08:00:13.000-0400',
    ]);
  });

  it('serves a bad token as nobody, with a header that says so', async () => {
    const said = await search({ jql: 'project = ABC' }, 'wrong');
    expect([said.status, said.body['total'], said.headers.get('x-ausername')]).toEqual([200, 0, 'anonymous']);
    expect((await search({ jql: 'project = ABC' })).headers.get('x-ausername')).toBe('health.reader');
    expect((await ask('GET', '/rest/api/2/myself', undefined, 'wrong')).status).toBe(401);
    expect((await ask('GET', '/rest/api/2/project', undefined, 'wrong')).body).toEqual([]);
  });
});

it('lists projects, components, statuses and priorities, and has no search by token', async () => {
  expect((await ask('GET', '/rest/api/2/project')).body).toMatchObject([{ key: 'ABC' }, { key: 'XYZ' }]);
  expect((await ask('GET', '/rest/api/2/project/ABC/components')).body).toMatchObject([
    { name: 'Alpha' },
    { name: 'Beta' },
  ]);
  expect((await ask('GET', '/rest/api/2/status')).body).toHaveLength(5);
  expect((await ask('GET', '/rest/api/2/priority')).body).toHaveLength(6);
  expect((await ask('GET', '/rest/api/2/issue/ABC-1/changelog')).body).toMatchObject({ total: 2 });
  expect((await ask('POST', '/rest/api/2/search/jql', { jql: 'project = ABC' })).status).toBe(404);
});

it('limits by user with the headers of an administrator', async () => {
  const slow = await startJira({
    edition: 'datacenter',
    base: JIRA_BASE,
    clock: () => JIRA_BASE.now,
    pat: 'secret',
    limit: { size: 1, perSecond: 5 },
    tick: () => 0,
  });
  const statuses: number[] = [];
  for (const path of ['status', 'priority', 'serverInfo']) {
    const said = await fetch(`${slow.url}/rest/api/2/${path}`, {
      headers: { Authorization: 'Bearer secret' },
    });
    statuses.push(said.status);
    if (said.status === 429) {
      expect(Object.fromEntries(said.headers)).toMatchObject({
        'retry-after': '1',
        'x-ratelimit-limit': '1',
        'x-ratelimit-fillrate': '5',
        'x-ratelimit-interval-seconds': '1',
      });
    }
  }
  expect(statuses).toEqual([200, 429, 200]);
  await slow.close();
});
