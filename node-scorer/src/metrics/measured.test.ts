import { describe, expect, it } from 'vitest';
import { mean, measured, median, missing } from './measured.ts';

describe('a measured reading', () => {
  it.each([
    [200 / 3, 66.666667],
    [0.1 + 0.2, 0.3],
    [-0, 0],
    [-0.0000004, 0],
    [-12.3456789, -12.345679],
    [86_400, 86_400],
  ])('of %d is kept as %d', (given, kept) => {
    expect(measured(given)).toStrictEqual({ value: kept });
    expect(Object.is(measured(given).value, -0)).toBe(false);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308])(
    'of %d, which is no usable number, is invalid',
    (given) => {
      expect(measured(given)).toEqual({ value: null, missing: 'invalid' });
    },
  );

  it('that is missing says why', () => {
    expect(missing('no_history')).toEqual({ value: null, missing: 'no_history' });
  });
});

describe('the middle of a list', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[10, 2], 6],
    [[9, 1, 5], 5],
    [[100, 2, 30, 4], 17],
  ])('the median of %j seconds is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the list as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it.each([
    [[], null],
    [[1, 2, 6], 3],
  ])('the mean of %j is %j', (values, expected) => {
    expect(mean(values)).toBe(expected);
  });
});
