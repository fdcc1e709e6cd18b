import { describe, expect, it } from 'vitest';
import { criticalSignal } from '../../test/golden/models.ts';
import { lowers, lowestCap, underCap } from './cap.ts';
import type { CapRule } from './model.ts';
import { checkSignal, type Signal } from './signal.ts';

const rule = (name: string, change: Partial<CapRule> = {}): CapRule => ({
  name,
  severity: 'critical',
  atLeast: 1,
  confirmed: false,
  cap: 59,
  segment: null,
  ...change,
});
const rules = [rule('critical_signal'), rule('moderate_signal', { severity: 'moderate', cap: 75 })];
const on = (asOf: string, change: Partial<Signal> = {}, reduction = 1) =>
  lowestCap(rules, [{ ...criticalSignal, ...change }], asOf, reduction, null)?.name ?? null;

describe('A critical signal seen on 3 October', () => {
  it.each([
    ['2026-10-02', {}, null, 'the day before it was seen'],
    ['2026-10-03', {}, 'critical_signal', 'on the day it was seen'],
    ['2026-10-31', {}, 'critical_signal', 'later'],
    ['2026-10-30', { expiresOn: '2026-10-31' }, 'critical_signal', 'on its last day'],
    ['2026-10-31', { expiresOn: '2026-10-31' }, null, 'on the day it expires'],
    ['2026-10-30', { resolvedOn: '2026-10-31' }, 'critical_signal', 'the day before it is resolved'],
    ['2026-10-31', { resolvedOn: '2026-10-31' }, null, 'on the day it is resolved'],
    ['2026-10-09', { monitoringFrom: '2026-10-10' }, 'critical_signal', 'the day before monitoring begins'],
    ['2026-10-10', { monitoringFrom: '2026-10-10' }, 'moderate_signal', 'from its monitoring date on'],
  ])('as of %s with %o is held by %s (%s)', (asOf, change, name, _when) =>
    expect(on(asOf, change)).toBe(name),
  );

  it.each([
    [0, 'critical_signal'],
    [1, 'moderate_signal'],
    [2, null],
    [3, null],
  ])('under monitoring counts %i severities lower: %s', (reduction, name) => {
    expect(on('2026-10-31', { monitoringFrom: '2026-10-10' }, reduction)).toBe(name);
  });
});

describe('Of several caps', () => {
  const two = [criticalSignal, { ...criticalSignal, severity: 'moderate' as const }];
  it('the lowest wins', () => expect(lowestCap(rules, two, '2026-10-31', 1, null)?.at).toBe(59));
  it('the lowest wins wherever it stands in the model', () =>
    expect(lowestCap(rules.toReversed(), two, '2026-10-31', 1, null)?.at).toBe(59));
  it('the first in the model is named when they are at one height', () => {
    const same = [rule('first'), rule('second')];
    expect(lowestCap(same, [criticalSignal], '2026-10-31', 1, null)?.name).toBe('first');
  });
  it('a hold is named only when it is lower than every rule', () => {
    const hold = (at: number) => ({ at, sources: ['jira'] });
    expect(lowestCap(rules, [criticalSignal], '2026-10-31', 1, hold(59))?.name).toBe('critical_signal');
    expect(lowestCap(rules, [criticalSignal], '2026-10-31', 1, hold(58.9))).toEqual({
      name: 'outage_hold',
      at: 58.9,
      signals: [],
      sources: ['jira'],
    });
    expect(lowestCap(rules, [], '2026-10-31', 1, hold(70))?.at).toBe(70);
  });
  it('a rule counts signals of exactly its severity, and names those', () => {
    const counted = lowestCap([rule('two', { atLeast: 2 })], [criticalSignal, ...two], '2026-10-31', 1, null);
    expect(counted?.signals).toEqual([criticalSignal, criticalSignal]);
    expect(lowestCap([rule('two', { atLeast: 2 })], two, '2026-10-31', 1, null)).toBeNull();
  });
  it('a rule for confirmed signals leaves suspected ones out', () => {
    const confirmed = [rule('confirmed', { confirmed: true })];
    const suspected: Signal = { ...criticalSignal, confidence: 'suspected' };
    expect(lowestCap(confirmed, [suspected], '2026-10-31', 1, null)).toBeNull();
    expect(lowestCap(confirmed, [criticalSignal], '2026-10-31', 1, null)?.name).toBe('confirmed');
  });
});

it.each([
  [86.68, 59, 59],
  [58, 59, 58],
  [59, 59, 59],
  [59.00000000000001, 59, 59],
])('A score of %d under a cap at %d is %d', (score, at, final) => {
  expect(underCap(score, { name: 'c', at, signals: [], sources: [] })).toBe(final);
});

it('A last digit above a cap is not worth naming it', () => {
  const cap = { name: 'c', at: 59, signals: [], sources: [] };
  expect([lowers(cap, 59.00000000000001), lowers(cap, 59.01), lowers(cap, 58), lowers(null, 99)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

describe('A signal', () => {
  it('that is well formed has no problem', () => expect(checkSignal(criticalSignal)).toEqual([]));
  it.each([
    [{ severity: 'huge' }, /severity: found "huge", expected watch, moderate, critical/],
    [{ status: undefined }, /status: found nothing/],
    [{ confidence: 'sure' }, /confidence: found "sure"/],
    [{ observedOn: null }, /observedOn: found nothing, expected a day/],
    [{ observedOn: '2026-02-30' }, /observedOn: found "2026-02-30"/],
    [{ expiresOn: 'soon' }, /expiresOn: found "soon"/],
    [
      { status: 'monitoring' },
      /monitoringFrom: found nothing, expected a day, because the status is monitoring/,
    ],
    [{ status: 'resolved' }, /resolvedOn: found nothing, expected a day, because the status is resolved/],
    [
      { monitoringFrom: '2026-10-10' },
      /monitoringFrom: found "2026-10-10", expected nothing, because the status is active/,
    ],
    [{ resolvedOn: '2026-10-10' }, /resolvedOn: found "2026-10-10", expected nothing/],
  ])('with %o is told to be wrong', (change, problem) => {
    expect(checkSignal({ ...criticalSignal, ...change })).toEqual([expect.stringMatching(problem)]);
  });
  it('under monitoring or resolved is right with its date', () => {
    expect(checkSignal({ ...criticalSignal, status: 'monitoring', monitoringFrom: '2026-10-10' })).toEqual(
      [],
    );
    expect(checkSignal({ ...criticalSignal, status: 'resolved', resolvedOn: '2026-10-10' })).toEqual([]);
  });
});
