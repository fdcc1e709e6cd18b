import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { metricIdsOf, uniformFrom, type Reading, type Segment } from '../scoring/index.ts';
import { loadModel, shippedConfig } from '../shipped-model.ts';
import type { AccountFacts, AdviceInput, NamedSignal } from './account.ts';
import type { Advised, Stored as StoredAdvice } from './advice.ts';
import { advise } from './advise.ts';
import { sliceOf, tableOf, type Pair } from './evidence.ts';
import { COUNTED, familyOf } from './kinds.ts';
import { adviseToStore, retell } from './retell.ts';
import { sentencesOf } from './sentences.ts';
import { ENGLISH_SPEECH } from './speech.ts';
import { labelOfShare, shareOf, similarOf, type EvidenceTable } from './share.ts';
import { horizonOf } from './state.ts';
import { adviceTextsOf, offIn } from './texts.ts';
import { toldOf } from './told.ts';

const model = await loadModel();
const golden = join(import.meta.dirname, '../../test/golden');
const tables = JSON.parse(readFileSync(join(golden, 'next-steps-evidence.json'), 'utf8')) as Record<
  string,
  EvidenceTable
>;
const table = tables.sandbox as EvidenceTable;
const read = adviceTextsOf(parse(readFileSync(join(shippedConfig(), 'advice.yaml'), 'utf8')));
if (read.texts === undefined) throw new Error(read.problems.join('; '));
const { texts } = read;

const today = '2026-11-21';
const base = {
  accountId: '001',
  name: 'Fern Hotels (fictional)',
  segment: 'paid',
  period: '2026-10',
  asOf: '2026-10-31',
  signals: [],
  plan: [],
  churnedOn: null,
  facts: {},
} as const;

/** Every metric at green but those given. */
function account(values: Record<string, number | null>, more: Partial<AdviceInput> = {}): AdviceInput {
  const segment = more.segment ?? 'paid';
  const readings: Record<string, Reading> = {};
  for (const id of metricIdsOf(model)) {
    const value = id in values ? (values[id] as number | null) : (model.thresholds[id]?.[segment].green ?? 0);
    readings[id] = value === null ? { value: null, missing: 'no_activity' } : { value };
  }
  for (const [id, value] of Object.entries(values)) if (value !== null) readings[id] = { value };
  return { ...base, readings, ...more };
}

const signal = (more: Partial<NamedSignal> = {}): NamedSignal => ({
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-12',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
  ...more,
});

const codesOf = (input: AdviceInput, on = today, off: string[] = [], previous: AdviceInput | null = null) =>
  advise(model, table, input, previous, on, off).advice.items.flatMap((item) =>
    item.kind === 'fact' ? [item.code] : [item.kind],
  );

const withFacts = (facts: AccountFacts, values: Record<string, number | null> = {}) =>
  account(values, { facts });

describe('urgent facts', () => {
  it.each([
    ['2026-11-20', 'renewal_overdue'],
    ['2026-11-21', 'renewal_soon'],
    ['2026-12-21', 'renewal_soon'],
    ['2026-12-22', null],
  ])('name a renewal on %s at the top tier', (date, code) => {
    expect(codesOf(withFacts({ renewal: { date } }))[0] ?? null).toBe(code);
  });

  it.each([
    [31, 'renewal_near'],
    [90, 'renewal_near'],
    [91, undefined],
  ])('name a renewal in %d days where the account is in danger', (days, code) => {
    const low = { messaging: 0, automations: 0, contactless: 0, requests: 0, staff_adoption: 0 };
    const date = days === 31 ? '2026-12-22' : days === 90 ? '2027-02-19' : '2027-02-20';
    expect(codesOf(withFacts({ renewal: { date } }, low)).find((one) => one.startsWith('renewal'))).toBe(
      code,
    );
  });

  it('count a payment problem for 60 days, and the last of several', () => {
    const item = (...paymentProblems: string[]) =>
      advise(model, table, withFacts({ paymentProblems }), null, today).advice.items[0] ?? null;
    expect(item('2026-09-22')).toMatchObject({ code: 'payment_problem', date: '2026-09-22', times: 1 });
    expect(item('2026-09-21')).toBeNull();
    expect(item('2026-11-22')).toBeNull();
    expect(item('2026-11-20', '2026-10-01')).toMatchObject({ date: '2026-11-20', times: 2 });
  });

  it('tell silence, falling users and an empty seat', () => {
    const facts = { usersBefore: [50, 52, 54], lastUsed: '2026-08', conversationsBefore: [6, 7, 6] };
    expect(codesOf(withFacts(facts, { mau: 0 }))).toContain('silent_users');
    expect(codesOf(withFacts({ usersBefore: [] }, { mau: 0 }))).not.toContain('silent_users');
    const unmapped = (lastUsed: string) => {
      const input = withFacts({ lastUsed });
      return codesOf({
        ...input,
        readings: { ...input.readings, mau: { value: null, missing: 'not_mapped' } },
      });
    };
    expect(unmapped('2026-09')).toContain('silent_users');
    expect(unmapped('2026-10')).not.toContain('silent_users');
    expect(unmapped('2025-10-31')).toContain('silent_users');
    expect(unmapped('2025-09')).not.toContain('silent_users');
    expect(codesOf(withFacts(facts, { total_conversations: 0 }))).toContain('silent_conversations');
    expect(codesOf(withFacts(facts, { mau: 31, mau_trend_pct: -40 }))).toContain('users_falling');
    expect(codesOf(withFacts(facts, { mau: 31, mau_trend_pct: -24.9 }))).not.toContain('users_falling');
    expect(
      codesOf(
        withFacts({ champion: { since: '2025-01-01', until: '2026-10-31' } }, { champion_stability: 0 }),
      ),
    ).toContain('champion_vacant');
    expect(
      codesOf(withFacts({ champion: { since: '2026-10-31', until: null } }, { champion_stability: 0 })),
    ).not.toContain('champion_vacant');
    expect(codesOf(withFacts({}, { champion_stability: 0 }))).toContain('champion_vacant');
  });

  it('count signals as of the day of the reader', () => {
    const on = (more: Partial<NamedSignal>) => codesOf(account({}, { signals: [signal(more)] }));
    expect(on({})).toContain('signal_critical');
    expect(on({ expiresOn: today })).not.toContain('signal_critical');
    expect(on({ status: 'monitoring', monitoringFrom: '2026-11-10' })).toContain('signal_moderate');
    expect(on({ observedOn: '2026-11-22' })).not.toContain('signal_critical');
    expect(on({ severity: 'watch' })).toEqual([]);
  });

  it('are left out when they are switched off', () => {
    expect(codesOf(withFacts({ renewal: { date: today } }), today, ['renewal_soon'])).toEqual([]);
  });
});

describe('what is not advised', () => {
  it('is anything for a customer who left, and numbers without a score or under an outage', () => {
    const facts = { renewal: { date: '2026-12-04' } };
    expect(advise(model, table, account({}, { churnedOn: '2026-11-01', facts }), null, today).advice).toEqual(
      { code: 'churned', items: [] },
    );
    const empty = { ...account({}, { facts }), readings: {} };
    const { advice, headline } = advise(model, table, empty, null, today);
    expect(advice).toMatchObject({
      code: 'no_score',
      items: [
        { kind: 'link', source: 'looker' },
        { code: 'renewal_soon', points: null },
      ],
    });
    expect(headline).toBeNull();
    const held = advise(
      model,
      table,
      account({}, { hold: { at: 50, sources: ['jira'] }, facts }),
      null,
      today,
    ).advice;
    expect(held).toMatchObject({ code: 'held', items: [{ code: 'renewal_soon', points: null }] });
    expect(held).not.toHaveProperty('byItself');
  });

  it.each([
    ['above the cap of the signal', 62, { code: 'held', at: 59, without: 62 }],
    ['above every score', 100, { code: 'held', at: 59, without: 100 }],
    ['below the cap of the signal', 40, null],
  ])('is a score without the signal that an outage cap %s would still hold', (_, at, cap) => {
    const input = account({}, { hold: { at, sources: ['jira'] }, signals: [signal()] });
    const { headline } = advise(model, table, input, null, today);
    expect(headline?.cap ?? null).toEqual(cap && expect.objectContaining(cap));
  });

  it('is a task without its events, or one bad event', () => {
    const previous = account({ p1_p2_pct: 40 }, { period: '2026-09', asOf: '2026-09-30' });
    const tasks = (counts: AccountFacts['counts'], value: number) =>
      advise(
        model,
        table,
        account({ p1_p2_pct: value, messaging: 60 }, { facts: { counts: counts ?? {} } }),
        previous,
        today,
      ).advice.items.filter((item) => item.kind === 'task' && item.metric === 'p1_p2_pct');
    expect(tasks({ p1_p2_pct: [2, 5] }, 40)).toMatchObject([{ count: [0, 5], to: 0 }]);
    expect(tasks({}, 40)).toEqual([]);
    expect(tasks({ p1_p2_pct: [1, 4] }, 25)).toEqual([]);
    expect(tasks({ p1_p2_pct: [2, 2] }, 100)).toEqual([]);
  });
});

/** An account made at random: readings, facts, signals and a plan that may make no sense. */
function random(seed: number): { input: AdviceInput; previous: AdviceInput } {
  const next = uniformFrom(seed);
  const segment: Segment = next() < 0.5 ? 'paid' : 'standard';
  const one = (period: string, asOf: string): AdviceInput => {
    const counts: Record<string, [number, number]> = {};
    const values: Record<string, number | null> = {
      mau: next() < 0.1 ? 0 : Math.round(60 * next()),
      total_conversations: Math.round(8 * next()),
    };
    for (const { id, unit } of CATALOGUE) {
      const scale = model.thresholds[id];
      if (scale === undefined) continue;
      const { green, red } = scale[segment];
      const value = red + (green - red) * (1.4 * next() - 0.2);
      values[id] =
        next() < 0.08
          ? null
          : unit === 'count' || unit === 'days'
            ? Math.max(0, Math.round(value))
            : Math.round(value * 10) / 10;
      if ((COUNTED.includes(id) || id === 'qbr_attendance') && values[id] !== null) {
        const n = 1 + Math.floor(14 * next());
        const k = Math.floor((n + 1) * next());
        counts[id] = [k, n];
        values[id] = Math.round((1e8 * k) / n) / 1e6;
      }
    }
    return account(values, {
      segment,
      period,
      asOf,
      signals:
        next() < 0.25
          ? [
              signal({
                severity: next() < 0.5 ? 'critical' : 'moderate',
                category: next() < 0.5 ? 'Feature gap' : null,
                expiresOn: next() < 0.3 ? '2026-12-24' : null,
              }),
            ]
          : [],
      facts: {
        counts,
        renewal:
          next() < 0.8
            ? { date: `2026-1${next() < 0.5 ? '1' : '2'}-${String(10 + Math.floor(18 * next()))}` }
            : null,
        arr: next() < 0.5 ? Math.round(400_000 * next()) : null,
        champion: next() < 0.2 ? { since: '2025-01-01', until: '2026-07-22' } : null,
        paymentProblems: next() < 0.3 ? ['2026-10-01'] : [],
        reviews:
          next() < 0.5
            ? [
                ['2025-12-02', next() < 0.5],
                ['2026-06-10', true],
              ]
            : null,
        usersBefore: [50, 60, 70],
        conversationsBefore: [4, 5, 6],
        lastUsed: '2026-09',
      },
      plan:
        next() < 0.3
          ? [
              {
                metric: 'messaging',
                from: 40,
                to: 80,
                by: '2026-12-31',
                share: 0.3,
                of: 40,
                basis: 'segment',
              },
            ]
          : [],
    });
  };
  return { previous: one('2026-09', '2026-09-30'), input: one('2026-10', '2026-10-31') };
}

describe('next steps of any account', () => {
  const cases = Array.from({ length: 250 }, (_, seed) => random(seed + 1));

  it('add up, are at most three, never wait, never ask for a part of an event, and can be said', () => {
    const kinds = new Set<string>();
    for (const { input, previous } of cases) {
      const advised = advise(model, table, input, previous, today);
      expect(advise(model, table, input, previous, today)).toEqual(advised);
      const { advice } = advised;
      expect(advice.items.length).toBeLessThanOrEqual(3);
      if (advice.code !== 'advice') continue;
      const sum = advice.items.reduce((total, { points }) => total + (points ?? 0), 0);
      expect(sum).toBeCloseTo(advice.ifDone.underlying - advice.byItself.underlying, 9);
      const parts = Object.values(advice.byItself.parts).reduce((total, points) => total + points, 0);
      expect(parts).toBeCloseTo(advice.byItself.underlying - advice.now.underlying, 9);
      for (const item of advice.items) {
        kinds.add(item.kind === 'fact' ? item.code : item.kind);
        if (!('metric' in item) || item.kind === 'fact') continue;
        expect([
          'payment_health',
          'contract_changes',
          'days_to_renewal',
          'mau_trend_pct',
          'arr_trajectory_pct',
        ]).not.toContain(item.metric);
        if (item.kind === 'task' && COUNTED.includes(item.metric)) {
          const [k, n] = item.count ?? [0.5, 1];
          expect(Number.isInteger(k)).toBe(true);
          expect(item.to).toBeCloseTo((100 * k) / n, 6);
        }
      }
      const { headline, items, outlook, waiting } = sentencesOf(
        advised,
        toldOf(model, input, previous, today, texts, ENGLISH_SPEECH),
      );
      for (const said of [headline, ...items, ...outlook, ...waiting]) {
        expect(said).not.toMatch(/undefined|NaN|null|[{}]|_|\.\.|, \.|: \.|\(\)/);
      }
      for (const said of [headline, ...items]) expect(said).toMatch(/^["A-Z0-9].*\.$/);
    }
    for (const kind of [
      'task',
      'review',
      'renewal_soon',
      'champion_vacant',
      'signal_critical',
      'sharp_drop',
      'users_falling',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('are said anew on any day from what was stored, as if they were advised then', () => {
    for (const { input, previous } of cases) {
      const off = input.signals.length > 0 ? ['messaging'] : [];
      const stored = JSON.parse(
        JSON.stringify(adviseToStore(model, table, input, { input: previous, model }, '2026-11-01', off)),
      ) as StoredAdvice;
      for (const day of ['2026-11-01', today, '2026-12-20']) {
        const then = advise(model, table, input, previous, day, off);
        const again = retell(model, input, stored, day);
        expect(again.headline).toEqual(then.headline);
        // How far the next tier lies beyond the horizon stays as it was stored.
        const beyond = ({ advice }: Advised): unknown =>
          advice.code === 'advice' && /^(later|beyond)/.test(advice.reach.code)
            ? { ...advice, reach: null }
            : advice;
        expect(beyond(again)).toEqual(beyond(then));
      }
    }
  });

  it('never name what is switched off', () => {
    const off = ['messaging', 'qbr_attendance', 'p1_p2_pct', 'renewal_soon', 'champion_vacant'];
    for (const { input, previous } of cases.slice(0, 80)) {
      for (const item of advise(model, table, input, previous, today, off).advice.items) {
        expect(off).not.toContain('metric' in item ? item.metric : item.kind === 'fact' ? item.code : null);
      }
    }
  });
});

describe('shares', () => {
  const cells = (paid: number[], standard: number[] = []): EvidenceTable => ({
    metrics: {
      messaging: { paid: { '4': paid }, standard: { '4': standard } },
      open_bugs: { paid: { '3': paid } },
      p1_p2_pct: { paid: { '4.1': paid } },
    },
    score: { paid: { '3': paid } },
  });
  const messaging = (given: EvidenceTable, target: number) =>
    shareOf(given, 'messaging', 'paid', 60, target, undefined, 'score');

  it('lie on a line between marks, and are 0 above the last', () => {
    const known = cells([1000, 800, 500, 200]);
    const exact = (r: number, gain: number) => {
      const p0 = 0.5 * 2 ** (-gain / 6);
      const p1 = (r + 20 * p0) / 1020;
      return (r + 20 * p1) / 1020;
    };
    expect(messaging(known, 61).share).toBeCloseTo(exact(800, 1), 9);
    expect(messaging(known, 65).share).toBeCloseTo(exact(500, 5), 9);
    expect(messaging(known, 68).share).toBeCloseTo(exact(320, 8), 9);
    expect(messaging(known, 80).share).toBeCloseTo(exact(0, 20), 9);
  });

  it('say whose history they come from', () => {
    expect(messaging(cells([20]), 65)).toMatchObject({ basis: 'segment', of: 20 });
    expect(messaging(cells([19], [1]), 65)).toMatchObject({ basis: 'both', of: 20 });
    expect(messaging(cells([19]), 65)).toMatchObject({ basis: 'none', of: null });
  });

  it.each([
    [0.289, 'one_in_four'],
    [0.29, 'one_in_three'],
    [0.42, 'half'],
    [0.6, 'most'],
  ])('of %d are %s', (share, label) => expect(labelOfShare(share)).toBe(label));

  it('of similar starts need twenty pairs', () => {
    expect(similarOf(cells([40, 40, 30, 20, 10, 4, 2, 1]), 'paid', 64.2, 11.8)).toEqual({
      points: 11.8,
      share: 0.016,
      of: 40,
    });
    expect(similarOf(cells([19, 2]), 'paid', 64.2, 11.8)).toBeNull();
  });
});

describe('evidence', () => {
  const pair = (then: number, now: number, more: Partial<AdviceInput> = {}): Pair => ({
    before: account({ messaging: then }, { period: '2026-07', asOf: '2026-07-31' }),
    now: account({ messaging: now }, more),
    counts: {},
  });

  it('counts pairs by start and by the marks they reached, and adds slices up', () => {
    const slice = sliceOf(model, '2026-10', [
      pair(62, 68),
      pair(62, 62),
      pair(62, 90, { carried: { messaging: '2026-09-30' } }),
      pair(62, 99, { segment: 'standard' }),
    ]);
    expect(slice.metrics.messaging).toEqual({ paid: { t: '100,50,0,higher', b: { '4': [2, 1, 1] } } });
    expect(slice.metrics).not.toHaveProperty('days_to_renewal');
    expect(slice.score.paid).toEqual({ '6': [2, 1] });
    const older = { ...slice, period: '2026-09' };
    expect(tableOf(model, '2026-10', [older, slice]).metrics.messaging).toEqual({ paid: { '4': [4, 2, 2] } });
    expect(tableOf(model, '2026-09', [older, slice]).metrics.messaging).toEqual({ paid: { '4': [2, 1, 1] } });
    const other = { ...slice, metrics: { messaging: { paid: { t: '90,50,0,higher', b: { '4': [9] } } } } };
    expect(tableOf(model, '2026-10', [other]).metrics).toEqual({});
  });
});

describe('what there is to say', () => {
  it('has owner and words for every metric and fact', () => {
    expect(Object.keys(texts.metrics).sort()).toEqual(CATALOGUE.map(({ id }) => id).sort());
    expect(Object.keys(texts.facts)).toHaveLength(10);
    expect(offIn(texts)).toEqual([]);
    expect(CATALOGUE.filter(({ id }) => familyOf(id) !== undefined)).toHaveLength(19);
  });

  it('tells what is wrong with it', () => {
    const parsed = { metrics: { messaging: { owner: 'boss', action: '', enabled: 'no' } } };
    expect(adviceTextsOf(parsed).problems).toHaveLength(4);
    expect(offIn({ metrics: { a: { owner: 'csm', action: 'x', enabled: false } }, facts: {} })).toEqual([
      'a',
    ]);
  });

  it.each([
    ['2026-10-31', '2027-01-31'],
    ['2026-11-30', '2027-02-28'],
    ['2026-11-21', '2027-02-21'],
    ['2026-11-29', '2027-02-28'],
    ['2027-02-28', '2027-05-31'],
  ])('looks ahead from %s to %s', (from, to) => expect(horizonOf(from)).toBe(to));
});
