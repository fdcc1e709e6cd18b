import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, unexplained, type World } from './harness.ts';
import { begin, detailsOf, OUTAGES, type Outage } from './outages.ts';
import { startScorer } from './process.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: 20 });
});
afterEach(() => world.sandbox.close());

const PERIODS = ['2026-08', '2026-09', '2026-10', '2026-11'] as const;
const down = (name: string): void => begin(world, OUTAGES[name] as Outage);
const stored = () => PERIODS.map((period) => world.scores(period));
const lookups = () => world.query('SELECT Id, Current_Health_Score__c FROM Account ORDER BY Id');
const scoreWrites = (): number =>
  world.sandbox.org.calls.filter(
    ({ method, path }) => method !== 'GET' && /sobjects(\/Health_Score__c\/|$)/.test(path),
  ).length;

/** Runs again what has just been run: not one row is sent, and none has changed, to the last field. */
async function expectNothingMore(...args: string[]): Promise<void> {
  const [rows, pointed, writes] = [stored(), lookups(), scoreWrites()];
  for (let again = 0; again < 2; again++) {
    const { report } = await world.run(...args);
    expect(report.counts).toMatchObject({ scored: 0, written: 0, failed: 0 });
    expect(report.counts.unchanged + report.counts.unscored).toBe(report.counts.accounts);
  }
  expect([stored(), lookups(), scoreWrites()]).toEqual([rows, pointed, writes]);
  for (const period of PERIODS) expect(unexplained(world, period)).toEqual([]);
}

describe('a second run of the same writes nothing', () => {
  it.each([
    ['of a complete month', ['--period', '2026-10']],
    ['of a complete month that is read again', ['--period', '2026-10', '--force']],
    ['of the running window', ['--period', '2026-11']],
    ['of some accounts', ['--period', '2026-10', '--account', '001000000000001', '001000000000002']],
  ])('%s', async (_what, args) => {
    expect((await world.run(...args)).report.counts.written).toBeGreaterThan(0);
    await expectNothingMore(...args);
  });

  it.each([
    ['with values carried from the month before', 1],
    ['held, with nothing left to carry', 2],
  ])('%s', async (_what, months) => {
    await world.run('--period', '2026-08');
    down('Looker as a whole');
    down("Jira's search");
    const periods = ['2026-09', '2026-10'].slice(0, months);
    for (const period of periods) await world.run('--period', period);
    const last = periods.at(-1) ?? '';
    const details = world.scores(last).map(detailsOf);
    const held = details.filter(({ hold }) => hold !== null).length;
    const carried = details.filter(({ readings }) => readings.some((each) => each.carriedFrom)).length;
    if (months === 1) expect(carried).toBeGreaterThan(15);
    else expect([carried, held > 15]).toEqual([0, true]);
    await expectNothingMore('--period', last);
  });

  it('of one account after all: of itself it reads what the run of all reads of it', async () => {
    await world.run('--period', '2026-11');
    const before = world.scores('2026-11');
    for (const row of before) {
      const { report } = await world.run('--period', '2026-11', '--account', String(row['Account__c']));
      expect([row['Account__c'], report.counts.written]).toEqual([row['Account__c'], 0]);
    }
    expect(world.scores('2026-11')).toEqual(before);
  });

  it('after one that was killed and taken up', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
    const env = { ...world.sandbox.env, SCORER_DATA_DIR: dataDir };
    const { child, onLine, ended } = startScorer(env, 'run', '--period', '2026-10');
    onLine((line) => line === '2026-10: written 1/1' && child.kill('SIGKILL'));
    expect((await ended).signal).toBe('SIGKILL');
    const { report } = await world.runIn(dataDir, {}, '--period', '2026-10');
    expect(report.counts.written).toBe(report.counts.accounts);
    await expectNothingMore('--period', '2026-10');
  });

  it('of several months, one after the other', async () => {
    const args = ['run', '--from', '2026-08', '--to', '2026-11'];
    await world.scorer(args);
    const [rows, writes] = [stored(), scoreWrites()];
    const { exit, stdout } = await world.scorer(args);
    expect([exit, stdout.match(/; 0 rows written/g)?.length]).toEqual([0, 4]);
    expect([stored(), scoreWrites()]).toEqual([rows, writes]);
  });
});
