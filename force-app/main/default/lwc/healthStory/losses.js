import { formatPoints, formatValue, reasonsOf, tenthsOf } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { labelOf, ownerOf } from './words';

/**
 * Where points are lost: the four largest and the rest, which add up to what the score is short of 100.
 *
 * @param {import('./record').Scorecard} scorecard scored
 */
export function lossesOf(scorecard) {
  const reasons = reasonsOf(scorecard);
  const lost = 1000 - tenthsOf(/** @type {number} */ (scorecard.quantitativeScore));
  const rest = lost - reasons.reduce((sum, { points }) => sum + Math.round(points * 10), 0);
  return {
    total: fill(LABELS.lostTotal, (lost / 10).toFixed(1)),
    rows: reasons.map(({ metric, points, value, threshold }) => {
      const unit = scorecard.model.thresholds[metric]?.unit ?? '';
      return {
        id: metric,
        label: labelOf(metric),
        fact: [fill(LABELS.lossFact, formatValue(value, unit), formatValue(threshold, unit)), ownerOf(metric)]
          .filter(Boolean)
          .join('. '),
        points: formatPoints(-points),
      };
    }),
    rest: rest > 0 ? formatPoints(-rest / 10) : '',
  };
}
