import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from 'jsforce';
import type { RunningOrg } from 'local-org';
import { csvRows } from 'local-org/inside';
import { accountId, accounts, login, startWith } from './org-fixture.ts';

describe('CSV', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a\n"x ""y"", z\n2"\n', [['a'], ['x "y", z\n2']]],
    [
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['\uFEFFa\n1\n\n2\n', [['a'], ['1'], ['2']]],
    [
      'a,"b"\r\n"1",\r\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
  ])('%j is %j', (text, rows) => {
    expect([...csvRows(Buffer.from(text))]).toEqual(rows);
  });

  it('says where a quote does not end', () => {
    expect(() => [...csvRows(Buffer.from('a\n"b\n'))]).toThrow('line 2');
  });
});

describe('Bulk API 2.0 with jsforce', () => {
  let org: RunningOrg;
  let connection: Connection;
  beforeAll(async () => {
    org = await startWith(accounts(3000));
    connection = await login(org);
    connection.bulk2.pollInterval = 20;
    connection.bulk2.pollTimeout = 15_000;
  });
  afterAll(() => org.close());

  const score = (n: number, more: Record<string, string> = {}): Record<string, string> => ({
    Account__c: accountId(n),
    Score_Key__c: `${accountId(n)}:2026-10`,
    Health_Score__c: '71.5',
    Main_Reason__c: 'Logins, "fewer"\nthan before',
    ...more,
  });

  it('upserts 3,000 scores and reports each that is bad', async () => {
    const input = Array.from({ length: 3000 }, (_, i) =>
      score(i + 1, { Tier__c: i === 9 ? 'Splendid' : 'Healthy' }),
    );
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Health_Score__c',
      operation: 'upsert',
      externalIdFieldName: 'Score_Key__c',
      input,
    });
    expect([
      results.successfulResults.length,
      results.failedResults.length,
      results.unprocessedRecords.length,
    ]).toEqual([2999, 1, 0]);
    expect(results.failedResults[0]?.sf__Error).toContain('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    const { records } = await connection.query<{ Main_Reason__c: string; Health_Score__c: number }>(
      `SELECT Main_Reason__c, Health_Score__c FROM Health_Score__c WHERE Score_Key__c = '${accountId(3)}:2026-10'`,
    );
    expect(records[0]).toMatchObject({
      Main_Reason__c: 'Logins, "fewer"\nthan before',
      Health_Score__c: 71.5,
    });
  });

  it('empties a field for #N/A and leaves it for an empty cell', async () => {
    await connection.bulk2.loadAndWaitForResults({
      object: 'Health_Score__c',
      operation: 'upsert',
      externalIdFieldName: 'Score_Key__c',
      input: [
        {
          Score_Key__c: `${accountId(1)}:2026-10`,
          Account__c: accountId(1),
          Health_Score__c: '#N/A',
          Main_Reason__c: '',
        },
      ],
    });
    const [stored] = org.org.query(
      `SELECT Health_Score__c, Main_Reason__c FROM Health_Score__c WHERE Score_Key__c = '${accountId(1)}:2026-10'`,
    );
    expect(stored).toMatchObject({ Health_Score__c: null, Main_Reason__c: 'Logins, "fewer"\nthan before' });
  });

  it('reads 3,000 rows as CSV, in pages', async () => {
    const stream = await connection.bulk2.query(
      'SELECT Id, Name, Owner.Name, Health_Provisional__c FROM Account',
    );
    const rows = (await stream.toArray()) as Record<string, string>[];
    expect(rows).toHaveLength(3000);
    expect(rows[0]).toMatchObject({
      Name: 'Hotel 1',
      'Owner.Name': 'Administrator',
      Health_Provisional__c: 'false',
    });
    const job = await fetch(`${org.url}/services/data/v66.0/jobs/query`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${connection.accessToken ?? ''}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ operation: 'query', query: 'SELECT Id FROM Account' }),
    });
    const { id } = (await job.json()) as { id: string };
    await new Promise((resolve) => setTimeout(resolve, 20));
    const page = (locator: string) =>
      fetch(`${org.url}/services/data/v66.0/jobs/query/${id}/results?maxRecords=2000&locator=${locator}`, {
        headers: { Authorization: `Bearer ${connection.accessToken ?? ''}` },
      });
    const [first, second] = [await page('0'), await page('2000')];
    expect([first.headers.get('sforce-locator'), second.headers.get('sforce-locator')]).toEqual([
      '2000',
      'null',
    ]);
  });

  it('deletes in bulk and one by one, and finds deleted rows only when asked for all', async () => {
    const doomed = await connection
      .sobject('Health_Score__c')
      .find({ Score_Key__c: `${accountId(5)}:2026-10` }, ['Id']);
    const id = doomed[0]?.Id ?? '';
    expect(await connection.sobject('Health_Score__c').destroy(id)).toMatchObject({ success: true });
    const soql = `SELECT Id FROM Health_Score__c WHERE Score_Key__c = '${accountId(5)}:2026-10'`;
    expect((await connection.query(soql)).totalSize).toBe(0);
    expect((await connection.query(soql, { scanAll: true })).totalSize).toBe(1);
    const again = await connection.sobject('Health_Score__c').upsert(score(5), 'Score_Key__c');
    expect(again).toMatchObject({ success: true, created: true });
  });

  it('takes the scores of an account with it, and empties lookups to a deleted run', async () => {
    const run = await connection
      .sobject('Health_Score_Run__c')
      .create({ Run_Key__c: 'gone', Status__c: 'Finished' });
    const runId = run.id ?? '';
    await connection.sobject('Health_Score__c').upsert({ ...score(6), Run__c: runId }, 'Score_Key__c');
    await connection.sobject('Health_Score_Run__c').destroy(runId);
    expect(
      org.org.query(`SELECT Run__c FROM Health_Score__c WHERE Account__c = '${accountId(6)}'`),
    ).toMatchObject([{ Run__c: null }]);
    await connection.sobject('Account').destroy(accountId(6));
    expect(org.org.query(`SELECT Id FROM Health_Score__c WHERE Account__c = '${accountId(6)}'`)).toEqual([]);
  });

  it('finds a parent by its key, under the name of the relationship', async () => {
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'update',
      input: [
        { Id: accountId(11), 'Current_Health_Score__r.Score_Key__c': `${accountId(11)}:2026-10` },
        { Id: accountId(12), 'Current_Health_Score__r.Score_Key__c': 'nobody' },
      ],
    });
    expect(results.successfulResults.map(({ sf__Id }) => sf__Id)).toEqual([accountId(11)]);
    expect(results.failedResults[0]?.sf__Error).toBe(
      'INVALID_FIELD:Foreign key external ID: nobody not found for field Score_Key__c in entity Health_Score__c: --',
    );
    expect(
      org.org.query(`SELECT Current_Health_Score__r.Score_Key__c FROM Account WHERE Id = '${accountId(11)}'`),
    ).toMatchObject([{ Current_Health_Score__r: { Score_Key__c: `${accountId(11)}:2026-10` } }]);
    const nested = await connection.sobject('Account').update({
      Id: accountId(12),
      Current_Health_Score__r: { Score_Key__c: `${accountId(12)}:2026-10` },
    } as never);
    expect(nested).toMatchObject({ success: true });
  });

  it('keeps what a job wrote before a row that cannot be read, and fails it', async () => {
    const job = connection.bulk2.createJob({ operation: 'update', object: 'Account' });
    await job.open();
    const good = Array.from({ length: 1_000 }, (_, i) => `${accountId(i + 20)},Lodge\n`).join('');
    await job.uploadData(`Id,Name\n${good}${accountId(1020)},"Inn\n`);
    await job.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await job.check()).toMatchObject({
      state: 'Failed',
      numberRecordsProcessed: 1_000,
      errorMessage: expect.stringContaining('a quote that does not end') as string,
    });
    expect(org.org.query("SELECT Id FROM Account WHERE Name = 'Lodge'")).toHaveLength(1_000);
    expect(await job.getSuccessfulResults()).toHaveLength(1_000);
    await expect(job.getUnprocessedRecords()).rejects.toThrow('does not model');
  });

  it('gives back the rows that an aborted job did not get to', async () => {
    const job = connection.bulk2.createJob({ operation: 'update', object: 'Account' });
    await job.open();
    await job.uploadData(`Id,Name\n${accountId(30)},Cabin\n`);
    await job.abort();
    expect(await job.getUnprocessedRecords()).toEqual([{ Id: accountId(30), Name: 'Cabin' }]);
  });

  it.each([
    ["of another name ('Nam')", 'Nam\nx\n', "No such column 'Nam'"],
    ['without a name', 'Name,\nx,y\n', "No such column ''"],
    ['of a parent of a parent', 'Name,Owner.Manager.Email\nx,y\n', 'Owner.Manager.Email'],
  ])('fails a job with a column %s', async (_, file, message) => {
    const job = connection.bulk2.createJob({ operation: 'insert', object: 'Account' });
    await job.open();
    await job.uploadData(file);
    await job.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await job.check()).toMatchObject({
      state: 'Failed',
      errorMessage: expect.stringContaining(message) as string,
    });
  });
});
