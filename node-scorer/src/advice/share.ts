import { nineDecimals } from '../scoring/round.ts';
import { SEGMENTS, type Segment } from '../scoring/segment.ts';
import type { Basis, Count } from './account.ts';
import { FAMILIES, familyOf } from './kinds.ts';

/** Pairs of scores three months apart, and how many of them reached each mark; trailing zeros may be cut. */
export type Cell = readonly number[];
/** By start bin. */
export type Cells = Readonly<Record<string, Cell>>;

/** What similar accounts did: cells of several months added up. */
export interface EvidenceTable {
  readonly metrics: Readonly<Record<string, Partial<Readonly<Record<Segment, Cells>>>>>;
  readonly score: Partial<Readonly<Record<Segment, Cells>>>;
}

/** Score points gained, and scores reached, that pairs are counted at. */
export const GAIN_MARKS = [2, 5, 10, 15, 20, 25, 30, 40, 50, 75] as const;
export const LEVEL_MARKS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] as const;
export const SCORE_MARKS = [1, 2, 3, 4, 6, 8, 10, 15, 20, 30] as const;

/** Pairs that what is expected without history counts as, and from which on a history is one. */
const PRIOR_PAIRS = 20;

export interface Share {
  /** 0 to 1. */
  readonly share: number;
  readonly basis: Basis;
  /** Pairs of that history; null for none. */
  readonly of: number | null;
}

/**
 * The share of similar accounts that got from one score of a metric to another in three months.
 *
 * @param start score of the metric now, 0 to under 100
 * @param target score, above it
 * @param count of the present reading, for ratios
 * @param unit of the metric
 * @example shareOf(table, 'messaging', 'paid', 62, 65, undefined, 'score') // => { share: 0.35, basis: 'none', of: null }
 */
export function shareOf(
  table: EvidenceTable,
  metric: string,
  segment: Segment,
  start: number,
  target: number,
  count: Count | undefined,
  unit: string,
): Share {
  const family = familyOf(metric);
  if (family === undefined) throw new RangeError(`${metric} has no tasks`);
  const { measure, rise } = FAMILIES[family];
  const gain = nineDecimals(target - start);
  const key = startBin(start, family === 'ratio' ? count : undefined);
  const reached = (cell: Cell): number => {
    if (measure === 'level') return reachedLevel(cell, target);
    return unit === 'count' ? reachedInLumps(cell, gain) : reachedGain(cell, GAIN_MARKS, gain);
  };
  const cells = Object.fromEntries(
    SEGMENTS.map((one) => [one, table.metrics[metric]?.[one]?.[key] ?? []]),
  ) as Record<Segment, Cell>;
  const own = { n: cells[segment][0] ?? 0, r: reached(cells[segment]) };
  const both = {
    n: SEGMENTS.reduce((sum, one) => sum + (cells[one][0] ?? 0), 0),
    r: SEGMENTS.reduce((sum, one) => sum + reached(cells[one]), 0),
  };
  const expected = 0.5 * 2 ** (-gain / rise);
  const ofBoth = (both.r + PRIOR_PAIRS * expected) / (both.n + PRIOR_PAIRS);
  const share = nineDecimals((own.r + PRIOR_PAIRS * ofBoth) / (own.n + PRIOR_PAIRS));
  if (own.n >= PRIOR_PAIRS) return { share, basis: 'segment', of: own.n };
  return both.n >= PRIOR_PAIRS ? { share, basis: 'both', of: both.n } : { share, basis: 'none', of: null };
}

/**
 * The bin of a start score; for ratios also by how many events it was a share of.
 *
 * @example startBin(62, [3, 8]) // => '4.1'
 */
export function startBin(score: number, count: Count | undefined): string {
  const start = nineDecimals(score);
  const bin = start <= 0 ? 0 : Math.min(5, Math.floor(start / 20) + 1);
  if (count === undefined) return String(bin);
  return `${String(bin)}.${count[1] <= 4 ? '0' : count[1] <= 12 ? '1' : '2'}`;
}

/** Pairs that reached the first mark at or above a level. */
const reachedLevel = (cell: Cell, level: number): number =>
  cell[1 + LEVEL_MARKS.findIndex((mark) => mark >= nineDecimals(level))] ?? 0;

/** Pairs that reached the last mark at or below a gain: whole numbers move in lumps. */
const reachedInLumps = (cell: Cell, gain: number): number =>
  cell[
    1 +
      Math.max(
        0,
        GAIN_MARKS.findLastIndex((mark) => mark <= gain),
      )
  ] ?? 0;

/**
 * Pairs that gained so much: in a straight line between marks, the first mark below it, none above the last.
 *
 * @example reachedGain([40, 40, 30, 20, 10, 4, 2, 1], SCORE_MARKS, 11.8) // => 0.64
 */
export function reachedGain(cell: Cell, marks: readonly number[], gain: number): number {
  const after = marks.findIndex((mark) => mark >= gain);
  if (after < 0) return 0;
  const at = (place: number): number => cell[1 + place] ?? 0;
  if (after === 0) return at(0);
  const [low, high] = [marks[after - 1] as number, marks[after] as number];
  return at(after - 1) + ((gain - low) / (high - low)) * (at(after) - at(after - 1));
}

const SCORE_BINS_FROM = 3;
const LAST_SCORE_BIN = 6;

/**
 * The bin of a start score of the whole account.
 *
 * @param shown with one decimal
 * @example scoreBin(64.2) // => '3'
 */
export const scoreBin = (shown: number): string =>
  String(Math.min(LAST_SCORE_BIN, Math.max(0, Math.floor(shown / 10) - SCORE_BINS_FROM)));

/** How many accounts that started like this one gained so many points. */
export interface Similar {
  readonly points: number;
  readonly share: number;
  readonly of: number;
}

/**
 * The share of accounts of a segment that gained so many points in three months.
 *
 * @param shown quantitative score, with one decimal
 * @returns null with fewer than 20 pairs
 * @example similarOf(table, 'paid', 64.2, 11.8) // => { points: 11.8, share: 0.016, of: 40 }
 */
export function similarOf(
  table: EvidenceTable,
  segment: Segment,
  shown: number,
  points: number,
): Similar | null {
  const cell = table.score[segment]?.[scoreBin(shown)] ?? [];
  const of = cell[0] ?? 0;
  if (of < PRIOR_PAIRS) return null;
  return { points, share: nineDecimals(reachedGain(cell, SCORE_MARKS, points) / of), of };
}

const LABELS = [
  { below: 0.29, label: 'one_in_four' },
  { below: 0.42, label: 'one_in_three' },
  { below: 0.6, label: 'half' },
] as const;

export type ShareLabel = (typeof LABELS)[number]['label'] | 'most';

/**
 * What to say of a share.
 *
 * @example labelOfShare(0.28) // => 'one_in_four'
 */
export const labelOfShare = (share: number): ShareLabel =>
  LABELS.find(({ below }) => share < below)?.label ?? 'most';
