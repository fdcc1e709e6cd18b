/**
 * Arithmetic mean; NaN of nothing.
 *
 * @example mean([1, 2, 6]) // => 3
 */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * Variance of a sample (divided by n − 1); NaN with fewer than two values.
 *
 * @example sampleVariance([1, 2, 6]) // => 7
 */
export function sampleVariance(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return sum / (values.length - 1);
}

/**
 * A limit for each number of past months from 3 to 12: the last for more.
 *
 * @example limitFor([7.5, 5.6], 3) // => 7.5
 */
export const limitFor = (limits: readonly number[], months: number): number =>
  limits[Math.min(months - FEWEST_MONTHS, limits.length - 1)] as number;

/** Fewer months of history tell nothing, and no more than these are looked back on. */
export const FEWEST_MONTHS = 3;
export const MOST_MONTHS = 12;
