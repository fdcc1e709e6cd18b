import type { CapRule, Guards, Model, Tier, WeightedMetric } from './model.ts';
import { scaleOf, type Scale } from './normalise.ts';
import type { Segment } from './segment.ts';

/** A metric as one segment weighs it. */
export interface PlannedMetric {
  readonly id: string;
  /** As configured, within its group. */
  readonly weight: number;
  /** Share of its group and of the Health score when everything is present; both sum to exactly what they should. */
  readonly share: number;
  readonly nominal: number;
  readonly scale: Scale;
  /** Raw value worth 100. */
  readonly green: number;
}

/** A dimension, or platform value, as one segment weighs it. Metrics from `start` up to `end`, exclusive. */
export interface PlannedGroup {
  readonly id: string;
  readonly label: string;
  /** As configured; 1 for platform value. */
  readonly weight: number;
  /** Share of Churn Risk; 1 for platform value. */
  readonly share: number;
  readonly start: number;
  readonly end: number;
}

/**
 * A model made ready for one segment: everything that does not depend on an account, worked out once. Weights
 * are divided by their sums, so that a group that adds up to 0.9995 still gives scores from 0 to 100.
 */
export interface Plan {
  readonly model: Model;
  readonly segment: Segment;
  readonly metrics: readonly PlannedMetric[];
  /** Dimensions in model order, platform value last. */
  readonly groups: readonly PlannedGroup[];
  /** `share` and `nominal` of the metrics and `share` of the groups again, as lists for the sums. */
  readonly shares: readonly number[];
  readonly nominal: readonly number[];
  readonly groupShares: readonly number[];
  readonly churnRiskShare: number;
  readonly platformValueShare: number;
  readonly caps: readonly CapRule[];
  readonly tiers: readonly Tier[];
  readonly guards: Guards;
}

export const PLATFORM_VALUE = 'platform_value';

/** A plan depends on nothing but its model, which never changes: worked out once for each. */
const plans = new WeakMap<Model, Record<Segment, Plan>>();

/**
 * The plan of a model for a segment.
 *
 * @throws RangeError for a segment that does not exist: a default would score the account by the wrong rules
 * @example planOf(shippedModel, 'paid').metrics.length // => 27
 */
export function planOf(model: Model, segment: Segment): Plan {
  let both = plans.get(model);
  if (both === undefined) {
    both = { paid: makePlan(model, 'paid'), standard: makePlan(model, 'standard') };
    plans.set(model, both);
  }
  if (segment !== 'paid' && segment !== 'standard') {
    throw new RangeError(`found segment ${String(segment)}, expected paid or standard`);
  }
  return both[segment];
}

function makePlan(model: Model, segment: Segment): Plan {
  const health = model.health.churnRisk[segment] + model.health.platformValue[segment];
  const churnRiskShare = model.health.churnRisk[segment] / health;
  const platformValueShare = model.health.platformValue[segment] / health;
  const dimensionSum = sum(model.dimensions.map(({ weight }) => weight[segment]));
  const parts = [
    ...model.dimensions.map(({ id, label, weight, metrics }) => {
      const share = dimensionSum > 0 ? weight[segment] / dimensionSum : 0;
      return { id, label, weight: weight[segment], share, ofHealth: churnRiskShare * share, list: metrics };
    }),
    {
      id: PLATFORM_VALUE,
      label: model.platformValue.label,
      weight: 1,
      share: 1,
      ofHealth: platformValueShare,
      list: model.platformValue.metrics,
    },
  ];
  const metrics: PlannedMetric[] = [];
  const groups = parts.map(({ id, label, weight, share, ofHealth, list }) => {
    const start = metrics.length;
    metrics.push(...planMetrics(model, segment, list, ofHealth));
    return { id, label, weight, share, start, end: metrics.length };
  });
  const { tiers, guards } = model;
  const caps = model.caps.filter((cap) => cap.segment === null || cap.segment === segment);
  return {
    model,
    segment,
    metrics,
    groups,
    shares: metrics.map(({ share }) => share),
    nominal: metrics.map(({ nominal }) => nominal),
    groupShares: groups.map(({ share }) => share),
    churnRiskShare,
    platformValueShare,
    caps,
    tiers,
    guards,
  };
}

function planMetrics(
  model: Model,
  segment: Segment,
  list: readonly WeightedMetric[],
  ofHealth: number,
): PlannedMetric[] {
  const total = sum(list.map(({ weight }) => weight[segment]));
  return list.map(({ id, weight }) => {
    const metric = model.thresholds[id];
    if (metric === undefined) throw new RangeError(`${id} has a weight and no threshold`);
    const share = total > 0 ? weight[segment] / total : 0;
    return {
      id,
      weight: weight[segment],
      share,
      nominal: ofHealth * share,
      scale: scaleOf(metric, segment),
      green: metric[segment].green,
    };
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
