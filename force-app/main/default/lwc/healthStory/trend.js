import { isPeriod, nextPeriod, OUTAGE_HOLD, SWITCHES } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal, pointsText } from './speech';
import { BARS } from './headline';
import { pathThrough } from './line';
import { titled } from './words';

/** @typedef {import('./record').Row} Row */
/** @typedef {{ period: string, row: Row | undefined, score: number | null, outage: boolean, rules: boolean, signal: boolean }} Month */

/** The drawing's own units, as in the viewBox of the template; CSS scales them. */
const [LEFT, RIGHT, TOP, BOTTOM] = [28, 316, 26, 128];
const MOST_MONTHS = 13;

/** What a month can be marked for; rules changed between two months. */
const MARKS = /** @type {const} */ ([
  {
    kind: 'outage',
    sign: `▨ ${LABELS.markOutage}`,
    at: 0,
    shape: (/** @type {number} */ x) => `M${x - 6} ${TOP}h12V${BOTTOM}h-12z`,
  },
  {
    kind: 'rules',
    sign: `┊ ${LABELS.markRules}`,
    at: -0.5,
    shape: (/** @type {number} */ x) => `M${x} ${TOP}V${BOTTOM}`,
  },
  {
    kind: 'signal',
    sign: `◆ ${LABELS.markSignal}`,
    at: 0,
    shape: (/** @type {number} */ x) => `M${x} ${TOP - 10}l4 4-4 4-4-4z`,
  },
]);

/**
 * Thirteen months as a line with marks where rules changed, signals came or a source was down, and as a table.
 *
 * @param {{ history: readonly Row[], signals: readonly Row[], tiers: readonly { name: string, from: number }[], dates: import('./dates').Dates }} known history newest first
 * @returns what is drawn, in the drawing's units, and the rows of the table; null with fewer than two scores
 */
export function trendOf({ history, signals, tiers, dates }) {
  const months = monthsOf(history, signals);
  const scores = months.flatMap(({ score }) => score ?? []);
  if (scores.length < 2) return null;
  const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
  const bounds = tiers.map(({ from }) => from).filter((from) => from > 0);
  const low = Math.max(0, Math.min(lowest, ...bounds.filter((from) => from <= highest)) - 4);
  const high = Math.min(100, Math.max(highest, ...bounds.filter((from) => from >= lowest)) + 4);
  const x = (/** @type {number} */ i) => LEFT + ((RIGHT - LEFT) * i) / (months.length - 1);
  const y = (/** @type {number} */ score) => TOP + ((BOTTOM - TOP) * (high - score)) / (high - low || 1);

  const points = months
    .map(({ period, score }, i) => ({
      id: period,
      x: x(i),
      y: y(Number(score)),
      size: 2,
      title: fill(LABELS.scoreOfMonth, dates.month(period), oneDecimal(score)),
      known: score !== null,
    }))
    .filter(({ known }) => known);
  const last = /** @type {typeof points[number]} */ (points.at(-1));
  // Where the score stands now.
  last.size = 4;
  const seen = bounds.filter((from) => from >= low && from <= high);
  return {
    title: LABELS.trendTitle,
    aria: fill(
      LABELS.trendAria,
      months.length,
      ...[scores[0], scores.at(-1), lowest, highest].map(oneDecimal),
    ),
    // One upon the other, the line last.
    paths: [
      { id: 'bounds', style: 'bounds', d: seen.map((from) => `M${LEFT} ${y(from)}H${RIGHT}`).join('') },
      ...months.flatMap((month, i) =>
        MARKS.filter(({ kind }) => month[kind]).map(({ kind, at, shape }) => ({
          id: `${kind}-${month.period}`,
          style: kind,
          d: shape(x(i + at)),
        })),
      ),
      {
        id: 'line',
        style: 'line',
        d: pathThrough(months.map(({ score }, i) => score !== null && [x(i), y(score)])),
      },
    ],
    points,
    texts: [
      ...seen.map((from) => ({ text: String(from), style: 'bound', x: 0, y: y(from) + 4 })),
      ...months.map(({ period }, i) => ({ text: dates.letter(period), style: 'month', x: x(i), y: 144 })),
      { text: oneDecimal(scores.at(-1)), style: 'score', x: last.x + 7, y: last.y + 4 },
    ].map((text, i) => ({ ...text, id: i })),
    // Each kind of mark once, in words: the drawing alone would be a riddle.
    legend: MARKS.filter(({ kind }) => months.some((month) => month[kind]))
      .map(({ sign }) => sign)
      .join(', '),
    columns: [
      LABELS.columnMonth,
      LABELS.columnScore,
      LABELS.columnTier,
      LABELS.columnChange,
      LABELS.columnWhy,
    ],
    rows: months
      .map(({ period, row, score }) => ({
        id: period,
        month: dates.month(period),
        score: oneDecimal(score),
        tier: row ? String(row.Tier__c ?? LABELS.noScore) : LABELS.notScored,
        change: typeof row?.Change__c === 'number' ? pointsText(row.Change__c) : '–',
        why: row ? whyOf(row) : '',
      }))
      .reverse(),
  };
}

/**
 * Every month from the first stored one to the last: one that has no record is a gap, not a straight line.
 *
 * @param {readonly Row[]} history newest first
 * @param {readonly Row[]} signals
 * @returns {Month[]}
 */
function monthsOf(history, signals) {
  // What is no month has no place in the line, nor an end to count up to.
  const rows = new Map(
    history.filter(({ Period__c }) => isPeriod(Period__c)).map((row) => [String(row.Period__c), row]),
  );
  const raised = new Set(
    signals
      .filter(({ Severity__c }) => Severity__c !== 'Watch')
      .map(({ Date_Observed__c }) => String(Date_Observed__c).slice(0, 7)),
  );
  const stored = [...rows.keys()].sort();
  const months = [];
  let version = '';
  for (
    let period = String(stored[0]);
    stored.length > 0 && period <= String(stored.at(-1));
    period = nextPeriod(period)
  ) {
    const row = rows.get(period);
    const [score, model] = [row?.Health_Score__c, String(row?.Model_Version__c ?? '') || version];
    months.push({
      period,
      row,
      score: typeof score === 'number' ? score : null,
      outage: wasOutage(row),
      rules: version !== '' && model !== version,
      signal: raised.has(period),
    });
    version = model;
  }
  return months.slice(-MOST_MONTHS);
}

/** @param {Row} row */
function whyOf(row) {
  return SWITCHES.map((name) => ({ name, points: Number(row[`Change_${titled(name)}__c`] ?? 0) }))
    .filter(({ points }) => points !== 0)
    .map(({ name, points }) => `${BARS[name]} ${pointsText(points)}`)
    .join(', ');
}

/**
 * A hold need not lower the score: what could not be read says as well that a source was down.
 *
 * @param {Row | undefined} row
 */
function wasOutage(row) {
  return String(row?.Cap__c).startsWith(OUTAGE_HOLD) || String(row?.Readings__c).includes('"source_down"');
}
