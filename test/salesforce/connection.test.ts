import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { salesforceId, startOrg } from 'local-org';
import type { RunningOrg, SeedRecord, StartOptions } from 'local-org';
import { readEnvironment } from '../../node-scorer/src/config/environment.ts';
import { loadConfig } from '../../node-scorer/src/config/load.ts';
import { readAccounts } from '../../node-scorer/src/extract/salesforce/accounts.ts';
import { makeCallCounter, type CallCounter } from '../../node-scorer/src/http/calls.ts';
import { makeRetryBudget } from '../../node-scorer/src/http/retry-budget.ts';
import { connectSalesforce, type Salesforce } from '../../node-scorer/src/http/salesforce.ts';
import { makeAttempt } from '../../node-scorer/src/http/send.ts';
import { toPoint } from '../../node-scorer/src/load/current-score.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: typeof privateKey) =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();

let org: RunningOrg;
let calls: CallCounter;
afterEach(() => org.close());

const accounts = (count: number): SeedRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    object: 'Account',
    fields: { Id: salesforceId('001', n + 1), Name: `Account ${n + 1}` },
  }));

async function open(options: Partial<StartOptions> = {}): Promise<void> {
  org = await startOrg({
    metadataDirs: [join(import.meta.dirname, '../../force-app')],
    records: accounts(3),
    clock: () => NOW,
    clientId: 'client',
    clientSecret: 'client-secret-1',
    ...options,
  });
  calls = makeCallCounter();
}

/** Signs in the way the environment says. */
function connect(
  variables: Readonly<Record<string, string>>,
  more: { readonly bulkQueryAbove?: number } = {},
): Promise<Salesforce> {
  const { salesforce } = readEnvironment(variables);
  if (salesforce === null) throw new Error('found no credentials in the environment');
  return connectSalesforce({
    credentials: salesforce,
    ...more,
    attempt: makeAttempt(),
    calls,
    retries: makeRetryBudget(),
    now: () => NOW,
    random: () => 0.5,
    sleep: () => Promise.resolve(),
  });
}
const byApp = (more?: { readonly bulkQueryAbove?: number }) =>
  connect({ SF_LOGIN_URL: org.url, SF_CLIENT_ID: 'client', SF_CLIENT_SECRET: 'client-secret-1' }, more);
const names = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => row['Name']);
const NAMES = ['Account 1', 'Account 2', 'Account 3'];
const ACCOUNTS = 'SELECT Name FROM Account ORDER BY Name';

describe('signing in', () => {
  it('by client credentials', async () => {
    await open();
    expect(names(await (await byApp()).query(ACCOUNTS))).toEqual(NAMES);
  });

  it('by a JWT that the org checks against the public key', async () => {
    await open({ jwtPublicKey: pem(publicKey) });
    const variables = {
      SF_LOGIN_URL: org.url,
      SF_CLIENT_ID: 'client',
      SF_USERNAME: org.org.integrationUser.username,
      SF_JWT_KEY: pem(privateKey).replaceAll('\n', '\\n'),
    };
    expect(names(await (await connect(variables)).query(ACCOUNTS))).toEqual(NAMES);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    await expect(connect({ ...variables, SF_JWT_KEY: pem(other) })).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
    });
  });

  it('by an access token, which cannot be renewed', async () => {
    await open();
    const SF_ACCESS_TOKEN = org.sessions.issue(org.org.integrationUser.id);
    const client = await connect({ SF_INSTANCE_URL: org.url, SF_ACCESS_TOKEN });
    expect(names(await client.query(ACCOUNTS))).toEqual(NAMES);
    org.sessions.endAll();
    await expect(client.query(ACCOUNTS)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('by user name and password only as the last resort, and with a warning', async () => {
    await open({ password: 'password-1TOKEN' });
    const client = await connect({
      SF_LOGIN_URL: org.url,
      SF_USERNAME: org.org.integrationUser.username,
      SF_PASSWORD: 'password-1',
      SF_SECURITY_TOKEN: 'TOKEN',
    });
    expect(names(await client.query(ACCOUNTS))).toEqual(NAMES);
    expect(client.warnings).toEqual([expect.stringMatching(/SOAP login.*retires in Summer '27/)]);
  });

  it('asks once with a wrong password, because an org locks out who goes on', async () => {
    await open({ password: 'password-1TOKEN' });
    const variables = {
      SF_LOGIN_URL: org.url,
      SF_USERNAME: org.org.integrationUser.username,
      SF_PASSWORD: 'planted-wrong',
      SF_SECURITY_TOKEN: 'TOKEN',
    };
    await expect(connect(variables)).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.not.stringContaining('planted-wrong') as unknown,
    });
    expect(org.calls.filter(({ path }) => path.includes('/services/Soap/u/'))).toHaveLength(1);
  });

  it.each([
    [{ SF_CLIENT_SECRET: 'wrong-secret-1' }, /sign-in: refused \(invalid_client/],
    [{ SF_CLIENT_ID: 'other' }, /sign-in: refused \(invalid_client_id/],
  ])('is refused for %j with a message that names what to check', async (wrong, message) => {
    await open();
    const variables = { SF_LOGIN_URL: org.url, SF_CLIENT_ID: 'client', SF_CLIENT_SECRET: 'client-secret-1' };
    const error = await connect({ ...variables, ...wrong }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(message) as string,
    });
    expect(String(error)).not.toContain('wrong-secret-1');
  });

  it('is done again when every session was ended in the middle, for bulk jobs too', async () => {
    await open();
    const client = await byApp();
    org.sessions.endAll();
    expect(names(await client.query(ACCOUNTS))).toEqual(NAMES);
    org.sessions.endAll();
    expect(
      (await client.save('Health_Score__c', 'Score_Key__c', scores(2_000))).every((each) => each.success),
    ).toBe(true);
  });
});

/** Rows over three accounts and as many made-up months. */
const scores = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    const account = salesforceId('001', (n % 3) + 1);
    const month = `${2000 + Math.floor(n / 36)}-${String((Math.floor(n / 3) % 12) + 1).padStart(2, '0')}`;
    return {
      Score_Key__c: `${account}:${month}`,
      Account__c: account,
      Period__c: month,
      Health_Score__c: (n % 1_000) / 10,
      Main_Reason__c: n % 7 === 0 ? null : `Reason, "quoted"\nand more ${n}`,
    };
  });

describe('saving records', () => {
  it.each([
    [450, 'upsert Health_Score__c', 3],
    [2_000, 'bulk ingest create', 1],
    [10_001, 'bulk ingest create', 2],
  ])('%i rows go out by %s, in %i', async (count, endpoint, times) => {
    await open();
    const client = await byApp();
    const rows = scores(count);
    const results = await client.save('Health_Score__c', 'Score_Key__c', rows);
    expect(results.filter(({ success }) => success)).toHaveLength(count);
    expect(calls.snapshot()['salesforce']?.[endpoint]).toBe(times);
    const stored = org.org.query('SELECT Score_Key__c, Health_Score__c, Main_Reason__c FROM Health_Score__c');
    const byKey = new Map(stored.map((row) => [(row['Score_Key__c'] as string).toLowerCase(), row]));
    for (const row of rows) {
      const found = byKey.get(row.Score_Key__c.toLowerCase());
      expect([found?.['Health_Score__c'], found?.['Main_Reason__c']]).toEqual([
        row.Health_Score__c,
        row.Main_Reason__c,
      ]);
    }
  });

  it('rows of long texts go out in as many jobs as keep each below 50 MB', async () => {
    await open();
    const client = await byApp();
    const rows = scores(4_000).map((row) => ({ ...row, Details__c: 'd'.repeat(13_000) }));
    const results = await client.save('Health_Score__c', 'Score_Key__c', rows);
    expect(results.filter(({ success }) => success)).toHaveLength(4_000);
    expect(calls.snapshot()['salesforce']?.['bulk ingest create']).toBe(2);
  });

  it.each([450, 2_400])('a null among %i rows clears what was there', async (count) => {
    await open();
    const client = await byApp();
    const rows = scores(count);
    await client.save('Health_Score__c', 'Score_Key__c', rows);
    await client.save(
      'Health_Score__c',
      'Score_Key__c',
      rows.map((row) => ({ ...row, Health_Score__c: null })),
    );
    expect(org.org.query('SELECT Id FROM Health_Score__c WHERE Health_Score__c != null')).toEqual([]);
  });

  it.each([450, 2_400])('of %i rows refuses only the bad one and says why', async (count) => {
    await open();
    const client = await byApp();
    const rows = scores(count).map((row, n) =>
      n === 7 ? { ...row, Tier__c: 'Gold' } : { ...row, Tier__c: null },
    );
    const results = await client.save('Health_Score__c', 'Score_Key__c', rows);
    const refused = results.flatMap(({ success, errors }, n) => (success ? [] : [[n, errors.join()]]));
    expect(refused).toEqual([[7, expect.stringContaining('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST')]]);
    expect(org.org.query('SELECT Id FROM Health_Score__c')).toHaveLength(count - 1);
  });

  it.each([450, 2_400])('of %i rows sends those that met a lock again until they land', async (count) => {
    await open();
    const client = await byApp();
    org.org.rowLocks.add({ match: /:2000-0[1-3]$/i, times: 6 });
    const results = await client.save('Health_Score__c', 'Score_Key__c', scores(count));
    expect(results.filter(({ success }) => !success)).toEqual([]);
  });

  it('gives up on a row that stays locked, and the others land', async () => {
    await open();
    const client = await byApp();
    org.org.rowLocks.add({ match: /001000000000001AAA:2000-01$/i });
    const results = await client.save('Health_Score__c', 'Score_Key__c', scores(9));
    expect(results.map(({ success }) => success)).toEqual([false, ...Array.from({ length: 8 }, () => true)]);
    expect(results[0]?.errors).toEqual([expect.stringMatching(/^UNABLE_TO_LOCK_ROW: /)]);
  });

  it('updates by Id', async () => {
    await open();
    const client = await byApp();
    const [result] = await client.save('Account', 'Id', [
      { Id: '001000000000001AAA', Health_Segment__c: 'paid' },
    ]);
    expect(result).toMatchObject({ success: true });
    expect(org.org.query("SELECT Id FROM Account WHERE Health_Segment__c = 'paid'")).toHaveLength(1);
  });
});

describe('pointing at a parent by its key', () => {
  it.each([3, 2_100])('reaches it for %i records, and a key that nobody has is told', async (count) => {
    await open({ records: accounts(count) });
    const client = await byApp();
    const rows = Array.from({ length: count }, (_, n) => ({
      Account__c: salesforceId('001', n + 1),
      Score_Key__c: `${salesforceId('001', n + 1)}:2026-10`,
    }));
    await client.save('Health_Score__c', 'Score_Key__c', rows);
    const results = await client.save(
      'Account',
      'Id',
      rows.map(({ Account__c, Score_Key__c }, n) => ({
        Id: Account__c,
        'Current_Health_Score__r.Score_Key__c': n === 1 ? 'nobody:2026-10' : Score_Key__c,
      })),
    );
    expect(results.flatMap(({ success, errors }, n) => (success ? [] : [[n, ...errors]]))).toEqual([
      [
        1,
        expect.stringMatching(/^INVALID_FIELD: Foreign key external ID: nobody:2026-10 not found for field/),
      ],
    ]);
    const pointing = org.org.query(
      'SELECT Id, Current_Health_Score__r.Account__c FROM Account WHERE Current_Health_Score__c != null',
    );
    expect(pointing).toHaveLength(count - 1);
    for (const row of pointing)
      expect(row).toMatchObject({ Current_Health_Score__r: { Account__c: row['Id'] } });
  });

  it('of an update by a job that took them all asks for no results', async () => {
    await open({ records: accounts(2_100) });
    const client = await byApp();
    const results = await client.save(
      'Account',
      'Id',
      Array.from({ length: 2_100 }, (_, n) => ({
        Id: salesforceId('001', n + 1),
        Health_Segment__c: 'paid',
      })),
    );
    expect(results.filter(({ success }) => success)).toHaveLength(2_100);
    expect(Object.keys(calls.snapshot()['salesforce'] ?? {}).join()).not.toContain('results');
  });
});

describe('reading rows', () => {
  const cases = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      object: 'Case',
      fields: { AccountId: salesforceId('001', (n % 3) + 1), Type: 'Billing', Subject: `Case ${n}` },
    }));

  it('reads 4,500 rows in three pages', async () => {
    await open();
    org.org.load(cases(4_500));
    expect(await (await byApp()).query('SELECT Id, Subject FROM Case')).toHaveLength(4_500);
    expect(calls.snapshot()['salesforce']).toMatchObject({ query: 1, 'query more': 2 });
  });

  it('reads more than 50,000 rows by a query job, with the types that describe gives them', async () => {
    await open();
    org.org.load(cases(50_001));
    const rows = await (await byApp()).query('SELECT Id, Subject, IsClosed, CreatedDate FROM Case');
    expect(rows).toHaveLength(50_001);
    expect(new Set(rows.map((row) => row['Subject'])).size).toBe(50_001);
    expect(rows[0]?.['IsClosed']).toBe(false);
    expect(calls.snapshot()['salesforce']).toMatchObject({ query: 1, 'bulk query results': 2 });
  });

  it.each([
    'SELECT Id, Name, Current_Health_Score__c, Current_Health_Score__r.Period__c, Current_Health_Score__r.Score_Key__c FROM Account ORDER BY Id',
    'SELECT Id, Account__c, Health_Score__c, Final__c, Period__c, Account__r.Name, Account__r.Owner.Username FROM Health_Score__c ORDER BY Id',
  ])('reads the same by a query job as by pages: %s', async (soql) => {
    await open();
    const client = await byApp();
    await client.save('Health_Score__c', 'Score_Key__c', scores(4));
    const pointing = {
      Id: '001000000000001AAA',
      'Current_Health_Score__r.Score_Key__c': '001000000000001AAA:2000-01',
    };
    await client.save('Account', 'Id', [pointing]);
    const byPages = (await client.query(soql)).map(withoutAttributes);
    expect(await (await byApp({ bulkQueryAbove: 1 })).query(soql)).toEqual(byPages);
    expect(calls.snapshot()['salesforce']).toHaveProperty('bulk query create', 1);
  });

  it('leaves an account alone that points at this score, or at a newer one, also where a query job reads it', async () => {
    await open({ records: accounts(3) });
    const client = await byApp({ bulkQueryAbove: 1 });
    const [first, second, third] = accounts(3).map(({ fields }) => String(fields['Id']));
    const keys = [`${first}:2000-02`, `${second}:2000-03`, `${third}:2000-02`];
    const rows = scores(36).filter(({ Score_Key__c }) => keys.includes(Score_Key__c));
    await client.save('Health_Score__c', 'Score_Key__c', [
      ...rows,
      { ...rows[0], Score_Key__c: `${second}:2000-02`, Account__c: second ?? '', Period__c: '2000-02' },
    ]);
    await client.save(
      'Account',
      'Id',
      keys.slice(0, 2).map((key) => ({ Id: key.slice(0, 18), 'Current_Health_Score__r.Score_Key__c': key })),
    );
    await client.save(
      'Account',
      'Id',
      [first, second, third].map((Id) => ({ Id: Id ?? '', Health_Segment__c: 'paid' })),
    );
    const { sources } = await loadConfig(join(import.meta.dirname, '../../config'));
    const { rows: accountRows } = await readAccounts(client, sources.salesforce, '2000-02-01');
    const due = [first, second, third].map((id) => ({
      accountId: id ?? '',
      key: `${id}:2000-02`,
      storedId: null,
    }));
    expect(toPoint({ scores: due, accountRows, period: '2000-02' }).map(({ Id }) => Id)).toEqual([third]);
  });
});

/** Parents have attributes of their own, which no query job gives. */
const withoutAttributes = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(row, (name, value: unknown) => (name === 'attributes' ? undefined : value)),
  ) as Record<string, unknown>;
