import { describe, expect, it } from 'vitest';
import type { Base, Customer } from '../../sandbox/data/customer.ts';
import { generateBase } from '../../sandbox/data/generate.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import { BUSY, nobody, SILENT, used } from './base-by-hand.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
const UNMAPPED = nobody(2, { intercomCompanyId: null, lookerCustomerId: null, jira: null });
const LEFT = nobody(3, { churnedOn: '2026-09-30' });

const baseOf = (...customers: Customer[]): Base => ({ seed: 1, now: NOW, months, customers });
const base = baseOf(BUSY, SILENT, UNMAPPED, LEFT);
const october = expectedReadings(base, '2026-10');
const some = (value: number) => ({ value });
const none = (missing: string) => ({ value: null, missing });

describe('expected readings, worked out by hand for October 2026,', () => {
  it('of a busy customer', () => {
    expect(october.get('account 0')).toEqual({
      // Counted: those of the 1st, 10th, 11th, 14th and 31st.
      total_conversations: some(5),
      csat_response_rate: some(75),
      p1_p2_pct: some(40),
      escalation_pct: some(40),
      median_first_response_seconds: some(1_200),
      median_resolution_seconds: some(7_000),
      csat_score: some(66.666667),
      open_bugs: some(3),
      critical_bugs: some(2),
      reopened_bugs: some(2),
      // (15 + 10.5 + 0) ÷ 3 days
      avg_resolution_days: some(8.5),
      bug_trend: some(1),
      dau: some(12),
      mau: some(54),
      stickiness_pct: some(22.222222),
      // 54 against the mean of 36 and 60; August was not counted, June is too long ago.
      mau_trend_pct: some(12.5),
      feature_breadth: some(75),
      login_frequency: some(3.5),
      messaging: some(80),
      automations: none('no_activity'),
      contactless: some(0),
      requests: some(55.5),
      staff_adoption: some(100),
      // The renewal closes on 10 December as far as October knew.
      days_to_renewal: some(40),
      payment_health: some(2),
      contract_changes: some(1),
      // 90,000 against the 100,000 of 1 November 2025
      arr_trajectory_pct: some(-10),
      tier_alignment: some(0),
      qbr_attendance: some(66.666667),
      champion_stability: some(6),
      expansion_signals: some(1),
    });
  });

  it('of a customer who fell silent: zeros where use was measured, reasons elsewhere', () => {
    expect(october.get('account 1')).toEqual({
      total_conversations: some(0),
      csat_response_rate: none('no_activity'),
      p1_p2_pct: none('no_activity'),
      escalation_pct: none('no_activity'),
      median_first_response_seconds: none('no_activity'),
      median_resolution_seconds: none('no_activity'),
      csat_score: none('no_activity'),
      // The neighbour's bug of 20 October carries its component too.
      open_bugs: some(1),
      critical_bugs: some(1),
      reopened_bugs: some(0),
      avg_resolution_days: none('no_activity'),
      bug_trend: some(1),
      dau: some(0),
      mau: some(0),
      stickiness_pct: none('no_activity'),
      mau_trend_pct: some(-100),
      feature_breadth: some(0),
      login_frequency: some(0),
      messaging: some(0),
      automations: none('no_activity'),
      contactless: some(0),
      requests: some(0),
      staff_adoption: some(0),
      days_to_renewal: none('no_history'),
      payment_health: some(0),
      contract_changes: some(0),
      arr_trajectory_pct: none('no_history'),
      tier_alignment: none('no_history'),
      qbr_attendance: none('no_activity'),
      // The role is vacant on the last day.
      champion_stability: some(0),
      expansion_signals: some(0),
    });
  });

  it('of a customer whom nobody mapped say so for all 23 metrics of the three vendors', () => {
    const readings = Object.values(october.get('account 2') ?? {});
    const notMapped = readings.filter((one) => one.value === null && one.missing === 'not_mapped');
    expect(notMapped).toHaveLength(7 + 5 + 11);
  });

  it('leave out who had left before the month, and keep who left inside it', () => {
    expect(october.has('account 3')).toBe(false);
    expect(expectedReadings(base, '2026-09').has('account 3')).toBe(true);
  });
});

describe('a month', () => {
  it.each(['2026-08', '2026-11', '2027-01', 'October'])(
    '%s that the base does not hold whole is refused',
    (month) => {
      expect(() => expectedReadings(base, month)).toThrow(`found ${month}, expected a complete month`);
    },
  );

  it.each([
    ['2026-09', 1],
    ['2026-10', 0],
  ])('%s sees a bug that was done on 5 October as it was at its end: %i open', (month, open) => {
    const one = baseOf(nobody(0, { issues: BUSY.issues.slice(0, 1) }));
    expect(expectedReadings(one, month).get('account 0')?.['open_bugs']).toEqual(some(open));
  });

  it('whose last day brings a new champion has one who is 0 days in place', () => {
    const champions = [
      { contact: 0, since: '2025-01-01', until: '2026-10-31' },
      { contact: 1, since: '2026-10-31', until: null },
    ];
    const readings = expectedReadings(baseOf(nobody(0, { champions })), '2026-10').get('account 0');
    expect(readings?.['champion_stability']).toEqual(some(0));
  });

  it.each([
    ['in 2026-06, before the look-back,', ['2026-06'], some(0)],
    ['in 2026-07', ['2026-07'], some(0)],
    ['never', [], none('not_mapped')],
  ])('with the last use %s reads as known or not: %#', (_when, months, expected) => {
    const one = baseOf(nobody(0, { usage: months.map((month) => used(month, 40)) }));
    expect(expectedReadings(one, '2026-10').get('account 0')?.['mau']).toEqual(expected);
  });
});

describe('the truth about the demo base', () => {
  const demo = generateBase({ seed: 1, accounts: 60, months: 13, now: NOW });
  const readings = [...expectedReadings(demo, '2026-10').values()];
  const ids = Object.keys(readings[0] ?? {});

  it('has the same 31 metrics for all 57 customers that had not left', () => {
    expect(readings).toHaveLength(57);
    expect(ids).toHaveLength(31);
    expect(new Set(readings.map((one) => Object.keys(one).sort().join())).size).toBe(1);
  });

  it('knows each metric of more than a quarter of them, as a finite number', () => {
    for (const id of ids) {
      const values = readings.flatMap((one) => one[id]?.value ?? []);
      expect(values.length, id).toBeGreaterThan(57 / 4);
      expect(
        values.filter((value) => !Number.isFinite(value)),
        id,
      ).toEqual([]);
    }
  });
});
