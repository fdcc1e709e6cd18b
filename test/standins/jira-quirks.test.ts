import { describe, expect, it } from 'vitest';
import { noQuirks, type Quirks } from '../../sandbox/jira/quirks.ts';
import { startJira } from '../../sandbox/jira/server.ts';
import { JIRA_BASE } from './jira-base.ts';

const JQL = 'project = ABC ORDER BY id';
const QUIRKY: readonly [string, Partial<Quirks>, string[][]][] = [
  [
    'no quirk',
    {},
    [
      ['10001', '10002'],
      ['10003', '10004'],
    ],
  ],
  [
    'rows repeated across pages',
    { rowsAcrossPages: 'repeated' },
    [
      ['10001', '10002'],
      ['10002', '10003', '10004'],
    ],
  ],
  ['rows skipped across pages', { rowsAcrossPages: 'skipped' }, [['10001', '10002'], ['10004']]],
];

async function post(address: string, body: object, authorization: string) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const idsOf = (body: Record<string, unknown>) => (body['issues'] as { id: string }[]).map(({ id }) => id);
const shared = { base: JIRA_BASE, clock: () => JIRA_BASE.now };

async function cloud(quirks: Quirks) {
  const jira = await startJira({ ...shared, email: 'health@example.com', token: 'secret', quirks });
  const authorization = `Basic ${Buffer.from('health@example.com:secret').toString('base64')}`;
  return {
    jira,
    search: (body: object) => post(`${jira.url}/rest/api/3/search/jql`, body, authorization),
    changes: (body: object) => post(`${jira.url}/rest/api/3/changelog/bulkfetch`, body, authorization),
  };
}

describe('a search that is less than a snapshot', () => {
  it.each(QUIRKY)('Cloud with %s', async (_what, quirks, pages) => {
    const { jira, search } = await cloud({ ...noQuirks(), ...quirks });
    const first = await search({ jql: JQL, maxResults: 2 });
    const { nextPageToken } = first.body;
    const second = await search({ jql: JQL, maxResults: 2, nextPageToken });
    expect([idsOf(first.body), idsOf(second.body)]).toEqual(pages);
    expect(second.body['isLast']).toBe(true);
    await jira.close();
  });

  it.each(QUIRKY)('Data Center with %s', async (_what, quirks, pages) => {
    const jira = await startJira({
      ...shared,
      edition: 'datacenter',
      pat: 'secret',
      quirks: { ...noQuirks(), ...quirks },
    });
    const page = async (startAt: number) =>
      idsOf(
        (await post(`${jira.url}/rest/api/2/search`, { jql: JQL, maxResults: 2, startAt }, 'Bearer secret'))
          .body,
      );
    expect([await page(0), await page(2)]).toEqual(pages);
    await jira.close();
  });

  it('may lag behind what single issues and their changes tell', async () => {
    const quirks = noQuirks();
    const { jira, search, changes } = await cloud(quirks);
    const statusOf = async () => {
      const { body } = await search({ jql: 'id = 10002', fields: ['status'] });
      return (body['issues'] as { fields: { status: { name: string } } }[])[0]?.fields.status.name;
    };
    expect(await statusOf()).toBe('In Progress');
    quirks.indexLagSeconds = 30 * 86_400;
    expect((await search({ jql: 'id = 10002' })).status).toBe(400);
    quirks.indexLagSeconds = 20 * 86_400;
    expect(await statusOf()).toBe('To Do');
    expect((await changes({ issueIdsOrKeys: ['10002'] })).body['issueChangeLogs']).toHaveLength(1);
    await jira.close();
  });

  it('may lead from a page to itself, and may forget its tokens', async () => {
    const quirks = noQuirks();
    const { jira, search, changes } = await cloud(quirks);
    const { nextPageToken } = (await search({ jql: JQL, maxResults: 2 })).body;
    quirks.repeatsToken = true;
    expect((await search({ jql: JQL, maxResults: 2, nextPageToken })).body).toMatchObject({
      isLast: false,
      nextPageToken,
    });
    quirks.forgetsTokens = true;
    expect((await search({ jql: JQL, maxResults: 2, nextPageToken })).status).toBe(400);
    expect((await search({ jql: JQL, maxResults: 2 })).status).toBe(200);
    const first = await changes({ issueIdsOrKeys: ['10001'], maxResults: 1 });
    const rest = { issueIdsOrKeys: ['10001'], nextPageToken: first.body['nextPageToken'] };
    expect((await changes(rest)).status).toBe(400);
    await jira.close();
  });

  it('may change its shape', async () => {
    const { jira, search } = await cloud({ ...noQuirks(), reshape: ({ id }) => ({ identifier: id }) });
    expect((await search({ jql: 'id = 10001' })).body['issues']).toEqual([{ identifier: '10001' }]);
    await jira.close();
  });
});
