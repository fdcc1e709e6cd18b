import type { Quantities } from './health.ts';
import type { Plan, PlannedGroup } from './plan.ts';
import type { MissingReason, Reading } from './reading.ts';
import type { Mean, Scores } from './weighted-mean.ts';

/** One weighted metric of a scorecard; nothing is rounded. */
export interface MetricScore {
  readonly id: string;
  readonly value: number | null;
  readonly missing: MissingReason | null;
  /** 0 to 100. */
  readonly score: number | null;
  /** As configured, within its group. */
  readonly weight: number;
  /** Share of the quantitative Health score; 0 when missing. Over present metrics they sum to 1. */
  readonly effectiveWeight: number;
  /** Effective weight × (100 − score). Over present metrics they sum to 100 − quantitative score. */
  readonly pointsLost: number;
}

/** A dimension, or platform value. */
export interface GroupScore {
  readonly id: string;
  readonly label: string;
  readonly score: number | null;
  /** Percent of its weight that had a reading. */
  readonly coverage: number;
  /** As configured; 1 for platform value. */
  readonly weight: number;
  readonly metrics: readonly MetricScore[];
}

/** Readings by metric id; an absent one is `not_configured`. */
export type Readings = Readonly<Record<string, Reading | undefined>>;

/**
 * Dimensions in model order and platform value after them, each with its metrics.
 *
 * @param scores of the plan's metrics
 * @param quantities made from those scores
 */
export function groupScores(
  plan: Plan,
  readings: Readings,
  scores: Scores,
  quantities: Quantities,
): GroupScore[] {
  const perShare = weightPerShare(plan, quantities);
  return plan.groups.map((group, g) => {
    const { score, present } = quantities.groups[g] as Mean;
    return {
      id: group.id,
      label: group.label,
      score,
      coverage: 100 * present,
      weight: group.weight,
      metrics: metricsOfGroup(plan, group, readings, scores, perShare[g] as number),
    };
  });
}

function metricsOfGroup(
  plan: Plan,
  group: PlannedGroup,
  readings: Readings,
  scores: Scores,
  perShare: number,
): MetricScore[] {
  const metrics: MetricScore[] = [];
  for (let i = group.start; i < group.end; i++) {
    const { id, weight, share } = plan.metrics[i] as Plan['metrics'][number];
    const score = scores[i] as number | null;
    if (score !== null) {
      const effectiveWeight = share * perShare;
      const pointsLost = effectiveWeight * (100 - score);
      metrics.push({
        id,
        value: finiteValue(readings[id]),
        missing: null,
        score,
        weight,
        effectiveWeight,
        pointsLost,
      });
    } else {
      const missing = missingOf(readings[id]);
      metrics.push({ id, value: null, missing, score: null, weight, effectiveWeight: 0, pointsLost: 0 });
    }
  }
  return metrics;
}

/**
 * Each metric's share of the quantitative score, 0 for a missing one; they sum to 1 when there is a score.
 *
 * @param scores of the plan's metrics
 * @param quantities made from those scores
 */
export function effectiveWeights(plan: Plan, scores: Scores, quantities: Quantities): number[] {
  const perShare = weightPerShare(plan, quantities);
  const weights: number[] = [];
  plan.groups.forEach(({ start, end }, g) => {
    for (let i = start; i < end; i++) {
      weights.push(scores[i] === null ? 0 : (plan.shares[i] as number) * (perShare[g] as number));
    }
  });
  return weights;
}

/**
 * For each group its share of the quantitative score over the share of its weight that is present: once what is
 * missing has been shared out, a metric of that group counts its own share times this.
 */
function weightPerShare(plan: Plan, { groups, churnRisk }: Quantities): number[] {
  const last = plan.groups.length - 1;
  const platformValue = groups[last] as Mean;
  const churnShare = churnRisk.score === null ? 0 : plan.churnRiskShare;
  const platformShare = platformValue.score === null ? 0 : plan.platformValueShare;
  const total = churnShare + platformShare;
  const shares: number[] = [];
  for (let g = 0; g < last; g++) {
    const { score, present } = groups[g] as Mean;
    const known = score !== null && total > 0 && churnRisk.present > 0;
    const ofChurnRisk = known ? (plan.groupShares[g] as number) / churnRisk.present : 0;
    shares.push(known ? ((churnShare / total) * ofChurnRisk) / present : 0);
  }
  const known = platformValue.score !== null && total > 0;
  shares.push(known ? platformShare / total / platformValue.present : 0);
  return shares;
}

/**
 * A reading's value; null when it is missing or no finite number.
 *
 * @example finiteValue({ value: null, missing: 'no_activity' }) // => null
 */
export function finiteValue(reading: Reading | undefined): number | null {
  const value = reading?.value;
  // Adding 0 turns a negative zero into the plain one.
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : null;
}

function missingOf(reading: Reading | undefined): MissingReason {
  if (typeof reading?.value === 'number') return 'invalid';
  return reading?.missing ?? 'not_configured';
}
