import { formatPoints, isPeriod } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { BARS } from './headline';
import { oneDecimal } from './words';

/** @typedef {import('./record').Row} Row */
/** @typedef {{ id: string, x: number, label: string, kind: 'rules' | 'signal' | 'outage' }} Mark */

/** The drawing's own units; CSS scales them. */
export const SIZE = { width: 360, height: 150, left: 28, right: 44, top: 26, bottom: 22 };
const CHANGES = {
  behaviour: 'Change_Behaviour__c',
  data: 'Change_Data__c',
  rules: 'Change_Rules__c',
  calendar: 'Change_Calendar__c',
  signals: 'Change_Signals__c',
};

/**
 * Thirteen months as a line with marks where rules changed, signals came or a source was down, and as a table.
 *
 * @param {{ history: readonly Row[], signals: readonly Row[], tiers: readonly { name: string, from: number }[], dates: import('./dates').Dates }} known history newest first
 */
export function trendOf({ history, signals, tiers, dates }) {
  const months = monthsOf(history);
  const scores = months.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scores.length < 2) return null;
  const bounds = tiers.map(({ from }) => from).filter((from) => from > 0);
  const low = Math.max(0, Math.min(...scores, ...bounds.filter((from) => from <= Math.max(...scores))) - 4);
  const high = Math.min(
    100,
    Math.max(...scores, ...bounds.filter((from) => from >= Math.min(...scores))) + 4,
  );
  const { width, height, left, right, top, bottom } = SIZE;
  const x = (/** @type {number} */ i) => left + ((width - left - right) * i) / (months.length - 1);
  const y = (/** @type {number} */ score) =>
    top + ((height - top - bottom) * (high - score)) / (high - low || 1);
  const points = months
    .map(({ period, score }, i) => ({
      id: period,
      x: x(i),
      y: y(score ?? 0),
      known: score !== null,
      title: fill(LABELS.scoreOfMonth, dates.month(period), oneDecimal(score)),
    }))
    .filter(({ known }) => known);
  const last = /** @type {{ id: string, x: number, y: number }} */ (points[points.length - 1]);
  return {
    path: pathThrough(months.map(({ score }, i) => (score === null ? null : [x(i), y(score)]))),
    points,
    last: {
      x: last.x,
      y: last.y,
      labelX: last.x + 7,
      labelY: last.y + 4,
      label: oneDecimal(scores[scores.length - 1]),
    },
    lines: bounds
      .filter((from) => from >= low && from <= high)
      .map((from) => ({ id: String(from), y: y(from), labelY: y(from) + 4, label: String(from) })),
    letters: months.map(({ period }, i) => ({ id: period, x: x(i), label: dates.letter(period) })),
    marks: marksOf(months, signals, x),
    aria: fill(
      LABELS.trendAria,
      months.length,
      oneDecimal(scores[0]),
      oneDecimal(scores[scores.length - 1]),
      oneDecimal(Math.min(...scores)),
      oneDecimal(Math.max(...scores)),
    ),
    table: [...months].reverse().map((month) => ({
      id: month.period,
      month: dates.month(month.period),
      score: oneDecimal(month.score),
      tier: month.tier,
      change: month.change,
      why: month.why,
    })),
  };
}

/**
 * A hold need not lower the score: what could not be read says as well that a source was down.
 *
 * @param {Row} row
 */
const wasOutage = (row) =>
  String(row.Cap__c ?? '').startsWith('outage_hold') ||
  String(row.Readings__c ?? '').includes('"source_down"');

/**
 * Every month from the first stored one to the last: one that has no record is a gap, not a straight line.
 *
 * @param {readonly Row[]} history newest first
 */
function monthsOf(history) {
  // What is no month has no place in the line, nor an end to count up to.
  const rows = new Map(
    history.filter(({ Period__c }) => isPeriod(Period__c)).map((row) => [String(row.Period__c), row]),
  );
  const stored = [...rows.keys()].sort();
  const months = [];
  let version = '';
  for (
    let period = stored[0] ?? '';
    period !== '' && period <= String(stored[stored.length - 1]);
    period = next(period)
  ) {
    const row = rows.get(period);
    const score = row?.Health_Score__c;
    const model = String(row?.Model_Version__c ?? '');
    months.push({
      period,
      score: typeof score === 'number' ? score : null,
      tier: row ? String(row.Tier__c ?? LABELS.noScore) : LABELS.notScored,
      change: typeof row?.Change__c === 'number' ? formatPoints(row.Change__c) : '–',
      why: row ? whyOf(row) : '',
      outage: row !== undefined && wasOutage(row),
      rules: version !== '' && model !== '' && model !== version,
    });
    if (model !== '') version = model;
  }
  return months.slice(-13);
}

/** @param {string} period */
function next(period) {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** @param {Row} row */
function whyOf(row) {
  return Object.entries(CHANGES)
    .flatMap(([name, field]) => {
      const points = row[field];
      return typeof points === 'number' && points !== 0
        ? [`${BARS[name] ?? name} ${formatPoints(points)}`]
        : [];
    })
    .join(', ');
}

/**
 * A line with gaps.
 *
 * @param {(number[] | null | false)[]} points
 * @returns {string}
 * @example pathThrough([[0, 0], [1, 1], null, [3, 3]]) // => 'M0.0 0.0 L1.0 1.0 M3.0 3.0'
 */
export function pathThrough(points) {
  let pen = 'M';
  const parts = [];
  for (const point of points) {
    if (point) parts.push(`${pen}${Number(point[0]).toFixed(1)} ${Number(point[1]).toFixed(1)}`);
    pen = point ? 'L' : 'M';
  }
  return parts.join(' ');
}

/**
 * @param {{ period: string, outage: boolean, rules: boolean }[]} months
 * @param {readonly Row[]} signals
 * @param {(i: number) => number} x
 * @returns {Mark[]}
 */
function marksOf(months, signals, x) {
  const raised = new Set(
    signals
      .filter((row) => row.Severity__c !== 'Watch')
      .map((row) => String(row.Date_Observed__c ?? '').slice(0, 7)),
  );
  return months.flatMap(({ period, outage, rules }, i) => [
    ...(outage ? [mark(period, x(i), LABELS.markOutage, 'outage')] : []),
    // Rules changed between two months.
    ...(rules ? [mark(period, x(i - 0.5), LABELS.markRules, 'rules')] : []),
    ...(raised.has(period) ? [mark(period, x(i), LABELS.markSignal, 'signal')] : []),
  ]);
}

/**
 * @param {string} period
 * @param {number} x
 * @param {string} label
 * @param {Mark['kind']} kind
 * @returns {Mark}
 */
function mark(period, x, label, kind) {
  return { id: `${kind}-${period}`, x, label, kind };
}
