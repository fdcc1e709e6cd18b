import type { Segment, Tier } from '../scoring/index.ts';
import { calibrationOf, chanceOfDrop, type Calibration } from './calibration.ts';
import type { History, Months } from './history.ts';
import { rangesOf } from './range.ts';
import { worthOf, type Worth } from './worth.ts';

/** What a portfolio's history says of projections so many months ahead. */
export interface Forecast {
  readonly alpha: Readonly<Record<Segment, number>>;
  /** Share of ranges that lately held; null with too few to say. */
  readonly recent: Readonly<Record<Segment, number | null>>;
  readonly worth: Worth;
  readonly calibration: Calibration;
  readonly accounts: readonly AccountForecast[];
}

export interface AccountForecast {
  readonly status: 'no_score' | 'not_enough_history' | 'unsettled' | 'ok';
  /** The projection. */
  readonly point: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of dropping below the present tier, 0 to 1; only where chances have proved calibrated. */
  readonly chance: number | null;
}

export interface ForecastInput {
  readonly segments: readonly Segment[];
  /** Final scores after caps before rounding; the last month is the present one. */
  readonly y: Months;
  /** By horizon in months: projections made in each month. */
  readonly p: Readonly<Record<string, Months>>;
}

/** Ranges that lately held less often than this are not shown. */
const UNSETTLED_BELOW = 0.65;

/**
 * Range, chance and their record for each horizon.
 *
 * @param tiers highest first
 * @example forecastOf({ segments, y, p }, model.tiers)['1']?.accounts[0]
 * // => { status: 'ok', point: 61.78, low: 57.76, high: 65.34, chance: null }
 */
export function forecastOf(
  { segments, y, p }: ForecastInput,
  tiers: readonly Tier[],
): Record<string, Forecast> {
  return Object.fromEntries(
    Object.entries(p).map(([horizon, projections]) => [
      horizon,
      forecastAt({ segments, scores: y, projections, horizon: Number(horizon) }, tiers),
    ]),
  );
}

function forecastAt(history: History, tiers: readonly Tier[]): Forecast {
  const { segments, scores, projections } = history;
  const { ranges, pools, alpha, recent } = rangesOf(history);
  const calibration = calibrationOf(history, pools, tiers);
  const present = scores.length - 1;
  const accounts = segments.map((segment, account): AccountForecast => {
    const point = projections[present]?.[account] ?? null;
    const range = ranges[account] ?? null;
    const score = scores[present]?.[account] ?? null;
    const pool = pools[present]?.[segment] ?? null;
    const nothing = { point, low: null, high: null, chance: null };
    if (point === null) return { status: 'no_score', ...nothing };
    if (range === null || pool === null) return { status: 'not_enough_history', ...nothing };
    const settled = (recent[segment] ?? 1) >= UNSETTLED_BELOW;
    if (!settled) return { status: 'unsettled', ...nothing };
    const chance = score === null || !calibration.ok ? null : chanceOfDrop(score, point, pool, tiers);
    return { status: 'ok', point, ...range, chance };
  });
  return { alpha, recent, worth: worthOf(history), calibration, accounts };
}
