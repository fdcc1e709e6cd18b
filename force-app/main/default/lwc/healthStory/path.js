import { formatPoints, pathSentences } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { inSentences, inUnit } from './phrases';
import { labelOf, oneDecimal, ownerOf } from './words';

/**
 * The way to the next tier, or why there is none.
 *
 * @param {{ details: import('./record').Details, scorecard: import('./record').Scorecard, accountName: string, dates: import('./dates').Dates }} known
 * @returns {import('c/healthFacts').Facts | null}
 */
export function pathOf({ details, scorecard, accountName, dates }) {
  const { path } = details;
  if (!path) return null;
  const under = path.cappedBy ? underCap(scorecard) : '';
  if ('code' in path || path.steps.length === 0)
    // Under a cap that alone is in the way, the answer is the cap.
    return {
      title: LABELS.pathTitle,
      lead: under || inSentences(...pathSentences(path, scorecard, labelOf)),
      rows: [],
    };
  const bound = scorecard.model.tiers.find(({ name }) => name === path.tier)?.from ?? 0;
  return {
    title: fill(LABELS.pathTo, path.tier),
    note: fill(LABELS.pathNeeds, oneDecimal(bound)),
    lead: under && `${under} ${LABELS.pathWithout}`,
    rows: path.steps.map(({ metric, from, to, points, clearsBy }, i) => {
      const label = labelOf(metric);
      const written = inUnit(scorecard, metric);
      const move = fill(LABELS.fromTo, written(from), written(to));
      const clears = clearsBy ? fill(LABELS.clearsBy, dates.day(clearsBy)) : '';
      return {
        id: metric,
        mark: String(i + 1),
        markStyle: 'pill',
        label,
        fact: inSentences(move, ownerOf(metric), clears),
        points: points < 0.05 ? LABELS.underATenth : formatPoints(points),
        button: LABELS.task,
        act: 'task',
        subject: fill(LABELS.taskSubject, label, move),
        description: fill(
          LABELS.taskDescription,
          accountName,
          oneDecimal(scorecard.shown.healthScore),
          formatPoints(points),
          path.tier,
          METRICS[metric]?.description ?? '',
        ),
      };
    }),
    foot: fill(LABELS.pathReaches, oneDecimal(path.reaches)),
  };
}

/**
 * What is in the way before all else: nothing moves the score while it is held.
 *
 * @param {import('./record').Scorecard} scorecard
 */
function underCap({ cap, ceiling, shown }) {
  const held = cap ?? ceiling;
  return fill(
    held?.sources.length ? LABELS.pathHeldBySource : LABELS.pathHeldBySignal,
    oneDecimal(held?.at),
    oneDecimal(shown.quantitativeScore),
  );
}
