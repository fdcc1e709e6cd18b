import { afterEach, describe, expect, it } from 'vitest';
import { countsAddUp, openWorld, unexplained, type World } from './harness.ts';
import { begin, detailsOf, end, filledIn, lostOf, modelOf, OUTAGES, risen, shownScores } from './outages.ts';

// Small enough to be quick, large enough that every story of a customer is told.
const ACCOUNTS = 20;

let world: World;
afterEach(() => world.sandbox.close());

describe.each(Object.entries(OUTAGES))('%s, down for two months after a good one', (_name, outage) => {
  it('makes no score rise, fills in no number, and says what is lost', async () => {
    world = await openWorld({ accounts: ACCOUNTS });
    const months = ['2026-08', '2026-09', '2026-10'] as const;
    expect((await world.run('--period', months[0])).exit).toBe(0);
    expect(filledIn(world, months[0], [])).toEqual([]);
    begin(world, outage);
    let losses = 0;
    for (const [i, period] of months.slice(1).entries()) {
      const before = shownScores(world, months[i] ?? '');
      const { exit, report } = await world.run('--period', period);
      const rows = world.scores(period);
      const lost = rows.filter((row) => lostOf(row, modelOf(world, row)).length > 0);
      losses += lost.length;
      // The share of accounts decides only whether the source counts as down.
      const { outageShare } = modelOf(world, rows[0] ?? {}).guards;
      const down = lost.length > 0 && lost.length >= outageShare * rows.length;
      const told = down ? outage.source : `${outage.source} (`;
      const short = rows.some((row) => row['Final__c'] === false);
      expect([period, report.degradedSources, exit]).toEqual([
        period,
        short ? [expect.stringContaining(told)] : [],
        short ? 75 : 0,
      ]);
      expect(report.status).toBe(short ? 'Degraded' : 'Finished');
      expect(countsAddUp(report)).toBe(true);
      expect(report.counts).toMatchObject({ accounts: rows.length, failed: 0 });
      expect(filledIn(world, period, months.slice(0, i + 1))).toEqual([]);
      expect(risen(world, period, before)).toEqual([]);
      expect(unexplained(world, period)).toEqual([]);
      for (const row of lost) {
        expect(row['Final__c']).toBe(false);
        const sources = new Set(
          detailsOf(row)
            .readings.filter(({ carriedFrom, missing }) => carriedFrom ?? missing === 'source_down')
            .map(({ source }) => source),
        );
        expect([...sources]).toEqual([outage.source]);
      }
      expect(rows.filter((row) => row['Final__c'] === true).length).toBe(rows.length - lost.length);
    }
    // An outage that nobody would have noticed proves nothing.
    expect(losses).toBeGreaterThan(0);
    end(world);
    const back = await world.run('--period', '2026-10');
    expect([back.exit, filledIn(world, '2026-10', [])]).toEqual([0, []]);
    expect(unexplained(world)).toEqual([]);
  });
});

describe('signals alone that cannot be read', () => {
  it('leave every score of the month as it was, and none of a new month is written', async () => {
    world = await openWorld({ accounts: ACCOUNTS });
    await world.run('--period', '2026-09');
    const before = world.scores('2026-09');
    begin(world, { vendor: 'org', source: 'salesforce', fault: { content: /FROM\+Churn_Signal__c/ } });
    for (const period of ['2026-09', '2026-10']) {
      const { exit, report } = await world.run('--period', period);
      expect([exit, report.status, countsAddUp(report)]).toEqual([75, 'Degraded', true]);
      expect(report.counts).toMatchObject({ failed: before.length, written: 0 });
    }
    expect(world.scores('2026-09')).toEqual(before);
    expect(world.scores('2026-10')).toEqual([]);
  });
});
