import { BIT, mixer, type Advance } from './mixed-state.ts';
import { planOf } from './plan.ts';
import type { Scorecard } from './scorecard.ts';
import { tierOf } from './tier.ts';

const READ = BIT.behaviour | BIT.data | BIT.calendar;

/**
 * Did what was read move the tier? A move that new rules or signals make by themselves is meant, and does not
 * count towards the guard of a run (docs/glossary.md, "run"): the tier is judged with the earlier rules and signals.
 *
 * @param earlier scored
 * @param present scored
 * @returns false when either has no tier
 * @example tierMoved(september, october, advance) // => true
 */
export function tierMoved(earlier: Scorecard, present: Scorecard, advance: Advance): boolean {
  if (earlier.healthScore === null || present.healthScore === null) return false;
  const score = mixer(earlier, present, advance).score(READ);
  return tierOf(score, planOf(earlier.model, earlier.input.segment).tiers).name !== earlier.tier;
}
