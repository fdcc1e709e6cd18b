import { describe, expect, it } from 'vitest';
import { cardOf } from '../../test/golden/accounts.ts';
import { criticalSignal, directWeights, modelWith } from '../../test/golden/models.ts';
import type { Model } from './model.ts';
import { planOf } from './plan.ts';
import type { Segment } from './segment.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('Weights that a person wrote a little short of 1', () => {
  const model = modelWith({
    health: { churn_risk: 0.5995, platform_value: 0.3998 },
    dimensions: {
      a: { weight: 0.4996, metrics: { x: 0.3, y: 0.6995 } },
      b: { weight: 0.4997, metrics: { z: 1 } },
    },
  });
  it('are divided by their sum, so that hundreds give 100', () => {
    const plan = planOf(model, 'paid');
    expect(plan.metrics.map(({ weight }) => weight)).toEqual([0.3, 0.6995, 1, 1]);
    expect(plan.metrics[0]?.share).toBeCloseTo(0.3 / 0.9995, 12);
    expect(plan.groups[0]?.share).toBeCloseTo(0.4996 / 0.9993, 12);
    expect(plan.churnRiskShare).toBeCloseTo(0.5995 / 0.9993, 12);
    expect(plan.platformValueShare).toBeCloseTo(0.3998 / 0.9993, 12);
    expect(sum([...plan.nominal])).toBeCloseTo(1, 12);
    const readings = Object.fromEntries(plan.metrics.map(({ id }) => [id, { value: 100 }]));
    expect(cardOf([], { readings }, model)).toMatchObject({ quantitativeScore: 100, churnRiskScore: 100 });
  });
});

describe('A dimension and a half of the score that weigh nothing for a segment', () => {
  const model = modelWith({
    health: { churn_risk: { paid: 0, standard: 1 }, platform_value: { paid: 1, standard: 0 } },
    dimensions: {
      a: { weight: { paid: 1, standard: 0 }, metrics: { x: 1 } },
      b: {
        weight: { paid: 0, standard: 1 },
        metrics: { y: { paid: 1, standard: 0 }, z: { paid: 0, standard: 1 } },
      },
    },
    platform_value: { metrics: { pillar: 1 } },
  });
  const readings = { x: { value: 10 }, y: { value: 20 }, z: { value: 30 }, pillar: { value: 40 } };
  it.each([
    ['paid', 40, { x: 0, y: 0, z: 0, pillar: 1 }],
    ['standard', 30, { x: 0, y: 0, z: 1, pillar: 0 }],
  ] as const)('leave a %s account with %d', (segment, score, weights) => {
    const card = cardOf([], { readings, segment }, model);
    expect(card.quantitativeScore).toBe(score);
    const all = [...card.dimensions, card.platformValue].flatMap(({ metrics }) => metrics);
    expect(Object.fromEntries(all.map(({ id, effectiveWeight }) => [id, effectiveWeight]))).toEqual(weights);
  });
  it('leave no score where only they are known', () => {
    const only = cardOf([], { readings: { x: { value: 10 } }, segment: 'standard' }, model);
    expect(only).toMatchObject({ status: 'unscored', coverage: 0 });
  });
});

it('A half that is known alone has all of the weight, and all of the losses', () => {
  const platform = cardOf([null, null, null, null, 80]);
  expect(platform.platformValue.metrics[0]).toMatchObject({ effectiveWeight: 1, pointsLost: 20 });
  const support = cardOf([70, null, null, null, null]);
  expect(support.dimensions[0]?.metrics[0]).toMatchObject({ effectiveWeight: 1, pointsLost: 30 });
});

it('A cap of one segment does not hold the other', () => {
  const caps = [
    { name: 'of_paid', severity: 'critical', at_least: 1, cap: 50, segment: 'paid' },
    { name: 'of_both', severity: 'critical', at_least: 1, cap: 70 },
  ];
  const model = modelWith({ caps });
  const cap = (segment: Segment) =>
    cardOf([80, 80, 80, 80, 80], { segment, signals: [criticalSignal] }, model).cap?.name;
  expect([cap('paid'), cap('standard')]).toEqual(['of_paid', 'of_both']);
});

describe('What would score by the wrong rules is refused', () => {
  it('an unknown segment', () => {
    expect(() => cardOf([80], { segment: 'gold' as Segment })).toThrow(
      /found segment gold, expected paid or standard/,
    );
  });
  it('a malformed signal', () => {
    const signals = [{ ...criticalSignal, observedOn: 'soon' }];
    expect(() => cardOf([80], { signals })).toThrow(/a signal is malformed: observedOn: found "soon"/);
  });
  it('a metric without thresholds', () => {
    const model: Model = { ...modelWith(directWeights), thresholds: {} };
    expect(() => planOf(model, 'paid')).toThrow(/support_score has a weight and no threshold/);
  });
});

it('A model is prepared once', () => {
  const model = modelWith();
  expect(planOf(model, 'paid')).toBe(planOf(model, 'paid'));
});

describe('A reading that is no finite number', () => {
  it.each([NaN, Infinity, -Infinity])('%d is invalid, and never a score', (value) => {
    const card = cardOf([], { readings: { support_score: { value }, platform_score: { value: 80 } } });
    expect(card.dimensions[0]?.metrics[0]).toMatchObject({ value: null, missing: 'invalid', score: null });
    expect(card.quantitativeScore).toBe(80);
  });
  it('that is a negative zero is a zero', () => {
    const card = cardOf([], { readings: { support_score: { value: -0 } } });
    expect(Object.is(card.dimensions[0]?.metrics[0]?.value, 0)).toBe(true);
  });
});

describe('A tier is provisional', () => {
  const guarded = (guard: number) =>
    modelWith({ guards: { ...(directWeights['guards'] as object), provisional_below_coverage: guard } });
  it('below the coverage guard and not at it', () => {
    // Nothing but platform value, 40 % of the weight; all the same tier would need a narrower band.
    expect(cardOf([null, null, null, null, 80], {}, guarded(40)).doubts).toEqual(['band']);
    expect(cardOf([null, null, null, null, 80], {}, guarded(40.1)).doubts).toEqual(['band', 'coverage']);
  });
});
