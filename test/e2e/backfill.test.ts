import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inputOf } from '../../node-scorer/src/run/stored-card.ts';
import { OUTAGE_HOLD, scoreAccount, SWITCHES } from '../../node-scorer/src/scoring/index.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import {
  openWorld,
  storedReadings,
  unexplained,
  type ReportedOutcome,
  type Row,
  type World,
} from './harness.ts';
import { detailsOf, modelOf } from './outages.ts';

const MONTHS = [...Array(13).keys()].map((i) => new Date(Date.UTC(2025, 9 + i, 1)).toISOString().slice(0, 7));
const tenths = (points: number): number => Math.round(points * 10);

let world: World;
let outcome: ReportedOutcome;
beforeAll(async () => {
  world = await openWorld();
  outcome = await world.run('--from', MONTHS[0] ?? '', '--to', MONTHS.at(-1) ?? '');
});
afterAll(() => world.sandbox.close());

/** Rows of all months, each with the newest scored one of an earlier month. */
function pairs(): { readonly row: Row; readonly earlier: Row | undefined }[] {
  const newest = new Map<unknown, Row>();
  return MONTHS.flatMap((month) => {
    const rows = world.scores(month).map((row) => ({ row, earlier: newest.get(row['Account__c']) }));
    for (const { row } of rows) if (row['Health_Score__c'] !== null) newest.set(row['Account__c'], row);
    return rows;
  });
}

describe('a backfill of 13 months', () => {
  it('scores every month in order, each final, and holds none of them', () => {
    expect(MONTHS).toEqual(expect.arrayContaining(['2025-10', '2026-10']));
    const reports = outcome.report as unknown as readonly { period: string; status: string }[];
    expect(outcome.exit).toBe(0);
    expect(reports.map(({ period, status }) => [period, status])).toEqual(
      MONTHS.map((month) => [month, 'Finished']),
    );
    expect(pairs().length).toBeGreaterThan(13 * 55);
    expect(pairs().every(({ row }) => row['Final__c'] === true)).toBe(true);
  });

  it.each(['2025-11', '2026-04', '2026-10'])(
    'reads of %s what the plan of the base says, though it is long past',
    (period) => {
      const expected = expectedReadings(world.sandbox.base, period);
      const read = new Map(world.scores(period).map((row) => [row['Account__c'], storedReadings(row)]));
      expect([...read.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [accountId, readings] of expected) expect(read.get(accountId)).toEqual(readings);
    },
  );

  it('stores scores that all explain themselves', () => {
    expect(MONTHS.flatMap((month) => unexplained(world, month))).toEqual([]);
  });
});

describe('the change of every account and month', () => {
  it('has bars that add up to the difference of the two scores people see', () => {
    let told = 0;
    const wrong = pairs().flatMap(({ row, earlier }) => {
      const { change } = detailsOf(row);
      if ('code' in change || earlier === undefined) return [];
      told++;
      const difference = tenths(Number(row['Health_Score__c'])) - tenths(Number(earlier['Health_Score__c']));
      const bars = SWITCHES.reduce((sum, name) => sum + tenths(change.bars[name]), 0);
      const metrics = Object.values(change.metrics).reduce((sum, points) => sum + tenths(points), 0);
      const right =
        bars === difference &&
        tenths(change.shown) === difference &&
        metrics === tenths(change.bars.behaviour) &&
        change.from === earlier['Health_Score__c'] &&
        change.to === row['Health_Score__c'] &&
        change.since.period === earlier['Period__c'] &&
        change.since.asOf === earlier['Window_End__c'] &&
        row['Previous_Tier__c'] === earlier['Tier__c'];
      return right ? [] : [`${String(row['Score_Key__c'])}: ${JSON.stringify(change)}`];
    });
    expect(wrong).toEqual([]);
    expect(told).toBeGreaterThan(12 * 50);
  });

  it('is told the same by the fields as by the details', () => {
    for (const { row } of pairs()) {
      const { change } = detailsOf(row);
      const bars = 'code' in change ? null : change.bars;
      expect(row).toMatchObject({
        Change__c: 'code' in change ? null : change.shown,
        Change_Behaviour__c: bars?.behaviour ?? null,
        Change_Data__c: bars?.data ?? null,
        Change_Rules__c: bars?.rules ?? null,
        Change_Calendar__c: bars?.calendar ?? null,
        Change_Signals__c: bars?.signals ?? null,
      });
    }
  });

  it('is no change, with a reason, where there is nothing to compare', () => {
    const silent = pairs().filter(({ row }) => 'code' in detailsOf(row).change);
    for (const { row, earlier } of silent) {
      const code = row['Health_Score__c'] === null ? 'no_score' : 'first_score';
      expect(detailsOf(row).change).toEqual({ code });
      if (code === 'first_score') expect(earlier).toBeUndefined();
    }
    expect(silent.length).toBeGreaterThanOrEqual(world.scores(MONTHS[0]).length);
  });

  it('moves by behaviour, data, calendar and signals at one time or another, and never by rules', () => {
    const moved = (field: string) => pairs().filter(({ row }) => Number(row[field] ?? 0) !== 0).length;
    for (const field of ['Change_Behaviour__c', 'Change_Data__c', 'Change_Calendar__c', 'Change_Signals__c'])
      expect([field, moved(field)]).not.toEqual([field, 0]);
    expect(moved('Change_Rules__c')).toBe(0);
  });
});

describe('the path of every account and month', () => {
  it('reaches the tier that it names when its targets are scored again', () => {
    let walked = 0;
    for (const { row } of pairs()) {
      const details = detailsOf(row);
      const { path } = details;
      if ('code' in path) continue;
      const model = modelOf(world, row);
      const input = inputOf(row, details);
      const readings = { ...input.readings };
      for (const { metric, from, to } of path.steps) {
        expect([metric, readings[metric]]).toEqual([metric, { value: from }]);
        readings[metric] = { value: to };
      }
      // A cap is named beside the path, which is the way without it.
      const free = path.cappedBy !== undefined;
      expect(path.cappedBy?.name).not.toBe(OUTAGE_HOLD);
      const reached = scoreAccount(model, { ...input, readings, ...(free && { signals: [], hold: null }) });
      expect([row['Score_Key__c'], reached.shown.healthScore]).toEqual([row['Score_Key__c'], path.reaches]);
      const wanted = model.tiers.find(({ name }) => name === path.tier);
      expect(path.reaches).toBeGreaterThanOrEqual(wanted?.from ?? Number.NaN);
      walked++;
    }
    expect(walked).toBeGreaterThan(100);
  });
});
