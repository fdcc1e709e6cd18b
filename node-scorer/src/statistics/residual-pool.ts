import { SEGMENTS, type Segment } from '../scoring/index.ts';
import { monthsBetween, originsOf, type History } from './history.ts';

/** Errors of earlier projections, in bins by the projection. */
export interface ResidualPool {
  /** Projections at which the next bin begins; none: one bin. */
  readonly cuts: readonly number[];
  /** Errors (what came − what was projected) of each bin, ascending. */
  readonly bins: readonly Float64Array[];
}

/** Origins looked at, newest first; residuals and months that are enough; residuals from which on bins are made. */
const ORIGINS = 6;
const FEWEST_RESIDUALS = 60;
const FEWEST_MONTHS = 3;
const BINNED_FROM = 180;
const FEWEST_IN_BIN = 30;

/** Pools of one month, for each segment; null where there is not enough. */
export type Pools = Readonly<Record<Segment, ResidualPool | null>>;

/**
 * What was known in a month of how far projections are off: a segment's own errors, or those of both segments
 * where its own are too few.
 *
 * @example poolsOf(history, 12).paid?.bins.length // => 3
 */
export function poolsOf(history: History, month: number): Pools {
  const last = month - history.horizon;
  const residuals = monthsBetween(last - ORIGINS + 1, last).flatMap((origin) =>
    originsOf(history, origin).map(({ account, projected, came }) => ({
      segment: history.segments[account],
      origin,
      projected,
      error: came - projected,
    })),
  );
  const both = poolFrom(residuals);
  const pools = SEGMENTS.map((segment) => {
    const own = poolFrom(residuals.filter((residual) => residual.segment === segment));
    return [segment, own ?? both];
  });
  return Object.fromEntries(pools) as Pools;
}

interface Residual {
  readonly origin: number;
  readonly projected: number;
  readonly error: number;
}

function poolFrom(residuals: readonly Residual[]): ResidualPool | null {
  const months = new Set(residuals.map(({ origin }) => origin));
  if (residuals.length < FEWEST_RESIDUALS || months.size < FEWEST_MONTHS) return null;
  if (residuals.length >= BINNED_FROM) {
    const projections = Float64Array.from(residuals, ({ projected }) => projected).sort();
    const cuts = [1, 2].map((third) => projections[Math.floor((third * projections.length) / 3)] as number);
    const pool = binned(residuals, cuts);
    if (pool.bins.every(({ length }) => length >= FEWEST_IN_BIN)) return pool;
  }
  return binned(residuals, []);
}

function binned(residuals: readonly Residual[], cuts: readonly number[]): ResidualPool {
  const bins: number[][] = [[], ...cuts.map(() => [])];
  for (const { projected, error } of residuals) bins[binAt(cuts, projected)]?.push(error);
  return { cuts, bins: bins.map((errors) => Float64Array.from(errors).sort()) };
}

const binAt = (cuts: readonly number[], projected: number): number =>
  cuts.filter((cut) => cut <= projected).length;

/**
 * The errors of projections like this one, ascending.
 *
 * @example errorsLike(pool, 61.8).length // => 74
 */
export const errorsLike = ({ cuts, bins }: ResidualPool, projected: number): Float64Array =>
  bins[binAt(cuts, projected)] as Float64Array;
