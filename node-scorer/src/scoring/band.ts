import { lostMetrics, type Losable } from './lost.ts';
import type { Plan } from './plan.ts';
import { tierOf } from './tier.ts';

/** Lowest and highest score given what is missing: every missing metric at 0, then at 100, nominal weights. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Why a tier is provisional. */
export type Doubt = 'band' | 'coverage' | 'source_down' | 'unusable';

const SURE: readonly never[] = [];

/**
 * What makes a tier provisional: the band's ends as shown lie in different tiers, coverage as shown is under
 * the guard, or weighted readings were lost and no outage cap keeps the score from rising: `source_down` when a failed
 * read took them, `unusable` when what came is no value or a configured name means nothing there.
 *
 * @param shownBand null without a score
 * @param shownCoverage percent
 * @param held an outage cap applies
 * @example doubtsOf(plan, { low: 71, high: 83 }, 88, account, false) // => ['band']
 */
export function doubtsOf(
  plan: Plan,
  shownBand: Band | null,
  shownCoverage: number,
  account: Losable,
  held: boolean,
): readonly Doubt[] {
  const apart =
    shownBand !== null && tierOf(shownBand.low, plan.tiers) !== tierOf(shownBand.high, plan.tiers);
  const thin = shownCoverage < plan.guards.provisionalBelowCoverage;
  const lost = held ? SURE : lostMetrics(plan, account);
  if (!apart && !thin && lost.length === 0) return SURE;
  const doubts: Doubt[] = [];
  if (apart) doubts.push('band');
  if (thin) doubts.push('coverage');
  if (lost.some(({ loss }) => loss === 'source_down')) doubts.push('source_down');
  if (lost.some(({ loss }) => loss !== 'source_down')) doubts.push('unusable');
  return doubts;
}
