import type { Band } from './band.ts';
import type { GroupScore } from './dimension.ts';
import { reasonsOf, type Reason } from './reasons.ts';
import { shownScore } from './round.ts';
import type { Scorecard } from './scorecard.ts';
import type { Segment } from './segment.ts';
import type { Signal } from './signal.ts';
import type { MissingReason } from './reading.ts';

/** A scorecard as one line of JSON: scores and percents with one decimal. */
export interface OutputLine {
  readonly accountId: string;
  readonly name: string;
  readonly segment: Segment;
  readonly period: string;
  readonly modelVersion: string;
  readonly status: 'scored' | 'unscored';
  readonly healthScore: number | null;
  readonly quantitativeScore: number | null;
  readonly churnRiskScore: number | null;
  readonly platformValueScore: number | null;
  readonly tier: string | null;
  readonly provisional: boolean;
  readonly band: Band | null;
  readonly coverage: number;
  readonly dimensions: Readonly<Record<string, OutputGroup>>;
  readonly platformValue: OutputGroup;
  /** The cap that lowers the score; `sources` only under a hold. */
  readonly cap: {
    readonly name: string;
    readonly at: number;
    readonly signals: readonly Signal[];
    readonly sources?: readonly string[];
  } | null;
  readonly reasons: readonly Reason[];
}

export interface OutputGroup {
  readonly score: number | null;
  readonly coverage: number;
  readonly metrics: Readonly<Record<string, OutputMetric>>;
}

export interface OutputMetric {
  readonly value: number | null;
  readonly score: number | null;
  /** Nominal, within its group. */
  readonly weight: number;
  /** Share of the quantitative Health score, to 12 decimals; sums to 1 over present metrics. */
  readonly effectiveWeight: number;
  readonly missing: MissingReason | null;
}

/**
 * A scorecard as its output line.
 *
 * @example JSON.stringify(toOutputLine(scoreAccount(model, account)))
 */
export function toOutputLine(scorecard: Scorecard): OutputLine {
  const { input, model, shown, cap } = scorecard;
  return {
    accountId: input.accountId,
    name: input.name,
    segment: input.segment,
    period: input.period,
    modelVersion: model.version,
    status: scorecard.status,
    healthScore: shown.healthScore,
    quantitativeScore: shown.quantitativeScore,
    churnRiskScore: shown.churnRiskScore,
    platformValueScore: shown.platformValueScore,
    tier: scorecard.tier,
    provisional: scorecard.provisional,
    band: shown.band,
    coverage: shown.coverage,
    dimensions: Object.fromEntries(scorecard.dimensions.map((group) => [group.id, toGroup(group)])),
    platformValue: toGroup(scorecard.platformValue),
    cap: cap && {
      name: cap.name,
      at: shownScore(cap.at),
      signals: cap.signals,
      ...(cap.sources.length > 0 && { sources: cap.sources }),
    },
    reasons: reasonsOf(scorecard),
  };
}

const toGroup = ({ score, coverage, metrics }: GroupScore): OutputGroup => ({
  score: score === null ? null : shownScore(score),
  coverage: shownScore(coverage),
  metrics: Object.fromEntries(
    metrics.map((metric): [string, OutputMetric] => [
      metric.id,
      {
        value: metric.value,
        score: metric.score === null ? null : shownScore(metric.score),
        weight: metric.weight,
        effectiveWeight: Math.round(metric.effectiveWeight * 1e12) / 1e12,
        missing: metric.missing,
      },
    ]),
  ),
});
