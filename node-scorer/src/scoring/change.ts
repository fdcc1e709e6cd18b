import { BIT, mixer, SWITCHES, type Advance, type Switch } from './mixed-state.ts';
import { shareOut } from './largest-remainder.ts';
import { tenthsOf } from './round.ts';
import type { Scorecard } from './scorecard.ts';

/** Why the score is not what it was: five bars that add up, and the metrics inside the first. */
export interface Change {
  /** Final scores as shown. */
  readonly from: number;
  readonly to: number;
  /** Difference of the two shown scores. */
  readonly shown: number;
  /** In points with one decimal; they add up exactly to `shown`. */
  readonly bars: Readonly<Record<Switch, number>>;
  /** Metrics that moved, in model order; they add up exactly to the bar of behaviour. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The same before rounding; the bars sum to the unrounded change. */
  readonly exact: {
    readonly change: number;
    readonly bars: Readonly<Record<Switch, number>>;
    readonly metrics: Readonly<Record<string, number>>;
  };
}

/** Why there is no statement of change. */
export interface NoChange {
  readonly code: 'no_score' | 'first_score';
}

/**
 * Explains the change between two scorecards of an account (docs/glossary.md, "Change"): each bar is the Shapley value
 * of its switch, the mean of what turning it does over all orders in which the five can be turned.
 *
 * @param earlier newest scorecard of an earlier period, or null
 * @param advance what the calendar alone makes of a value; from the catalogue
 * @example changeOf(september, october, advance) // => { from: 74.3, to: 68.2, shown: -6.1, bars: { … }, … }
 */
export function changeOf(
  earlier: Scorecard | null,
  present: Scorecard,
  advance: Advance = (_, value) => value,
): Change | NoChange {
  if (present.healthScore === null) return { code: 'no_score' };
  if (earlier === null || earlier.healthScore === null) return { code: 'first_score' };
  const { metricIds, live, score, walk } = mixer(earlier, present, advance);

  const bars: Record<Switch, number> = { behaviour: 0, data: 0, rules: 0, calendar: 0, signals: 0 };
  const shares = metricIds.map(() => 0);
  for (const player of SWITCHES) {
    // What changes nothing gets exactly 0.
    if ((live & BIT[player]) === 0) continue;
    for (let turned = 0; turned < 2 ** SWITCHES.length; turned++) {
      if ((turned & BIT[player]) !== 0) continue;
      const weight = shapleyWeight(bitCount(turned), SWITCHES.length);
      // Dead switches make no states of their own: in most months rules and signals are the same, and eight states do.
      const before = turned & live;
      bars[player] += weight * (score(before | BIT[player]) - score(before));
      if (player !== 'behaviour') continue;
      const walked = walk(before);
      for (let i = 0; i < shares.length; i++)
        shares[i] = (shares[i] as number) + weight * (walked[i] as number);
    }
  }
  const from = tenthsOf(earlier.healthScore);
  const to = tenthsOf(present.healthScore);
  const change = present.healthScore - earlier.healthScore;
  return rounded(from, to, { change, bars, metrics: named(metricIds, shares) });
}

/** Bars and metric bars as shown: tenths that add up. */
function rounded(from: number, to: number, exact: Change['exact']): Change {
  const tenths = shareOut(
    to - from,
    SWITCHES.map((name) => exact.bars[name]),
  );
  const ids = Object.keys(exact.metrics);
  const inside = shareOut(tenths[SWITCHES.indexOf('behaviour')] as number, Object.values(exact.metrics));
  return {
    from: from / 10,
    to: to / 10,
    shown: (to - from) / 10,
    bars: Object.fromEntries(SWITCHES.map((name, i) => [name, (tenths[i] as number) / 10])) as Change['bars'],
    metrics: Object.fromEntries(ids.map((id, i) => [id, (inside[i] as number) / 10])),
    exact,
  };
}

/** Metrics whose share is exactly 0 did not move. */
const named = (ids: readonly string[], shares: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    ids.map((id, i) => [id, shares[i] as number] as const).filter(([, share]) => share !== 0),
  );

/** Share of all orders of n switches in which exactly these `before` ones come first and then the one asked for. */
const shapleyWeight = (before: number, n: number): number =>
  (factorial(before) * factorial(n - before - 1)) / factorial(n);

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

const bitCount = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1));
