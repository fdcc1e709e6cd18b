import { doubtsOf, type Band, type Doubt } from './band.ts';
import { lowers, lowestCap, underCap, type Cap, type Hold } from './cap.ts';
import { finiteValue, groupScores, type GroupScore, type MetricScore, type Readings } from './dimension.ts';
import { quantify } from './health.ts';
import type { Model } from './model.ts';
import { scoreOn } from './normalise.ts';
import { planOf, type Plan } from './plan.ts';
import { shownScore } from './round.ts';
import type { Segment } from './segment.ts';
import { checkSignal, type Signal } from './signal.ts';
import { tierOf } from './tier.ts';
import type { Scores } from './weighted-mean.ts';

/** What is known of one account and period. It is kept on the scorecard: a score explains itself. */
export interface AccountInput {
  readonly accountId: string;
  readonly name: string;
  readonly segment: Segment;
  /** Calendar month `YYYY-MM`. */
  readonly period: string;
  /** The window's last calendar day, `YYYY-MM-DD`: as of it signals count. */
  readonly asOf: string;
  /** By metric id. One that is absent is `not_configured`; ids that the model does not weigh are context. */
  readonly readings: Readings;
  readonly signals: readonly Signal[];
  /** A ceiling because readings were lost; null or absent: none. */
  readonly hold?: Hold | null | undefined;
  /** Last day of the window that a carried reading was read in, by metric id. */
  readonly carried?: Readonly<Record<string, string>> | undefined;
}

/** Everything the core says of one account and period. It is the explanation; only `shown` is rounded. */
export interface Scorecard {
  readonly model: Model;
  readonly input: AccountInput;
  readonly status: 'scored' | 'unscored';
  readonly dimensions: readonly GroupScore[];
  readonly platformValue: GroupScore;
  readonly churnRiskScore: number | null;
  /** Percent of Churn Risk's weight that had a reading. */
  readonly churnRiskCoverage: number;
  /** Health before caps. */
  readonly quantitativeScore: number | null;
  /** Health after caps. */
  readonly healthScore: number | null;
  /** Percent of the Health score's weight that had a reading. */
  readonly coverage: number;
  /** After caps. */
  readonly band: Band | null;
  readonly bandBeforeCaps: Band | null;
  /** The cap that lowers the score; null when none does. */
  readonly cap: Cap | null;
  /** The lowest cap that applies, whether it lowers this score or not. */
  readonly ceiling: Cap | null;
  readonly tier: string | null;
  readonly provisional: boolean;
  readonly doubts: readonly Doubt[];
  /** Rounded once, as people see them. */
  readonly shown: ShownScores;
}

/** Scores with one decimal, coverage in percent with one decimal. */
export interface ShownScores {
  readonly healthScore: number | null;
  readonly quantitativeScore: number | null;
  readonly churnRiskScore: number | null;
  readonly platformValueScore: number | null;
  readonly coverage: number;
  readonly band: Band | null;
}

/**
 * Scores one account for one period (docs/glossary.md).
 *
 * @param model checked; weights and thresholds of the account's segment are used
 * @param input readings in each metric's unit; a value that is not finite counts as `invalid`
 * @returns status `unscored` when no weighted metric is known: then there is no score and no tier
 * @throws RangeError for an unknown segment or a malformed signal: both would score by the wrong rules
 * @example scoreAccount(shippedModel, account).shown.healthScore // => 86.7
 */
export function scoreAccount(model: Model, input: AccountInput): Scorecard {
  const plan = planOf(model, input.segment);
  const { readings, signals, asOf, hold = null } = input;
  if (signals.length > 0) refuseMalformed(signals);
  const scores = metricScores(plan, readings);
  const quantities = quantify(plan, scores);
  const groups = groupScores(plan, readings, scores, quantities);

  const { health: quantitative, band: before } = quantities;
  const churnRiskScore = quantities.churnRisk.score;
  const platformValue = groups[groups.length - 1] as GroupScore;
  const ceiling = lowestCap(plan.caps, signals, asOf, model.monitoringReduction, hold);
  const health = quantitative === null ? null : underCap(quantitative, ceiling);
  const band = before && { low: underCap(before.low, ceiling), high: underCap(before.high, ceiling) };
  const coverage = 100 * quantities.present;
  const shown: ShownScores = {
    healthScore: shownOrNull(health),
    quantitativeScore: shownOrNull(quantitative),
    churnRiskScore: shownOrNull(churnRiskScore),
    platformValueScore: shownOrNull(platformValue.score),
    coverage: shownScore(coverage),
    band: band && { low: shownScore(band.low), high: shownScore(band.high) },
  };
  const doubts = doubtsOf(plan, shown.band, shown.coverage, input, hold !== null);

  return {
    model,
    input,
    status: quantitative === null ? 'unscored' : 'scored',
    dimensions: groups.slice(0, -1),
    platformValue,
    churnRiskScore,
    churnRiskCoverage: 100 * quantities.churnRiskPresent,
    quantitativeScore: quantitative,
    healthScore: health,
    coverage,
    band,
    bandBeforeCaps: before,
    cap: quantitative !== null && lowers(ceiling, quantitative) ? ceiling : null,
    ceiling,
    tier: health === null ? null : tierOf(health, plan.tiers).name,
    provisional: doubts.length > 0,
    doubts,
    shown,
  };
}

/**
 * Every weighted metric of a scorecard in model order, platform value's last.
 *
 * @example metricsOf(scorecard).map(({ id }) => id)
 */
export const metricsOf = (scorecard: Pick<Scorecard, 'dimensions' | 'platformValue'>): MetricScore[] => [
  ...scorecard.dimensions.flatMap(({ metrics }) => metrics),
  ...scorecard.platformValue.metrics,
];

/**
 * Scores of the plan's metrics in its order.
 *
 * @example metricScores(plan, { open_bugs: { value: 3 } })
 */
export function metricScores(plan: Plan, readings: Readings): Scores {
  return plan.metrics.map(({ id, scale }) => {
    const value = finiteValue(readings[id]);
    return value === null ? null : scoreOn(scale, value);
  });
}

function refuseMalformed(signals: readonly Signal[]): void {
  for (const signal of signals) {
    const problems = checkSignal(signal);
    if (problems.length > 0) throw new RangeError(`a signal is malformed: ${problems.join('; ')}`);
  }
}

const shownOrNull = (value: number | null): number | null => (value === null ? null : shownScore(value));
