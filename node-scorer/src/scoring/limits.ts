import { finiteValue } from './dimension.ts';
import type { Model } from './model.ts';
import type { AccountInput } from './scorecard.ts';
import { SEGMENTS, type Segment } from './segment.ts';

/** By metric id, the raw value beyond which no target goes. */
export type Limits = Readonly<Record<string, number>>;

/**
 * What the best tenth of each segment reaches in a run: the worst value inside that tenth, by nearest rank. A path
 * asks nobody for more. Metrics that nobody has a reading of have no limit.
 *
 * @param accounts all accounts of the run
 * @example bestTenths(model, accounts).paid.open_bugs // => 1: one paid account in ten has at most one open bug
 */
export function bestTenths(
  model: Model,
  accounts: readonly Pick<AccountInput, 'segment' | 'readings'>[],
): Record<Segment, Limits> {
  const limitsOf = (segment: Segment): Limits => {
    const own = accounts.filter((account) => account.segment === segment);
    const limits: Record<string, number> = {};
    for (const [id, { better }] of Object.entries(model.thresholds)) {
      const values = own.map(({ readings }) => finiteValue(readings[id])).filter((value) => value !== null);
      values.sort((a, b) => a - b);
      const rank = Math.ceil(values.length / 10);
      if (rank > 0) limits[id] = values[better === 'lower' ? rank - 1 : values.length - rank] as number;
    }
    return limits;
  };
  return Object.fromEntries(SEGMENTS.map((segment) => [segment, limitsOf(segment)])) as Record<
    Segment,
    Limits
  >;
}
