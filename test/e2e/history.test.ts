import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import { lasting, openWorld, ROOT, storedReadings, unexplained, type Row, type World } from './harness.ts';
import { begin, detailsOf, end, OUTAGES, type Outage } from './outages.ts';
import { change, edit, mixUpLooker, raise } from './people.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: 20 });
});
afterEach(() => world.sandbox.close());

const EVERYTHING = [
  'Intercom as a whole',
  'Jira as a whole',
  'Looker as a whole',
  'all contracts in Salesforce',
] as const;
/** Nothing but the accounts, their signals and our own records can be read any more. */
const closeTheSources = (): void => EVERYTHING.forEach((name) => begin(world, OUTAGES[name] as Outage));
const readings = (period: string): object[] => world.scores(period).map(storedReadings);
const rulesBars = (period: string): number[] =>
  world.scores(period).map((row) => Number(row['Change_Rules__c']));
const vendorCalls = (): number =>
  world.sandbox.intercom.calls.length + world.sandbox.jira.calls.length + world.sandbox.looker.calls.length;

describe('a complete month whose readings were all read', () => {
  it('keeps them: a second run asks no source, and finds everything as it was', async () => {
    await world.run('--period', '2026-10');
    const before = world.scores();
    expect(before.every((row) => row['Final__c'] === true)).toBe(true);
    closeTheSources();
    const calls = vendorCalls();
    const { exit, report } = await world.run('--period', '2026-10');
    expect([exit, report.degradedSources, report.counts.written]).toEqual([0, [], 0]);
    expect(Object.keys(report.calls)).toEqual(['salesforce']);
    expect(vendorCalls()).toBe(calls);
    expect(world.scores()).toEqual(before);
  });

  it('counts a signal that was found out later, as of the end of the month', async () => {
    await world.run('--period', '2026-10');
    const free = world.scores().filter((row) => Number(row['Health_Score__c']) > 60);
    const [ending, later] = free.map((row) => String(row['Account__c'])) as [string, string];
    raise(world, [ending], '2026-10-31');
    raise(world, [later], '2026-11-01');
    closeTheSources();
    const { exit, report } = await world.run('--period', '2026-10');
    // Both: a score keeps all signals that are known, and says by their dates which of them count.
    expect([exit, report.counts.written]).toEqual([0, 2]);
    const scoreOf = (id: string) =>
      world.scores().find((row) => row['Account__c'] === id)?.['Health_Score__c'];
    expect([scoreOf(ending), scoreOf(later)]).toEqual([
      59,
      free.find((row) => row['Account__c'] === later)?.['Health_Score__c'],
    ]);
    expect(unexplained(world)).toEqual([]);
  });

  it('is scored again by a model that an admin has edited, from the readings it has', async () => {
    await world.run('--from', '2026-09', '--to', '2026-10');
    const [september, october] = [world.scores('2026-09'), readings('2026-10')];
    expect(new Set(rulesBars('2026-10'))).toEqual(new Set([0]));
    edit(world, 'Health_Metric__mdt', 'messaging', {
      Green_Paid__c: 60,
      Green_Standard__c: 60,
      Yellow_Paid__c: 40,
      Yellow_Standard__c: 40,
    });
    closeTheSources();
    expect((await world.run('--period', '2026-10')).exit).toBe(0);
    expect(readings('2026-10')).toEqual(october);
    // September was scored by the old rules: what the new ones change is told as such.
    expect(world.scores('2026-09')).toEqual(september);
    expect(rulesBars('2026-10').filter((points) => points > 0).length).toBeGreaterThan(10);
    expect((await world.run('--from', '2026-09', '--to', '2026-10')).exit).toBe(0);
    expect(new Set(rulesBars('2026-10'))).toEqual(new Set([0]));
    expect([...unexplained(world, '2026-09'), ...unexplained(world)]).toEqual([]);
  });

  it('is scored again by the model of a folder', async () => {
    await world.run('--period', '2026-10');
    const before = world.scores();
    const folder = mkdtempSync(join(tmpdir(), 'health-config-'));
    cpSync(join(ROOT, 'config'), folder, { recursive: true });
    const weights = join(folder, 'weights.yaml');
    const text = readFileSync(weights, 'utf8').replace('cap: 59', 'cap: 30');
    writeFileSync(weights, text);
    closeTheSources();
    const { exit, report } = await world.run('--period', '2026-10', '--config-dir', folder);
    expect([exit, report.counts.written]).toEqual([0, before.length]);
    expect(report.modelVersion).not.toBe(before[0]?.['Model_Version__c']);
    const capped = (rows: Row[], cap: string) =>
      rows.filter((row) => row['Cap__c'] === `critical_signal (${cap})`).length;
    expect(capped(before, '59')).toBeGreaterThan(0);
    expect(capped(world.scores(), '30')).toBe(capped(before, '59'));
    expect(unexplained(world)).toEqual([]);
  });

  it('is read for an account that joins later, which gets what it would have had from the start', async () => {
    // Some conversations of 2026 have contacts at two customers: alone, this one would be given all of them.
    const id = '001000000000004AAA';
    const [account] = world.query(`SELECT Health_Segment__c FROM Account WHERE Id = '${id}'`);
    change(world, 'Account', `Id = '${id}'`, { Health_Segment__c: null });
    await world.run('--period', '2026-10');
    expect(world.scores().map((row) => row['Account__c'])).not.toContain(id);
    change(world, 'Account', `Id = '${id}'`, { Health_Segment__c: String(account?.['Health_Segment__c']) });
    expect((await world.run('--period', '2026-10')).exit).toBe(0);
    const row = world.scores().find((each) => each['Account__c'] === id);
    expect(storedReadings(row ?? {})).toEqual(expectedReadings(world.sandbox.base, '2026-10').get(id));
  });

  it('is read again where a mapping was changed, and as a whole with --force', async () => {
    await world.run('--period', '2026-10');
    const before = readings('2026-10');
    mixUpLooker(world);
    const changed = await world.run('--period', '2026-10');
    expect([changed.exit, Object.keys(changed.report.calls).sort()]).toEqual([0, ['looker', 'salesforce']]);
    const mixed = readings('2026-10');
    expect(mixed).not.toEqual(before);
    const { exit, report } = await world.run('--period', '2026-10', '--force');
    expect([exit, Object.keys(report.calls).sort()]).toEqual([
      0,
      ['intercom', 'jira', 'looker', 'salesforce'],
    ]);
    expect(readings('2026-10')).toEqual(mixed);
    expect(unexplained(world)).toEqual([]);
  });
});

describe('a month that an outage has left incomplete', () => {
  it('is read again until it is whole, and only then keeps its readings', async () => {
    await world.run('--period', '2026-09');
    begin(world, OUTAGES['Looker as a whole'] as Outage);
    await world.run('--period', '2026-10');
    expect(world.scores().map((row) => row['Final__c'])).not.toContain(true);
    end(world);
    const whole = await world.run('--period', '2026-10');
    expect(Object.keys(whole.report.calls).sort()).toEqual(['intercom', 'jira', 'looker', 'salesforce']);
    expect(world.scores().every((row) => row['Final__c'] === true)).toBe(true);
    const readFrom = world
      .scores()
      .flatMap((row) => detailsOf(row).readings.map(({ carriedFrom }) => carriedFrom));
    expect(new Set(readFrom)).toEqual(new Set([undefined]));
    expect(Object.keys((await world.run('--period', '2026-10')).report.calls)).toEqual(['salesforce']);
  });
});

describe('the first read of a month long past', () => {
  it('has nothing but what has a history: without that of the accounts, ARR and what hangs on it are no_history', async () => {
    await world.sandbox.close();
    world = await openWorld({ accounts: 20, hiddenObjects: ['AccountHistory'] });
    const reasonsOf = (period: string, metric: string) =>
      new Set(
        (readings(period) as Record<string, { missing?: string }>[]).map((each) => each[metric]?.missing),
      );
    await world.run('--period', '2026-08');
    expect(reasonsOf('2026-08', 'tier_alignment')).toEqual(new Set(['no_history']));
    expect(reasonsOf('2026-08', 'arr_trajectory_pct')).toEqual(new Set(['no_history']));
    expect(new Set(world.scores('2026-08').map((row) => row['ARR__c']))).toEqual(new Set([null]));
    // What has dates of its own is there all the same.
    expect(reasonsOf('2026-08', 'contract_changes')).toEqual(new Set([undefined]));
    await world.run('--period', '2026-11');
    expect(reasonsOf('2026-11', 'tier_alignment')).not.toContain('no_history');
    const known = world.scores('2026-11').filter((row) => typeof row['ARR__c'] === 'number');
    expect(known.length).toBeGreaterThan(15);
    expect([...unexplained(world, '2026-08'), ...unexplained(world, '2026-11')]).toEqual([]);
  });
});

describe('the running window', () => {
  it('is read again every time, though nothing has changed', async () => {
    await world.run('--period', '2026-11');
    const before = world.scores('2026-11');
    const { exit, report } = await world.run('--period', '2026-11');
    expect([exit, report.counts.written]).toEqual([0, 0]);
    expect(Object.keys(report.calls).sort()).toEqual(['intercom', 'jira', 'looker', 'salesforce']);
    expect(lasting(world.scores('2026-11'))).toEqual(lasting(before));
    expect(before.map((row) => row['Final__c'])).not.toContain(true);
  });

  it('counts a signal that was raised a minute ago', async () => {
    await world.run('--period', '2026-11');
    const [account] = world.scores('2026-11').filter((row) => Number(row['Health_Score__c']) > 60);
    const id = String(account?.['Account__c']);
    raise(world, [id], '2026-11-21');
    const { exit, report } = await world.run('--period', '2026-11', '--account', id);
    expect([exit, report.counts]).toEqual([
      0,
      { accounts: 1, scored: 1, unchanged: 0, unscored: 0, failed: 0, written: 1 },
    ]);
    const row = world.scores('2026-11').find((each) => each['Account__c'] === id);
    expect(row).toMatchObject({ Health_Score__c: 59, Cap__c: 'critical_signal (59)', Tier__c: 'Critical' });
    expect(unexplained(world, '2026-11')).toEqual([]);
  });
});
