import { describe, expect, it } from 'vitest';
import { changeOf, mainReasonOf, type Advance, type Change, type Signal } from '../../src/scoring/index.ts';
import { cardBefore, cardOf } from './accounts.ts';
import { criticalSignal, modelWith } from './models.ts';

const stated = (...sides: Parameters<typeof changeOf>): Change => {
  const change = changeOf(...sides);
  if ('code' in change) throw new Error(change.code);
  return change;
};
const zero = { behaviour: 0, data: 0, rules: 0, calendar: 0, signals: 0 };

describe('Worked by hand', () => {
  it('support falls from 80 to 60: 20 × 0.3 × 0.6 is 3.6 points of behaviour', () => {
    const { from, to, shown, bars, metrics } = stated(
      cardBefore([80, 80, 80, 80, 80]),
      cardOf([60, 80, 80, 80, 80]),
    );
    expect({ from, to, shown }).toEqual({ from: 80, to: 76.4, shown: -3.6 });
    expect(bars).toEqual({ ...zero, behaviour: -3.6 });
    expect(metrics).toEqual({ support_score: -3.6 });
  });

  it('a renewal 31 days nearer is calendar; having signed it is behaviour', () => {
    // Nearer: 60 − 31 = 29. Signed: 29 became 65. Each point is worth 0.18.
    const advance: Advance = (metric, value, days) => (metric === 'financial_score' ? value - days : value);
    const { exact, bars } = stated(cardBefore([80, 60, 80, 80, 80]), cardOf([80, 65, 80, 80, 80]), advance);
    expect(exact.bars.calendar).toBeCloseTo(-31 * 0.18, 12);
    expect(exact.bars.behaviour).toBeCloseTo(36 * 0.18, 12);
    // −5.58 and 6.48 share out +0.9: rounded down −56 and 64 tenths, and the tenth left goes to the larger remainder.
    expect(bars).toEqual({ ...zero, behaviour: 6.5, calendar: -5.6 });
  });

  it('support falls to 60 while financial becomes known: the mean of both orders', () => {
    // Nothing turned 72; behaviour alone 60; data alone 75; both 69.
    // Data: ((75 − 72) + (69 − 60)) ÷ 2 = 6. Behaviour: ((60 − 72) + (69 − 75)) ÷ 2 = −9.
    const { exact, bars, metrics } = stated(
      cardBefore([80, null, null, null, 60]),
      cardOf([60, 90, null, null, 60]),
    );
    expect(exact.bars.data).toBeCloseTo(6, 12);
    expect(exact.bars.behaviour).toBeCloseTo(-9, 12);
    expect(bars).toEqual({ ...zero, behaviour: -9, data: 6 });
    expect(metrics).toEqual({ support_score: -9 });
  });

  it('a critical signal takes 80 to 59: 21 points of signals', () => {
    const { shown, bars } = stated(
      cardBefore([80, 80, 80, 80, 80]),
      cardOf([80, 80, 80, 80, 80], { signals: [criticalSignal] }),
    );
    expect(shown).toBe(-21);
    expect(bars).toEqual({ ...zero, signals: -21 });
  });

  it('a signal that expires on its own is signals, though the list is the same', () => {
    const signals: Signal[] = [{ ...criticalSignal, observedOn: '2026-08-01', expiresOn: '2026-10-15' }];
    const { bars } = stated(
      cardBefore([80, 80, 80, 80, 80], { signals }),
      cardOf([80, 80, 80, 80, 80], { signals }),
    );
    expect(bars).toEqual({ ...zero, signals: 21 });
  });

  it('other weights are rules', () => {
    const other = modelWith({ health: { churn_risk: 0.5, platform_value: 0.5 } });
    // 0.6 × 80 + 0.4 × 60 is 72; half of each is 70.
    const { bars } = stated(cardBefore([80, 80, 80, 80, 60]), cardOf([80, 80, 80, 80, 60], {}, other));
    expect(bars).toEqual({ ...zero, rules: -2 });
  });

  it('another segment is rules', () => {
    const bySegment = modelWith({
      health: { churn_risk: { paid: 0.6, standard: 0.5 }, platform_value: { paid: 0.4, standard: 0.5 } },
    });
    const { bars } = stated(
      cardBefore([80, 80, 80, 80, 60], {}, bySegment),
      cardOf([80, 80, 80, 80, 60], { segment: 'standard' }, bySegment),
    );
    expect(bars).toEqual({ ...zero, rules: -2 });
  });

  it('a hold is data', () => {
    const hold = { at: 70, sources: ['jira'] };
    const { bars } = stated(cardBefore([80, 80, 80, 80, 80]), cardOf([80, 80, 80, 80, 80], { hold }));
    expect(bars).toEqual({ ...zero, data: -10 });
  });

  it('under a cap at 75 only the part of the way below it counts', () => {
    const signals: Signal[] = [{ ...criticalSignal, severity: 'moderate', observedOn: '2026-08-01' }];
    // 80 − 40 × 0.18 = 72.8, of which only 75 − 72.8 is seen.
    const down = stated(
      cardBefore([80, 80, 80, 80, 80], { signals }),
      cardOf([40, 80, 80, 80, 80], { signals }),
    );
    expect(down.bars).toEqual({ ...zero, behaviour: -2.2 });
    expect(down.metrics).toEqual({ support_score: -2.2 });
    // 80 − 7.2 + 20 × 0.15 = 75.8 stays above the cap: nothing is seen of either.
    const above = stated(
      cardBefore([80, 80, 80, 80, 80], { signals }),
      cardOf([40, 80, 100, 80, 80], { signals }),
    );
    expect(above).toMatchObject({ shown: 0, bars: zero, metrics: {} });
  });

  it('a carried reading has not aged; one read again after it has aged from its own window', () => {
    const advance: Advance = (metric, value, days) => (metric === 'financial_score' ? value - days : value);
    const carried = { financial_score: '2026-09-30' };
    const kept = stated(cardBefore([80, 90, 80, 80, 80]), cardOf([80, 90, 80, 80, 80], { carried }), advance);
    expect(kept.bars).toEqual(zero);
    const again = stated(
      cardBefore([80, 90, 80, 80, 80], { carried: { financial_score: '2026-08-31' } }),
      cardOf([80, 29, 80, 80, 80]),
      advance,
    );
    expect(again.exact.bars.calendar).toBeCloseTo(-61 * 0.18, 12);
    expect(again.bars.behaviour).toBe(0);
  });
});

describe('Tenths add up', () => {
  it('a rest goes to the largest remainder, and of equal ones to the one that comes first', () => {
    // Four metrics fall by 0.25 points each, 1.0 in all: two tenths are left for four equal remainders.
    const by = 0.25 / 0.18;
    const { shown, bars, metrics } = stated(
      cardBefore([80, 80, 80, 80, 80]),
      cardOf([80 - by, 80 - by, 80 - 0.25 / 0.15, 80 - 0.25 / 0.09, 80]),
    );
    expect({ shown, behaviour: bars.behaviour }).toEqual({ shown: -1, behaviour: -1 });
    expect(metrics).toEqual({
      support_score: -0.2,
      financial_score: -0.2,
      adoption_score: -0.3,
      relationship_score: -0.3,
    });
  });
});

describe('There is a code instead of a statement', () => {
  const known = [80, 80, 80, 80, 80];
  const unknown = [null, null, null, null, null];
  it.each([
    ['no_score', 'the present side has none', cardBefore(known), cardOf(unknown)],
    ['no_score', 'neither side has one', cardBefore(unknown), cardOf(unknown)],
    ['first_score', 'the earlier side has none', cardBefore(unknown), cardOf(known)],
    ['first_score', 'there is no earlier side', null, cardOf(known)],
  ])('%s when %s', (code, _, earlier, present) => expect(changeOf(earlier, present)).toEqual({ code }));
});

describe('The main reason is', () => {
  const reason = (earlier: ReturnType<typeof cardOf> | null, present: ReturnType<typeof cardOf>) =>
    mainReasonOf(present, changeOf(earlier, present));
  const before = cardBefore([80, 80, 80, 80, 80]);

  it('the largest falling piece when the score fell by a point or more', () => {
    expect(reason(before, cardOf([60, 90, 75, 80, 80]))).toEqual({
      code: 'metric',
      metric: 'support_score',
      points: -3.6,
    });
    expect(reason(before, cardOf([80, null, null, null, 60]))).toMatchObject({ code: 'metric' });
    expect(reason(cardBefore([90, 70, 80, 80, 80]), cardOf([null, 70, 80, 80, 80]))).toMatchObject({
      code: 'data',
    });
  });
  it('the signal that caps it', () => {
    expect(reason(before, cardOf([80, 80, 80, 80, 80], { signals: [criticalSignal] }))).toEqual({
      code: 'cap',
      cap: 'critical_signal',
      points: -21,
    });
  });
  it('a fall of exactly a point is a fall; of equal pieces the first is named', () => {
    // 4 × 0.18 + 0.28 ÷ 0.15 × 0.15 = 1.0.
    expect(reason(before, cardOf([76, 80, 80 - 0.28 / 0.15, 80, 80]))).toMatchObject({
      code: 'metric',
      metric: 'support_score',
    });
    expect(reason(before, cardOf([70, 70, 80, 80, 80]))).toEqual({
      code: 'metric',
      metric: 'support_score',
      points: -1.8,
    });
    expect(reason(before, cardOf([76, 80, 80 - 0.18 / 0.15, 80, 80]))).toMatchObject({ code: 'loss' });
  });
  it('rules, when those took the most', () => {
    const other = modelWith({ health: { churn_risk: 0.5, platform_value: 0.5 } });
    expect(reason(cardBefore([80, 80, 80, 80, 60]), cardOf([80, 80, 80, 80, 60], {}, other))).toEqual({
      code: 'rules',
      points: -2,
    });
  });
  it('the largest loss when the score fell by less, rose, or is the first', () => {
    const loss = { code: 'loss', metric: 'platform_score', points: 8 };
    expect(reason(before, cardOf([75, 80, 80, 80, 80]))).toEqual(loss);
    expect(reason(before, cardOf([90, 80, 80, 80, 80]))).toEqual(loss);
    expect(reason(null, cardOf([80, 80, 80, 80, 80]))).toEqual(loss);
  });
  it('none when nothing is lost, or nothing known', () => {
    expect(reason(null, cardOf([100, 100, 100, 100, 100]))).toBeNull();
    expect(reason(null, cardOf([null, null, null, null, null]))).toBeNull();
  });
});
