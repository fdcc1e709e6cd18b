import type { Readings } from './dimension.ts';
import type { Plan } from './plan.ts';
import { tierOf } from './tier.ts';

/** Lowest and highest score given what is missing: every missing metric at 0, then at 100, nominal weights. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Why a tier is provisional. */
export type Doubt = 'band' | 'coverage' | 'source_down';

const SURE: readonly never[] = [];

/**
 * What makes a tier provisional: the band's ends as shown lie in different tiers, coverage as shown is under
 * the guard, or a weighted reading was lost to a source that is down and no hold keeps the score from rising.
 *
 * @param shownBand null without a score
 * @param shownCoverage percent
 * @example doubtsOf(plan, { low: 71, high: 83 }, 88, readings, false) // => ['band']
 */
export function doubtsOf(
  plan: Plan,
  shownBand: Band | null,
  shownCoverage: number,
  readings: Readings,
  held: boolean,
): readonly Doubt[] {
  const apart =
    shownBand !== null && tierOf(shownBand.low, plan.tiers) !== tierOf(shownBand.high, plan.tiers);
  const thin = shownCoverage < plan.guards.provisionalBelowCoverage;
  const lost = !held && lostReading(plan, readings);
  if (!apart && !thin && !lost) return SURE;
  const doubts: Doubt[] = [];
  if (apart) doubts.push('band');
  if (thin) doubts.push('coverage');
  if (lost) doubts.push('source_down');
  return doubts;
}

/** Only a metric that counts can make a score uncertain. */
const lostReading = (plan: Plan, readings: Readings): boolean =>
  plan.metrics.some(({ id, nominal }) => nominal > 0 && readings[id]?.missing === 'source_down');
