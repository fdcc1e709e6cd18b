/** Scores of parts in order, 0 to 100; null for a missing one. */
export type Scores = readonly (number | null)[];

/** A weighted mean of what is present, and how much of the weight that is. */
export interface Mean {
  /** Null when nothing with a weight is present. */
  readonly score: number | null;
  /** Weight of the parts that are present. */
  readonly present: number;
}

/**
 * Weighted mean of the parts that are present. Dividing by their weight shares the weight of a missing part out in
 * proportion among its siblings.
 *
 * @param start first part
 * @param end first part after
 * @example meanOf([80, null, 50], [0.5, 0.25, 0.25]) // => { score: 70, present: 0.75 }
 */
export function meanOf(scores: Scores, weights: readonly number[], start = 0, end = scores.length): Mean {
  let sum = 0;
  let present = 0;
  for (let i = start; i < end; i++) {
    const score = scores[i] as number | null;
    if (score === null) continue;
    const weight = weights[i] as number;
    sum += weight * score;
    present += weight;
  }
  // A mean of hundreds may come out an ulp above 100.
  return { score: present > 0 ? Math.min(100, sum / present) : null, present };
}
