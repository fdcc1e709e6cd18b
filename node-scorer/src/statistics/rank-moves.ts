import type { Column } from './column.ts';

/** A mean over pairs with its standard error. */
export type Measured = readonly [mean: number, error: number, n: number];

/** Each account's move in the distribution of the reference values, with room to work one out. */
export interface Moves {
  /** Of both segments, and of its own; only for pairs that are there. */
  readonly both: Float64Array;
  readonly own: Float64Array;
  /** Accounts of the pairs and their values, smallest first: of the reference month and of the present one. */
  readonly then: Uint32Array;
  readonly later: Uint32Array;
  readonly thenValues: Float64Array;
  readonly laterValues: Float64Array;
}

/**
 * Room for the moves of so many accounts, to be used again for every metric and month.
 *
 * @example makeMoves(10_000)
 */
export const makeMoves = (count: number): Moves => ({
  both: new Float64Array(count),
  own: new Float64Array(count),
  then: new Uint32Array(count),
  later: new Uint32Array(count),
  thenValues: new Float64Array(count),
  laterValues: new Float64Array(count),
});

/** Walks up both months' values at once: the rank of a value is what lies below it and half of what equals it. */
export function rankMoves(
  reference: Column,
  now: Column,
  groups: Uint8Array,
  step: number,
  present: Uint32Array,
  { both, own, then, later, thenValues, laterValues }: Moves,
): void {
  const n = takePairs(reference, now.values, groups, step, then, thenValues);
  takePairs(now, reference.values, groups, 0, later, laterValues);
  both.fill(0);
  own.fill(0);
  const shares = [1 / n, 1 / (present[1] as number), 1 / (present[2] as number)] as const;
  let [under, underPaid] = [0, 0];
  for (let a = 0, b = 0; a < n || b < n;) {
    const [lowest, other] = [
      a < n ? (thenValues[a] as number) : Infinity,
      b < n ? (laterValues[b] as number) : Infinity,
    ];
    const at = lowest < other ? lowest : other;
    const [fromA, fromB] = [a, b];
    let paid = 0;
    for (; a < n && thenValues[a] === at; a++) if (groups[then[a] as number] === 1) paid++;
    while (b < n && laterValues[b] === at) b++;
    const rank = (under + (a - fromA) / 2) * shares[0];
    const rankPaid = (underPaid + paid / 2) * shares[1];
    const rankStandard = (under - underPaid + (a - fromA - paid) / 2) * shares[2];
    for (let k = fromA; k < a; k++) {
      const i = then[k] as number;
      both[i] = (both[i] as number) - rank;
      own[i] = (own[i] as number) - (groups[i] === 1 ? rankPaid : rankStandard);
    }
    for (let k = fromB; k < b; k++) {
      const i = later[k] as number;
      both[i] = (both[i] as number) + rank;
      own[i] = (own[i] as number) + (groups[i] === 1 ? rankPaid : rankStandard);
    }
    under += a - fromA;
    underPaid += paid;
  }
}

/** The accounts of a month that are in both, with their values, smallest first; returns how many. */
function takePairs(
  { values, order }: Column,
  other: Float64Array,
  groups: Uint8Array,
  step: number,
  accounts: Uint32Array,
  taken: Float64Array,
): number {
  let n = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    if (groups[i] === 0 || other[i] !== other[i]) continue;
    accounts[n] = i;
    taken[n] = (values[i] as number) + step;
    n++;
  }
  return n;
}

/** Mean move and mean size of a move. */
interface MeasuredMoves {
  readonly shift: Measured | null;
  readonly scramble: Measured | null;
}

/** Mean move and mean size of a move in a cell, each with its standard error; null with fewer than two pairs. */
export function movesIn(
  cell: number,
  n: number,
  pairs: number,
  groups: Uint8Array,
  { both, own, then }: Moves,
): MeasuredMoves {
  if (n < 2) return { shift: null, scramble: null };
  const q = cell === 0 ? both : own;
  let sum = 0;
  let size = 0;
  for (let k = 0; k < pairs; k++) {
    const i = then[k] as number;
    if (cell !== 0 && groups[i] !== cell) continue;
    sum += q[i] as number;
    size += Math.abs(q[i] as number);
  }
  const [mean, meanSize] = [sum / n, size / n];
  let squares = 0;
  let sizeSquares = 0;
  for (let k = 0; k < pairs; k++) {
    const i = then[k] as number;
    if (cell !== 0 && groups[i] !== cell) continue;
    const [off, offSize] = [(q[i] as number) - mean, Math.abs(q[i] as number) - meanSize];
    squares += off * off;
    sizeSquares += offSize * offSize;
  }
  const error = (total: number): number => Math.sqrt(total / (n - 1) / n);
  return { shift: [mean, error(squares), n], scramble: [meanSize, error(sizeSquares), n] };
}
