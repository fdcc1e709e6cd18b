import { metricById } from '../metrics/catalogue.ts';
import { mainReasonOf, mainReasonSentence, type Scorecard } from '../scoring/index.ts';

/** What people call a metric. */
const labelOf = (id: string): string => metricById(id)?.label ?? id;

/**
 * The main reason of a score, as one line: the signal that caps it, else the metric that costs most points.
 * Null when nothing is lost or nothing is known.
 *
 * @example mainReason(card) // => 'First response 2 h 25 min, good at 1 h (−1.6)'
 */
export function mainReason(card: Scorecard): string | null {
  // Without a change statement every score is told as a first one.
  const reason = mainReasonOf(card, { code: 'first_score' });
  return reason && mainReasonSentence(reason, card, labelOf);
}
