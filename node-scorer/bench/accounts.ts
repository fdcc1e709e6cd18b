import { metricIdsOf, type AccountInput, type Model, type Reading } from '../src/scoring/index.ts';

/** Numbers that look random and are the same in every run (Numerical Recipes' linear congruential generator). */
export function makeNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Accounts with values around their thresholds, one reading in ten missing, one account in twenty with a signal.
 *
 * @example makeAccounts(model, 10_000).length // => 10000
 */
export function makeAccounts(model: Model, count: number, seed = 20_261_121): AccountInput[] {
  const next = makeNumbers(seed);
  const ids = metricIdsOf(model);
  return Array.from({ length: count }, (_, i): AccountInput => {
    const segment = next() < 0.5 ? 'paid' : 'standard';
    const readings = ids.map((id): [string, Reading] => {
      const { green, red } = model.thresholds[id]?.[segment] ?? { green: 1, red: 0 };
      const value = red + (green - red) * (next() * 1.4 - 0.2);
      return [id, next() < 0.1 ? { value: null, missing: 'no_activity' } : { value }];
    });
    return {
      accountId: `001${String(i).padStart(12, '0')}AAA`,
      name: `Customer ${i}`,
      segment,
      period: '2026-10',
      asOf: '2026-10-31',
      readings: Object.fromEntries(readings),
      signals: next() < 0.05 ? [SIGNAL] : [],
    };
  });
}

const SIGNAL: AccountInput['signals'][number] = {
  severity: 'moderate',
  status: 'active',
  confidence: 'confirmed',
  observedOn: '2026-10-03',
  monitoringFrom: null,
  resolvedOn: null,
  expiresOn: null,
};
