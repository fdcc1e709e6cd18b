import { describe, expect, it } from 'vitest';
import type { AccountFacts, Known } from '../facts/index.ts';
import { OCTOBER as window } from '../facts/october-in-test.ts';
import type { Facts, Metric } from './define-metric.ts';
import { FINANCIAL } from './financial.ts';
import { RELATIONSHIP } from './relationship.ts';

const known: AccountFacts = {
  renewals: { known: ['2027-01-29', '2026-12-30'] },
  paymentProblems: { known: ['2026-02-01', '2026-09-23'] },
  contractChanges: { known: [] },
  arr: { known: 120_000 },
  oldestArr: { known: 100_000 },
  tierLimit: { known: 200_000 },
  qbrs: { known: [true, true, false].map((attended) => ({ day: '2026-06-16', attended })) },
  champions: { known: [{ since: '2026-04-30', until: null }] },
  openExpansions: { known: 1 },
};

const metrics: readonly Metric[] = [...FINANCIAL, ...RELATIONSHIP];

function read(id: string, changed: Partial<AccountFacts> = {}): unknown {
  const other: Known<never> = { missing: 'not_configured' };
  const facts: Facts = {
    intercom: other,
    jira: other,
    looker: other,
    salesforce: { known: { ...known, ...changed } },
  };
  const reading = metrics.find((metric) => metric.id === id)?.read(facts, window);
  return reading?.missing ?? reading?.value;
}

describe('contract and relationship readings as of 31 October 2026', () => {
  it.each<[string, Partial<AccountFacts>, unknown]>([
    ['days_to_renewal', {}, 60],
    ['days_to_renewal', { renewals: { known: ['2026-10-21'] } }, -10],
    ['days_to_renewal', { renewals: { known: [] } }, 'no_activity'],
    ['days_to_renewal', { renewals: { missing: 'no_history' } }, 'no_history'],
    ['payment_health', {}, 2],
    ['payment_health', { paymentProblems: { known: [] } }, 0],
    ['contract_changes', { contractChanges: { missing: 'no_field' } }, 'no_field'],
    ['arr_trajectory_pct', {}, 20],
    ['arr_trajectory_pct', { oldestArr: { known: 180_000 } }, -33.333333],
    ['arr_trajectory_pct', { oldestArr: { known: 0 } }, 'no_history'],
    ['arr_trajectory_pct', { arr: { missing: 'no_activity' } }, 'no_activity'],
    ['tier_alignment', {}, 0],
    ['tier_alignment', { arr: { known: 200_000 } }, 0],
    ['tier_alignment', { arr: { known: 200_001 } }, 1],
    ['tier_alignment', { tierLimit: { known: null }, arr: { known: 9e9 } }, 0],
    ['tier_alignment', { tierLimit: { missing: 'no_activity' } }, 'no_activity'],
    ['qbr_attendance', {}, 66.666667],
    ['qbr_attendance', { qbrs: { known: [null, '2026-06-16'].map((day) => ({ day, attended: false })) } }, 0],
    ['qbr_attendance', { qbrs: { known: [] } }, 'no_activity'],
    ['expansion_signals', {}, 1],
    ['expansion_signals', { openExpansions: { missing: 'no_permission' } }, 'no_permission'],
  ])('%s with %j is %j', (id, changed, expected) => {
    expect(read(id, changed)).toBe(expected);
  });

  it.each([
    ['one champion since 30 April', [{ since: '2026-04-30', until: null }], 184],
    ['nobody ever', [], 'no_activity'],
    ['a term without a start', [{ since: null, until: null }], 'no_activity'],
    ['a champion who begins tomorrow', [{ since: '2026-11-01', until: null }], 'no_activity'],
    ['a champion who left on 1 October, nobody since', [{ since: '2025-01-01', until: '2026-10-01' }], 0],
    ['a champion who leaves tomorrow', [{ since: '2026-10-01', until: '2026-11-01' }], 30],
    [
      'a successor the day after the last one left',
      [
        { since: '2025-01-01', until: '2026-09-30' },
        { since: '2026-10-01', until: null },
      ],
      30,
    ],
    [
      'a second champion who left while the first stayed',
      [
        { since: '2025-01-01', until: null },
        { since: '2025-06-01', until: '2026-10-21' },
      ],
      10,
    ],
  ])('the champion role with %s has been stable for %j days', (_, champions, expected) => {
    expect(read('champion_stability', { champions: { known: champions } })).toBe(expected);
  });

  it('moves with the calendar alone only where the calendar is the cause', () => {
    const advance = (id: string) => metrics.find((metric) => metric.id === id)?.advance?.(60, 30);
    expect([advance('days_to_renewal'), advance('champion_stability'), advance('payment_health')]).toEqual([
      30,
      90,
      undefined,
    ]);
  });
});
