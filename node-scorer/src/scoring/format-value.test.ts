import { expect, it } from 'vitest';
import { formatNumber, formatPoints, formatValue } from './format-value.ts';

it.each([
  [8700, 'seconds', '2 h 25 min'],
  [3600, 'seconds', '1 h'],
  [120, 'seconds', '2 min'],
  [59.4, 'seconds', '59.4 s'],
  [60, 'seconds', '1 min'],
  [3599.9, 'seconds', '1 h'],
  [0, 'seconds', '0 s'],
  [-90, 'seconds', '−2 min'],
  [-7.04, 'percent', '−7 %'],
  [12.55, 'percent', '12.6 %'],
  [1, 'days', '1 day'],
  [86, 'days', '86 days'],
  [2, 'count', '2'],
  [1.234, 'ratio', '1.23'],
  [2.45, 'per week', '2.5 a week'],
  [80, 'score', '80'],
  [-0.01, 'percent', '0 %'],
  [5, 'euro', '5 euro'],
])('%d in %s is said as %s', (value, unit, text) => expect(formatValue(value, unit)).toBe(text));

it.each([
  [4.5, '+4.5'],
  [-0.7, '−0.7'],
  [0, '0.0'],
])('%d points are said as %s', (points, text) => expect(formatPoints(points)).toBe(text));

it('Decimals are at most as many as asked for', () => expect(formatNumber(1.25, 1)).toBe('1.3'));
