import { scoreAccount } from 'c/scoringCore';

/** A small model, complete in shape, so that every score of these tests comes from the core and none is typed by hand. */
const direct = { green: 100, yellow: 50, red: 0 };
const both = (weight) => ({ paid: weight, standard: weight });
const PARTS = { support: 0.3, financial: 0.3, adoption: 0.25, relationship: 0.15 };
export const MODEL = {
  version: 'test00000000',
  health: { churnRisk: both(0.6), platformValue: both(0.4) },
  dimensions: Object.entries(PARTS).map(([id, weight]) => ({
    id,
    label: id,
    weight: both(weight),
    metrics: [{ id: `${id}_score`, weight: both(1) }],
  })),
  platformValue: { label: 'Platform value', metrics: [{ id: 'platform_score', weight: both(1) }] },
  thresholds: Object.fromEntries(
    [...Object.keys(PARTS), 'platform'].map((id) => [
      `${id}_score`,
      { better: 'higher', unit: 'score', paid: direct, standard: direct },
    ]),
  ),
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
  guards: {
    provisionalBelowCoverage: 50,
    maxCarryForwardDays: 45,
    outageShare: 0.5,
    tierMoveShare: 0.1,
    tierMoveMinAccounts: 5,
  },
};

export const ACCOUNT_ID = '001000000000001AAA';
const READINGS = {
  support_score: 61,
  financial_score: 68,
  adoption_score: 66,
  relationship_score: 67,
  platform_score: 78,
};
export const CRITICAL = {
  id: 'a02000000000001AAA',
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-03',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: '2026-12-14',
};

/** A record of Health_Score__c, as the scorer stores what the core says of these readings. */
export function scoreRow({ readings = {}, signals = [], ...more } = {}) {
  const values = { ...READINGS, ...readings };
  const details = {
    format: 1,
    segment: 'paid',
    asOf: '2026-10-31',
    window: { start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z', complete: true },
    readings: Object.entries(values).map(([id, value]) => ({
      id,
      value,
      ...(value === null && { missing: 'not_mapped' }),
      unit: 'score',
      source: 'salesforce',
      observedAt: '2026-11-01T06:00:00Z',
    })),
    signals,
    hold: null,
    change: { code: 'first_score' },
    path: { code: 'no_score' },
  };
  const { shown, tier, provisional } = scoreAccount(MODEL, {
    accountId: ACCOUNT_ID,
    name: 'Larkfield Hotels',
    segment: 'paid',
    period: '2026-10',
    asOf: details.asOf,
    readings: Object.fromEntries(
      details.readings.map(({ id, value }) => [
        id,
        value === null ? { value, missing: 'not_mapped' } : { value },
      ]),
    ),
    signals,
    hold: null,
    carried: {},
  });
  return {
    Id: 'a01000000000001AAA',
    Score_Key__c: `${ACCOUNT_ID}:2026-10`,
    Period__c: '2026-10',
    Window_End__c: '2026-10-31',
    Health_Score__c: shown.healthScore,
    Quantitative_Score__c: shown.quantitativeScore,
    Churn_Risk_Score__c: shown.churnRiskScore,
    Platform_Value_Score__c: shown.platformValueScore,
    Tier__c: tier,
    Provisional__c: provisional,
    Coverage__c: shown.coverage,
    Band_Low__c: shown.band?.low ?? null,
    Band_High__c: shown.band?.high ?? null,
    Main_Reason__c: tier === null ? null : 'Support now 61 (−1.3)',
    Model_Version__c: MODEL.version,
    Details__c: JSON.stringify(details),
    ...more,
  };
}

const asNode = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, field === 'Id' ? value : { value }]),
  );

/** What the org answers for an opportunity or a case. `score` null: none yet; 'hidden': from this reader. */
export function answerOf({
  object = 'Opportunity',
  score = scoreRow(),
  account = {},
  ended = '2026-10-31',
} = {}) {
  const known = {
    ...asNode({
      Id: ACCOUNT_ID,
      Name: 'Larkfield Hotels',
      Health_Segment__c: 'paid',
      Churned_On__c: null,
      ...account,
    }),
    ...(score !== 'hidden' && {
      Current_Health_Score__r: score && {
        ...asNode(score),
        Run__r: { Id: 'a03000000000001AAA', Model__c: { value: JSON.stringify(MODEL) } },
      },
    }),
  };
  return {
    uiapi: {
      query: {
        [object]: {
          edges: [{ node: { Id: '006000000000001AAA', AccountId: { value: ACCOUNT_ID }, Account: known } }],
        },
        ended: { edges: [{ node: { Id: 'a03000000000001AAA', Window_End__c: { value: ended } } }] },
      },
    },
  };
}

export const withoutAccount = {
  uiapi: {
    query: {
      Case: { edges: [{ node: { Id: '500000000000001AAA', AccountId: { value: null }, Account: null } }] },
      ended: { edges: [] },
    },
  },
};
