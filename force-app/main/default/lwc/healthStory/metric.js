import { shownScore } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { pointsText } from './speech';
import { METRICS } from 'c/metricCatalogue';
import { inSentences, inUnit } from './phrases';
import { labelOf, ownerOf, reasonText, titled } from './words';

/**
 * One metric. The bar is drawn by the metric's score, so right is always better and the middle is the yellow limit.
 *
 * @param {import('c/scoringCore').MetricScore} metric
 * @param {import('./record').Scorecard} scorecard
 * @param {import('./record').StoredReading | undefined} reading
 * @param {import('./dates').Dates} dates
 */
export function metricView({ id, value, missing, score, pointsLost }, scorecard, reading, dates) {
  const scale = /** @type {import('c/scoringCore').MetricScale} */ (scorecard.model.thresholds[id]);
  const limits = scale[scorecard.input.segment];
  const written = inUnit(scorecard, id);
  const [green, yellow, red] = [written(limits.green), written(limits.yellow), written(limits.red)];
  const better = scale.better === 'lower' ? LABELS.lowerIsBetter : LABELS.higherIsBetter;
  const source = titled(reading?.source || METRICS[id]?.source || '');
  const read = reading?.observedAt ? fill(LABELS.readOn, source, dates.day(reading.observedAt)) : source;
  const about = {
    id,
    label: labelOf(id),
    description: METRICS[id]?.description,
    carried: reading?.carriedFrom ? fill(LABELS.carried, dates.day(reading.carriedFrom)) : '',
  };
  if (value === null || score === null) {
    const reason = reasonText(missing);
    const aria = fill(LABELS.missingAria, reason);
    return { ...about, known: false, value: reason, aria, foot: inSentences(read, ownerOf(id)) };
  }
  return {
    ...about,
    known: true,
    value: written(value),
    aria: fill(LABELS.metricAria, written(value), better, green, yellow, red),
    green,
    yellow,
    red,
    marker: `inset-inline-start: ${score.toFixed(2)}%`,
    // Shape and not colour alone: a diamond below the limit, a dot from there on.
    markerStyle: score < 50 ? 'dot below tone_bad' : 'dot',
    foot: inSentences(read, better, ownerOf(id)),
    points: `${pointsText(-shownScore(pointsLost))} ${LABELS.points}`,
  };
}
