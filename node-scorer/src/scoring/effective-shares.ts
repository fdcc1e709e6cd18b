import { effectiveWeights, type Readings } from './dimension.ts';
import { quantify } from './health.ts';
import type { Model } from './model.ts';
import { planOf } from './plan.ts';
import { metricScores } from './scorecard.ts';
import type { Segment } from './segment.ts';
import type { Scores } from './weighted-mean.ts';

/** How much of the differences between accounts' scores each metric decides. */
export interface EffectiveShares {
  /** Accounts that have a score. */
  readonly n: number;
  readonly status: 'ok';
  /** By metric id; with `missing` they sum to 1. One that works against the rest is negative. */
  readonly shares: Readonly<Record<string, number>>;
  /** What is decided by which readings exist. */
  readonly missing: number;
}

/** Why there are none. */
export interface NoShares {
  readonly n: number;
  readonly status: 'too_few' | 'no_spread';
}

const FEWEST_ACCOUNTS = 10;
const LEAST_VARIANCE = 1e-12;

/**
 * Splits the variance of the quantitative score among the metrics of one segment: a metric's share is the
 * covariance of its centred contribution with the score. Without centring, missing readings would move shares.
 *
 * @param accounts readings of each account
 * @returns a code with fewer than 10 scored accounts, or when all have the same score
 * @example effectiveSharesOf(model, 'paid', accounts) // => { n: 57, status: 'ok', shares: { … }, missing: 0.019 }
 */
export function effectiveSharesOf(
  model: Model,
  segment: Segment,
  accounts: readonly Readings[],
): EffectiveShares | NoShares {
  const plan = planOf(model, segment);
  const scored: { scores: Scores; weights: readonly number[]; total: number }[] = [];
  for (const readings of accounts) {
    const scores = metricScores(plan, readings);
    const quantities = quantify(plan, scores);
    const total = quantities.health;
    if (total !== null) scored.push({ scores, weights: effectiveWeights(plan, scores, quantities), total });
  }
  const n = scored.length;
  if (n < FEWEST_ACCOUNTS) return { n, status: 'too_few' };
  const mean = scored.reduce((sum, { total }) => sum + total, 0) / n;
  const off = scored.map(({ total }) => total - mean);
  const variance = off.reduce((sum, d) => sum + d * d, 0) / n;
  if (variance < LEAST_VARIANCE) return { n, status: 'no_spread' };

  let missing = 0;
  const shares = plan.metrics.map(({ id }, j) => {
    const usual = meanScore(scored, j);
    let own = 0;
    scored.forEach(({ scores, weights }, i) => {
      const score = scores[j] as number | null;
      // A missing metric has no weight. Deviations of the score sum to 0, so that no mean is left to take off.
      if (score === null) return;
      own += (weights[j] as number) * (score - usual) * (off[i] as number);
      missing += (weights[j] as number) * usual * (off[i] as number);
    });
    return [id, own / n / variance] as const;
  });
  return { n, status: 'ok', shares: Object.fromEntries(shares), missing: missing / n / variance };
}

/** Mean score of a metric over the accounts that have it; 0 when none has. */
function meanScore(accounts: readonly { scores: Scores }[], metric: number): number {
  let sum = 0;
  let count = 0;
  for (const { scores } of accounts) {
    const score = scores[metric] as number | null;
    if (score === null) continue;
    sum += score;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
