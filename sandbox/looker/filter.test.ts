import { describe, expect, it } from 'vitest';
import { Refusal } from './answers.ts';
import { dateRanges, idTest } from './filter.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const day = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : 'ever');

describe('the ranges of a date filter, end exclusive', () => {
  it.each([
    ['2026/07/01 to 2026/11/01', [['2026-07-01', '2026-11-01']]],
    ['2026-07-01 to 2026-11-01', [['2026-07-01', '2026-11-01']]],
    ['2026/10', [['2026-10-01', '2026-11-01']]],
    ['2026-10', [['2026-10-01', '2026-11-01']]],
    ['2026', [['2026-01-01', '2027-01-01']]],
    ['2026/10/05', [['2026-10-05', '2026-10-06']]],
    [
      '2026/08,2026/10',
      [
        ['2026-08-01', '2026-09-01'],
        ['2026-10-01', '2026-11-01'],
      ],
    ],
    ['before 2026/10/01', [['ever', '2026-10-01']]],
    ['after 2026/10/01', [['2026-10-01', 'ever']]],
    ['this month', [['2026-11-01', '2026-12-01']]],
    ['last month', [['2026-10-01', '2026-11-01']]],
    ['3 months', [['2026-09-01', '2026-12-01']]],
    ['3 months ago for 3 months', [['2026-08-01', '2026-11-01']]],
    ['', [['ever', 'ever']]],
  ])('"%s"', (expression, ranges) => {
    expect(dateRanges(expression, 'f', NOW).map(({ start, end }) => [day(start), day(end)])).toEqual(ranges);
  });

  it.each(['foo', 'not 2026/10', '2 fiscal quarters'])('"%s" is refused', (expression) => {
    expect(() => dateRanges(expression, 'f', NOW)).toThrow(Refusal);
  });
});

describe('ids that a filter lets through', () => {
  it.each([
    ['101,102', true, ['101', '102', '103'], ['101', '102']],
    ['NOT 101', true, ['101', '102'], ['102']],
    ['>101', true, ['101', '102'], ['102']],
    ['', true, ['101', '102'], ['101', '102']],
    ['acme^, inc,beta', false, ['acme, inc', 'acme', 'beta'], ['acme, inc', 'beta']],
    ['-beta', false, ['acme', 'beta'], ['acme']],
    ['acme%', false, ['acme, inc', 'beta'], ['acme, inc']],
    ['a^_b', false, ['a_b', 'axb'], ['a_b']],
    ['50^% off', false, ['50% off', '50 off'], ['50% off']],
    ['"NULL"', false, ['NULL', 'beta'], ['NULL']],
  ])('"%s" (numbers: %s) of %o', (expression, numeric, ids, expected) => {
    expect(ids.filter(idTest(expression, 'f', numeric))).toEqual(expected);
  });

  it('a text in place of a number is refused', () => {
    expect(() => idTest('acme', 'f', true)).toThrow(Refusal);
  });
});
