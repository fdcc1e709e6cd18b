import { describe, expect, it } from 'vitest';
import { modelWith } from '../../test/golden/models.ts';
import { bestTenths } from './limits.ts';
import type { Reading } from './reading.ts';
import type { Segment } from './segment.ts';

const both = { green: 0, yellow: 5, red: 10 };
const model = modelWith(
  { platform_value: { metrics: { open_bugs: 0.5, platform_score: 0.5 } } },
  { open_bugs: { better: 'lower', unit: 'count', paid: both, standard: both } },
);
const accounts = (metric: string, values: readonly (number | null)[], segment: Segment = 'paid') =>
  values.map((value) => {
    const reading: Reading = value === null ? { value, missing: 'no_activity' } : { value };
    return { segment, readings: { [metric]: reading } };
  });
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('What the best tenth reaches', () => {
  it.each([
    ['platform_score', 10, 10],
    ['platform_score', 20, 19],
    ['platform_score', 21, 19],
    ['open_bugs', 10, 1],
    ['open_bugs', 20, 2],
    ['open_bugs', 21, 3],
    ['open_bugs', 1, 1],
  ])('of %s among %i accounts with 1, 2, 3 … is %d', (metric, count, limit) => {
    expect(bestTenths(model, accounts(metric, oneTo(count))).paid[metric]).toBe(limit);
  });
  it('leaves out what is missing, and has no limit where nothing is known', () => {
    const limits = bestTenths(model, accounts('open_bugs', [null, 4, null, 3]));
    expect(limits.paid).toEqual({ open_bugs: 3 });
    expect(limits.standard).toEqual({});
  });
  it('looks at each segment by itself', () => {
    const mixed = [...accounts('open_bugs', [7]), ...accounts('open_bugs', [2], 'standard')];
    expect(bestTenths(model, mixed)).toEqual({ paid: { open_bugs: 7 }, standard: { open_bugs: 2 } });
  });
});
