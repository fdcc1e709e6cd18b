import { describe, expect, it } from 'vitest';
import { loadModel } from '../shipped-model.ts';
import { effectiveSharesOf } from './effective-shares.ts';
import { fragilityLabel, fragilityOf } from './fragility.ts';
import { metricIdsOf, type Model } from './model.ts';
import type { Reading } from './reading.ts';
import { metricsOf, scoreAccount } from './scorecard.ts';
import { SEGMENTS, type Segment } from './segment.ts';
import type { Signal } from './signal.ts';
import { DRAWS, factorsOf, uniformFrom, type WeightFactors } from './weight-draws.ts';

const model = await loadModel();
const ids = metricIdsOf(model);

/** Readings between red and green or a little beyond, one in eight missing. */
function readingsFrom(next: () => number, segment: Segment): Record<string, Reading> {
  return Object.fromEntries(
    ids.map((id) => {
      const { green, red } = (model.thresholds[id] as Model['thresholds'][string])[segment];
      const value = red + (green - red) * (1.4 * next() - 0.2);
      return [id, next() < 0.125 ? { value: null, missing: 'no_activity' } : { value }] as const;
    }),
  );
}

/** The model with every weight of one draw changed: scored by the ordinary way, it says what a draw must give. */
function changed({ halves, dimensions, metrics }: WeightFactors): Model {
  let at = 0;
  const times = (weight: Record<Segment, number>, factor: number): Record<Segment, number> => ({
    paid: weight.paid * factor,
    standard: weight.standard * factor,
  });
  const list = <T extends { weight: Record<Segment, number> }>(group: readonly T[]): T[] =>
    group.map((metric) => ({ ...metric, weight: times(metric.weight, metrics[at++] as number) }));
  return {
    ...model,
    health: {
      churnRisk: times(model.health.churnRisk, halves[0] as number),
      platformValue: times(model.health.platformValue, halves[1] as number),
    },
    dimensions: model.dimensions.map((dimension, i) => ({
      ...dimension,
      weight: times(dimension.weight, dimensions[i] as number),
      metrics: list(dimension.metrics),
    })),
    platformValue: { ...model.platformValue, metrics: list(model.platformValue.metrics) },
  };
}

const critical: Signal = {
  severity: 'critical',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-09-20',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
};

describe('fragility', () => {
  it('is what scoring under each set of weights gives, with and without a cap', () => {
    const next = uniformFrom(3);
    const models = factorsOf(model).map(changed);
    let flips = 0;
    for (let i = 0; i < 12; i++) {
      const segment = SEGMENTS[i % 2] as Segment;
      const readings = readingsFrom(next, segment);
      const signals = i % 4 === 3 ? [critical] : [];
      const input = {
        accountId: '',
        name: '',
        segment,
        period: '2026-10',
        asOf: '2026-10-31',
        readings,
        signals,
      };
      const own = scoreAccount(model, input).tier;
      const tiers = models.map((drawn) => scoreAccount(drawn, input).tier);
      const found = fragilityOf(model, segment, readings, signals.length > 0 ? 59 : null);
      expect(found?.tier).toBe(own);
      expect(found?.flips).toBe(tiers.filter((tier) => tier !== own).length);
      for (const [tier, count] of Object.entries(found?.to ?? {})) {
        expect(count).toBe(tiers.filter((one) => one === tier).length);
      }
      flips += found?.flips ?? 0;
    }
    expect(models.length).toBe(DRAWS);
    expect(flips).toBeGreaterThan(0);
  });

  it('is nothing without a score, and none where a cap decides', () => {
    expect(fragilityOf(model, 'paid', {}, null)).toBeNull();
    const full = Object.fromEntries(
      ids.map((id) => [id, { value: model.thresholds[id]?.paid.green as number }]),
    );
    expect(fragilityOf(model, 'paid', full, 59)).toEqual({ tier: 'Critical', flips: 0, to: {} });
    expect(fragilityOf(model, 'paid', full, null)).toEqual({ tier: 'Champion', flips: 0, to: {} });
  });

  it.each([
    [0, 'solid'],
    [10, 'solid'],
    [11, 'leaning'],
    [40, 'leaning'],
    [41, 'fragile'],
  ])('with %d flips is %s', (flips, label) => expect(fragilityLabel(flips)).toBe(label));
});

describe('effective shares', () => {
  const portfolio = (count: number, segment: Segment) => {
    const next = uniformFrom(count);
    return Array.from({ length: count }, () => readingsFrom(next, segment));
  };

  it('sum to one with what is missing, in any order of accounts', () => {
    const accounts = portfolio(80, 'standard');
    const found = effectiveSharesOf(model, 'standard', accounts);
    const turned = effectiveSharesOf(model, 'standard', accounts.toReversed());
    if (found.status !== 'ok' || turned.status !== 'ok') throw new Error(found.status);
    expect(Object.keys(found.shares)).toEqual(ids);
    const sum = Object.values(found.shares).reduce((total, share) => total + share, found.missing);
    expect(sum).toBeCloseTo(1, 10);
    expect(turned.missing).toBeCloseTo(found.missing, 10);
    for (const id of ids) expect(turned.shares[id]).toBeCloseTo(found.shares[id] as number, 10);
  });

  it('are covariances of contributions with the score', () => {
    const accounts = portfolio(30, 'paid');
    const cards = accounts.map((readings) =>
      scoreAccount(model, {
        accountId: '',
        name: '',
        segment: 'paid',
        period: '2026-10',
        asOf: '2026-10-31',
        readings,
        signals: [],
      }),
    );
    const totals = cards.map(({ quantitativeScore }) => quantitativeScore as number);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (a: readonly number[], b: readonly number[]) =>
      mean(a.map((value, i) => value * (b[i] as number))) - mean(a) * mean(b);
    const column = cards.map((card) => metricsOf(card).find(({ id }) => id === 'messaging'));
    const usual = mean(column.flatMap((metric) => (metric?.score == null ? [] : [metric.score])));
    const parts = column.map((metric) =>
      metric?.score == null ? 0 : metric.effectiveWeight * (metric.score - usual),
    );
    const found = effectiveSharesOf(model, 'paid', accounts);
    if (found.status !== 'ok') throw new Error(found.status);
    expect(found.shares.messaging).toBeCloseTo(covariance(parts, totals) / covariance(totals, totals), 9);
  });

  it('need ten scored accounts that differ', () => {
    expect(effectiveSharesOf(model, 'paid', [...portfolio(9, 'paid'), {}])).toEqual({
      n: 9,
      status: 'too_few',
    });
    const same = portfolio(1, 'paid')[0] as Record<string, Reading>;
    expect(
      effectiveSharesOf(
        model,
        'paid',
        Array.from({ length: 12 }, () => same),
      ),
    ).toEqual({
      n: 12,
      status: 'no_spread',
    });
  });
});
