/** A small line stands in a box of 60 by 16. */
const [WIDTH, HEIGHT, EDGE] = [60, 16, 2];

/**
 * A line with gaps.
 *
 * @param {(number[] | null | false)[]} points
 * @returns {string} path data
 * @example pathThrough([[0, 0], [1, 1], null, [3, 3]]) // => 'M0.0 0.0 L1.0 1.0 M3.0 3.0'
 */
export function pathThrough(points) {
  let pen = 'M';
  const parts = [];
  for (const point of points) {
    if (point) parts.push(`${pen}${Number(point[0]).toFixed(1)} ${Number(point[1]).toFixed(1)}`);
    pen = point ? 'L' : 'M';
  }
  return parts.join(' ');
}

/**
 * A line of scores in a box of 60 by 16; months without a score are gaps.
 *
 * @param {readonly (number | null)[]} scores oldest first
 * @returns {string} path data; empty with fewer than two scores
 * @example smallLine([50, 100]) // => 'M2.0 14.0 L58.0 2.0'
 */
export function smallLine(scores) {
  const known = scores.filter((score) => score !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  // Never less than ten points from top to bottom: a tenth of a point is no mountain.
  const span = Math.max(Math.max(...known) - low, 10);
  const x = (/** @type {number} */ i) => EDGE + ((WIDTH - 2 * EDGE) * i) / (scores.length - 1);
  const y = (/** @type {number} */ score) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (score - low)) / span;
  return pathThrough(scores.map((score, i) => score !== null && [x(i), y(score)]));
}
