import { SEGMENTS, type Segment } from '../scoring/index.ts';
import type { History } from './history.ts';
import { errorsLike, poolsOf, type Pools } from './residual-pool.ts';

/** Where a score will lie in about 4 of 5 cases. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Ranges of the present month and how ranges have done. */
export interface Ranges {
  /** By account; null without a projection or without enough history. */
  readonly ranges: readonly (Range | null)[];
  /** Of each month. */
  readonly pools: readonly Pools[];
  /** Share that ranges leave outside by their construction, as corrected so far. */
  readonly alpha: Readonly<Record<Segment, number>>;
  /** Share of scores that lately lay in their range; null with too few to say. */
  readonly recent: Readonly<Record<Segment, number | null>>;
}

const TARGET_OUTSIDE = 0.2;
const CORRECTION = 0.5;
const LEAST_ALPHA = 0.02;
const MOST_ALPHA = 0.4;
const FEWEST_TO_CORRECT = 5;
const RECENT_MONTHS = 6;
const FEWEST_RECENT_MONTHS = 3;
const FEWEST_RECENT_RANGES = 30;

/**
 * Walks through the months: what came in a month corrects how wide ranges are made from then on (split conformal
 * ranges with the running correction of I. Gibbs and E. Candès, 2021), and then that month's ranges are made.
 *
 * @example rangesOf(history).ranges[0] // => { low: 57.8, high: 65.3 }
 */
export function rangesOf(history: History): Ranges {
  const { scores, horizon } = history;
  const alpha: Record<Segment, number> = { paid: TARGET_OUTSIDE, standard: TARGET_OUTSIDE };
  const kept: Record<Segment, Held[]> = { paid: [], standard: [] };
  const made: (Range | null)[][] = [];
  const pools: Pools[] = [];
  for (let month = 0; month < scores.length; month++) {
    for (const segment of SEGMENTS) {
      const held = heldIn(history, segment, made[month - horizon] ?? [], scores[month] ?? []);
      if (held.of < FEWEST_TO_CORRECT) continue;
      kept[segment].push(held);
      const outside = (held.of - held.inside) / held.of;
      const moved = alpha[segment] + CORRECTION * (TARGET_OUTSIDE - outside);
      alpha[segment] = Math.min(MOST_ALPHA, Math.max(LEAST_ALPHA, moved));
    }
    const known = poolsOf(history, month);
    pools.push(known);
    made.push(
      history.segments.map((segment, account) => {
        const projected = history.projections[month]?.[account] ?? null;
        const pool = known[segment];
        if (projected === null || pool === null) return null;
        return rangeAround(projected, errorsLike(pool, projected), alpha[segment]);
      }),
    );
  }
  const recent = { paid: recentOf(kept.paid), standard: recentOf(kept.standard) };
  return { ranges: made.at(-1) ?? [], pools, alpha, recent };
}

/** How many scores lay in their range, of those that had one. */
interface Held {
  readonly inside: number;
  readonly of: number;
}

function heldIn(
  { segments }: History,
  segment: Segment,
  ranges: readonly (Range | null)[],
  came: readonly (number | null)[],
): Held {
  let inside = 0;
  let of = 0;
  ranges.forEach((range, account) => {
    const score = came[account] ?? null;
    if (range === null || score === null || segments[account] !== segment) return;
    of++;
    if (score >= range.low - 1e-9 && score <= range.high + 1e-9) inside++;
  });
  return { inside, of };
}

function recentOf(months: readonly Held[]): number | null {
  const lately = months.slice(-RECENT_MONTHS);
  const of = lately.reduce((sum, month) => sum + month.of, 0);
  if (lately.length < FEWEST_RECENT_MONTHS || of < FEWEST_RECENT_RANGES) return null;
  return lately.reduce((sum, month) => sum + month.inside, 0) / of;
}

/**
 * A projection with the errors of earlier ones around it, so that a share of `alpha` lies outside.
 *
 * @param errors ascending, at least one
 * @example rangeAround(60, [-3, -1, 0, 1, 2], 0.4) // => { low: 57, high: 62 }
 */
export function rangeAround(projected: number, errors: Float64Array, alpha: number): Range {
  const n = errors.length;
  // A whole number must not be lost to the last digit of binary arithmetic.
  const low = Math.max(1, Math.floor(((n + 1) * alpha) / 2 + 1e-9));
  const high = Math.min(n, Math.ceil((n + 1) * (1 - alpha / 2) - 1e-9));
  return {
    low: clip(projected + (errors[low - 1] as number)),
    high: clip(projected + (errors[high - 1] as number)),
  };
}

/**
 * A score kept within 0 and 100.
 *
 * @example clip(103.2) // => 100
 */
export const clip = (score: number): number => Math.min(100, Math.max(0, score));
