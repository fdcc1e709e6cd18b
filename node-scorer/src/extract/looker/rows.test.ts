import { describe, expect, it } from 'vitest';
import type { LookerColumns } from './settings.ts';
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
    ['a formatted number', row('7', '12%', 12), { dau: 'invalid', mau: 12 }],
    ['a list for a number', row('7', [3], 12), { dau: 'invalid', mau: 12 }],
    [
      'a missing measure',
      { 'sessions.customer_id': '7', 'sessions.month': '2026-10', 'sessions.dau': 3 },
      { dau: 3, mau: 'invalid' },
    ],
  ])('with %s loses that cell and no other', (_what, raw, values) => {
    const { rows, strays, bad } = read([raw, row('8', 1, 2)]);
    expect(rows.map((each) => each.values)).toEqual([values, { dau: 1, mau: 2 }]);
    expect(strays.isEmpty).toBe(true);
    expect(bad).toEqual([expect.stringMatching(/^sessions: 1 of 2 rows with an unreadable .*customer 7/)]);
  });

  it.each([
    ['another kind of month', row('7', 3, 12, 'October 2026'), ['7']],
    ['no month', row('7', 3, 12, null), ['7']],
    ['an id that is none', row({}, 3, 12), ['7', '9']],
    ['an empty id', row(' ', 3, 12), ['7', '9']],
    ['an id of yes', row(true, 3, 12), ['7', '9']],
    ['nothing', null, ['7', '9']],
    ['a text for a row', 'x', ['7', '9']],
  ])('with %s may be the row of whom it names, else of anybody', (_what, raw, whose) => {
    const { rows, strays, bad } = read([raw, row('8', 1, 2), row('8', 1, 2, '2026-09')]);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['8', '8']);
    expect(['7', '9'].filter((id) => strays.mayBeOf(id, '2026-10'))).toEqual(whose);
    expect(bad).toEqual([expect.stringContaining('1 of 3 rows without a readable')]);
  });

  it('of a readable month without a readable id is of that month', () => {
    const { strays } = read([row([], 3, 12, '2026-09'), row('8', 1, 2), row('9', 1, 2)]);
    expect([null, '2026-09', '2026-10'].map((month) => strays.mayBeOf('7', month))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('without a customer belongs to nobody where there is one in several months, or there are no months', () => {
    const nobody = [row(null, 3, 12, '2026-09'), row(null, 3, 12)];
    for (const { rows, strays, bad } of [
      read([...nobody, row('8', 1, 2)]),
      read([row(null, 3, 12, undefined), row('8', 1, 2)], false),
    ]) {
      expect([rows.length, strays.isEmpty, bad]).toEqual([1, true, []]);
    }
  });

  it.each([
    ['in one month alone', [row(null, 3, 12)]],
    ['twice in a month', [row(null, 3, 12), row(null, 4, 12), row(null, 3, 12, '2026-09')]],
  ])('without a customer %s has rather lost its customer', (_what, lost) => {
    const { strays } = read([...lost, row('8', 1, 2), row('8', 1, 2, '2026-09'), row('9', 1, 2)]);
    expect(strays.mayBeOf('7', '2026-10')).toBe(true);
    expect(strays.mayBeOf('7', '2026-09')).toBe(false);
  });

  it('that comes twice counts once; of two that differ only what both say', () => {
    const { rows, bad } = read([row('7', 3, 12), row('7', 3, 12), row('8', 1, 2), row('8', 1, 9)]);
    expect(rows.map(({ customerId, values }) => [customerId, values])).toEqual([
      ['7', { dau: 3, mau: 12 }],
      ['8', { dau: 1, mau: 'invalid' }],
    ]);
    expect(bad).toEqual([expect.stringContaining('customer 8')]);
  });

  it('in a column that most rows cannot fill was not read at all', () => {
    const { rows } = read([row('7', '12%', 12), row('8', '3%', 2), row('9', 4, 1)]);
    expect(rows.map(({ values }) => values['dau'])).toEqual(['source_down', 'source_down', 'source_down']);
    expect(rows.map(({ values }) => values['mau'])).toEqual([12, 2, 1]);
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
    ['mostly bad rows', [row([], 'x', 1), row('8', 'x', 1, 'May'), row('9', 1, 1)], '2 of 3 rows'],
  ])('that is %s is refused', (_what, answer, message) => {
    expect(() => read(answer)).toThrow(message);
  });

  it.each([500, 5_000, 100_000])('of exactly %d rows was probably cut off', (count) => {
    const rows = Array.from({ length: count }, (_, index) => row(index, 1, 1));
    expect(() => read(rows)).toThrow(`exactly ${count} rows`);
    expect(read([...rows, row('one more', 1, 1)]).rows).toHaveLength(count + 1);
  });

  it('without a column in any row says which', () => {
    const without = { 'sessions.customer_id': '7', 'sessions.month': '2026-10', 'sessions.dau': 3 };
    expect(read([without, { ...without, 'sessions.customer_id': '8' }]).absent).toEqual(['mau']);
    expect(read([without, row('8', 1, 2)]).absent).toEqual([]);
  });

  it('without rows is an answer', () => {
    expect(read([])).toMatchObject({ rows: [], strays: { isEmpty: true }, absent: [], bad: [] });
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
