import { describe, expect, it } from 'vitest';
import type { StoredReading } from '../load/details.ts';
import { lend } from './carry.ts';
import type { Row } from './stored.ts';

const OBSERVED = '2026-10-03T05:00:00.000Z';

const score = (asOf: string, ...readings: Partial<StoredReading>[]): Row => ({
  Score_Key__c: `001000000000001AAA:${asOf.slice(0, 7)}`,
  Details__c: JSON.stringify({
    format: 1,
    asOf,
    signals: [],
    readings: readings.map((reading) => ({
      id: 'open_bugs',
      value: 3,
      unit: 'count',
      source: 'jira',
      observedAt: OBSERVED,
      ...reading,
    })),
  }),
});
const LOST = { open_bugs: { value: null, missing: 'source_down' } } as const;
const SEPTEMBER = score('2026-09-30', {});

describe('what a failed read lost is lent', () => {
  it('by the newest earlier score, with the day and the time it was read', () => {
    expect(lend(LOST, [SEPTEMBER, score('2026-08-31', { value: 9 })], '2026-10-31', 45)).toEqual(
      new Map([['open_bugs', { value: 3, observedAt: OBSERVED, carriedFrom: '2026-09-30' }]]),
    );
  });

  it.each([
    ['2026-11-14', 45, true],
    ['2026-11-15', 46, false],
    ['2026-09-30', 0, true],
    // A backfill never learns from later months.
    ['2026-08-31', -30, false],
  ])('until %s, %i days after it was read: %s', (asOf, _days, lent) => {
    expect(lend(LOST, [SEPTEMBER], asOf, 45).has('open_bugs')).toBe(lent);
  });

  it('by the day on which it was read, however often it was carried since', () => {
    const october = score('2026-10-31', { carriedFrom: '2026-09-30' });
    expect(lend(LOST, [october], '2026-11-14', 45).get('open_bugs')?.carriedFrom).toBe('2026-09-30');
    expect(lend(LOST, [october], '2026-11-15', 45).size).toBe(0);
  });

  it('as the measured zero that it was', () => {
    expect(lend(LOST, [score('2026-09-30', { value: 0 })], '2026-10-31', 45).get('open_bugs')?.value).toBe(0);
  });

  it('by an older score where the newest has none either', () => {
    const none = score('2026-10-30', { value: null, missing: 'source_down' });
    expect(lend(LOST, [none, SEPTEMBER], '2026-10-31', 45).get('open_bugs')?.value).toBe(3);
  });

  it.each([
    ['that was read', { open_bugs: { value: 5 } }],
    ['that is missing for another reason', { open_bugs: { value: null, missing: 'no_activity' } }],
  ] as const)('but nothing %s', (_what, readings) => {
    expect(lend(readings, [SEPTEMBER], '2026-10-31', 45).size).toBe(0);
  });

  it('by nobody whose record cannot be read', () => {
    const broken = { Score_Key__c: 'x', Details__c: 'cut sho' };
    expect(lend(LOST, [broken], '2026-10-31', 45).size).toBe(0);
    expect(lend(LOST, [broken, SEPTEMBER], '2026-10-31', 45).size).toBe(1);
  });
});
