import { describe, expect, it } from 'vitest';
import { uniformFrom, type Segment, type Tier } from '../scoring/index.ts';
import { forecastOf } from './forecast.ts';
import type { History } from './history.ts';
import { rangeAround, rangesOf } from './range.ts';
import { errorsLike, poolsOf } from './residual-pool.ts';
import { pointBranch, renewedInTime } from './renewed-in-time.ts';

const tiers: readonly Tier[] = [
  { name: 'Champion', from: 90 },
  { name: 'Healthy', from: 76 },
  { name: 'At Risk', from: 60 },
  { name: 'Critical', from: 0 },
];

/** Scores around each account's own level; projections know a share of what comes. */
function made(count: number, months: number, knows: number, seed = 1, noise = 8) {
  const next = uniformFrom(seed);
  const segments = Array.from({ length: count }, (_, i): Segment => (i % 3 === 0 ? 'paid' : 'standard'));
  const levels = segments.map(() => 50 + 45 * next());
  const y = Array.from({ length: months }, () => levels.map((level) => level + noise * (next() - 0.5)));
  const at = (horizon: number) =>
    y.map((scores, month) =>
      scores.map((score, i) => score + knows * ((y[month + horizon]?.[i] ?? score) - score)),
    );
  return { segments, y, p: { 1: at(1), 2: at(2), 3: at(3) } };
}

const statuses = (forecast: ReturnType<typeof forecastOf>, horizon: string) => [
  ...new Set(forecast[horizon]?.accounts.map(({ status }) => status)),
];

describe('a forecast', () => {
  it.each([
    // 12 accounts: 60 residuals of one month ahead need 5 origins, of which six are looked at.
    [12, 5, ['not_enough_history']],
    [12, 6, ['ok']],
    [12, 12, ['ok']],
    [60, 3, ['not_enough_history']],
    [60, 4, ['ok']],
  ])('with %d accounts after %d months', (count, months, expected) => {
    expect(statuses(forecastOf(made(count, months, 0), tiers), '1')).toEqual(expected);
  });

  it('has ranges within 0 to 100 around the errors, which hold in 4 of 5 cases', () => {
    const forecast = forecastOf(made(90, 24, 0), tiers);
    for (const { low, high, status } of forecast['1']?.accounts ?? []) {
      expect(status).toBe('ok');
      expect((low ?? -1) >= 0 && (low ?? 101) <= (high ?? -1) && (high ?? 101) <= 100).toBe(true);
    }
    expect(forecast['1']?.recent.standard).toBeGreaterThan(0.72);
    expect(forecast['1']?.recent.standard).toBeLessThan(0.88);
  });

  it('nests a range in the range that leaves less outside', () => {
    const next = uniformFrom(9);
    const errors = Float64Array.from({ length: 75 }, () => 20 * next() - 10).sort();
    let outer = rangeAround(60, errors, 0.02);
    for (const alpha of [0.05, 0.1, 0.2, 0.3, 0.4]) {
      const inner = rangeAround(60, errors, alpha);
      expect(outer.low <= inner.low && inner.high <= outer.high).toBe(true);
      outer = inner;
    }
    expect(rangeAround(60, Float64Array.of(-3, -1, 0, 1, 2), 0.4)).toEqual({ low: 57, high: 62 });
    // (9 + 1) × 0.2 ÷ 2 is 1 and not a digit less.
    expect(rangeAround(60, Float64Array.of(-4, -3, -2, -1, 0, 1, 2, 3, 4), 0.2)).toEqual({
      low: 56,
      high: 64,
    });
  });

  it('takes both segments where one has too few errors, and bins from 180 on', () => {
    const { segments, y, p } = made(90, 12, 0);
    const history: History = { segments, scores: y, projections: p[1], horizon: 1 };
    const pools = poolsOf(history, 11);
    expect([pools.paid?.bins.length, pools.standard?.bins.length]).toEqual([3, 3]);
    expect(pools.standard?.bins.reduce((sum, { length }) => sum + length, 0)).toBe(360);
    const few = poolsOf({ ...history, segments: segments.map((_, i) => (i < 5 ? 'paid' : 'standard')) }, 11);
    expect(few.paid?.bins.reduce((sum, { length }) => sum + length, 0)).toBe(540);
    const [cut] = pools.paid?.cuts ?? [];
    if (pools.paid === null || cut === undefined) throw new Error('found no cut');
    expect(errorsLike(pools.paid, cut)).toBe(pools.paid.bins[1]);
    expect(poolsOf(history, 3).paid?.cuts).toEqual([]);
  });

  it('widens after a break and says that it is unsettled', () => {
    const { segments, y } = made(60, 14, 0, 3, 4);
    // From month 10 on every score swings far.
    const broken = y.map((scores, month) =>
      month < 10 ? scores : scores.map((score) => score - (month % 2 === 0 ? 30 : 0)),
    );
    const forecast = forecastOf({ segments, y: broken, p: { 1: broken } }, tiers)['1'];
    expect(forecast?.alpha.standard).toBeLessThan(0.2);
    expect(forecast?.accounts[0]?.status).toBe('unsettled');
    expect(forecast?.accounts[0]).toMatchObject({ low: null, high: null, chance: null });
    expect(forecast?.recent.standard).toBeLessThan(0.65);
  });

  it('is better than the last score when it knows more, and never when it knows nothing', () => {
    const verdict = (knows: number, months = 24, count = 30) =>
      forecastOf(made(count, months, knows), tiers)['1']?.worth;
    expect(verdict(0.3)).toMatchObject({ verdict: 'better' });
    expect(verdict(0)).toMatchObject({ verdict: 'no_better', skill: 0, lower: 0 });
    expect(verdict(-0.3)).toMatchObject({ verdict: 'no_better' });
    expect(verdict(0.3, 24, 9)).toMatchObject({ verdict: 'unknown', skill: null });
    expect(verdict(0.3, 6)).toMatchObject({ verdict: 'unknown', n: 150 });
    expect(verdict(0.3, 7)).toMatchObject({ verdict: 'better', n: 180 });
    expect(verdict(0.3, 1)).toEqual({
      n: 0,
      maeLast: null,
      maeProjection: null,
      skill: null,
      verdict: 'unknown',
    });
  });

  it('tells chances once they have proved true', () => {
    const forecast = forecastOf(made(400, 24, 0.2, 2), tiers)['1'];
    if (forecast === undefined) throw new Error('found no forecast');
    const { calibration, accounts } = forecast;
    expect(calibration.table).toHaveLength(5);
    expect(calibration.table.reduce((sum, row) => sum + (row?.[0] ?? 0), 0)).toBe(calibration.n);
    expect(accounts.some(({ chance }) => chance !== null)).toBe(calibration.ok);
    expect(forecastOf(made(60, 5, 0), tiers)['1']?.accounts.every(({ chance }) => chance === null)).toBe(
      true,
    );
    for (const { chance } of accounts) if (chance !== null) expect(chance > 0 && chance < 1).toBe(true);
  });

  it('is the same in any order of accounts', () => {
    const { segments, y, p } = made(60, 14, 0.2);
    const flip = (months: number[][]) => months.map((month) => month.toReversed());
    const there = forecastOf({ segments, y, p }, tiers)['2']?.accounts;
    const turned = forecastOf({ segments: segments.toReversed(), y: flip(y), p: { 2: flip(p[2]) } }, tiers);
    expect(turned['2']?.accounts.toReversed()).toEqual(there);
  });

  it('leaves months without a score out, and knows no future', () => {
    const { segments, y, p } = made(60, 14, 0);
    const gaps = y.map((scores, month) => scores.map((score, i) => (i === month ? null : score)));
    const ranges = rangesOf({ segments, scores: gaps, projections: p[1], horizon: 1 });
    expect(ranges.ranges).toHaveLength(60);
    const none = forecastOf(
      { segments, y: gaps, p: { 1: p[1].map((month) => month.map(() => null)) } },
      tiers,
    );
    expect(statuses(none, '1')).toEqual(['no_score']);
  });
});

describe('renewals that fell due', () => {
  it.each([
    [20, 31, 354, true],
    [20, 31, -11, false],
    [20, 31, 169, false],
    [20, 31, 170, true],
  ])('with %d days, %d days later at %d: in time %s', (then, days, now, expected) => {
    expect(renewedInTime(then, days, now)).toBe(expected);
  });

  it('decide the point forecast from ten on, by half', () => {
    const cases = (signed: number, of: number) => Array.from({ length: of }, (_, i) => i < signed);
    expect([cases(9, 9), cases(5, 10), cases(4, 10), []].map(pointBranch)).toEqual([
      'open',
      'renewed',
      'open',
      'open',
    ]);
  });
});
