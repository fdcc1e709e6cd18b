import { describe, expect, it } from 'vitest';
import type { LookerColumns } from '../../config/sources.ts';
import { dayRange, monthsBefore } from './month.ts';
import { readRows } from './rows.ts';

const COLUMNS: LookerColumns = {
  id: 'sessions.customer_id',
  date: 'sessions.month',
  fields: { dau: 'sessions.dau', mau: 'sessions.mau' },
};

const row = (customer: unknown, dau: unknown, mau: unknown, month: unknown = '2026-10') => ({
  'sessions.customer_id': customer,
  'sessions.month': month,
  'sessions.dau': dau,
  'sessions.mau': mau,
});

const read = (rows: unknown, byMonth = true) => readRows('sessions', rows, COLUMNS, byMonth);

describe('a row of usage', () => {
  it.each([
    ['a number as id', row(7, 3, 12), { customerId: '7', month: '2026-10', values: { dau: 3, mau: 12 } }],
    ['a text as id', row('7', 3, 12), { customerId: '7' }],
    ['a null measure', row('7', null, 12), { values: { dau: null, mau: 12 } }],
    ['a measured zero', row('7', 0, 0), { values: { dau: 0, mau: 0 } }],
    ['a decimal as text', row('7', '3.25', 12), { values: { dau: 3.25, mau: 12 } }],
    ['a month written as its first day', row('7', 3, 12, '2026-10-01'), { month: '2026-10' }],
  ])('with %s is read', (_what, raw, expected) => {
    expect(read([raw]).rows[0]).toMatchObject(expected);
  });

  it('turns fractions into percent where the settings say so, and nothing else', () => {
    const answer = [row('7', 0.125, 0.5)];
    const { rows } = readRows('sessions', answer, { ...COLUMNS, fractions: ['dau'] }, true);
    expect(rows[0]?.values).toEqual({ dau: 12.5, mau: 0.5 });
  });

  it.each([
    ['a formatted number', row('7', '12%', 12)],
    ['a missing measure', { 'sessions.customer_id': '7', 'sessions.month': '2026-10', 'sessions.dau': 3 }],
    ['another kind of month', row('7', 3, 12, 'October 2026')],
    ['no month', row('7', 3, 12, null)],
  ])('with %s spoils its customer and no other', (_what, raw) => {
    const { rows, spoilt, bad } = read([raw, row('8', 1, 2)]);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['8']);
    expect([...spoilt]).toEqual(['7']);
    expect(bad).toHaveLength(1);
  });

  it('without an id belongs to nobody', () => {
    const { rows, bad } = read([row(null, 3, 12), row('8', 1, 2)]);
    expect(rows).toHaveLength(1);
    expect(bad).toEqual([]);
  });

  it('that comes twice counts once; two that differ spoil their customer', () => {
    const { rows, spoilt } = read([row('7', 3, 12), row('7', 3, 12), row('8', 1, 2), row('8', 1, 9)]);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['7', '8']);
    expect([...spoilt]).toEqual(['8']);
  });

  it('needs no month where the question was not by month', () => {
    expect(read([row('7', 3, 12, undefined)], false).rows[0]).toMatchObject({ month: null });
  });
});

describe('an answer of Looker', () => {
  it.each([
    [
      'an error in disguise',
      [{ looker_error: 'SQL timed out\nat line 3' }],
      'looker_error: SQL timed out at line 3',
    ],
    ['no list', { message: 'x' }, 'no list of rows'],
    ['nothing', null, 'no list of rows'],
    ['mostly bad rows', [row('7', 'x', 1), row('8', 'x', 1), row('9', 1, 1)], '2 of 3 rows'],
  ])('that is %s is refused', (_what, answer, message) => {
    expect(() => read(answer)).toThrow(message);
  });

  it.each([500, 5_000, 100_000])('of exactly %d rows was probably cut off', (count) => {
    const rows = Array.from({ length: count }, (_, index) => row(index, 1, 1));
    expect(() => read(rows)).toThrow(`exactly ${count} rows`);
    expect(read([...rows, row('one more', 1, 1)]).rows).toHaveLength(count + 1);
  });

  it('without rows is an answer', () => {
    expect(read([])).toEqual({ rows: [], spoilt: new Set(), bad: [] });
  });
});

describe('months and days', () => {
  it.each([
    ['2026-10', 3, '2026-07'],
    ['2026-02', 3, '2025-11'],
    ['2026-01', 1, '2025-12'],
    ['2026-10', 0, '2026-10'],
  ])('%s less %d months is %s', (period, months, expected) => {
    expect(monthsBefore(period, months)).toBe(expected);
  });

  it('a range of days ends before its second day', () => {
    expect(dayRange('2026-10-01', '2026-11-01')).toBe('2026-10-01 to 2026-11-01');
  });
});
