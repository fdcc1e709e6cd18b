import { expect, it } from 'vitest';
import { cardOf } from '../../test/golden/accounts.ts';
import { criticalSignal } from '../../test/golden/models.ts';
import { toOutputLine } from './output-line.ts';

it('A scored account as its line, in the order and with the decimals of the interface', () => {
  const card = cardOf([85, 95, 88, null, 82], { signals: [criticalSignal] });
  const dimension = (score: number | null, metric: string, effectiveWeight: number) => ({
    score,
    coverage: score === null ? 0 : 100,
    metrics: {
      [metric]: {
        value: score,
        score,
        weight: 1,
        effectiveWeight,
        missing: score === null ? 'no_activity' : null,
      },
    },
  });
  const line = toOutputLine(card);
  expect(line).toEqual({
    accountId: '001000000000001AAA',
    name: 'Larkfield Hotels',
    segment: 'paid',
    period: '2026-10',
    modelVersion: card.model.version,
    status: 'scored',
    healthScore: 59,
    quantitativeScore: 86.4,
    churnRiskScore: 89.4,
    platformValueScore: 82,
    tier: 'Critical',
    provisional: false,
    band: { low: 59, high: 59 },
    coverage: 91,
    dimensions: {
      support: dimension(85, 'support_score', 0.211764705882),
      financial: dimension(95, 'financial_score', 0.211764705882),
      adoption: dimension(88, 'adoption_score', 0.176470588235),
      relationship: dimension(null, 'relationship_score', 0),
    },
    platformValue: dimension(82, 'platform_score', 0.4),
    cap: { name: 'critical_signal', at: 59, signals: [criticalSignal] },
    reasons: [
      { metric: 'platform_score', points: 7.2, value: 82, threshold: 100 },
      { metric: 'support_score', points: 3.2, value: 85, threshold: 100 },
      { metric: 'adoption_score', points: 2.1, value: 88, threshold: 100 },
      { metric: 'financial_score', points: 1.1, value: 95, threshold: 100 },
    ],
  });
  expect(Object.keys(line)).toEqual([
    ...[
      'accountId',
      'name',
      'segment',
      'period',
      'modelVersion',
      'status',
      'healthScore',
      'quantitativeScore',
    ],
    ...['churnRiskScore', 'platformValueScore', 'tier', 'provisional', 'band', 'coverage', 'dimensions'],
    ...['platformValue', 'cap', 'reasons'],
  ]);
});

it('An account without a score has nulls, coverage 0 and no reasons', () => {
  const line = toOutputLine(cardOf([null, null, null, null, null], { signals: [criticalSignal] }));
  expect(line).toMatchObject({
    status: 'unscored',
    healthScore: null,
    quantitativeScore: null,
    churnRiskScore: null,
    platformValueScore: null,
    tier: null,
    band: null,
    coverage: 0,
    cap: null,
    reasons: [],
  });
});

it('A hold names its sources, with one decimal', () => {
  const card = cardOf([80, 80, 80, 80, 80], { hold: { at: 70.26, sources: ['jira'] } });
  expect(toOutputLine(card).cap).toEqual({ name: 'outage_hold', at: 70.3, signals: [], sources: ['jira'] });
});

it('A loss too small to show is no reason, unless it is all there is', () => {
  const reasons = (scores: number[]) => toOutputLine(cardOf(scores)).reasons.map(({ metric }) => metric);
  expect(reasons([99.9, 90, 100, 100, 100])).toEqual(['financial_score']);
  expect(reasons([99.9, 100, 100, 100, 100])).toEqual(['support_score']);
  expect(reasons([100, 100, 100, 100, 100])).toEqual([]);
});

it('Losses that are the same stand in model order', () => {
  const { reasons } = toOutputLine(cardOf([90, 90, 88, 80, 95.5]));
  expect(reasons.map(({ metric }) => metric)).toEqual([
    'support_score',
    'financial_score',
    'adoption_score',
    'relationship_score',
  ]);
});
