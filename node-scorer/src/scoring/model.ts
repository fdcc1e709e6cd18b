import type { Segment } from './segment.ts';
import type { Severity } from './signal.ts';

/** One value for each segment of customers. */
export type BySegment<T> = Readonly<Record<Segment, T>>;

/** Raw values at which a metric is worth 100, 50 and 0. */
export interface Threshold {
  readonly green: number;
  readonly yellow: number;
  readonly red: number;
}

/** How one metric's raw value becomes a score of 0 to 100. */
export interface MetricScale extends BySegment<Threshold> {
  readonly better: 'higher' | 'lower';
  readonly unit: string;
}

/** A metric in its group, and its share of it. */
export interface WeightedMetric {
  readonly id: string;
  readonly weight: BySegment<number>;
}

/** A part of the Churn Risk score. */
export interface Dimension {
  readonly id: string;
  readonly label: string;
  readonly weight: BySegment<number>;
  readonly metrics: readonly WeightedMetric[];
}

/** A name for scores from a lower bound on, up to the next tier's. */
export interface Tier {
  readonly name: string;
  /** Lowest score, as shown, that belongs to it. */
  readonly from: number;
}

/** A ceiling on the score while enough signals of one severity count. */
export interface CapRule {
  readonly name: string;
  readonly severity: Severity;
  readonly atLeast: number;
  /** True: only confirmed signals count. */
  readonly confirmed: boolean;
  readonly cap: number;
  /** Null: both segments. */
  readonly segment: Segment | null;
}

export interface Guards {
  /** Percent of coverage, as shown, under which a tier is provisional. */
  readonly provisionalBelowCoverage: number;
  readonly maxCarryForwardDays: number;
  /** 0 to 1. */
  readonly outageShare: number;
  /** 0 to 1. */
  readonly tierMoveShare: number;
  readonly tierMoveMinAccounts: number;
  /** 0 to 1; absent in models of before rules had a guard of their own: 0.15. */
  readonly ruleMoveShare?: number;
}

/**
 * Weights, thresholds, tiers, caps and guards together: everything that turns readings into a score. Orders
 * are part of it (docs/glossary.md, "model"): they settle ties.
 */
export interface Model {
  /** Hash of the content; equal models have equal versions. */
  readonly version: string;
  readonly health: {
    readonly churnRisk: BySegment<number>;
    readonly platformValue: BySegment<number>;
  };
  readonly dimensions: readonly Dimension[];
  readonly platformValue: { readonly label: string; readonly metrics: readonly WeightedMetric[] };
  /** By metric id; every weighted metric has one. */
  readonly thresholds: Readonly<Record<string, MetricScale>>;
  /** Highest first; the last starts at 0. */
  readonly tiers: readonly Tier[];
  readonly caps: readonly CapRule[];
  /** Severities by which a signal counts lower from its monitoring date on. */
  readonly monitoringReduction: number;
  readonly guards: Guards;
}

/**
 * Ids of all metrics that the model weighs, in its order.
 *
 * @example metricIdsOf(model).length // => 27 for the shipped model
 */
export const metricIdsOf = (model: Model): string[] =>
  [...model.dimensions.flatMap(({ metrics }) => metrics), ...model.platformValue.metrics].map(({ id }) => id);
