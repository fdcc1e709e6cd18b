import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, storedReadings, type Outcome, type World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.close());

const run = (...more: string[]): Promise<Outcome> => world.scorer(['run', '--period', '2026-10', ...more]);
const missingOf = (metric: string): Set<unknown> =>
  new Set(world.scores().map((row) => (storedReadings(row)[metric] as { missing?: string }).missing));

describe('a customer that left', () => {
  it('is left out of every later month, the running one too', async () => {
    const client = world.sandbox.org.org;
    const account = client.schema.objects.get('account');
    if (account === undefined) throw new Error('found no Account');
    client.store.update(account, '001000000000001AAA', { Churned_On__c: '2026-10-25' });
    const scored = async (period: string) => {
      const { stdout } = await world.scorer(['run', '--period', period, '--account', '001000000000001']);
      return /(\d+) accounts:/.exec(stdout)?.[1];
    };
    expect([await scored('2026-10'), await scored('2026-11')]).toEqual(['1', '0']);
  });
});

describe('some accounts', () => {
  it('are scored alone with --account, by their 15-character ids too', async () => {
    const { exit, stdout } = await run('--account', '001000000000001', '00100000000000BAAQ');
    expect(exit).toBe(0);
    expect(stdout).toContain('2 accounts: 2 scored');
    expect(world.scores().map((row) => row['Account__c'])).toEqual([
      '001000000000001AAA',
      '00100000000000BAAQ',
    ]);
  });

  it('that the org does not know are failures beside the others', async () => {
    const { exit, stdout } = await run('--account', '001000000000001', '001zzzzzzzzzzzz');
    expect(exit).toBe(1);
    expect(stdout).toContain('2 accounts: 1 scored, 0 unchanged, 0 unscored, 1 failed');
    expect(stdout).toMatch(/failed: .*found none in the scored population/);
  });

  it('of a mapping file get their ids from it and never from the org', async () => {
    const [customer] = world.sandbox.base.customers;
    const file = join(mkdtempSync(join(tmpdir(), 'health-mapping-')), 'map.csv');
    writeFileSync(
      file,
      `sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component\n${customer?.accountId},,${customer?.lookerCustomerId},Mapped,paid,,\n`,
    );
    expect((await run('--mapping', file)).exit).toBe(0);
    expect(missingOf('csat_score')).toEqual(new Set(['not_mapped']));
    expect(missingOf('dau')).toEqual(new Set([undefined]));
  });

  it('that a mapping file does not hold are refused with --mapping', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'health-mapping-')), 'map.csv');
    writeFileSync(
      file,
      'sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component\n001000000000001,,,A,paid,,\n',
    );
    const { exit, stderr } = await run('--mapping', file, '--account', '001000000000002');
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining('001000000000002AAA, expected an account of the mapping file'),
    ]);
  });

  it('whose record the org refuses are reported, and the others land', async () => {
    world.sandbox.org.org.rowLocks.add({ match: /001000000000001AAA:2026-10$/i });
    const { exit, stdout } = await run();
    expect(exit).toBe(1);
    expect(stdout).toContain('57 accounts: 56 scored, 0 unchanged, 0 unscored, 1 failed; 56 rows written');
    expect(stdout).toMatch(/failed: Amber Hotels.*the org refused the record: UNABLE_TO_LOCK_ROW/);
    expect(world.scores()).toHaveLength(56);
  });
});
