/**
 * Whether scores deserve trust: ranges and chances of a forecast with their record, the report card, alarms on
 * readings that drift, and the guard of a run. Pure, like the core: sums and sorts, no library, no clock.
 */
export { wilson, type Interval } from './wilson.ts';
export { aucOf, type Auc } from './auc.ts';
export {
  decisionsOf,
  type AccountRenewals,
  type Decision,
  type Decisions,
  type Renewal,
} from './decisions.ts';
export { reportCardOf, type LeadReport, type LowestTenth, type PastScore } from './report-card.ts';
export { cellStats, type CellStats } from './cell-stats.ts';
export { judgeCell, type Finding, type Findings, type KeptStats } from './judge-cell.ts';
export { driftOf, type Alarm, type Drift, type DriftInput, type DriftMetric } from './drift.ts';
export { moveLimit, type Counted } from './move-limit.ts';
export { guardOf, type GuardSettings, type Judgement, type Moves, type MovesNow } from './guard.ts';
export { forecastOf, type AccountForecast, type Forecast, type ForecastInput } from './forecast.ts';
export { pointBranch, renewedInTime } from './renewed-in-time.ts';
