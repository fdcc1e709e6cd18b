import type { Tier } from './model.ts';
import { shownScore } from './round.ts';

/**
 * The tier of a score, judged on the score as shown: 89.96 shows as 90.0 and is a Champion.
 *
 * @param score 0 to 100, unrounded
 * @param tiers highest first, the last from 0
 * @example tierOf(75.94, shippedTiers).name // => 'At Risk'
 */
export function tierOf(score: number, tiers: readonly Tier[]): Tier {
  const shown = shownScore(score);
  for (const tier of tiers) if (shown >= tier.from) return tier;
  // The last tier starts at 0 and no score is below it.
  throw new RangeError(`found a score of ${score}, expected 0 to 100`);
}
