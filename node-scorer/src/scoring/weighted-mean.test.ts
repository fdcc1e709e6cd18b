import { expect, it } from 'vitest';
import { meanOf, presentWeight, weightedSum } from './weighted-mean.ts';

const array = (...values: number[]): Float64Array => Float64Array.from(values);
const mean = (scores: number[], weights: number[]): number =>
  meanOf(
    weightedSum(array(...scores), array(...weights), 0, scores.length),
    presentWeight(array(...scores), array(...weights), 0, scores.length),
  );

it.each([
  ['all present', [80, 60, 100], [0.5, 0.25, 0.25], 80],
  ['one missing: the others keep their proportion', [80, NaN, 50], [0.5, 0.25, 0.25], 70],
  ['one left', [NaN, NaN, 37], [0.5, 0.25, 0.25], 37],
  ['nothing there', [NaN, NaN], [0.5, 0.5], NaN],
  ['only what weighs nothing', [80, NaN], [0, 1], NaN],
  ['a measured zero counts', [0, 100], [0.5, 0.5], 50],
])('Mean of what is present, %s', (_, scores, weights, expected) =>
  expect(mean(scores, weights)).toBe(expected),
);

it('never leaves 100 by a last digit', () => {
  const weights = [0.1, 0.2, 0.3, 0.15, 0.05, 0.07, 0.03, 0.1];
  expect(
    mean(
      weights.map(() => 100),
      weights,
    ),
  ).toBeLessThanOrEqual(100);
});

it('looks only at the range it is given', () => {
  expect(weightedSum(array(1, 10, 100), array(1, 1, 1), 1, 2)).toBe(10);
  expect(presentWeight(array(1, NaN, 100), array(1, 2, 4), 1, 3)).toBe(4);
});
