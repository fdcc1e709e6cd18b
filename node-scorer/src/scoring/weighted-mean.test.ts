import { expect, it } from 'vitest';
import { meanOf } from './weighted-mean.ts';

it.each([
  ['all present', [80, 60, 100], [0.5, 0.25, 0.25], 80],
  ['one missing: the others keep their proportion', [80, null, 50], [0.5, 0.25, 0.25], 70],
  ['one left', [null, null, 37], [0.5, 0.25, 0.25], 37],
  ['nothing there', [null, null], [0.5, 0.5], null],
  ['only what weighs nothing', [80, null], [0, 1], null],
  ['a measured zero counts', [0, 100], [0.5, 0.5], 50],
])('Mean of what is present, %s', (_, scores, weights, expected) =>
  expect(meanOf(scores, weights).score).toBe(expected),
);

it('never leaves 100 by a last digit', () => {
  const weights = [0.1, 0.2, 0.3, 0.15, 0.05, 0.07, 0.03, 0.1];
  const hundreds = weights.map(() => 100);
  expect(meanOf(hundreds, weights).score).toBeLessThanOrEqual(100);
});

it('looks only at the range it is given', () => {
  expect(meanOf([1, 10, 100], [1, 1, 1], 1, 2)).toEqual({ score: 10, present: 1 });
  expect(meanOf([1, null, 100], [1, 2, 4], 1, 3).present).toBe(4);
});
