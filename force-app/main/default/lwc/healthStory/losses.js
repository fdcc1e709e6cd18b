import { reasonsOf, tenthsOf } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal, pointsText } from './speech';
import { inSentences, inUnit } from './phrases';
import { labelOf, ownerOf } from './words';

/**
 * Where points are lost: the four largest and the rest, which add up to what the score is short of 100.
 *
 * @param {import('./record').Scorecard} scorecard scored
 * @returns {import('c/healthFacts').Facts}
 */
export function lossesOf(scorecard) {
  const reasons = reasonsOf(scorecard);
  const lost = 1000 - tenthsOf(/** @type {number} */ (scorecard.quantitativeScore));
  const rest = lost - reasons.reduce((sum, { points }) => sum + Math.round(points * 10), 0);
  const rows = reasons.map(({ metric, points, value, threshold }) => {
    const written = inUnit(scorecard, metric);
    return {
      id: metric,
      label: labelOf(metric),
      fact: inSentences(fill(LABELS.lossFact, written(value), written(threshold)), ownerOf(metric)),
      points: pointsText(-points),
      opens: 'show',
    };
  });
  return {
    title: LABELS.lossesTitle,
    note: fill(LABELS.lostTotal, oneDecimal(lost / 10)),
    rows:
      rest > 0 ? [...rows, { id: 'rest', label: LABELS.lossesRest, points: pointsText(-rest / 10) }] : rows,
  };
}
