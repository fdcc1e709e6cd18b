import { describe, expect, it } from 'vitest';
import { scoreAccount, type Model, type Reading, type Signal } from '../../src/scoring/index.ts';
import { criticalSignal, modelWith } from './models.ts';

/** Scores of the four dimensions and of platform value; null is missing. */
function card(
  scores: readonly (number | null)[],
  { model = modelWith(), signals = [] }: { model?: Model; signals?: readonly Signal[] } = {},
) {
  const ids = ['support_score', 'financial_score', 'adoption_score', 'relationship_score', 'platform_score'];
  const readings = ids.map((id, i): [string, Reading] => {
    const value = scores[i] ?? null;
    return [id, value === null ? { value, missing: 'no_activity' } : { value }];
  });
  return scoreAccount(model, {
    accountId: '001000000000001AAA',
    name: 'Larkfield Hotels',
    segment: 'paid',
    period: '2026-10',
    asOf: '2026-10-31',
    readings: Object.fromEntries(readings),
    signals,
  });
}

describe('Dimensions 85 / 95 / 88 / 92', () => {
  it('give Churn Risk 89.8, and with platform value 82 Health 86.7, Healthy', () => {
    const { shown, churnRiskScore, quantitativeScore, tier, band, coverage, provisional } = card([
      85, 95, 88, 92, 82,
    ]);
    expect(churnRiskScore).toBeCloseTo(89.8, 12);
    expect(quantitativeScore).toBeCloseTo(86.68, 12);
    expect(shown).toMatchObject({
      healthScore: 86.7,
      churnRiskScore: 89.8,
      platformValueScore: 82,
      coverage: 100,
    });
    expect(band).toEqual({ low: quantitativeScore, high: quantitativeScore });
    expect(coverage).toBeCloseTo(100, 12);
    expect({ tier, provisional }).toEqual({ tier: 'Healthy', provisional: false });
  });

  it('without relationship give Churn Risk 89.4, coverage 85.0 of Churn Risk and 91.0 of Health', () => {
    const scorecard = card([85, 95, 88, null, 82]);
    expect(scorecard.shown).toMatchObject({ churnRiskScore: 89.4, coverage: 91 });
    expect(scorecard.churnRiskCoverage).toBeCloseTo(85, 12);
    // 9 % of the weight is unknown: the score could lie 9 points apart.
    expect((scorecard.band?.high ?? 0) - (scorecard.band?.low ?? 0)).toBeCloseTo(9, 12);
  });

  it('without platform value give a Health equal to Churn Risk, with coverage 60', () => {
    const { shown, healthScore, churnRiskScore } = card([85, 95, 88, 92, null]);
    expect(healthScore).toBe(churnRiskScore);
    expect(shown).toMatchObject({ healthScore: 89.8, coverage: 60, platformValueScore: null });
  });

  it('with a Critical signal give 59.0, Critical, with the 86.7 beside it', () => {
    const { shown, tier, cap, band } = card([85, 95, 88, 92, 82], { signals: [criticalSignal] });
    expect(shown).toMatchObject({ healthScore: 59, quantitativeScore: 86.7 });
    expect(tier).toBe('Critical');
    expect(cap).toEqual({ name: 'critical_signal', at: 59, signals: [criticalSignal], sources: [] });
    expect(band).toEqual({ low: 59, high: 59 });
  });
});

it('Dimensions 72 / 75 / 55 / 50 give 65.35, shown 65.4, and with platform value 58 Health 62.4, At Risk', () => {
  const { shown, churnRiskScore, tier } = card([72, 75, 55, 50, 58]);
  expect(churnRiskScore).toBeCloseTo(65.35, 12);
  expect(shown).toMatchObject({ churnRiskScore: 65.4, healthScore: 62.4 });
  expect(tier).toBe('At Risk');
});

it('Pillars 80 / 70 / 90 / 60 / 50 at .50 / .20 / .20 / .05 / .05 give platform value 77.5', () => {
  const weights = {
    messaging: 0.5,
    automations: 0.2,
    contactless: 0.2,
    requests: 0.05,
    staff_adoption: 0.05,
  };
  const model = modelWith({ platform_value: { label: 'Platform Value', metrics: weights } });
  const values = [80, 70, 90, 60, 50];
  const readings = Object.fromEntries(Object.keys(weights).map((id, i) => [id, { value: values[i] ?? NaN }]));
  const scorecard = scoreAccount(model, {
    accountId: 'A',
    name: 'A',
    segment: 'standard',
    period: '2026-10',
    asOf: '2026-10-31',
    readings,
    signals: [],
  });
  expect(scorecard.platformValue.score).toBeCloseTo(77.5, 12);
  // Nothing of Churn Risk is known: platform value is all there is, with coverage 40, and so provisional.
  expect(scorecard.shown).toMatchObject({ healthScore: 77.5, churnRiskScore: null, coverage: 40 });
  expect(scorecard.doubts).toEqual(['band', 'coverage']);
});

it('All missing gives no score and no tier, neither 0 nor Critical', () => {
  const scorecard = card([null, null, null, null, null], { signals: [criticalSignal] });
  expect(scorecard).toMatchObject({
    status: 'unscored',
    healthScore: null,
    quantitativeScore: null,
    churnRiskScore: null,
    tier: null,
    band: null,
    cap: null,
    coverage: 0,
    shown: { healthScore: null, coverage: 0, band: null },
  });
});

it('Measured zeros give a score of 0.0, Critical', () => {
  const { status, shown, tier } = card([0, 0, 0, 0, 0]);
  expect({ status, score: shown.healthScore, tier }).toEqual({
    status: 'scored',
    score: 0,
    tier: 'Critical',
  });
});
