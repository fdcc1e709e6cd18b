import { FEWEST_MONTHS, limitFor, mean, MOST_MONTHS, sampleVariance } from './moments.ts';

/** How often something happened, of how many accounts. */
export type Counted = readonly [x: number, n: number];

/** How many standard deviations pass, with 3 to 12 months of history. */
const WIDTHS = [6, 5, 4.4, 4, 3.8, 3.7, 3.6, 3.5, 3.4, 3.3] as const;
/** So few accounts may always move. */
const LEAST = 3;

/**
 * How many accounts may move before a month is unlike the portfolio's own: binomial for small portfolios, and wider
 * by the portfolio's own unrest. On the arcsine scale, where the spread of a share does not depend on it.
 *
 * @param past months, oldest first; of more than 12 the newest are taken
 * @param of accounts this month
 * @returns null with fewer than 3 months
 * @example moveLimit([[13, 57], [16, 57], [3, 57], [4, 57]], 57) // => 52.4
 */
export function moveLimit(past: readonly Counted[], of: number): number | null {
  const months = past.slice(-MOST_MONTHS);
  if (months.length < FEWEST_MONTHS) return null;
  const angles = months.map(([x, n]) => Math.asin(Math.sqrt((x + 3 / 8) / (n + 3 / 4))));
  const noise = mean(months.map(([, n]) => 1 / (4 * (n + 1 / 2))));
  const unrest = Math.max(0, sampleVariance(angles) - noise);
  const spread = Math.sqrt((1 / (4 * (of + 1 / 2)) + unrest) * (1 + 1 / months.length));
  const highest = mean(angles) + limitFor(WIDTHS, months.length) * spread;
  return Math.max(LEAST, of * Math.sin(Math.min(Math.PI / 2, highest)) ** 2);
}
