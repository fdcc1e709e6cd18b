import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.ts';

const hours = { green: 4, yellow: 12, red: 48 };
const percent = { green: 90, yellow: 80, red: 60 };

describe('Hours to close, where lower is better: green 4, yellow 12, red 48', () => {
  it.each([
    [-10, 100],
    [0, 100],
    [4, 100],
    [8, 75],
    [12, 50],
    [30, 25],
    [48, 0],
    [1000, 0],
  ])('%d h score %d', (value, score) => expect(normalise(value, hours, 'lower')).toBe(score));
});

describe('Satisfaction, where higher is better: green 90, yellow 80, red 60', () => {
  it.each([
    [100, 100],
    [90, 100],
    [85, 75],
    [80, 50],
    [70, 25],
    [60, 0],
    [-0, 0],
    [Number.MAX_VALUE, 100],
    [-Number.MAX_VALUE, 0],
  ])('%d %% score %d', (value, score) => expect(normalise(value, percent, 'higher')).toBe(score));
});

describe('Equal neighbours are tested in the order green, red, lines', () => {
  it.each([
    [{ green: 0, yellow: 0, red: 1 }, 0, 100],
    [{ green: 0, yellow: 0, red: 1 }, 0.5, 25],
    [{ green: 0, yellow: 0, red: 1 }, 1, 0],
    [{ green: 0, yellow: 2, red: 2 }, 1, 75],
    [{ green: 0, yellow: 2, red: 2 }, 2, 0],
    [{ green: 3, yellow: 3, red: 3 }, 3, 100],
    [{ green: 3, yellow: 3, red: 3 }, 3.1, 0],
  ])('%o: %d scores %d', (threshold, value, score) =>
    expect(normalise(value, threshold, 'lower')).toBe(score),
  );
});
