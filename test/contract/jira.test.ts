/** What only Jira does: two editions, time zones, names that do not exist, answers as nobody's. */
import { afterEach, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import type { JiraSource } from '../../node-scorer/src/extract/jira/settings.ts';
import { extractJira, jiraTransport } from '../../node-scorer/src/extract/jira/index.ts';
import { CLOUD_ID } from '../../sandbox/jira/cloud.ts';
import { noQuirks, type Quirks } from '../../sandbox/jira/quirks.ts';
import { startJira, type CloudJira } from '../../sandbox/jira/server.ts';
import { makeBase, NOW, readingsOf, requestOf, shippedSources, testRuntime } from './base.ts';

const BASE = makeBase(120);
const REQUEST = requestOf(BASE, '2026-10');
const TOKEN = 'contract-token-0123456789';
const EMAIL = 'health@example.com';

const running: StandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

const start = async (options: Partial<CloudJira> = {}): Promise<StandIn> => {
  const standIn = await startJira({ base: BASE, clock: () => NOW, email: EMAIL, token: TOKEN, ...options });
  running.push(standIn);
  return standIn;
};

async function read(
  standIn: StandIn,
  {
    settings = {},
    accounts = REQUEST.accounts,
    path = '',
  }: {
    settings?: Partial<JiraSource>;
    accounts?: typeof REQUEST.accounts;
    path?: string;
  } = {},
) {
  const runtime = testRuntime();
  const transport = jiraTransport({ baseUrl: standIn.url + path, email: EMAIL, token: TOKEN }, runtime);
  const request = { ...REQUEST, accounts };
  const extraction = await extractJira(
    { transport, settings: { ...shippedSources().jira, ...settings } },
    request,
  );
  return { extraction, readings: readingsOf('jira', extraction, request), runtime };
}

describe('Jira', () => {
  it('gives the same readings whatever the time zone of the user is', async () => {
    const [west, middle, east] = await Promise.all(
      ['Pacific/Pago_Pago', 'UTC', 'Pacific/Kiritimati'].map(async (userTimeZone) =>
        read(await start({ userTimeZone })),
      ),
    );
    expect(west?.readings).toEqual(middle?.readings);
    expect(east?.readings).toEqual(middle?.readings);
  });

  it('finds unknown projects and components per account, without losing the others', async () => {
    const standIn = await start();
    const plain = await read(standIn);
    const [lost, ...others] = REQUEST.accounts.filter(({ jiraProjectKey }) => jiraProjectKey !== null);
    const component = others.find(({ jiraComponent }) => jiraComponent !== null);
    const accounts = REQUEST.accounts.map((account) => {
      if (account.id === lost?.id) return { ...account, jiraProjectKey: 'NOSUCH', jiraComponent: null };
      return account.id === component?.id
        ? { ...account, jiraComponent: 'Nowhere") OR project = "X' }
        : account;
    });
    const { extraction, readings } = await read(standIn, { accounts });
    expect(extraction.facts.get(lost?.id ?? '')).toEqual({ missing: 'not_mapped' });
    expect(extraction.facts.get(component?.id ?? '')).toEqual({ missing: 'not_mapped' });
    expect(extraction.notes.map(({ code, accountId }) => [code, accountId]).toSorted()).toEqual(
      [
        ['unknown_name', undefined],
        ['unknown_project', lost?.id],
        ['unknown_component', component?.id],
      ].toSorted(),
    );
    for (const [id, before] of plain.readings) {
      if (id !== lost?.id && id !== component?.id) expect(readings.get(id)).toEqual(before);
    }
  });

  it('makes no zero of an issue type that does not exist, and says which setting is wrong', async () => {
    const { extraction } = await read(await start(), { settings: { bug_issue_types: ['Fault'] } });
    const mapped = REQUEST.accounts.find(({ jiraProjectKey }) => jiraProjectKey !== null);
    expect(extraction.facts.get(mapped?.id ?? '')).toEqual({ missing: 'unknown_name' });
    expect(extraction.notes[0]?.message).toContain('"Fault"');
  });

  it('tells configured priorities that the site lacks from those that it has', async () => {
    const { extraction } = await read(await start());
    expect(extraction.notes).toEqual([expect.objectContaining({ code: 'unknown_name' })]);
    const none = await read(await start(), { settings: { critical_priorities: ['Critical'] } });
    const values = [...none.readings.values()].map(({ critical_bugs: bugs }) => bugs?.missing);
    expect(new Set(values)).toEqual(new Set(['unknown_name', 'not_mapped']));
  });

  it('takes a scoped token at the address of its cloud id', async () => {
    const standIn = await start({ scoped: true });
    const { readings } = await read(standIn, { path: `/ex/jira/${CLOUD_ID}` });
    expect(readings.size).toBe(REQUEST.accounts.length);
    await expect(read(standIn)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('knows open bugs by resolution where the settings say so: a refused one has none and stays open', async () => {
    const standIn = await start();
    const byStatus = await read(standIn);
    const byResolution = await read(standIn, { settings: { open_by: 'resolution' } });
    const open = ({ readings }: typeof byStatus): number =>
      [...readings.values()].reduce((sum, { open_bugs: bugs }) => sum + (bugs?.value ?? 0), 0);
    expect(open(byResolution)).toBeGreaterThan(open(byStatus));
  });

  it('reads pages of three issues as it reads one big page', async () => {
    const big = await read(await start());
    const small = await read(
      await start({ pageCaps: { someFields: 3 }, limit: { size: 1e6, perSecond: 1e6 } }),
    );
    expect(small.readings).toEqual(big.readings);
  });

  it('asks for histories in bulk and for no single issue', async () => {
    const standIn = await start();
    await read(standIn);
    const paths = standIn.calls.map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('/changelog/bulkfetch'))).toHaveLength(1);
    expect(paths.some((path) => path.includes('/issue/'))).toBe(false);
  });

  const PAGES = { pageCaps: { someFields: 20 }, limit: { size: 1e6, perSecond: 1e6 } } as const;
  const quirks = (over: Partial<Quirks>): Quirks => ({ ...noQuirks(), ...over });

  it('reads the same when issues come again on the next page', async () => {
    const plain = await read(await start(PAGES));
    const repeated = await read(await start({ ...PAGES, quirks: quirks({ rowsAcrossPages: 'repeated' }) }));
    expect(repeated.readings).toEqual(plain.readings);
  });

  it('ends with an error when every page leads to itself', async () => {
    const standIn = await start({ ...PAGES, quirks: quirks({ repeatsToken: true }) });
    await expect(read(standIn)).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
    expect(standIn.calls.length).toBeLessThan(20);
  });

  it('ends with an error when tokens of pages are never known, after beginning again once', async () => {
    const standIn = await start({ ...PAGES, quirks: quirks({ forgetsTokens: true }) });
    await expect(read(standIn)).rejects.toMatchObject({ code: 'SOURCE_SETTINGS' });
    expect(standIn.calls.filter(({ path }) => path.endsWith('/search/jql'))).toHaveLength(4);
  });

  it('reports an issue that lost its shape and keeps the others', async () => {
    let turn = 0;
    const reshape: Quirks['reshape'] = (issue) => (turn++ === 3 ? { ...issue, fields: null } : issue);
    const { extraction, readings } = await read(await start({ quirks: quirks({ reshape }) }));
    expect(extraction.notes.map(({ code }) => code)).toEqual([
      'bad_record',
      'unknown_name',
      'unreadable_bugs',
    ]);
    expect(readings.size).toBe(REQUEST.accounts.length);
  });

  it('refuses a schema that has drifted', async () => {
    const reshape: Quirks['reshape'] = ({ fields, ...issue }) => ({ ...issue, attributes: fields });
    await expect(read(await start({ quirks: quirks({ reshape }) }))).rejects.toMatchObject({
      code: 'SOURCE_UNEXPECTED',
    });
  });

  it('of a Data Center is not read when issues are left out between pages', async () => {
    const standIn = await startJira({
      base: BASE,
      clock: () => NOW,
      edition: 'datacenter',
      pat: TOKEN,
      searchMax: 20,
      limit: { size: 1e6, perSecond: 1e6 },
      quirks: quirks({ rowsAcrossPages: 'skipped' }),
    });
    running.push(standIn);
    const transport = jiraTransport({ baseUrl: standIn.url, pat: TOKEN }, testRuntime());
    const reading = extractJira({ transport, settings: shippedSources().jira }, REQUEST);
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
  });
});
