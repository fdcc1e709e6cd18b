import { describe, expect, it } from 'vitest';
import { scaleOf } from './normalise.ts';
import { multiplesOf, precisionOf, valueOf, worstReaching } from './precision.ts';

describe('A target of a metric in', () => {
  it.each([
    ['count', [3, 8, 15], { step: 1, scale: 1 }, 'whole'],
    ['count', [1, 0.5, 0], { step: 1, scale: 1 }, 'whole, whatever its thresholds are'],
    ['percent', [90, 80, 60], { step: 1, scale: 1 }, 'whole'],
    ['percent', [4.5, 9, 20], { step: 1, scale: 10 }, 'as fine as its thresholds'],
    ['percent', [4.25, 9, 20], { step: 1, scale: 100 }, 'as fine as its thresholds'],
    ['percent', [1 / 3, 9, 20], { step: 1, scale: 1000 }, 'never finer than thousandths'],
    ['days', [7, 14, 30], { step: 1, scale: 1 }, 'whole'],
    ['score', [100, 50, 0], { step: 1, scale: 1 }, 'whole'],
    ['seconds', [3600, 7200, 14_400], { step: 60, scale: 1 }, 'in minutes'],
    ['seconds', [45, 90, 120], { step: 1, scale: 1 }, 'in seconds where its thresholds are'],
    ['ratio', [0.8, 1, 1.5], { step: 1, scale: 10 }, 'in tenths'],
    ['per week', [3, 1.5, 0.5], { step: 1, scale: 10 }, 'in tenths'],
    ['euro', [100, 50, 0], { step: 1, scale: 10 }, 'in tenths'],
  ])('%s with thresholds %o is named by %o: %s', (unit, thresholds, precision, _how) => {
    expect(precisionOf(unit, thresholds)).toEqual(precision);
  });
});

it('A value is a whole number of multiples when it can be named, binary residue or not', () => {
  const tenths = { step: 1, scale: 10 };
  expect(multiplesOf(0.7, tenths)).toBe(7);
  expect(multiplesOf(0.1 + 0.2, tenths)).toBe(3);
  expect(multiplesOf(90, { step: 60, scale: 1 })).toBe(1.5);
  expect(valueOf(7, tenths)).toBe(0.7);
  expect(Object.is(valueOf(-0, tenths), 0)).toBe(true);
});

describe('The worst value that scores at least', () => {
  const whole = { step: 1, scale: 1 };
  const scale = (better: 'higher' | 'lower', green: number, yellow: number, red: number) => {
    const threshold = { green, yellow, red };
    return scaleOf({ better, unit: 'count', paid: threshold, standard: threshold }, 'paid');
  };
  it.each([
    ['75 of green 90, yellow 80, red 60', scale('higher', 90, 80, 60), 75, 85],
    ['76 of the same, rounded towards better', scale('higher', 90, 80, 60), 76, 86],
    ['50 of the same', scale('higher', 90, 80, 60), 50, 80],
    ['25 of the same', scale('higher', 90, 80, 60), 25, 70],
    ['100 of the same', scale('higher', 90, 80, 60), 100, 90],
    ['75 of green 4, yellow 12, red 48', scale('lower', 4, 12, 48), 75, -8],
    ['77 of the same, rounded towards better', scale('lower', 4, 12, 48), 77, -7],
    ['25 of the same', scale('lower', 4, 12, 48), 25, -30],
    ['60 where green and yellow are one', scale('lower', 3, 3, 9), 60, -3],
    ['40 where yellow and red are one', scale('lower', 3, 9, 9), 40, -8],
    ['60 where yellow and red are one', scale('higher', 9, 3, 3), 60, 5],
  ])('%s', (_, of, score, multiples) => expect(worstReaching(of, score, whole)).toBe(multiples));
});
