import { SEGMENTS, type BySegment } from '../scoring/index.ts';
import type { Note } from './schema-parts.ts';

/** By how much the weights of a group may miss 1. */
const SUM_TOLERANCE = 0.001;

/** A weight of a group; one that is not `on` belongs to a metric that was switched off. */
export interface Share {
  readonly weight: BySegment<number>;
  readonly on?: boolean;
}

/**
 * Notes it when the weights of a group do not sum to 1 in every segment. Where something is switched off, either sum
 * may be 1: that of all weights, because switching off asks for no other edit and the scorer shares the weight out;
 * or that of what is on, for who has shared it out by hand.
 *
 * @example checkSum([{ weight: { paid: 0.9, standard: 1 } }], note)
 * // adds "found weights that sum to 0.9 for paid, expected a sum of 1 (within 0.001); add 0.1"
 */
export function checkSum(shares: readonly Share[], note: Note): void {
  const inUse = shares.filter(({ on }) => on !== false);
  const sums = SEGMENTS.map((segment) => ({
    segment,
    all: sumOf(shares.map(({ weight }) => weight[segment])),
    on: sumOf(inUse.map(({ weight }) => weight[segment])),
  }));
  sums.forEach(({ segment, all, on }, i) => {
    if (isOne(all) || isOne(on)) return;
    const same = sums.every((other) => other.all === all && other.on === on);
    if (same && i > 0) return;
    const off = decimal(Math.abs(all - 1));
    const without = inUse.length < shares.length ? ` (${decimal(on)} without those switched off)` : '';
    note(
      [],
      `weights that sum to ${decimal(all)}${without}${same ? '' : ` for ${segment}`}`,
      `a sum of 1 (within ${SUM_TOLERANCE})`,
      all < 1 ? `add ${off}` : `take ${off} away`,
    );
  });
}

const sumOf = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0);

/** The tolerance itself is inside, whatever its binary neighbour says. */
const isOne = (sum: number): boolean => Math.abs(sum - 1) <= SUM_TOLERANCE + 1e-9;

const decimal = (value: number): string => String(Math.round(value * 1e6) / 1e6);
