import { Z95 } from './normal.ts';

/** The two ends of an interval. */
export type Interval = readonly [low: number, high: number];

/**
 * The 95 % interval of a share by Wilson's score method (E. B. Wilson, JASA 22, 1927): it stays within 0 and 1 and
 * holds with few cases.
 *
 * @param x cases counted, 0 to n; need not be whole
 * @param n all cases
 * @returns null without any case
 * @example wilson(0, 1) // => [0, 0.7935]
 */
export function wilson(x: number, n: number): Interval | null {
  if (!(n > 0)) return null;
  const share = x / n;
  const square = Z95 * Z95;
  const middle = share + square / (2 * n);
  const half = Z95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  // At either end the formula gives exactly 0 or 1 but for the last digit.
  return [x <= 0 ? 0 : (middle - half) / scale, x >= n ? 1 : (middle + half) / scale];
}
