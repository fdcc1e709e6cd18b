import type { MissingReason, Reading } from '../scoring/index.ts';

const MICRO = 1e6;

/**
 * A reading that has a value, rounded to 6 decimals (docs/decisions/0002). What is not a finite number is
 * `invalid`: a division by zero or a number beyond all bounds must never reach a score.
 *
 * @example measured(200 / 3) // => { value: 66.666667 }
 * @example measured(Number.NaN) // => { value: null, missing: 'invalid' }
 */
export function measured(value: number): Reading {
  const rounded = Math.round(value * MICRO) / MICRO;
  // `+ 0` turns a negative zero into a plain one.
  return Number.isFinite(rounded) ? { value: rounded + 0 } : missing('invalid');
}

/**
 * A reading without a value, and why.
 *
 * @example missing('no_activity') // => { value: null, missing: 'no_activity' }
 */
export const missing = (reason: MissingReason): Reading => ({ value: null, missing: reason });

/**
 * The middle value; of an even count the mean of the two middle ones; null of nothing.
 *
 * @example median([4, 1, 3]) // => 3
 * @example median([4, 1, 3, 2]) // => 2.5
 * @example median([]) // => null
 */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/**
 * The arithmetic mean; null of nothing.
 *
 * @example mean([2, 4]) // => 3
 * @example mean([]) // => null
 */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
