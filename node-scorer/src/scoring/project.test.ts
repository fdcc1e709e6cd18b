import { describe, expect, it } from 'vitest';
import { loadModel } from '../shipped-model.ts';
import { lastDayOf, nextPeriod } from './period.ts';
import { project, signalsKnownOn, type ProjectionStart } from './project.ts';
import { scoreAccount } from './scorecard.ts';
import type { Signal } from './signal.ts';

const model = await loadModel();

/** What the catalogue says of the two metrics that the calendar moves. */
const advance = (id: string, value: number, days: number): number =>
  id === 'days_to_renewal' ? value - days : id === 'champion_stability' && value > 0 ? value + days : value;

const signal: Signal = {
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-09-20',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
};

const start = (more: Partial<ProjectionStart> = {}): ProjectionStart => ({
  segment: 'paid',
  asOf: '2026-10-31',
  readings: {
    days_to_renewal: { value: 100 },
    champion_stability: { value: 100 },
    payment_health: { value: 2 },
    messaging: { value: 70 },
    stickiness_pct: { value: null, missing: 'no_activity' },
  },
  signals: [],
  ...more,
});

const withReading = (id: string, value: number) =>
  start({ readings: { ...start().readings, [id]: { value } } });

const november = (from: ProjectionStart) => project(model, from, '2026-11-30', advance);

describe('a projection', () => {
  it('of no days is the score itself', () => {
    const from = start({ signals: [signal] });
    const card = scoreAccount(model, { ...from, accountId: '1', name: '', period: '2026-10' });
    expect(project(model, from, from.asOf, advance)).toEqual({
      asOf: '2026-10-31',
      days: 0,
      cap: 59,
      open: { score: card.healthScore, shown: card.shown.healthScore, tier: card.tier },
      renewed: null,
    });
  });

  it.each([
    ['2027-01', 1, '2027-02-28', 28],
    ['2028-01', 1, '2028-02-29', 29],
    ['2026-10', 1, '2026-11-30', 30],
    ['2026-10', 2, '2026-12-31', 61],
    ['2026-10', 3, '2027-01-31', 92],
    ['2026-11', 3, '2027-02-28', 90],
  ])('from %s by %d months is to %s', (period, months, until, days) => {
    let later = period;
    for (let i = 0; i < months; i++) later = nextPeriod(later);
    const projection = project(model, start({ asOf: lastDayOf(period) }), lastDayOf(later), advance);
    expect([projection.asOf, projection.days]).toEqual([until, days]);
  });

  it.each([
    ['not due yet', 31, false],
    ['due on the day', 30, true],
    ['due today', 0, true],
    ['overdue 30 days', -30, true],
    ['overdue 31 days', -31, false],
    ['overdue 32 days', -32, false],
  ])('has a renewed branch for a renewal %s', (_, days, due) => {
    const { open, renewed } = november(withReading('days_to_renewal', days));
    expect(renewed !== null).toBe(due);
    if (renewed !== null) {
      const signed = november(withReading('days_to_renewal', days + 365)).open;
      expect(renewed).toEqual(signed);
      expect(renewed.score).toBeGreaterThan(open?.score ?? 100);
    }
  });

  it('leaves a vacant seat, and what is missing, as they are', () => {
    const vacant = november(withReading('champion_stability', 0)).open?.score ?? 0;
    const taken = november(withReading('champion_stability', 90)).open?.score ?? 0;
    expect(taken).toBeGreaterThan(vacant);
    expect(vacant).toBe(
      scoreAccount(model, {
        ...start(),
        accountId: '1',
        name: '',
        period: '2026-11',
        asOf: '2026-11-30',
        readings: {
          ...start().readings,
          days_to_renewal: { value: 70 },
          champion_stability: { value: 0 },
        },
      }).healthScore,
    );
  });

  it('takes counted events off when their days are known, after the start and up to the day', () => {
    const leaving = (...days: string[]) =>
      november(start({ leavesOn: { payment_health: days } })).open?.score;
    const counted = (value: number) => november(withReading('payment_health', value)).open?.score;
    expect(leaving('2026-11-01', '2026-11-30')).toBe(counted(0));
    expect(leaving('2026-10-31', '2026-12-01')).toBe(counted(2));
    expect(leaving('2026-11-30', '2027-03-01')).toBe(counted(1));
    // Another length: those are not the events that were counted.
    expect(leaving('2026-11-01')).toBe(counted(2));
    expect(leaving('2026-11-01', '2026-11-02', '2026-11-03')).toBe(counted(2));
    expect(() => leaving('2026-11-31', '2026-11-01')).toThrow(/expected a day/);
  });

  it('knows no score where nothing is known, and then no renewal', () => {
    const nothing = start({ readings: { messaging: { value: null, missing: 'no_activity' } } });
    expect(november(nothing)).toMatchObject({ open: null, renewed: null, cap: null });
  });

  it('judges caps on the later day', () => {
    const cap = (more: Partial<Signal>, knownOn?: string) =>
      november(start({ signals: [{ ...signal, ...more }], knownOn })).cap;
    expect(cap({})).toBe(59);
    expect(cap({ expiresOn: '2026-11-30' })).toBeNull();
    expect(cap({ expiresOn: '2026-12-01' })).toBe(59);
    expect(cap({ observedOn: '2026-11-05' })).toBeNull();
    expect(cap({ observedOn: '2026-11-05' }, '2026-11-05')).toBe(59);
    expect(cap({ status: 'resolved', resolvedOn: '2026-11-10' })).toBe(59);
    expect(cap({ status: 'resolved', resolvedOn: '2026-11-10' }, '2026-11-10')).toBeNull();
    expect(cap({ status: 'monitoring', monitoringFrom: '2026-11-10' })).toBe(59);
    expect(cap({ status: 'monitoring', monitoringFrom: '2026-11-10' }, '2026-11-21')).toBe(75);
  });

  it('lets the status of a signal follow the dates that were known', () => {
    const both = {
      ...signal,
      status: 'resolved',
      monitoringFrom: '2026-10-10',
      resolvedOn: '2026-11-05',
    } as const;
    expect(signalsKnownOn([both], '2026-11-05')[0]).toEqual(both);
    expect(signalsKnownOn([both], '2026-11-04')[0]).toMatchObject({ status: 'monitoring', resolvedOn: null });
    expect(signalsKnownOn([both], '2026-10-09')[0]).toMatchObject({ status: 'active', monitoringFrom: null });
    expect(signalsKnownOn([both], '2026-09-19')).toEqual([]);
  });
});
