import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  isDay,
  isPeriod,
  lastDayOf,
  nextPeriod,
  previousPeriod,
} from './period.ts';

describe('A month', () => {
  it.each(['2026-01', '2026-12', '1900-01', '2199-12'])('%s is one', (text) =>
    expect(isPeriod(text)).toBe(true),
  );
  it.each([
    '9999-06',
    '0001-01',
    '2026-00',
    '2026-13',
    '2026-1',
    '26-01',
    '2026-01-01',
    ' 2026-01',
    '',
    null,
    undefined,
    202601,
  ])('%s is none', (value) => expect(isPeriod(value)).toBe(false));
  it.each([
    ['2026-01', '2026-01-31'],
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['1900-02', '1900-02-28'],
    ['2000-02', '2000-02-29'],
    ['2026-11', '2026-11-30'],
  ])('%s ends on %s', (period, day) => expect(lastDayOf(period)).toBe(day));
  it.each([
    ['2026-10', '2026-11', '2026-09'],
    ['2026-12', '2027-01', '2026-11'],
    ['2026-01', '2026-02', '2025-12'],
  ])('%s is followed by %s and preceded by %s', (period, next, previous) => {
    expect([nextPeriod(period), previousPeriod(period)]).toEqual([next, previous]);
  });
  it('that four digits cannot name is refused', () => {
    expect(() => nextPeriod('9999-12')).toThrow(RangeError);
    expect(() => previousPeriod('0000-01')).toThrow(RangeError);
    expect(() => lastDayOf('2026-13')).toThrow(/found 2026-13, expected a month/);
  });
});

describe('A day', () => {
  it.each(['2026-10-31', '2028-02-29', '2000-02-29'])('%s is one', (text) => expect(isDay(text)).toBe(true));
  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-10-00',
    '2026-1-1',
    '2026-10-311',
    '12026-10-31',
    5,
  ])('%s is none', (value) => expect(isDay(value)).toBe(false));
  it.each([
    ['2026-09-30', '2026-10-31', 31],
    ['2026-10-31', '2026-09-30', -31],
    ['2026-02-28', '2026-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2025-11-21', '2026-11-21', 365],
    ['1970-01-01', '2026-11-21', 20_778],
    ['2026-10-31', '2026-10-31', 0],
  ])('from %s to %s it is %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });
  it('that does not exist is refused', () => {
    expect(() => daysBetween('2026-02-30', '2026-03-01')).toThrow(/found 2026-02-30, expected a day/);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

describe('So many months later', () => {
  it.each([
    ['2026-10-31', 12, '2027-10-31'],
    ['2026-10-15', 1, '2026-11-15'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-01', 1, '2027-01-01'],
    ['2026-10-31', 0, '2026-10-31'],
  ])('than %s by %i is %s', (day, months, later) => expect(addMonths(day, months)).toBe(later));
  it('than no day is refused', () => expect(() => addMonths('2026-13-01', 1)).toThrow(/found 2026-13-01/));
});

it('Every day of four years follows the one before', () => {
  let day = '2026-12-31';
  for (let i = 0; i < 1462; i++) {
    const next = addDays(day, 1);
    expect(daysBetween(day, next), day).toBe(1);
    expect(next > day, next).toBe(true);
    day = next;
  }
  expect(day).toBe('2031-01-01');
});
