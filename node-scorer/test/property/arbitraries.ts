import fc from 'fast-check';
import type {
  AccountInput,
  CapRule,
  MetricScale,
  Model,
  Reading,
  Segment,
  Signal,
  Threshold,
  WeightedMetric,
} from '../../src/scoring/index.ts';
import { MISSING_REASONS, SEGMENTS, SEVERITIES, addDays, metricIdsOf } from '../../src/scoring/index.ts';

/** Seeded, so that a failure comes back; another number of runs with PROPERTY_RUNS. */
export const PROOF: fc.Parameters<unknown> = {
  seed: 20_261_121,
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1_000),
};

const DAY = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-08-01', days));

/** Weights that sum to 1 as closely as a person writes them, zeros among them. */
function weights(count: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: count, maxLength: count })
    .map((parts) => (parts.some((part) => part > 0) ? parts : parts.map(() => 1)))
    .map((parts) => parts.map((part) => part / parts.reduce((sum, other) => sum + other, 0)));
}

const bySegment = <T, U>(value: fc.Arbitrary<T[]>, make: (paid: T, standard: T, i: number) => U) =>
  fc.tuple(value, value).map(([paid, standard]) => paid.map((one, i) => make(one, standard[i] as T, i)));

const metricsOfGroup = (prefix: string): fc.Arbitrary<WeightedMetric[]> =>
  fc.integer({ min: 1, max: 6 }).chain((count) =>
    bySegment(weights(count), (paid, standard, i) => ({
      id: `${prefix}_${i}`,
      weight: { paid, standard },
    })),
  );

const scale: fc.Arbitrary<MetricScale> = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom('count', 'percent', 'seconds', 'days', 'ratio', 'per week', 'score'),
    fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 6, maxLength: 6 }),
    fc.constantFrom(1, 0.1, 60),
  )
  .map(([higher, unit, numbers, step]) => {
    const threshold = (three: number[]): Threshold => {
      const [a, b, c] = three.sort((x, y) => x - y).map((n) => n * step) as [number, number, number];
      return higher ? { green: c, yellow: b, red: a } : { green: a, yellow: b, red: c };
    };
    const [paid, standard] = [threshold(numbers.slice(0, 3)), threshold(numbers.slice(3))];
    return { better: higher ? 'higher' : 'lower', unit, paid, standard };
  });

const caps: fc.Arbitrary<CapRule[]> = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      atLeast: fc.integer({ min: 1, max: 2 }),
      confirmed: fc.boolean(),
      cap: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
      segment: fc.constantFrom<Segment | null>(null, ...SEGMENTS),
    }),
    { maxLength: 4 },
  )
  .map((rules) => rules.map((rule, i) => ({ name: `rule_${i}`, ...rule })));

const tiers = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 5 })
  .map((bounds) =>
    [...bounds.sort((a, b) => b - a), 0].map((tenths, i) => ({ name: `T${i}`, from: tenths / 10 })),
  );

/** Any model that the configuration would let pass. */
export const anyModel: fc.Arbitrary<Model> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) =>
    fc.record({
      health: bySegment(weights(2), (paid, standard) => ({ paid, standard })),
      dimensionWeights: bySegment(weights(count), (paid, standard) => ({ paid, standard })),
      groups: fc.tuple(...Array.from({ length: count }, (_, i) => metricsOfGroup(`d${i}`))),
      pillars: metricsOfGroup('p'),
      scales: fc.array(scale, { minLength: 36, maxLength: 36 }),
      tiers,
      caps,
      monitoringReduction: fc.integer({ min: 0, max: 3 }),
      coverageGuard: fc.integer({ min: 0, max: 100 }),
      version: fc.integer({ min: 0, max: 1e9 }).map(String),
    }),
  )
  .map(({ health, dimensionWeights, groups, pillars, scales, coverageGuard, ...rest }) => {
    const ids = [...groups.flat(), ...pillars].map(({ id }) => id);
    return {
      ...rest,
      health: {
        churnRisk: health[0] as Model['health']['churnRisk'],
        platformValue: health[1] as Model['health']['platformValue'],
      },
      dimensions: groups.map((metrics, i) => ({
        id: `d${i}`,
        label: `D${i}`,
        weight: dimensionWeights[i] as Model['health']['churnRisk'],
        metrics,
      })),
      platformValue: { label: 'P', metrics: pillars },
      thresholds: Object.fromEntries(ids.map((id, i) => [id, scales[i] as MetricScale])),
      guards: {
        provisionalBelowCoverage: coverageGuard,
        maxCarryForwardDays: 45,
        outageShare: 0.3,
        tierMoveShare: 0.15,
        tierMoveMinAccounts: 50,
      },
    };
  });

/** Any well-formed signal: its status agrees with its dates. */
export const anySignal: fc.Arbitrary<Signal> = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    status: fc.constantFrom('active' as const, 'monitoring' as const, 'resolved' as const),
    confidence: fc.constantFrom('suspected' as const, 'confirmed' as const),
    observedOn: DAY,
    monitoring: DAY,
    monitored: fc.boolean(),
    resolved: DAY,
    expiresOn: fc.option(DAY),
  })
  .map(({ monitoring, monitored, resolved, status, ...signal }) => ({
    ...signal,
    status,
    monitoringFrom: status === 'monitoring' || (status === 'resolved' && monitored) ? monitoring : null,
    resolvedOn: status === 'resolved' ? resolved : null,
  }));

/** A value near its thresholds, at one of them, or far outside. */
function anyValue(metric: MetricScale, segment: Segment): fc.Arbitrary<number> {
  const { green, yellow, red } = metric[segment];
  const [low, high] = [Math.min(green, red), Math.max(green, red)];
  const span = high - low + 1;
  return fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: low - span / 4, max: high + span / 4, noNaN: true }) },
    { weight: 2, arbitrary: fc.constantFrom(green, yellow, red) },
    { weight: 1, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
  );
}

const missing: fc.Arbitrary<Reading> = fc
  .constantFrom(...MISSING_REASONS)
  .map((reason) => ({ value: null, missing: reason }));

/** Any readings of a model's metrics. */
export function anyReadings(model: Model, segment: Segment): fc.Arbitrary<Record<string, Reading>> {
  return fc.record(
    Object.fromEntries(
      metricIdsOf(model).map((id) => [
        id,
        fc.oneof(
          {
            weight: 4,
            arbitrary: anyValue(model.thresholds[id] as MetricScale, segment).map((value): Reading => ({
              value,
            })),
          },
          { weight: 1, arbitrary: missing },
        ),
      ]),
    ),
  );
}

/** Any account of a model. */
export function anyAccount(model: Model): fc.Arbitrary<AccountInput> {
  return fc.constantFrom(...SEGMENTS).chain((segment) =>
    fc
      .record({
        readings: anyReadings(model, segment),
        signals: fc.array(anySignal, { maxLength: 3 }),
        holdAt: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { freq: 8 }),
      })
      .map(({ readings, signals, holdAt }) => ({
        accountId: '001000000000001AAA',
        name: 'Larkfield Hotels',
        segment,
        period: '2026-10',
        asOf: '2026-10-31',
        readings,
        signals,
        hold: holdAt === null ? null : { at: holdAt, sources: ['jira'] },
      })),
  );
}

/** Any model with an account that it scores. */
export const anyCase: fc.Arbitrary<{ model: Model; account: AccountInput }> = anyModel.chain((model) =>
  anyAccount(model).map((account) => ({ model, account })),
);
