import { describe, expect, it } from 'vitest';
import type { StoredReading } from '../load/details.ts';
import type { Reading } from '../scoring/index.ts';
import { findEmptiness, signalsUnlessEmpty, withoutEmptiness } from './nothing.ts';
import type { Readings } from './readings.ts';
import type { Row, Stored } from './stored.ts';

const IDS = Array.from({ length: 8 }, (_, i) => `00100000000000${i}AAA`);
const none: Reading = { value: null, missing: 'no_activity' };
const down: Reading = { value: null, missing: 'source_down' };
const of = (value: number): Reading => ({ value });

/** What the sources told of each account now. */
const now = (readings: Readings): Map<string, Readings> => new Map(IDS.map((id) => [id, readings]));

function row(
  readings: Readings,
  period: string,
  rest: Partial<StoredReading> = {},
  signals: unknown[] = [],
): Row {
  const stored = Object.entries(readings).map(([id, { value, missing }]) => ({
    ...{ id, value, unit: '', source: '', observedAt: null, ...rest },
    ...(missing && { missing }),
  }));
  const details = { format: 1, asOf: `${period}-30`, readings: stored, signals };
  return { Score_Key__c: `x:${period}`, Details__c: JSON.stringify(details) };
}

/** So many accounts had some before, and the others did not. */
const storedWith = (count: number, some: Row, other: Row = row({}, '2026-09')): Stored => ({
  current: new Map(),
  earlier: new Map(IDS.map((id, i) => [id, i < count ? some : other])),
  // A run without strays.
  strays: [],
});

const NO_BUGS = { open_bugs: of(0), critical_bugs: of(0), avg_resolution_days: none, bug_trend: none };
const SILENCE = { total_conversations: of(0), csat_score: none, p1_p2_pct: none };
const NO_OPPORTUNITIES = { days_to_renewal: none, contract_changes: of(0), expansion_signals: of(0) };

describe.each([
  ['jira bugs', NO_BUGS, { open_bugs: of(3) }],
  ['intercom conversations', SILENCE, { total_conversations: of(12), csat_score: of(80) }],
  ['salesforce opportunities', NO_OPPORTUNITIES, { expansion_signals: of(1) }],
  ['salesforce renewals', NO_OPPORTUNITIES, { days_to_renewal: of(90) }],
  ['salesforce champions', { champion_stability: none }, { champion_stability: of(0) }],
] as const)('%s of nobody', (name, nothing, some) => {
  it('are a failed read where five accounts had some before', () => {
    const { failed, instead, notes } = findEmptiness(now(nothing), storedWith(5, row(some, '2026-09')), []);
    expect(failed).toContain(name);
    expect([...instead.values()]).toContain('source_down');
    expect(notes.find(({ message }) => message.startsWith(name))?.message).toContain('--confirm');
  });

  it.each([
    ['where four had', storedWith(4, row(some, '2026-09'), row(nothing, '2026-09')), []],
    ['that an admin released', storedWith(8, row(some, '2026-09')), [name]],
  ])('are believed %s', (_when, stored, released) => {
    expect(findEmptiness(now(nothing), stored, released).failed).not.toContain(name);
  });

  it('stay a failed read while the values of before are carried', () => {
    const carried = row(some, '2026-09', { carriedFrom: '2026-08-31' });
    expect(findEmptiness(now(nothing), storedWith(5, carried), []).failed).toContain(name);
  });

  it('stay a failed read when they are too old to be carried', () => {
    const lost = row(Object.fromEntries(Object.keys(some).map((id) => [id, down])), '2026-09');
    expect(findEmptiness(now(nothing), storedWith(5, lost), []).failed).toContain(name);
  });

  it('that were released stay believed when the month is read again', () => {
    const { earlier } = storedWith(8, row(some, '2026-09'));
    const read = row(nothing, '2026-10');
    const current = new Map(IDS.map((id) => [id, read]));
    expect(findEmptiness(now(nothing), { ...storedWith(0, read), current, earlier }, []).failed).toEqual([]);
  });

  it('are no matter where one account has some', () => {
    const readings = new Map<string, Readings>([...now(nothing), [IDS[0] as string, some]]);
    expect(findEmptiness(readings, storedWith(8, row(some, '2026-09')), []).failed).not.toContain(name);
  });
});

it('Bugs of nobody, and never of anybody, are no history and not zero', () => {
  const emptiness = findEmptiness(now(NO_BUGS), storedWith(0, row({}, '2026-09')), []);
  expect(emptiness.failed).toEqual([]);
  expect(withoutEmptiness(NO_BUGS, emptiness)['open_bugs']).toEqual({ value: null, missing: 'no_history' });
});

it('An account that is not mapped stays so', () => {
  const unmapped: Readings = { open_bugs: { value: null, missing: 'not_mapped' } };
  const readings = new Map<string, Readings>([...now(NO_BUGS), [IDS[0] as string, unmapped]]);
  const emptiness = findEmptiness(readings, storedWith(8, row({ open_bugs: of(2) }, '2026-09')), []);
  expect(withoutEmptiness(unmapped, emptiness)).toEqual(unmapped);
  expect(withoutEmptiness(NO_BUGS, emptiness)['open_bugs']).toEqual(down);
});

describe('Churn signals of nobody', () => {
  const accounts = IDS.map((id) => ({ id }) as Parameters<typeof signalsUnlessEmpty>[1][number]);
  const read = { of: () => ({ known: [] }), notes: [] };
  const had = (count: number): Stored =>
    storedWith(count, row({}, '2026-09', {}, [{ severity: 'critical' }]));

  it('lift no cap where five accounts had some: no account is scored', () => {
    const { signals, failed } = signalsUnlessEmpty(read, accounts, had(5), []);
    expect([signals.of(IDS[0] as string), failed]).toEqual([
      { missing: 'source_down' },
      ['salesforce signals'],
    ]);
  });

  it.each([
    ['four had', had(4), []],
    ['an admin released them', had(8), ['salesforce signals']],
  ])('are believed where %s', (_when, stored, released) => {
    expect(signalsUnlessEmpty(read, accounts, stored, released).failed).toEqual([]);
  });
});
