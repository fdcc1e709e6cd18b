import { LOSSES, lostMetrics, type Loss } from './lost.ts';
import type { Hold } from './cap.ts';
import { quantify } from './health.ts';
import { planOf } from './plan.ts';
import { metricScores, type Scorecard } from './scorecard.ts';

/**
 * The cap that lost readings put on a score (docs/glossary.md, "outage cap"): the final score is at most max(E, L). E is the
 * final score as shown of the account's newest stored score; L is the score with every lost reading at 0 points,
 * carried ones too, and all others as they are. So what was not really read never promotes an account, and one lost
 * metric of small weight costs little.
 *
 * @param scorecard scored without such a cap
 * @param earlier E, 0 to 100 with one decimal, of this or an earlier period; null when there is none
 * @param sourceOf the source of a metric; from the catalogue
 * @returns null when no weighted reading was lost, when nothing is known, or without an earlier score (then the
 * scorecard says that it is provisional)
 * @example outageCap(scorecard, 61.2, sourceOf)
 * // => { at: 61.2, earlier: 61.2, sources: ['jira'], why: { source_down: ['jira'] } }
 */
export function outageCap(
  { model, input, quantitativeScore }: Scorecard,
  earlier: number | null,
  sourceOf: (metric: string) => string,
): Hold | null {
  if (quantitativeScore === null || earlier === null) return null;
  const plan = planOf(model, input.segment);
  const lost = lostMetrics(plan, input);
  if (lost.length === 0) return null;
  const ids = new Set(lost.map(({ id }) => id));
  const read = metricScores(plan, input.readings);
  const worst = quantify(
    plan,
    plan.metrics.map(({ id }, i) => (ids.has(id) ? 0 : (read[i] as number | null))),
  );
  const sources = (wanted: (loss: Loss) => boolean): string[] => [
    ...new Set(lost.filter(({ loss }) => wanted(loss)).map(({ id }) => sourceOf(id))),
  ];
  const why = LOSSES.map((loss) => [loss, sources((each) => each === loss)] as const);
  return {
    at: Math.max(earlier, worst.health as number),
    earlier,
    sources: sources(() => true),
    why: Object.fromEntries(why.filter(([, of]) => of.length > 0)),
  };
}
