import { nineDecimals } from './round.ts';
import type { Scale } from './normalise.ts';

/** The values that a unit can name to a person: whole multiples of `step` ÷ `scale`. */
export interface Precision {
  /** 1 or more, whole. */
  readonly step: number;
  /** A power of ten. */
  readonly scale: number;
}

const BY_UNIT: Readonly<Record<string, Precision>> = {
  count: { step: 1, scale: 1 },
  percent: { step: 1, scale: 1 },
  score: { step: 1, scale: 1 },
  days: { step: 1, scale: 1 },
  // People think of response times in minutes.
  seconds: { step: 60, scale: 1 },
  ratio: { step: 1, scale: 10 },
  'per week': { step: 1, scale: 10 },
};
const FINEST = 1000;

/**
 * How finely targets of a metric are named: as its unit is, and finer where its own thresholds are finer.
 * Counts are always whole.
 *
 * @param thresholds raw values of green, yellow and red
 * @example precisionOf('seconds', [3600, 7200, 14400]) // => { step: 60, scale: 1 }
 */
export function precisionOf(unit: string, thresholds: readonly number[]): Precision {
  const usual = BY_UNIT[unit] ?? { step: 1, scale: 10 };
  if (unit === 'count') return usual;
  const fits = (precision: Precision): boolean =>
    thresholds.every((value) => Number.isInteger(multiplesOf(value, precision)));
  if (fits(usual)) return usual;
  let finer: Precision = { step: 1, scale: usual.step > 1 ? 1 : usual.scale * 10 };
  while (!fits(finer) && finer.scale < FINEST) finer = { step: 1, scale: finer.scale * 10 };
  return finer;
}

/**
 * A value in multiples of the precision; whole when it can be named exactly.
 *
 * @example multiplesOf(0.7, { step: 1, scale: 10 }) // => 7
 */
export const multiplesOf = (value: number, { step, scale }: Precision): number =>
  nineDecimals((value * scale) / step);

/**
 * The value of so many multiples, without binary residue.
 *
 * @example valueOf(7, { step: 1, scale: 10 }) // => 0.7
 */
export const valueOf = (multiples: number, { step, scale }: Precision): number =>
  (multiples * step) / scale + 0;

/**
 * The worst nameable value that scores at least so much, in multiples, for scales on which higher is better.
 *
 * @param scale with its `sign`: multiples are signed likewise, so that more is better
 * @param score above 0, at most 100
 * @example worstReaching(scaleOf(hoursToClose, 'paid'), 75, { step: 1, scale: 1 }) // => -8: eight hours
 */
export function worstReaching(scale: Scale, score: number, precision: Precision): number {
  const { green, yellow, red, upper, lower } = scale;
  const up = (value: number): number => Math.ceil(multiplesOf(value, precision));
  if (score > 50) return up(upper > 0 ? Math.min(green, yellow + (score - 50) / upper) : green);
  // Yellow and red at one value: anything better than it scores at least 50.
  return lower > 0 ? up(yellow - (50 - score) / lower) : Math.floor(multiplesOf(red, precision)) + 1;
}
