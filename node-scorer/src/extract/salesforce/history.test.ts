import { describe, expect, it } from 'vitest';
import { earliestNumber, fieldBefore, stateBefore, toNumber } from './history.ts';

const created = { at: 10, field: 'created', old: null };
const raise = { at: 50, field: 'ARR__c', old: 100 };
const raiseAgain = { at: 80, field: 'ARR__c', old: '150' };
const rename = { at: 60, field: 'Success_Tier__c', old: 'Standard' };
const changes = [raiseAgain, created, rename, raise];

describe('a field of the past', () => {
  it.each([
    [90, { value: 200 }],
    [80, { value: '150' }],
    [50, { value: 100 }],
    [11, { value: 100 }],
    [10, { unknown: true }],
    [5, { unknown: true }],
  ])('was, just before moment %i, %o', (moment, past) => {
    expect(fieldBefore(changes, 'ARR__c', 200, moment)).toEqual(past);
  });

  it('is unknown without any history', () => {
    expect(fieldBefore([], 'ARR__c', 200, 90)).toEqual({ unknown: true });
  });

  it.each([
    [
      { from: 0, before: 100 },
      { at: 10, value: 100 },
    ],
    [
      { from: 20, before: 100 },
      { at: 20, value: 100 },
    ],
    [
      { from: 55, before: 100 },
      { at: 55, value: 150 },
    ],
    [
      { from: 85, before: 100 },
      { at: 85, value: 200 },
    ],
    [{ from: 0, before: 10 }, null],
  ])('within %o had as its earliest value %o', (span, earliest) => {
    expect(earliestNumber(changes, 'ARR__c', 200, span)).toEqual(earliest);
  });

  it('skips the time before the first number was entered', () => {
    const first = { at: 30, field: 'ARR__c', old: null };
    expect(earliestNumber([created, first], 'ARR__c', 120, { from: 0, before: 100 })).toEqual({
      at: 30,
      value: 120,
    });
  });

  it.each([
    ['12.5', 12.5],
    [12.5, 12.5],
    ['', null],
    ['twelve', null],
    [null, null],
    [Number.NaN, null],
  ])('%j is the number %j', (value, number) => {
    expect(toNumber(value)).toBe(number);
  });
});

describe('an opportunity of the past', () => {
  const states = [
    { at: 30, stage: 'Negotiation', close: '2026-12-01' },
    { at: 10, stage: 'Prospecting', close: '2026-11-01' },
    { at: 50, stage: 'Closed Won', close: '2026-10-15' },
  ];

  it.each([
    [10, undefined],
    [11, 'Prospecting'],
    [50, 'Negotiation'],
    [51, 'Closed Won'],
  ])('just before moment %i was in %s', (moment, stage) => {
    expect(stateBefore(states, moment)?.stage).toBe(stage);
  });
});
