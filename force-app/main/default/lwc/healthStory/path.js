import { formatPoints, formatValue, pathSentences } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { labelOf, oneDecimal, ownerOf } from './words';

/**
 * The way to the next tier, or why there is none.
 *
 * @param {{ details: import('./record').Details, scorecard: import('./record').Scorecard, accountName: string, dates: import('./dates').Dates }} known
 */
export function pathOf({ details, scorecard, accountName, dates }) {
  const { path } = details;
  if (!path) return null;
  const under = path.cappedBy ? underCap(scorecard) : '';
  const sentences = pathSentences(path, scorecard, labelOf);
  if ('code' in path || path.steps.length === 0)
    // Under a cap that alone is in the way, the answer is the cap.
    return {
      title: LABELS.pathTitle,
      steps: [],
      under,
      said: under ? [] : sentences,
      needs: '',
      reaches: '',
    };
  const bound = scorecard.model.tiers.find(({ name }) => name === path.tier)?.from ?? 0;
  return {
    title: fill(LABELS.pathTo, path.tier),
    needs: fill(LABELS.pathNeeds, oneDecimal(bound)),
    under: under && `${under} ${LABELS.pathWithout}`,
    said: [],
    steps: path.steps.map(({ metric, from, to, points, clearsBy }, i) => {
      const unit = scorecard.model.thresholds[metric]?.unit ?? '';
      const move = fill(LABELS.fromTo, formatValue(from, unit), formatValue(to, unit));
      return {
        id: metric,
        number: String(i + 1),
        label: labelOf(metric),
        move: [move, ownerOf(metric)].filter(Boolean).join('. '),
        clears: clearsBy ? fill(LABELS.clearsBy, dates.day(clearsBy)) : '',
        points: points < 0.05 ? LABELS.underATenth : formatPoints(points),
        task: {
          subject: fill(LABELS.taskSubject, labelOf(metric), move),
          description: fill(
            LABELS.taskDescription,
            accountName,
            oneDecimal(scorecard.shown.healthScore),
            formatPoints(points),
            path.tier,
            METRICS[metric]?.description ?? '',
          ),
        },
        taskLabel: fill(LABELS.taskFor, labelOf(metric)),
      };
    }),
    reaches: fill(LABELS.pathReaches, oneDecimal(path.reaches)),
  };
}

/**
 * What is in the way before all else: nothing moves the score while it is held.
 *
 * @param {import('./record').Scorecard} scorecard
 */
function underCap({ cap, ceiling, shown }) {
  const at = oneDecimal((cap ?? ceiling)?.at);
  return (cap ?? ceiling)?.sources.length
    ? fill(LABELS.pathHeldBySource, at, oneDecimal(shown.quantitativeScore))
    : fill(LABELS.pathHeldBySignal, at, oneDecimal(shown.quantitativeScore));
}
