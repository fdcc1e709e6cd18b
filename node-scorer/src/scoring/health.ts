import type { Plan } from './plan.ts';
import { meanOf, presentWeight, weightedSum } from './weighted-mean.ts';

/**
 * Every score between the metrics and the quantitative Health score, for one account at a time. Filled in
 * place, because a portfolio is scored through one of these: copy what must last. NaN where nothing is known.
 */
export interface Quantities {
  /** Score of each group, dimensions first, platform value last. */
  readonly groupScores: Float64Array;
  /** Share of each group's weight that is present, 0 to 1. */
  readonly groupPresent: Float64Array;
  /** At the positions named in {@link TOTAL}. */
  readonly totals: Float64Array;
}

/** Positions in {@link Quantities.totals}. */
export const TOTAL = {
  churnRisk: 0,
  /** Share of Churn Risk's weight that is present, 0 to 1. */
  churnRiskPresent: 1,
  /** Quantitative Health score: before caps. */
  health: 2,
  /** Share of the Health score's weight that is present, 0 to 1. */
  present: 3,
  /** Lowest quantitative score given what is missing: every missing metric at 0, nominal weights. */
  low: 4,
  /** Highest: every missing metric at 100. */
  high: 5,
} as const;

/**
 * Room for the quantities of one account.
 *
 * @example makeQuantities(plan).groupScores.length // => 5 for the shipped model
 */
export const makeQuantities = (plan: Plan): Quantities => ({
  groupScores: new Float64Array(plan.groups.length),
  groupPresent: new Float64Array(plan.groups.length),
  totals: new Float64Array(6),
});

/**
 * From metric scores to the quantitative Health score, with its band before caps.
 *
 * @param scores of the plan's metrics in its order, 0 to 100, NaN for missing
 * @param out filled
 * @example quantify(plan, scores, out); out.totals[TOTAL.health] // => 86.68
 */
export function quantify(plan: Plan, scores: Float64Array, out: Quantities): void {
  const { shares, nominal, groups, groupShares, churnRiskShare, platformValueShare } = plan;
  const { groupScores, groupPresent, totals } = out;
  let low = 0;
  let missing = 0;
  // One pass over all metrics, because a portfolio is millions of them.
  for (let g = 0; g < groups.length; g++) {
    const { start, end } = groups[g] as (typeof groups)[number];
    let sum = 0;
    let present = 0;
    for (let i = start; i < end; i++) {
      const score = scores[i] as number;
      if (score === score) {
        const share = shares[i] as number;
        sum += share * score;
        present += share;
        low += (nominal[i] as number) * score;
      } else {
        missing += nominal[i] as number;
      }
    }
    groupPresent[g] = present;
    groupScores[g] = meanOf(sum, present);
  }
  const last = groups.length - 1;
  const churnRisk = meanOf(
    weightedSum(groupScores, groupShares, 0, last),
    presentWeight(groupScores, groupShares, 0, last),
  );
  const platformValue = groupScores[last] as number;
  let churnRiskPresent = 0;
  for (let g = 0; g < last; g++) churnRiskPresent += (groupShares[g] as number) * (groupPresent[g] as number);
  const health = healthOf(churnRisk, platformValue, churnRiskShare, platformValueShare);
  totals[TOTAL.churnRisk] = churnRisk;
  totals[TOTAL.churnRiskPresent] = churnRiskPresent;
  totals[TOTAL.health] = health;
  totals[TOTAL.present] =
    churnRiskShare * churnRiskPresent + platformValueShare * (groupPresent[last] as number);
  // With nothing missing the band is the score itself; elsewhere the last digit must not push the score out of it.
  totals[TOTAL.low] = missing === 0 ? health : Math.min(low, health);
  totals[TOTAL.high] = missing === 0 ? health : Math.min(100, Math.max(low + 100 * missing, health));
}

/** Weighted mean of the two halves; a half that is missing leaves its weight to the other. */
function healthOf(
  churnRisk: number,
  platformValue: number,
  churnShare: number,
  platformShare: number,
): number {
  let sum = 0;
  let present = 0;
  if (churnRisk === churnRisk) {
    sum += churnShare * churnRisk;
    present += churnShare;
  }
  if (platformValue === platformValue) {
    sum += platformShare * platformValue;
    present += platformShare;
  }
  return meanOf(sum, present);
}
