import { SWITCHES } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal, pointsText } from './speech';
import { BARS, metricMove } from './headline';
import { movement } from './words';

/** More lines than six hide the large ones. */
const MOST = 6;

/** @typedef {import('./record').StoredChange | null} Change */
/** @typedef {import('./record').Scorecard | null} Scorecard */
/** @typedef {import('c/healthFacts').Facts} Facts */

/**
 * A row with a bar; start and size in percent of its track.
 *
 * @param {string} id
 * @param {string} label
 * @param {number} points
 * @param {number} start
 * @param {number} size
 */
const barred = (id, label, points, start, size) => ({
  id,
  label,
  points: pointsText(points),
  style: `bar ${movement(points).style}`,
  bar: `inset-inline-start: ${start.toFixed(2)}%; inline-size: ${size.toFixed(2)}%`,
});

/**
 * What changed since the earlier score: its number, five bars that add up, and the present number.
 *
 * @param {{ change: Change, scorecard: Scorecard, dates: import('./dates').Dates, now: string }} known `now` names the present window
 * @returns {Facts}
 */
export function changesOf({ change, scorecard, dates, now }) {
  const title = LABELS.changesTitle;
  // There is a score: only that it is the first can be why nothing is told.
  if (change === null) return { title, lead: LABELS.changeFirst, rows: [] };
  const { from, to, shown, bars, since } = change;
  const newRules = scorecard !== null && since.modelVersion !== scorecard.model.version;
  return {
    title,
    note: pointsText(shown),
    lead: LABELS.changesNote,
    rows: [
      { id: 'from', label: dates.month(since.period), points: oneDecimal(from) },
      ...steps(from, bars),
      { id: 'to', label: now, points: oneDecimal(to) },
    ],
    foot: newRules ? fill(LABELS.rulesMoved, since.modelVersion, scorecard.model.version) : '',
  };
}

/**
 * The metrics inside the first bar, the largest first.
 *
 * @param {{ change: Change, scorecard: Scorecard, readings: ReadonlyMap<string, Record<string, number | string>> }} known readings by period
 * @returns {Facts | null} without metrics that moved the score
 */
export function insideOf({ change, scorecard, readings }) {
  const moved = Object.entries(change?.metrics ?? {})
    .filter(([, points]) => points !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  if (change === null || moved.length === 0) return null;
  const earlier = readings.get(change.since.period);
  const rows = moved
    .slice(0, MOST)
    .map(([id, points]) => ({ id, label: metricMove(id, scorecard, earlier), points }));
  const rest = moved.slice(MOST);
  if (rest.length > 0) {
    const points = rest.reduce((sum, [, piece]) => sum + Math.round(piece * 10), 0) / 10;
    rows.push({ id: 'rest', label: fill(LABELS.smallerOnes, rest.length), points });
  }
  const largest = Math.max(...rows.map(({ points }) => Math.abs(points)));
  return {
    title: LABELS.insideTitle,
    note: pointsText(change.bars.behaviour),
    rows: rows.map(({ id, label, points }) => {
      const size = (100 * Math.abs(points)) / largest;
      return barred(id, label, points, 100 - size, size);
    }),
  };
}

/**
 * From the earlier score to the present one: each bar starts where the last ended.
 *
 * @param {number} from
 * @param {Record<string, number>} bars
 */
function steps(from, bars) {
  const stops = [from];
  for (const name of SWITCHES) stops.push(Number(stops.at(-1)) + Number(bars[name]));
  const low = Math.min(...stops);
  const span = Math.max(...stops) - low;
  // A hundredth of a span of nothing is nothing: without a change there is no bar.
  const scale = span > 0.05 ? 100 / span : 0;
  return SWITCHES.map((name, i) => {
    const points = Number(bars[name]);
    const start = Math.min(Number(stops[i]), Number(stops[i + 1])) - low;
    return barred(name, BARS[name] ?? name, points, start * scale, Math.abs(points) * scale);
  });
}
