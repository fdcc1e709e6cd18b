import type { Given } from '../facts/index.ts';
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

/**
 * A reading of what was told of each record, unless what is lost could have made it worse: then it is `invalid`, for
 * nothing may look better because a field could not be read. A test that nobody could ask has its own reason.
 *
 * @param worst what would look worst in the place of each lost one
 * @example unlessLost([true, false, 'invalid'], true, percentTrue) // => { value: null, missing: 'invalid' }
 * @example unlessLost([true, true, 'invalid'], true, percentTrue) // => { value: 100 }
 */
export function unlessLost<T extends number | boolean | null>(
  told: readonly Given<T>[],
  worst: T,
  read: (values: readonly T[]) => Reading,
): Reading {
  const lost = told.filter((one) => typeof one === 'string');
  const known = told.filter((one): one is T => typeof one !== 'string');
  const reading = read(known);
  if (lost.length === 0) return reading;
  const unasked = lost.find((reason) => reason !== 'invalid');
  if (unasked !== undefined) return missing(unasked);
  const least = read([...known, ...lost.map(() => worst)]);
  return reading.value !== null && reading.value === least.value ? reading : missing('invalid');
}
