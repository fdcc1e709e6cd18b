import type { MetricScale, Threshold } from './model.ts';
import type { Segment } from './segment.ts';

/**
 * A threshold made ready for many values: `sign` turns "lower is better" round, so that higher is better from
 * here on, and each straight piece has its slope in score points per unit.
 */
export interface Scale {
  readonly sign: 1 | -1;
  readonly green: number;
  readonly yellow: number;
  readonly red: number;
  readonly upper: number;
  readonly lower: number;
}

/**
 * Makes a metric's scale for a segment.
 *
 * @example scaleOf(thresholds.open_bugs, 'paid')
 */
export function scaleOf(metric: MetricScale, segment: Segment): Scale {
  const sign = metric.better === 'higher' ? 1 : -1;
  const { green, yellow, red } = metric[segment];
  const [g, y, r] = [sign * green, sign * yellow, sign * red];
  // Neighbours may be equal: then no value lies strictly between them and the slope is never used.
  return {
    sign,
    green: g,
    yellow: y,
    red: r,
    upper: g > y ? 50 / (g - y) : 0,
    lower: y > r ? 50 / (y - r) : 0,
  };
}

/**
 * Score of a raw value, 0 to 100, in this order: at or better than green 100; at or worse than red 0; else the
 * straight lines through yellow 50. Never clamped into them: whatever is better than green is 100.
 *
 * @param value finite, in the metric's unit
 * @example scoreOn(scaleOf(hoursToClose, 'paid'), 8) // => 75 for green 4, yellow 12, red 48
 */
export function scoreOn(scale: Scale, value: number): number {
  const v = scale.sign * value;
  if (v >= scale.green) return 100;
  if (v <= scale.red) return 0;
  // Rounding of the slope must not lift a value short of green above 100, nor one short of red below 0.
  return v >= scale.yellow
    ? Math.min(100, 50 + (v - scale.yellow) * scale.upper)
    : Math.max(0, 50 - (scale.yellow - v) * scale.lower);
}

/**
 * Score of one raw value under one threshold.
 *
 * @example normalise(8, { green: 4, yellow: 12, red: 48 }, 'lower') // => 75
 */
export const normalise = (value: number, threshold: Threshold, better: 'higher' | 'lower'): number =>
  scoreOn(scaleOf({ better, unit: '', paid: threshold, standard: threshold }, 'paid'), value);
