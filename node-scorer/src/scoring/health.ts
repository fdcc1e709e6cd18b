import type { Band } from './band.ts';
import type { Plan } from './plan.ts';
import { meanOf, type Mean, type Scores } from './weighted-mean.ts';

/** Every score between the metrics and the quantitative Health score; null where nothing is known. */
export interface Quantities {
  /** Score and present share of each group, dimensions first, platform value last. */
  readonly groups: readonly Mean[];
  /** Churn Risk; `present` is the share of the dimensions that have a score, however little of them is known. */
  readonly churnRisk: Mean;
  /** Share of Churn Risk's weight that is present, 0 to 1. */
  readonly churnRiskPresent: number;
  /** Quantitative Health score: before caps. */
  readonly health: number | null;
  /** Share of the Health score's weight that is present, 0 to 1. */
  readonly present: number;
  /** Before caps. */
  readonly band: Band | null;
}

/**
 * From metric scores to the quantitative Health score, with its band before caps. The batch form (`batch.ts`) adds
 * up in the same order, so that both give the same to the last bit.
 *
 * @param scores of the plan's metrics in its order
 * @example quantify(plan, scores).health // => 86.68
 */
export function quantify(plan: Plan, scores: Scores): Quantities {
  const { shares, nominal, groupShares, churnRiskShare, platformValueShare } = plan;
  const groups = plan.groups.map(({ start, end }) => meanOf(scores, shares, start, end));
  const last = groups.length - 1;
  const platformValue = groups[last] as Mean;
  const groupScores = groups.map(({ score }) => score);
  const churnRisk = meanOf(groupScores, groupShares, 0, last);
  let churnRiskPresent = 0;
  for (let g = 0; g < last; g++) churnRiskPresent += (groupShares[g] as number) * (groups[g] as Mean).present;
  const halves = [churnRisk.score, platformValue.score];
  const health = meanOf(halves, [churnRiskShare, platformValueShare]).score;
  return {
    groups,
    churnRisk,
    churnRiskPresent,
    health,
    present: churnRiskShare * churnRiskPresent + platformValueShare * platformValue.present,
    band: health === null ? null : bandOf(health, scores, nominal),
  };
}

/** Every missing metric at 0, then at 100, nominal weights. */
function bandOf(health: number, scores: Scores, nominal: readonly number[]): Band {
  let low = 0;
  let missing = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number | null;
    if (score === null) missing += nominal[i] as number;
    else low += (nominal[i] as number) * score;
  }
  // With nothing missing the band is the score itself; elsewhere the last digit must not push the score out of it.
  if (missing === 0) return { low: health, high: health };
  return { low: Math.min(low, health), high: Math.min(100, Math.max(low + 100 * missing, health)) };
}
