import { formatPoints, SWITCHES } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { BARS, changeOf, metricMove } from './headline';
import { oneDecimal } from './words';

/** More lines than six hide the large ones. */
const MOST = 6;

/**
 * What changed since the earlier score: five bars that add up, and the metrics inside the first.
 *
 * @param {{ details: import('./record').Details, scorecard: import('./record').Scorecard | null, readings: ReadonlyMap<string, Record<string, number | string>>, dates: import('./dates').Dates, now: string }} known readings by period; `now` names the present window
 */
export function changesOf({ details, scorecard, readings, dates, now }) {
  const change = changeOf(details);
  if (change === null) {
    const code =
      'code' in (details.change ?? {}) ? /** @type {{ code: string }} */ (details.change).code : '';
    return { told: false, why: code === 'no_score' ? LABELS.changeNoScore : LABELS.changeFirst };
  }
  const metrics = Object.entries(change.metrics)
    .filter(([, points]) => points !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  const rest = metrics.slice(MOST);
  return {
    told: true,
    why: '',
    total: formatPoints(change.shown),
    from: fill(LABELS.scoreOfMonth, dates.month(change.since.period), oneDecimal(change.from)),
    to: fill(LABELS.scoreOfMonth, now, oneDecimal(change.to)),
    bars: barsOf(change),
    inside: widths([
      ...metrics.slice(0, MOST).map(([id, points]) => ({
        id,
        text: metricMove(id, scorecard, readings.get(change.since.period)),
        points,
      })),
      ...(rest.length > 0
        ? [
            {
              id: 'rest',
              text: fill(LABELS.smallerOnes, rest.length),
              points: rest.reduce((sum, [, points]) => sum + Math.round(points * 10), 0) / 10,
            },
          ]
        : []),
    ]),
    insideTotal: formatPoints(change.bars.behaviour),
    rules:
      scorecard !== null && change.since.modelVersion !== scorecard.model.version
        ? fill(LABELS.rulesMoved, change.since.modelVersion, scorecard.model.version)
        : '',
  };
}

/**
 * Bars from the earlier score to the present one, each starting where the last ended.
 *
 * @param {import('./record').StoredChange} change
 */
function barsOf({ from, bars }) {
  const stops = SWITCHES.reduce(
    (/** @type {number[]} */ list, name) => [
      ...list,
      /** @type {number} */ (list[list.length - 1]) + bars[name],
    ],
    [from],
  );
  const [low, high] = [Math.min(...stops), Math.max(...stops)];
  // A hundredth of a span of nothing is nothing: without a change there is no bar.
  const scale = high - low > 0.05 ? 100 / (high - low) : 0;
  return SWITCHES.map((name, i) => {
    const [a, b] = [/** @type {number} */ (stops[i]), /** @type {number} */ (stops[i + 1])];
    return {
      id: name,
      label: BARS[name] ?? name,
      points: formatPoints(bars[name]),
      bar: `inset-inline-start: ${((Math.min(a, b) - low) * scale).toFixed(2)}%; inline-size: ${(Math.abs(b - a) * scale).toFixed(2)}%`,
      style: styleOf(bars[name]),
    };
  });
}

/** @param {{ id: string, text: string, points: number }[]} rows */
function widths(rows) {
  const largest = Math.max(...rows.map(({ points }) => Math.abs(points)), 0.1);
  return rows.map(({ id, text, points }) => ({
    id,
    text,
    points: formatPoints(points),
    bar: `inline-size: ${((Math.abs(points) / largest) * 100).toFixed(1)}%`,
    style: styleOf(points),
  }));
}

/** @param {number} points */
function styleOf(points) {
  return points < 0 ? 'bar bar_down' : points > 0 ? 'bar bar_up' : 'bar bar_none';
}
