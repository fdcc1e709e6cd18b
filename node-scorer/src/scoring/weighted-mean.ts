/**
 * The two sums behind a weighted mean of what is present: mean = {@link weightedSum} ÷ {@link presentWeight}.
 * Dividing by the weight of the parts that are there shares the weight of a missing part out in proportion
 * among its siblings. NaN marks a missing part, so that nobody can take it for a zero; it never leaves the core.
 *
 * Two plain loops over a range and no result object, because the batch form calls them millions of times.
 */

/**
 * Sum of weight × score over the parts that are present.
 *
 * @param scores 0 to 100, NaN for missing
 * @param start first part
 * @param end first part after
 * @example weightedSum([80, NaN, 60], [0.5, 0.25, 0.25], 0, 3) // => 55
 */
export function weightedSum(scores: Float64Array, weights: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const score = scores[i] as number;
    if (score === score) sum += (weights[i] as number) * score;
  }
  return sum;
}

/**
 * Weight of the parts that are present.
 *
 * @example presentWeight([80, NaN, 60], [0.5, 0.25, 0.25], 0, 3) // => 0.75
 */
export function presentWeight(
  scores: Float64Array,
  weights: Float64Array,
  start: number,
  end: number,
): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const score = scores[i] as number;
    if (score === score) sum += weights[i] as number;
  }
  return sum;
}

/**
 * Weighted mean of what is present, NaN when nothing with a weight is.
 *
 * @param sum from {@link weightedSum}
 * @param present from {@link presentWeight}
 * @example meanOf(55, 0.75) // => 73.33…
 */
export const meanOf = (sum: number, present: number): number =>
  // A mean of hundreds may come out an ulp above 100.
  present > 0 ? Math.min(100, sum / present) : NaN;
