/**
 * The scoring core: pure functions from a model and readings to an explained scorecard. No I/O, no clock, no
 * chance, no import from outside this folder; the same code runs in Node and inside Lightning.
 */
export { MISSING_REASONS, type MissingReason, type Reading } from './reading.ts';
export { SEGMENTS, type Segment } from './segment.ts';
export {
  metricIdsOf,
  type BySegment,
  type CapRule,
  type Dimension,
  type Guards,
  type MetricScale,
  type Model,
  type Threshold,
  type Tier,
  type WeightedMetric,
} from './model.ts';
export {
  addDays,
  addMonths,
  daysBetween,
  isDay,
  isPeriod,
  lastDayOf,
  nextPeriod,
  previousPeriod,
} from './period.ts';
export { nineDecimals, shownScore, tenthsOf } from './round.ts';
export { normalise, scoreOn } from './normalise.ts';
export { shareOut } from './largest-remainder.ts';
export {
  CONFIDENCES,
  SEVERITIES,
  SIGNAL_STATUSES,
  checkSignal,
  rankOn,
  type Severity,
  type Signal,
} from './signal.ts';
export { OUTAGE_HOLD, type Cap, type Hold } from './cap.ts';
export { tierOf } from './tier.ts';
export { planOf } from './plan.ts';
export type { Band, Doubt } from './band.ts';
export { finiteValue, type GroupScore, type MetricScore, type Readings } from './dimension.ts';
export { metricsOf, scoreAccount, type AccountInput, type Scorecard, type ShownScores } from './scorecard.ts';
export { reasonsOf, type Reason } from './reasons.ts';
export { outageCap } from './hold.ts';
export { compactText, readCompact, replay, type Compact } from './compact.ts';
export { lostMetrics, type Loss } from './lost.ts';
export { changeOf, type Change, type NoChange } from './change.ts';
export { SWITCHES, type Advance, type Switch } from './mixed-state.ts';
export { pathOf, type Fixing, type NoPath, type PathOptions, type PathToTier, type Step } from './path.ts';
export { toOutputLine, type OutputGroup, type OutputLine, type OutputMetric } from './output-line.ts';
export { bestTenths, type Limits } from './limits.ts';
export { tierMoved } from './tier-move.ts';
export { mainReasonOf, type MainReason } from './main-reason.ts';
export { formatNumber, formatPoints, formatValue } from './format-value.ts';
export {
  headline,
  heldBy,
  mainReasonSentence,
  pathSentences,
  whatIsCarried,
  whatIsMissing,
  whatMoved,
  whereLost,
  type LabelOf,
} from './sentences.ts';
export {
  NO_TIER,
  makeBatchScores,
  scoreBatch,
  toPortfolio,
  type BatchScores,
  type Portfolio,
} from './batch.ts';
export {
  project,
  readingsOn,
  signalsKnownOn,
  type ProjectedScore,
  type Projection,
  type ProjectionStart,
} from './project.ts';
export { fragilityLabel, fragilityOf, type Fragility } from './fragility.ts';
export { DRAWS, drawFactors, factorsOf, uniformFrom, type WeightFactors } from './weight-draws.ts';
export { effectiveSharesOf, type EffectiveShares, type NoShares } from './effective-shares.ts';
