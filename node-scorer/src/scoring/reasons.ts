import type { MetricScore } from './dimension.ts';
import { planOf } from './plan.ts';
import { nineDecimals, shownScore } from './round.ts';
import { metricsOf, type Scorecard } from './scorecard.ts';

/** Where points are lost: a fact with its value and the raw value at which nothing would be lost. */
export interface Reason {
  /** Metric id: the stable code of the reason. */
  readonly metric: string;
  /** Points lost, with one decimal. */
  readonly points: number;
  readonly value: number;
  /** Green for the account's segment. */
  readonly threshold: number;
}

/** More than four reasons are none (credit scorecards disclose at most four). */
const MOST = 4;

/**
 * Where points are lost, largest first, at most four; ties in model order. A reason names a fact, never a
 * score. Empty for an account without a score, or with all of its metrics at green.
 *
 * @example reasonsOf(scorecard)[0] // => { metric: 'csat_score', points: 1.6, value: 76, threshold: 90 }
 */
export function reasonsOf(scorecard: Scorecard): Reason[] {
  if (scorecard.status === 'unscored') return [];
  const plan = planOf(scorecard.model, scorecard.input.segment);
  const metrics = metricsOf(scorecard);
  // Sorted by what nine decimals tell: metrics that lose the same stay in model order.
  const lost = metrics.map(({ pointsLost }) => nineDecimals(pointsLost));
  const largest = [...lost.keys()]
    .filter((i) => (lost[i] as number) > 0)
    .sort((a, b) => (lost[b] as number) - (lost[a] as number))
    .slice(0, MOST);
  const reasons = largest.map((i) => {
    const { id, pointsLost, value } = metrics[i] as MetricScore;
    const threshold = plan.metrics[i]?.green as number;
    return { metric: id, points: shownScore(pointsLost), value: value as number, threshold };
  });
  return reasons.filter(({ points }, place) => place === 0 || points > 0);
}
