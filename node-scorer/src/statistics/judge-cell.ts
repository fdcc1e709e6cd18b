import type { CellStats } from './cell-stats.ts';
import { FEWEST_MONTHS, limitFor, mean, MOST_MONTHS, sampleVariance } from './moments.ts';
import type { Counted } from './move-limit.ts';
import type { Measured } from './rank-moves.ts';

/** What was found of one kind in one cell. */
export interface Finding {
  /** A `candidate` is no alarm by itself: several metrics of a source make one together. */
  readonly severity: 'amber' | 'red' | 'candidate';
  /** In standard deviations of the cell's own months; Infinity where those never vary. */
  readonly z: number;
  /** Of counts: the share now. */
  readonly share?: number;
  /** Of moves in the distribution: the mean now. */
  readonly effect?: number;
  /** The same in past months. */
  readonly usual: number;
}

export const COUNT_KINDS = ['missing', 'stuck', 'same', 'scale'] as const;
type CountKind = (typeof COUNT_KINDS)[number];
/** Kinds that are alarms by themselves. */
export const KINDS = [...COUNT_KINDS, 'shift'] as const;
export type Kind = (typeof KINDS)[number];

export type Findings = Partial<Record<Kind | 'scramble', Finding>>;

/** Statistics as they are kept; one that could not be had may be absent or null. */
export type KeptStats = { readonly [K in keyof CellStats]?: CellStats[K] | null };

const FEWEST_COUNTED = 6;
const FEWEST_MOVED = 10;
const COUNT_LIMIT = 3.5;
/** Student's t, two-sided half a percent, for 3 to 12 past months, as the simulations set them. */
const MOVE_LIMITS = [7.5, 5.6, 4.8, 4.3, 4.0, 3.8, 3.7, 3.6, 3.5, 3.4] as const;
const LEAST_SHIFT = 0.1;
const LEAST_SCRAMBLE = 0.08;

/** By kind, whether a share that is `usual` in other months is worth an alarm, and a red one. */
const LIMITS: Readonly<Record<CountKind, (share: number, usual: number) => Finding['severity'] | null>> = {
  missing: (share, usual) => graded(share - usual, 0.15, 0.3),
  stuck: (share, usual) => graded(share - usual, 0.4 * (1 - usual), 0.7 * (1 - usual)),
  same: (share, usual) => graded(share - usual, 0.4 * (1 - usual), 0.7 * (1 - usual)),
  scale: (share, usual) => (share - usual < 0.3 ? null : share >= 0.5 ? 'red' : 'amber'),
};

const graded = (by: number, amber: number, red: number): 'amber' | 'red' | null =>
  by >= red ? 'red' : by >= amber ? 'amber' : null;

/**
 * Judges a cell by its own months: nothing is compared with a fixed level, so that seasons and odd metrics do not
 * alarm.
 *
 * @param past statistics of earlier month pairs, oldest first; judged from 3 on, of more than 12 the newest count
 * @example judgeCell(cellStats(pairs, 0), past) // => { missing: { severity: 'amber', z: 5.04, share: 0.25, usual: 0.02 } }
 */
export function judgeCell(stats: KeptStats, past: readonly KeptStats[]): Findings {
  const months = past.slice(-MOST_MONTHS);
  const findings: Findings = {};
  for (const kind of COUNT_KINDS) {
    const finding = judgeCount(
      kind,
      stats[kind] ?? null,
      months.map((month) => month[kind] ?? null),
    );
    if (finding !== null) findings[kind] = finding;
  }
  const shift = judgeShift(
    stats.shift ?? null,
    months.map((month) => month.shift ?? null),
  );
  if (shift !== null) findings.shift = shift;
  const scramble = judgeScramble(
    stats.scramble ?? null,
    months.map((month) => month.scramble ?? null),
  );
  if (scramble !== null) findings.scramble = scramble;
  return findings;
}

function judgeCount(kind: CountKind, now: Counted | null, past: readonly (Counted | null)[]): Finding | null {
  const months = past.filter((month) => month !== null).filter(([, n]) => n > 0);
  if (now === null || now[1] < FEWEST_COUNTED || months.length < FEWEST_MONTHS) return null;
  const [x, n] = now;
  const [all, cases] = [
    months.reduce((sum, month) => sum + month[0], 0),
    months.reduce((sum, month) => sum + month[1], 0),
  ];
  const usual = (all + 1 / 2) / (cases + 1);
  const spread = usual * (1 - usual);
  // How much more past months differ from each other than chance would make them.
  const unrest = Math.max(1, mean(months.map(([xk, nk]) => (xk - nk * usual) ** 2 / (nk * spread))));
  const z = (x - n * usual) / Math.sqrt(n * spread * unrest * (1 + n / cases));
  if (!(z >= COUNT_LIMIT)) return null;
  const severity = LIMITS[kind](x / n, usual);
  return severity === null ? null : { severity, z, share: x / n, usual };
}

const measuredMonths = (past: readonly (Measured | null)[]): Measured[] =>
  past.filter((month) => month !== null).filter(([, , n]) => n >= FEWEST_MOVED);

function judgeShift(now: Measured | null, past: readonly (Measured | null)[]): Finding | null {
  const months = measuredMonths(past);
  if (now === null || now[2] < FEWEST_MOVED || months.length < FEWEST_MONTHS) return null;
  const [effect, error] = now;
  const usual = Math.sqrt(mean(months.map(([d]) => d * d)));
  const z = ratio(Math.abs(effect), Math.max(error, usual));
  return z >= limitFor(MOVE_LIMITS, months.length) && Math.abs(effect) >= LEAST_SHIFT
    ? { severity: 'amber', z, effect, usual }
    : null;
}

/**
 * Can a cell tell whether its accounts were mixed up?
 *
 * @example canScramble(stats, past.slice(0, 2)) // => false
 */
export const canScramble = (stats: KeptStats, past: readonly KeptStats[]): boolean =>
  (stats.scramble?.[2] ?? 0) >= FEWEST_MOVED &&
  measuredMonths(past.slice(-MOST_MONTHS).map(({ scramble }) => scramble ?? null)).length >= FEWEST_MONTHS;

function judgeScramble(now: Measured | null, past: readonly (Measured | null)[]): Finding | null {
  const months = measuredMonths(past);
  if (now === null || now[2] < FEWEST_MOVED || months.length < FEWEST_MONTHS) return null;
  const [effect, error] = now;
  const sizes = months.map(([size]) => size);
  const usual = mean(sizes);
  const spread = Math.max(error, Math.sqrt(sampleVariance(sizes))) * Math.sqrt(1 + 1 / months.length);
  const z = ratio(effect - usual, spread);
  return z >= limitFor(MOVE_LIMITS, months.length) && effect - usual >= LEAST_SCRAMBLE
    ? { severity: 'candidate', z, effect, usual }
    : null;
}

/** A move beyond months that never vary at all is beyond any limit; no move is within. */
const ratio = (move: number, spread: number): number =>
  spread > 0 ? move / spread : move > 0 ? Infinity : 0;
