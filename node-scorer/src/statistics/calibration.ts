import { shownScore, tierOf, type Tier } from '../scoring/index.ts';
import { judgedMonths, originsOf, type History } from './history.ts';
import { clip } from './range.ts';
import { errorsLike, type Pools, type ResidualPool } from './residual-pool.ts';

/** How earlier chances of dropping below a tier came true. */
export interface Calibration {
  /** Chances, and how many of them came true. */
  readonly n: number;
  readonly drops: number;
  /** By size of the chance: how many, their mean, the share that came true; null where there were none. */
  readonly table: readonly (readonly [n: number, mean: number, observed: number] | null)[];
  /** How far chances were off on average, 0 to 1; null without any. */
  readonly ece: number | null;
  /** Chances may be shown. */
  readonly ok: boolean;
}

/** Lower ends of the bins of chances. */
const BINS = [0, 0.1, 0.25, 0.5, 0.75] as const;
const FEWEST_CHANCES = 200;
const FEWEST_DROPS = 20;
const MOST_OFF = 0.035;
const JUDGED_BIN = 50;
const MOST_OFF_IN_BIN = 0.1;

/**
 * The chance that an account's score drops below its present tier, from how far earlier projections like its own
 * were off.
 *
 * @param score present, before rounding
 * @param tiers highest first
 * @returns null in the lowest tier
 * @example chanceOfDrop(61.8, 60.5, pool, model.tiers) // => 0.36
 */
export function chanceOfDrop(
  score: number,
  projected: number,
  pool: ResidualPool,
  tiers: readonly Tier[],
): number | null {
  const tier = tierOf(score, tiers);
  if (tier === tiers.at(-1)) return null;
  const errors = errorsLike(pool, projected);
  // The shown score never falls as the error grows: those below the bound come first.
  let [low, high] = [0, errors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shownScore(clip(projected + (errors[middle] as number))) < tier.from) low = middle + 1;
    else high = middle;
  }
  return (low + 1 / 2) / (errors.length + 1);
}

/**
 * Holds the chances that would have been told at the last 12 origins against what came.
 *
 * @param pools of each month
 * @example calibrationOf(history, pools, model.tiers).ok // => true
 */
export function calibrationOf(
  history: History,
  pools: readonly Pools[],
  tiers: readonly Tier[],
): Calibration {
  const told = judgedMonths(history)
    .flatMap((month) => originsOf(history, month))
    .flatMap(({ account, month, projected, came }) => {
      const score = history.scores[month]?.[account] ?? null;
      const segment = history.segments[account];
      const pool = segment === undefined ? null : (pools[month]?.[segment] ?? null);
      if (score === null || pool === null) return [];
      const chance = chanceOfDrop(score, projected, pool, tiers);
      if (chance === null) return [];
      return [{ chance, dropped: shownScore(came) < tierOf(score, tiers).from ? 1 : 0 }];
    });
  const n = told.length;
  if (n === 0) return { n, drops: 0, table: [], ece: null, ok: false };

  const drops = sumOf(told, ({ dropped }) => dropped);
  const table = BINS.map((from, bin) => {
    const to = BINS[bin + 1] ?? Infinity;
    const own = told.filter(({ chance }) => chance >= from && chance < to);
    if (own.length === 0) return null;
    const mean = sumOf(own, ({ chance }) => chance) / own.length;
    return [own.length, mean, sumOf(own, ({ dropped }) => dropped) / own.length] as const;
  });
  const off = table.flatMap((row) => (row === null ? [] : [{ n: row[0], by: Math.abs(row[1] - row[2]) }]));
  const ece = sumOf(off, (row) => row.n * row.by) / n;
  const brier = sumOf(told, ({ chance, dropped }) => (chance - dropped) ** 2) / n;
  const base = drops / n;
  const ok =
    n >= FEWEST_CHANCES &&
    drops >= FEWEST_DROPS &&
    ece <= MOST_OFF &&
    off.every((row) => row.n < JUDGED_BIN || row.by <= MOST_OFF_IN_BIN) &&
    brier < base * (1 - base);
  return { n, drops, table, ece, ok };
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
