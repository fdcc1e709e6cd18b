import { describe, expect, it } from 'vitest';
import { uniformFrom, type Segment } from '../scoring/index.ts';
import { ascending } from './ascending.ts';
import { cellStats } from './cell-stats.ts';
import { driftOf, type DriftInput } from './drift.ts';
import { judgeCell } from './judge-cell.ts';

type Pair = readonly [number | null, number | null];

/** The statistics by their definitions, one by one and as slowly as that is. */
function byDefinition(pairs: readonly Pair[], step: number) {
  const both = pairs.filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const moved = both.map(([then, now]) => [then + step, now] as const);
  const then = moved.map(([value]) => value);
  const rank = (v: number) =>
    (then.filter((value) => value < v).length + then.filter((value) => value === v).length / 2) / then.length;
  const q = moved.map(([a, b]) => rank(b) - rank(a));
  const measured = (values: number[]) => {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
    return [mean, Math.sqrt(variance / n), n];
  };
  const present = pairs.flatMap(([, now]) => (now === null ? [] : [now]));
  const positive = moved.filter(([a, b]) => a > 0 && b > 0).map(([a, b]) => Math.log(b / a));
  const negative = moved.flat().filter((value) => value < 0).length;
  const had = pairs.filter(([value]) => value !== null);
  return {
    missing: [had.filter(([, value]) => value === null).length, had.length],
    stuck: [both.filter(([a, b]) => a === b).length, both.length],
    same: [Math.max(0, ...present.map((v) => present.filter((w) => v === w).length)), present.length],
    scale:
      negative > 0.1 * 2 * both.length
        ? null
        : [
            Math.max(
              positive.filter((r) => r >= Math.log(4) - 1e-12).length,
              positive.filter((r) => r <= -Math.log(4) + 1e-12).length,
            ),
            positive.length,
          ],
    shift: q.length < 2 ? null : measured(q),
    scramble: q.length < 2 ? null : measured(q.map(Math.abs)),
  };
}

describe('statistics of a cell', () => {
  it.each([3, 12, 300, 900])('of %d pairs are what their definitions say', (count) => {
    const next = uniformFrom(count);
    for (const step of [0, 31, -31]) {
      const pairs = Array.from({ length: count }, (): Pair => {
        const then = next() < 0.1 ? null : Math.round(200 * next() - 20);
        const now = next() < 0.1 ? null : next() < 0.3 ? then : Math.round(900 * next() ** 3);
        return [then, now];
      });
      const [found, expected] = [cellStats(pairs, step), byDefinition(pairs, step)];
      for (const kind of ['missing', 'stuck', 'same', 'scale'] as const)
        expect(found[kind]).toEqual(expected[kind]);
      for (const kind of ['shift', 'scramble'] as const) {
        expected[kind]?.forEach((value, i) => expect(found[kind]?.[i]).toBeCloseTo(value, 9));
      }
    }
  });

  it('counts exactly four times, and no pair at all', () => {
    const same = Array.from({ length: 8 }, (_, i): Pair => [0.1 * (i + 1), 0.4 * (i + 1)]);
    expect(cellStats(same, 0).scale).toEqual([8, 8]);
    expect(cellStats([], 0)).toEqual({
      missing: [0, 0],
      stuck: [0, 0],
      same: [0, 0],
      scale: [0, 0],
      shift: null,
      scramble: null,
    });
  });

  it('sorts many values by their digits as comparing does', () => {
    const next = uniformFrom(11);
    const values = Float64Array.from({ length: 2000 }, (_, i) =>
      i % 9 === 0 ? NaN : i % 5 === 0 ? Math.round(10 * next()) - 5 : (next() - 0.5) * 10 ** (i % 7),
    );
    const order = ascending(values);
    const compared = [...values.keys()]
      .filter((i) => !Number.isNaN(values[i]))
      .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
    expect([...order]).toEqual(compared);
  });

  it('says nothing of a cell with two months of history', () => {
    const gone = Array.from({ length: 20 }, (_, i): Pair => [i, null]);
    const usual = cellStats(
      Array.from({ length: 20 }, (_, i): Pair => [i, i + 1]),
      0,
    );
    expect(judgeCell(cellStats(gone, 0), [usual, usual])).toEqual({});
    expect(judgeCell(cellStats(gone, 0), [usual, usual, usual])).toMatchObject({
      missing: { severity: 'red' },
    });
    expect(judgeCell(cellStats(gone.slice(0, 5), 0), [usual, usual, usual])).toEqual({});
  });
});

const SOURCE = 'looker';
const IDS = ['dau', 'login_frequency', 'mau', 'messaging'];

/** Calm months of a portfolio: each account has its own level. */
function calm(count: number, months: number, seed: number, segment?: Segment): DriftInput {
  const next = uniformFrom(seed);
  const segments = Array.from(
    { length: count },
    (_, i): Segment => segment ?? (i % 3 === 0 ? 'paid' : 'standard'),
  );
  const metric = () => {
    const levels = Array.from({ length: count }, () => 20 + 200 * next());
    return {
      source: SOURCE,
      advance: 0 as const,
      values: Array.from({ length: months }, () =>
        levels.map((level) => Math.round(level * (0.9 + 0.2 * next()) * 10) / 10),
      ),
    };
  };
  return {
    segments,
    population: Array.from({ length: months }, () => segments.map(() => true)),
    days: Array.from({ length: months - 1 }, () => 30),
    metrics: Object.fromEntries(IDS.map((id) => [id, metric()])),
  };
}

type Values = readonly (number | null)[];

/** The portfolio with one month of some metrics changed. */
const planted = (
  input: DriftInput,
  ids: readonly string[],
  change: (values: Values, before: Values) => Values,
  month = input.population.length - 1,
): DriftInput => ({
  ...input,
  metrics: Object.fromEntries(
    Object.entries(input.metrics).map(([id, metric]) => {
      if (!ids.includes(id)) return [id, metric];
      const values = [...metric.values];
      values[month] = change(values[month] as Values, values[month - 1] as Values);
      return [id, { ...metric, values }];
    }),
  ),
});

const times = (factor: number) => (values: Values) =>
  values.map((value) => (value === null ? null : value * factor));
const kindsOf = (input: DriftInput) => [
  ...new Set(driftOf(input).alarms.map(({ metric, kind, severity }) => `${metric} ${kind} ${severity}`)),
];

describe('drift', () => {
  it.each([
    ['seconds as minutes', times(1 / 60), 'mau scale red'],
    ['a thousandfold', times(1000), 'mau scale red'],
    ['all missing', (values: Values) => values.map(() => null), 'mau missing red'],
    [
      'half missing',
      (values: Values) => values.map((value, i) => (i % 2 === 0 ? null : value)),
      'mau missing red',
    ],
    ['stuck', (_: Values, before: Values) => before, 'mau stuck red'],
    ['all the same', (values: Values) => values.map(() => 7), 'mau same red'],
    ['doubled', times(2), 'mau shift amber'],
  ])('finds %s in 60, 500 accounts and nothing else', (_, change, alarm) => {
    for (const count of [60, 500]) {
      const base = calm(count, 14, count);
      expect(kindsOf(base)).toEqual([]);
      const found = kindsOf(planted(base, ['mau'], change));
      expect(found).toContain(alarm);
      expect(found.every((one) => one.startsWith('mau '))).toBe(true);
    }
  });

  it('judges from the fifth month on', () => {
    const fault = (months: number) => driftOf(planted(calm(60, months, 1), ['mau'], times(1000))).red;
    expect([fault(4), fault(5)]).toEqual([false, true]);
  });

  it('finds a source whose accounts are mixed up, and not a single metric', () => {
    const base = calm(60, 14, 5);
    const turned = (values: Values) => values.map((_, i) => values[(i * 7 + 13) % values.length] ?? null);
    expect(driftOf(planted(base, IDS, turned))).toMatchObject({ mixedUp: [SOURCE], red: true });
    expect(driftOf(planted(base, IDS.slice(0, 3), turned)).mixedUp).toEqual([SOURCE]);
    expect(driftOf(planted(base, IDS.slice(0, 2), turned)).mixedUp).toEqual([]);
  });

  it('compares with the month before a red one, and does not take that as history', () => {
    const base = calm(60, 14, 2);
    const faulty = planted(base, ['mau'], times(1000), 12);
    expect(driftOf(faulty).alarms).toEqual([]);
    expect(driftOf(planted(faulty, ['mau'], times(1000))).red).toBe(true);
  });

  it('raises only what is stuck when a month is repeated', () => {
    const base = calm(60, 14, 8);
    const found = driftOf(planted(base, IDS, (_, before) => before));
    expect(new Set(found.alarms.map(({ kind }) => kind))).toEqual(new Set(['stuck']));
    expect(found.mixedUp).toEqual([]);
  });

  it('is the same in any order of accounts', () => {
    const input = planted(calm(60, 14, 4), ['dau', 'messaging'], times(1 / 24));
    const flip = <T>(months: readonly (readonly T[])[]) => months.map((month) => month.toReversed());
    const turned: DriftInput = {
      ...input,
      segments: input.segments.toReversed(),
      population: flip(input.population),
      metrics: Object.fromEntries(
        Object.entries(input.metrics).map(([id, metric]) => [id, { ...metric, values: flip(metric.values) }]),
      ),
    };
    const rounded = (drift: DriftInput) =>
      driftOf(drift).alarms.map(({ z, ...alarm }) => ({ ...alarm, z: z.toFixed(6) }));
    expect(rounded(turned)).toEqual(rounded(input));
    expect(rounded(input).length).toBeGreaterThan(0);
  });

  it('takes one segment, tells both only of what neither tells, and leaves out who was not there', () => {
    const only = driftOf(planted(calm(60, 14, 3, 'paid'), ['mau'], times(1000))).alarms;
    expect(new Set(only.map(({ cell }) => cell))).toEqual(new Set(['paid']));
    // Three paid accounts are too few to judge, and 57 of both are not.
    const few = calm(20, 14, 6);
    const small = {
      ...few,
      segments: few.segments.map((_, i): Segment => (i % 4 === 0 ? 'paid' : 'standard')),
    };
    const cells = driftOf(planted(small, ['mau'], times(1000))).alarms.map(({ cell }) => cell);
    expect(cells).not.toContain('both');
    const gone = { ...small, population: small.population.map((month) => month.map((_, i) => i >= 16)) };
    expect(driftOf(planted(gone, ['mau'], times(1000))).alarms).toEqual([]);
  });

  it('moves calendar metrics by their days before comparing them', () => {
    const base = calm(60, 14, 9);
    const renewal = {
      source: 'salesforce',
      advance: -1 as const,
      values: Array.from({ length: 14 }, (_, month) =>
        base.segments.map((__, i) => 900 + 3 * i - 30 * month),
      ),
    };
    expect(driftOf({ ...base, metrics: { days_to_renewal: renewal } }).alarms).toEqual([]);
  });
});
