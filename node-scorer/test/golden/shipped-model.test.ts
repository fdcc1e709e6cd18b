import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/config/load.ts';
import {
  metricsOf,
  reasonsOf,
  scoreAccount,
  type AccountInput,
  type Model,
  type Reading,
  type Scorecard,
} from '../../src/scoring/index.ts';
import { criticalSignal } from './models.ts';

/** Worked by hand with fractions: metric, value, score, points lost. Null is missing. */
type Row = readonly [metric: string, value: number | null, score: number | null, lost: number];

const input = (rows: readonly Row[], change: Partial<AccountInput> = {}): AccountInput => ({
  accountId: '001000000000001AAA',
  name: 'Larkfield Hotels',
  segment: 'paid',
  period: '2026-10',
  asOf: '2026-10-31',
  readings: Object.fromEntries(
    rows.map(([id, value]): [string, Reading] => [
      id,
      value === null ? { value, missing: 'no_activity' } : { value },
    ]),
  ),
  signals: [],
  ...change,
});
const expectMetrics = (card: Scorecard, rows: readonly Row[]): void => {
  const metrics = metricsOf(card);
  expect(metrics.map(({ id }) => id)).toEqual(rows.map(([id]) => id));
  rows.forEach(([id, value, score, lost], i) => {
    const metric = metrics[i];
    expect(metric?.value, id).toBe(value);
    if (score === null) expect(metric?.score, id).toBeNull();
    else expect(metric?.score, id).toBeCloseTo(score, 10);
    expect(metric?.pointsLost, id).toBeCloseTo(lost, 10);
  });
};
const expectGroups = (card: Scorecard, expected: Record<string, readonly [number | null, number]>): void => {
  for (const { id, score, coverage } of [...card.dimensions, card.platformValue]) {
    const [wanted, percent] = expected[id] ?? [NaN, NaN];
    if (wanted === null) expect(score, id).toBeNull();
    else expect(score, id).toBeCloseTo(wanted, 10);
    expect(coverage, id).toBeCloseTo(percent, 10);
  }
};

let model: Model;
beforeAll(async () => ({ model } = await loadModel('config')));

describe('A paid account with everything known', () => {
  const rows: readonly Row[] = [
    // Support is 0.6 × 0.3 = 18 % of Health: 15 % of it is 2.7 % of Health.
    ['p1_p2_pct', 12.5, 75 / 2, 1.6875],
    ['escalation_pct', 8, 70, 0.54],
    ['median_first_response_seconds', 8700, 475 / 12, 1.63125],
    ['median_resolution_seconds', 52_200, 1675 / 36, 1.44375],
    ['csat_score', 76, 40, 1.62],
    ['open_bugs', 4, 90, 0.09],
    ['critical_bugs', 1, 75, 0.45],
    ['reopened_bugs', 2, 25, 0.675],
    ['avg_resolution_days', 9, 600 / 7, 0.9 / 7],
    ['bug_trend', 1.2, 30, 0.63],
    ['days_to_renewal', 86, 140 / 3, 1.92],
    ['payment_health', 1, 50, 2.25],
    ['contract_changes', 0, 100, 0],
    ['arr_trajectory_pct', 2, 70, 1.08],
    ['tier_alignment', 1, 0, 2.7],
    ['stickiness_pct', 24, 80, 0.75],
    ['mau_trend_pct', -7, 60, 1.5],
    ['feature_breadth', 50, 75, 1.125],
    ['login_frequency', 3, 75, 0.75],
    ['qbr_attendance', 75, 275 / 3, 0.3],
    ['champion_stability', 120, 200 / 3, 1.05],
    ['expansion_signals', 1, 50, 1.125],
    ['messaging', 80, 80, 4],
    ['automations', 70, 70, 2.4],
    ['contactless', 85, 85, 1.2],
    ['requests', 60, 60, 0.8],
    ['staff_adoption', 90, 90, 0.2],
  ];
  const groups = {
    support: [8497 / 168, 100],
    financial: [335 / 6, 100],
    adoption: [72.5, 100],
    relationship: [72.5, 100],
    platform_value: [78.5, 100],
  } as const;

  it('has every intermediate value as worked by hand', () => {
    const card = scoreAccount(model, input(rows));
    expectMetrics(card, rows);
    expectGroups(card, groups);
    expect(card.churnRiskScore).toBeCloseTo(34_117 / 560, 10);
    expect(card.quantitativeScore).toBeCloseTo(190_271 / 2800, 10);
    expect(card.shown).toEqual({
      healthScore: 68,
      quantitativeScore: 68,
      churnRiskScore: 60.9,
      platformValueScore: 78.5,
      coverage: 100,
      band: { low: 68, high: 68 },
    });
    expect(card).toMatchObject({ tier: 'At Risk', provisional: false, cap: null });
  });

  it('names the four largest losses, with what would be good', () => {
    expect(reasonsOf(scoreAccount(model, input(rows)))).toEqual([
      { metric: 'messaging', points: 4, value: 80, threshold: 100 },
      { metric: 'tier_alignment', points: 2.7, value: 1, threshold: 0 },
      { metric: 'automations', points: 2.4, value: 70, threshold: 100 },
      { metric: 'payment_health', points: 2.3, value: 1, threshold: 0 },
    ]);
  });

  it('is held at 59.0 by a critical signal, and at 68.0 by one that is only watched', () => {
    const capped = scoreAccount(model, input(rows, { signals: [criticalSignal] }));
    expect(capped.shown).toMatchObject({
      healthScore: 59,
      quantitativeScore: 68,
      band: { low: 59, high: 59 },
    });
    const watched = scoreAccount(model, input(rows, { signals: [{ ...criticalSignal, severity: 'watch' }] }));
    expect(watched).toMatchObject({ shown: { healthScore: 68 }, cap: null });
  });
});

describe('A standard account with six metrics missing, one whole dimension among them', () => {
  /** Effective weights: support 0.6 × 0.3 ÷ 0.85 of which 0.85 is there, and so on. */
  const support = (0.6 * 0.3) / 0.85 / 0.85;
  const financial = (0.6 * 0.3) / 0.85;
  const adoption = (0.6 * 0.25) / 0.85 / 0.8;
  const platform = 0.4 / 0.95;
  const rows: readonly Row[] = [
    ['p1_p2_pct', 12.5, 475 / 7, support * 0.15 * (225 / 7)],
    ['escalation_pct', 8, 100, 0],
    ['median_first_response_seconds', 8700, 100, 0],
    ['median_resolution_seconds', 52_200, 100, 0],
    ['csat_score', null, null, 0],
    ['open_bugs', 4, 200 / 3, support * 0.05 * (100 / 3)],
    ['critical_bugs', 1, 50, support * 0.1 * 50],
    ['reopened_bugs', 2, 50, support * 0.05 * 50],
    ['avg_resolution_days', 9, 100, 0],
    ['bug_trend', 1.2, 30, support * 0.05 * 70],
    ['days_to_renewal', 86, 140 / 3, financial * 0.2 * (160 / 3)],
    ['payment_health', 1, 50, financial * 0.25 * 50],
    ['contract_changes', 0, 100, 0],
    ['arr_trajectory_pct', 2, 250 / 3, financial * 0.2 * (50 / 3)],
    ['tier_alignment', 1, 0, financial * 0.15 * 100],
    ['stickiness_pct', 24, 1250 / 13, adoption * 0.25 * (50 / 13)],
    ['mau_trend_pct', -7, 230 / 3, adoption * 0.25 * (70 / 3)],
    ['feature_breadth', 50, 100, 0],
    ['login_frequency', null, null, 0],
    ['qbr_attendance', null, null, 0],
    ['champion_stability', null, null, 0],
    ['expansion_signals', null, null, 0],
    ['messaging', 80, 80, platform * 0.5 * 20],
    ['automations', 70, 70, platform * 0.2 * 30],
    ['contactless', 85, 85, platform * 0.2 * 15],
    ['requests', 60, 60, platform * 0.05 * 40],
    ['staff_adoption', null, null, 0],
  ];

  it('has every intermediate value as worked by hand', () => {
    const card = scoreAccount(model, input(rows, { segment: 'standard' }));
    expectMetrics(card, rows);
    expectGroups(card, {
      support: [28_355 / 357, 85],
      financial: [58.5, 100],
      adoption: [14_275 / 156, 80],
      relationship: [null, 0],
      platform_value: [1480 / 19, 95],
    });
    expect(card.churnRiskScore).toBeCloseTo(23_856_349 / 315_588, 10);
    // 0.3 × 0.85 + 0.3 + 0.25 × 0.8 of Churn Risk; 60 % of it and 40 % of 95.
    expect(card.churnRiskCoverage).toBeCloseTo(75.5, 10);
    expect(card.coverage).toBeCloseTo(83.3, 10);
    expect(card.quantitativeScore).toBeCloseTo(764_650_791 / 9_993_620, 10);
    expect(card.band?.low).toBeCloseTo(63.262912087912085, 10);
    expect(card.band?.high).toBeCloseTo(79.96291208791209, 10);
    expect(card.shown).toEqual({
      healthScore: 76.5,
      quantitativeScore: 76.5,
      churnRiskScore: 75.6,
      platformValueScore: 77.9,
      coverage: 83.3,
      band: { low: 63.3, high: 80 },
    });
    // 63.3 would be At Risk and 80.0 Healthy.
    expect(card).toMatchObject({ tier: 'Healthy', provisional: true, doubts: ['band'] });
  });

  it('is capped at 75 by a moderate signal, and the upper end of its band with it', () => {
    const signals = [{ ...criticalSignal, severity: 'moderate' as const }];
    const card = scoreAccount(model, input(rows, { segment: 'standard', signals }));
    expect(card.shown).toMatchObject({
      healthScore: 75,
      quantitativeScore: 76.5,
      band: { low: 63.3, high: 75 },
    });
    expect(card).toMatchObject({
      tier: 'At Risk',
      provisional: false,
      cap: { name: 'moderate_signal', at: 75 },
    });
  });
});
