import { ScorerError } from '../errors.ts';
import { advance } from '../metrics/for-scoring.ts';
import { scoreAccount, tierMoved, type Scorecard } from '../scoring/index.ts';
import { inputOf, type StoredCards } from './stored-card.ts';
import type { Row } from './stored.ts';

/** What moves an account's tier away from its stored score. */
export interface Causes {
  /** Has what was read moved it, rather than rules or signals? */
  readonly readings: boolean;
  /** The tier by the rules of then and by those of now, all else as stored; null where that cannot be told. */
  readonly rules: { readonly from: string; readonly to: string } | null;
}

/** In place of the tier of whom the rules leave without a score. */
const NO_TIER = 'none';

/**
 * Tells apart what moves a tier. By rules: the stored scorecard is scored again with the run's model and in the
 * account's present segment, readings and signals unchanged (docs/glossary.md, *rules*: model and segment).
 *
 * @param stored the account's newest stored score, as it was before this run, with a tier
 * @param present what this run scores, by the run's model
 * @example causesOf(row, card, cards) // => { readings: false, rules: { from: 'Healthy', to: 'At Risk' } }
 */
export function causesOf(stored: Row, present: Scorecard, cards: StoredCards): Causes {
  const tier = String(stored['Tier__c']);
  if (hasSameRules(stored, present)) {
    const readings = tier !== present.tier && movedByReadings(cards.cardOf(stored), present);
    return { readings, rules: { from: tier, to: tier } };
  }
  const before = cards.cardOf(stored);
  const again = scoredAgain(stored, present);
  const from = before?.tier ?? tier;
  return {
    readings:
      tier !== present.tier &&
      // Of a score whose model is gone, what the rules of now make of it tells what was read.
      (before === null && again !== null ? again.tier !== present.tier : movedByReadings(before, present)),
    rules: again === null ? null : { from, to: again.tier ?? NO_TIER },
  };
}

/** Nothing has to be computed again of most scores. */
const hasSameRules = (stored: Row, { model, input }: Scorecard): boolean =>
  stored['Model_Version__c'] === model.version &&
  String(stored['Segment__c']).toLowerCase() === input.segment;

/** A stored score that cannot be made again tells nothing of rules: its move counts. */
const movedByReadings = (before: Scorecard | null, present: Scorecard): boolean =>
  before === null || tierMoved(before, present, advance);

/** The stored scorecard by the rules of now; null when its readings cannot be read any more. */
function scoredAgain(stored: Row, { model, input }: Scorecard): Scorecard | null {
  try {
    return scoreAccount(model, { ...inputOf(stored), segment: input.segment });
  } catch (error) {
    if (error instanceof ScorerError || error instanceof RangeError) return null;
    throw error;
  }
}
