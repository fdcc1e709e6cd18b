import { columnOf, type Column } from './column.ts';
import type { Counted } from './move-limit.ts';
import { makeMoves, movesIn, rankMoves, type Measured, type Moves } from './rank-moves.ts';

/** How one metric moved between two months in one cell; null where a statistic cannot be had. */
export interface CellStats {
  /** Had a value and has none now, of those that had one. */
  readonly missing: Counted;
  /** Exactly equal, of those present in both months. */
  readonly stuck: Counted;
  /** The most common present value, of all present ones. */
  readonly same: Counted;
  /** Four times as much or more, or a quarter or less, whichever is more, of those above 0 in both months. */
  readonly scale: Counted | null;
  /** Mean move in the distribution of the reference values, −1 to 1. */
  readonly shift: Measured | null;
  /** Mean size of that move. */
  readonly scramble: Measured | null;
}

/** Cells of a metric: the accounts of one segment, or of both. */
export const CELLS = ['both', 'paid', 'standard'] as const;
export type Cell = (typeof CELLS)[number];

/** A value is four times another but for the last digits of binary arithmetic. */
const FOUR_TIMES = 4 * (1 - 1e-12);
const MOST_NEGATIVE = 0.1;

/**
 * Statistics of the pairs of one cell (docs/design/analytics.md, C2).
 *
 * @param pairs reference value and present value of each account
 * @param step what the calendar alone adds to the reference value; identity is judged on raw values
 * @example cellStats([[1, 1], [2, 4], [3, null]], 0).missing // => [1, 3]
 */
export function cellStats(
  pairs: readonly (readonly [reference: number | null, now: number | null])[],
  step: number,
): CellStats {
  const columns = [0, 1].map((side) => columnOf(pairs.map((pair) => pair[side as 0 | 1])));
  const [both] = statsOfCells(
    columns[0] as Column,
    columns[1] as Column,
    new Uint8Array(pairs.length).fill(1),
    step,
    makeMoves(pairs.length),
  );
  return both as CellStats;
}

/**
 * The same for all {@link CELLS} of a metric at once: each month is sorted once, and the two are walked through
 * together, because a portfolio is millions of pairs.
 *
 * @param groups by account: 1 paid, 2 standard, 0 not in the population of both months
 */
export function statsOfCells(
  reference: Column,
  now: Column,
  groups: Uint8Array,
  step: number,
  moves: Moves,
): readonly CellStats[] {
  const counts = countPairs(reference.values, now.values, groups, step);
  const common = mostCommon(now, groups);
  rankMoves(reference, now, groups, step, counts.present, moves);
  const at = (column: Uint32Array, cell: number): number =>
    cell === 0 ? (column[1] as number) + (column[2] as number) : (column[cell] as number);
  const pairs = at(counts.present, 0);
  return CELLS.map((_, cell) => {
    const n = at(counts.present, cell);
    const judged = at(counts.negative, cell) <= MOST_NEGATIVE * 2 * n;
    const fourfold = Math.max(at(counts.up, cell), at(counts.down, cell));
    return {
      missing: [at(counts.lost, cell), at(counts.had, cell)],
      stuck: [at(counts.stuck, cell), n],
      same: [common[cell] as number, at(counts.has, cell)],
      scale: judged ? [fourfold, at(counts.positive, cell)] : null,
      ...movesIn(cell, n, pairs, groups, moves),
    };
  });
}

interface PairCounts {
  readonly had: Uint32Array;
  readonly has: Uint32Array;
  readonly lost: Uint32Array;
  /** In both months. */
  readonly present: Uint32Array;
  readonly stuck: Uint32Array;
  readonly negative: Uint32Array;
  readonly positive: Uint32Array;
  readonly up: Uint32Array;
  readonly down: Uint32Array;
}

function countPairs(
  reference: Float64Array,
  now: Float64Array,
  groups: Uint8Array,
  step: number,
): PairCounts {
  const make = (): Uint32Array => new Uint32Array(3);
  const counts: PairCounts = {
    had: make(),
    has: make(),
    lost: make(),
    present: make(),
    stuck: make(),
    negative: make(),
    positive: make(),
    up: make(),
    down: make(),
  };
  const add = (column: Uint32Array, group: number): void => {
    column[group] = (column[group] as number) + 1;
  };
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number;
    if (group === 0) continue;
    const [then, value] = [reference[i] as number, now[i] as number];
    if (value === value) add(counts.has, group);
    if (then !== then) continue;
    add(counts.had, group);
    if (value !== value) {
      add(counts.lost, group);
      continue;
    }
    add(counts.present, group);
    if (then === value) add(counts.stuck, group);
    const moved = then + step;
    if (moved < 0) add(counts.negative, group);
    if (value < 0) add(counts.negative, group);
    if (moved <= 0 || value <= 0) continue;
    add(counts.positive, group);
    if (value >= FOUR_TIMES * moved) add(counts.up, group);
    if (moved >= FOUR_TIMES * value) add(counts.down, group);
  }
  return counts;
}

/** How often the most common value occurs, in each cell. */
function mostCommon({ values, order }: Column, groups: Uint8Array): readonly number[] {
  let [both, paid, standard] = [0, 0, 0];
  let [ofBoth, ofPaid, ofStandard] = [0, 0, 0];
  let last = NaN;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    const group = groups[i] as number;
    if (group === 0) continue;
    const value = values[i] as number;
    if (value !== last) {
      ofBoth = ofPaid = ofStandard = 0;
      last = value;
    }
    if (++ofBoth > both) both = ofBoth;
    if (group === 1 && ++ofPaid > paid) paid = ofPaid;
    if (group === 2 && ++ofStandard > standard) standard = ofStandard;
  }
  return [both, paid, standard];
}
