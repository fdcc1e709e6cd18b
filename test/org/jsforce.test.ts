import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from 'jsforce';
import type { RunningOrg } from 'local-org';
import { accountId, accounts, CREDENTIALS, login, NOW, startWith } from './org-fixture.ts';

/** What jsforce throws. */
interface Refusal {
  errorCode?: string;
  message: string;
}

const refusal = async (work: PromiseLike<unknown>): Promise<Refusal> => {
  try {
    await work;
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('expected a refusal, found success');
};

/** Codes of record errors; jsforce's types call the member errorCode, on the wire it is statusCode. */
const codes = (results: { errors?: unknown[] }[]): string[] =>
  results.map((result) => (result.errors as { statusCode: string }[])[0]?.statusCode ?? 'ok');

describe('jsforce against the local org', () => {
  let org: RunningOrg;
  let connection: Connection;
  let now = NOW;

  beforeAll(async () => {
    org = await startWith(accounts(5000), { clock: () => now, tokenSeconds: 3600 });
    connection = await login(org);
  });
  afterAll(() => org.close());

  it('logs in with client credentials and learns who it is', async () => {
    expect(connection.accessToken).toMatch(/^00D/);
    expect((await connection.identity()).username).toBe('integration@org.example');
  });

  it('refuses a wrong secret and a wrong client in the words of OAuth', async () => {
    const token = (form: Record<string, string>) =>
      fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
    const wrong = await token({
      grant_type: 'client_credentials',
      client_id: CREDENTIALS.clientId,
      client_secret: 'x',
    });
    expect([wrong.status, ((await wrong.json()) as { error: string }).error]).toEqual([
      401,
      'invalid_client',
    ]);
    const unknown = await token({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'x' });
    expect([unknown.status, ((await unknown.json()) as { error: string }).error]).toEqual([
      400,
      'invalid_client_id',
    ]);
  });

  it('describes the fields that metadata gave the account', async () => {
    const { fields, childRelationships } = await connection.sobject('Account').describe();
    const segment = fields.find((field) => field.name === 'Health_Segment__c');
    expect(segment).toMatchObject({ type: 'picklist', restrictedPicklist: true, nillable: true });
    expect(segment?.picklistValues?.map((value: { value: string }) => value.value)).toEqual([
      'paid',
      'standard',
    ]);
    expect(childRelationships.map((child) => child.relationshipName)).toContain('Health_Scores__r');
  });

  it('reads 5,000 rows in pages of 2,000 through queryMore', async () => {
    const sizes: number[] = [];
    let result = await connection.query('SELECT Id, Name FROM Account ORDER BY Id');
    sizes.push(result.records.length);
    while (!result.done) {
      result = await connection.queryMore(result.nextRecordsUrl ?? '');
      sizes.push(result.records.length);
    }
    expect(sizes).toEqual([2000, 2000, 1000]);
    expect(result.totalSize).toBe(5000);
  });

  it('gives smaller pages when the client hints so', async () => {
    const result = await connection.query('SELECT Id FROM Account', {
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    });
    expect(result.records).toHaveLength(200);
  });

  it('upserts 450 scores in three calls, then finds nothing to create', async () => {
    const scores = Array.from({ length: 450 }, (_, i) => ({
      Account__c: accountId(i + 1),
      Score_Key__c: `${accountId(i + 1)}:2026-10`,
      Health_Score__c: 80.04,
      Tier__c: 'Healthy',
      Final__c: true,
    }));
    const upsert = () =>
      connection
        .sobject('Health_Score__c')
        .upsert(scores, 'Score_Key__c', { allowRecursive: true, allOrNone: false });
    const callsBefore = org.calls.length;
    const first = await upsert();
    expect(org.calls.length - callsBefore).toBe(3);
    expect(first.map((result) => [result.success, 'created' in result && result.created])).toEqual(
      scores.map(() => [true, true]),
    );
    const second = await upsert();
    expect(second.some((result) => 'created' in result && result.created)).toBe(false);
    const stored = await connection.query<{
      Health_Score__c: number;
      Name: string;
      Final__c: boolean;
      Account__r: { Name: string };
    }>(
      `SELECT Name, Health_Score__c, Final__c, Account__r.Name FROM Health_Score__c WHERE Score_Key__c = '${accountId(7)}:2026-10'`,
    );
    expect(stored.records[0]).toMatchObject({
      Name: 'HS-000007',
      Health_Score__c: 80,
      Final__c: true,
      Account__r: { Name: 'Hotel 7' },
    });
  });

  it.each([
    ['one custom long text', 'Id, Details__c', 450],
    ['two custom long texts', 'Id, Details__c, Readings__c', 200],
    ['a custom long text and a standard one', 'Id, Details__c, Account__r.Description', 450],
  ])('gives pages of up to 2,000 rows, of 200 with two custom long texts: %s', async (_, fields, rows) => {
    const result = await connection.query(`SELECT ${fields} FROM Health_Score__c`, {
      headers: { 'Sforce-Query-Options': 'batchSize=2000' },
    });
    expect(result.totalSize).toBe(450);
    expect(result.records).toHaveLength(rows);
  });

  it('reports each bad record of a batch and stores the others', async () => {
    const record = (n: number, more: object) => ({
      Account__c: accountId(n),
      Score_Key__c: `${accountId(n)}:2026-09`,
      ...more,
    });
    const results = await connection
      .sobject('Health_Score__c')
      .upsert(
        [
          record(1, { Tier__c: 'Splendid' }),
          record(2, { Tier__c: 'Critical' }),
          record(3, { Main_Reason__c: 'x'.repeat(256) }),
          record(4, { Account__c: '001000000099999AAA' }),
          record(5, { Health_Score__c: 1000 }),
        ],
        'Score_Key__c',
        { allOrNone: false },
      );
    expect(codes(results)).toEqual([
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'ok',
      'STRING_TOO_LONG',
      'INVALID_CROSS_REFERENCE_KEY',
      'NUMBER_OUTSIDE_VALID_RANGE',
    ]);
  });

  it('keeps none of a batch when all or none was asked for', async () => {
    const results = await connection.sobject('Health_Score__c').upsert(
      [
        { Account__c: accountId(1), Score_Key__c: `${accountId(1)}:2026-08` },
        { Account__c: accountId(2), Score_Key__c: `${accountId(2)}:2026-08`, Tier__c: 'Splendid' },
      ],
      'Score_Key__c',
      { allOrNone: true },
    );
    expect(codes(results)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    ]);
    const { totalSize } = await connection.query(
      "SELECT COUNT() FROM Health_Score__c WHERE Score_Key__c LIKE '%:2026-08'",
    );
    expect(totalSize).toBe(0);
  });

  it('refuses more than 200 records in one call', async () => {
    const many = Array.from({ length: 201 }, (_, i) => ({ Score_Key__c: `k${i}`, Account__c: accountId(1) }));
    const { errorCode } = await refusal(connection.sobject('Health_Score__c').upsert(many, 'Score_Key__c'));
    expect(errorCode).toBe('EXCEEDED_ID_LIMIT');
  });

  it('creates, reads, changes and upserts a single record', async () => {
    const signals = connection.sobject('Churn_Signal__c');
    const created = await signals.create({
      Account__c: accountId(9),
      Severity__c: 'Critical',
      Date_Observed__c: '2026-10-03',
      Signal_Detail__c: 'Sponsor left',
    });
    const id = created.id ?? '';
    expect(await signals.retrieve(id)).toMatchObject({
      Status__c: 'Active',
      Severity__c: 'Critical',
      Expires_On__c: null,
    });
    await signals.update({ Id: id, Status__c: 'Monitoring', Monitoring_From__c: '2026-11-01' });
    expect(await signals.retrieve(id)).toMatchObject({
      Status__c: 'Monitoring',
      Monitoring_From__c: '2026-11-01',
    });
    const run = { Run_Key__c: 'run-1', Period__c: '2026-10', Status__c: 'Running' };
    const runs = connection.sobject('Health_Score_Run__c');
    expect(await runs.upsert(run, 'Run_Key__c')).toMatchObject({ success: true, created: true });
    expect(await runs.upsert({ ...run, Status__c: 'Finished' }, 'Run_Key__c')).toMatchObject({
      created: false,
    });
  });

  it('says how much of the daily allowance is used', async () => {
    await connection.query('SELECT COUNT() FROM Account');
    expect(connection.limitInfo.apiUsage).toEqual({ used: org.usage.used, limit: 100_000 });
  });

  it('answers 401 once the token is too old', async () => {
    now += 3600 * 1000;
    const response = await fetch(`${org.url}/services/data/v66.0/limits`, {
      headers: { Authorization: `Bearer ${connection.accessToken ?? ''}` },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
    now = NOW;
  });
});

describe('a local org with less access', () => {
  it('hides fields and objects on every path', async () => {
    const org = await startWith(accounts(1), { hiddenFields: ['Account.ARR__c'], hiddenObjects: ['Case'] });
    try {
      const connection = await login(org);
      const { fields } = await connection.sobject('Account').describe();
      expect(fields.map((field) => field.name)).not.toContain('ARR__c');
      expect((await refusal(connection.query('SELECT ARR__c FROM Account'))).errorCode).toBe('INVALID_FIELD');
      expect((await refusal(connection.query('SELECT Id FROM Account WHERE ARR__c > 1'))).errorCode).toBe(
        'INVALID_FIELD',
      );
      expect((await refusal(connection.query('SELECT Id FROM Case'))).errorCode).toBe('INVALID_TYPE');
      expect((await refusal(connection.sobject('Case').describe())).errorCode).toBe('NOT_FOUND');
      const write = connection.sobject('Account').update({ Id: accountId(1), ARR__c: 5 });
      expect((await refusal(write)).errorCode).toBe('INVALID_FIELD');
    } finally {
      await org.close();
    }
  });
});

describe('a local org in trouble', () => {
  it('locks some rows, refuses some calls and runs out of its daily allowance', async () => {
    const org = await startWith(accounts(3), { dailyApiCalls: 5 });
    try {
      const connection = await login(org);
      org.org.rowLocks.add({ match: new RegExp(`${accountId(2)}:2026-10`, 'i'), times: 1 });
      const scores = [1, 2, 3].map((n) => ({
        Account__c: accountId(n),
        Score_Key__c: `${accountId(n)}:2026-10`,
      }));
      const upsert = () =>
        connection.sobject('Health_Score__c').upsert(scores, 'Score_Key__c', { allOrNone: false });
      expect(codes(await upsert())).toEqual(['ok', 'UNABLE_TO_LOCK_ROW', 'ok']);
      expect((await upsert()).map((result) => result.success)).toEqual([true, true, true]);
      org.faults.add({
        kind: 'status',
        status: 403,
        match: /query/,
        content: /Churn_Signal__c/,
        body: [{ message: 'no', errorCode: 'INSUFFICIENT_ACCESS' }],
      });
      expect((await refusal(connection.query('SELECT Id FROM Churn_Signal__c'))).errorCode).toBe(
        'INSUFFICIENT_ACCESS',
      );
      await connection.query('SELECT Id FROM Account');
      await connection.query('SELECT Id FROM Account');
      await connection.query('SELECT Id FROM Account');
      expect((await refusal(connection.query('SELECT Id FROM Account'))).errorCode).toBe(
        'REQUEST_LIMIT_EXCEEDED',
      );
    } finally {
      await org.close();
    }
  });
});
