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
  const lost = metricsOf(scorecard)
    .map((metric, i) => ({ ...metric, threshold: plan.metrics[i]?.green as number }))
    // Sorted by what nine decimals tell: metrics that lose the same stay in model order.
    .filter(({ pointsLost }) => nineDecimals(pointsLost) > 0)
    .sort((a, b) => nineDecimals(b.pointsLost) - nineDecimals(a.pointsLost));
  const largest = lost.slice(0, MOST).filter(({ pointsLost }, i) => i === 0 || shownScore(pointsLost) > 0);
  return largest.map(({ id, pointsLost, value, threshold }) => ({
    metric: id,
    points: shownScore(pointsLost),
    value: value as number,
    threshold,
  }));
}
