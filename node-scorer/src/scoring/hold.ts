import type { Hold } from './cap.ts';
import { planOf } from './plan.ts';
import type { Scorecard } from './scorecard.ts';

/**
 * The hold that a source which is down puts on a score: the final score is at most max(E, L), with E the final
 * score as shown of the account's newest stored score and L the low end of its band before the hold. So losing
 * data can never make an account look better than it did, nor better than the worst that what is missing allows.
 *
 * @param scorecard scored without a hold
 * @param earlierShown E, 0 to 100 with one decimal, of this or an earlier period; null when there is none
 * @param sourceOf the source of a metric; from the catalogue
 * @returns null when no weighted reading was lost, when nothing is known, or without an earlier score (then the
 * scorecard says that it is provisional)
 * @example outageHold(scorecard, 61.2, sourceOf) // => { at: 61.2, sources: ['jira'] }
 */
export function outageHold(
  { model, input, band }: Scorecard,
  earlierShown: number | null,
  sourceOf: (metric: string) => string,
): Hold | null {
  if (band === null || earlierShown === null) return null;
  const lost = planOf(model, input.segment).metrics.filter(
    ({ id, nominal }) => nominal > 0 && input.readings[id]?.missing === 'source_down',
  );
  if (lost.length === 0) return null;
  return { at: Math.max(earlierShown, band.low), sources: [...new Set(lost.map(({ id }) => sourceOf(id)))] };
}
