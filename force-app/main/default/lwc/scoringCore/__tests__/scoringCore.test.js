import { scoreAccount, scoreBatch, toPortfolio } from 'c/scoringCore';

const direct = { green: 100, yellow: 50, red: 0 };
const scale = { better: 'higher', unit: 'score', paid: direct, standard: direct };
const both = (weight) => ({ paid: weight, standard: weight });
const ids = ['support', 'financial', 'adoption', 'relationship'];
const model = {
  version: 'test',
  health: { churnRisk: both(0.6), platformValue: both(0.4) },
  dimensions: [0.3, 0.3, 0.25, 0.15].map((weight, i) => ({
    id: ids[i],
    label: ids[i],
    weight: both(weight),
    metrics: [{ id: `${ids[i]}_score`, weight: both(1) }],
  })),
  platformValue: { label: 'Platform Value', metrics: [{ id: 'platform_score', weight: both(1) }] },
  thresholds: Object.fromEntries([...ids, 'platform'].map((id) => [`${id}_score`, scale])),
  tiers: [
    { name: 'Champion', from: 90 },
    { name: 'Healthy', from: 76 },
    { name: 'At Risk', from: 60 },
    { name: 'Critical', from: 0 },
  ],
  caps: [
    { name: 'critical_signal', severity: 'critical', atLeast: 1, confirmed: false, cap: 59, segment: null },
  ],
  monitoringReduction: 1,
  guards: { provisionalBelowCoverage: 50 },
};
const account = (signals) => ({
  accountId: '001000000000001AAA',
  name: 'Larkfield Hotels',
  segment: 'paid',
  period: '2026-10',
  asOf: '2026-10-31',
  readings: {
    support_score: { value: 85 },
    financial_score: { value: 95 },
    adoption_score: { value: 88 },
    relationship_score: { value: 92 },
    platform_score: { value: 82 },
  },
  signals,
});
const signal = {
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-03',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
};

describe('The scoring core inside Lightning', () => {
  it('gives the worked example: 89.8 and 86.7, Healthy', () => {
    const { shown, tier } = scoreAccount(model, account([]));
    expect(shown).toMatchObject({ churnRiskScore: 89.8, healthScore: 86.7, platformValueScore: 82 });
    expect(tier).toBe('Healthy');
  });

  it('caps it at 59.0, Critical', () => {
    const { shown, tier, cap } = scoreAccount(model, account([signal]));
    expect(shown).toMatchObject({ healthScore: 59, quantitativeScore: 86.7 });
    expect({ tier, cap: cap.name }).toEqual({ tier: 'Critical', cap: 'critical_signal' });
  });

  it('scores a portfolio to the same last bit', () => {
    const accounts = [account([]), account([signal])];
    const { health } = scoreBatch(model, toPortfolio(model, accounts));
    expect([...health]).toEqual(accounts.map((one) => scoreAccount(model, one).healthScore));
  });
});
