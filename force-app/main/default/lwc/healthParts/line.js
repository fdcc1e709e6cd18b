import { pathThrough } from 'c/healthStory';

const [WIDTH, HEIGHT, EDGE] = [60, 16, 2];

/**
 * A line of scores in a box of 60 by 16; months without a score are gaps.
 *
 * @param {readonly (number | null)[]} scores oldest first
 * @returns {string} path data; empty with fewer than two scores
 * @example lineThrough([50, 100]) // => 'M2.0 14.0 L58.0 2.0'
 */
export function lineThrough(scores) {
  const known = scores.filter((score) => score !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  // Never less than ten points from top to bottom: a tenth of a point is no mountain.
  const span = Math.max(Math.max(...known) - low, 10);
  const x = (/** @type {number} */ i) => EDGE + ((WIDTH - 2 * EDGE) * i) / (scores.length - 1);
  const y = (/** @type {number} */ score) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (score - low)) / span;
  return pathThrough(scores.map((score, i) => score !== null && [x(i), y(score)]));
}
