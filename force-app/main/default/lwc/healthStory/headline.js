import { formatPoints, formatValue, headline, SWITCHES } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { rangeOf, scaleOf } from './scale';
import { titleOf } from './signals';
import { labelOf, movement, oneDecimal } from './words';

/** @typedef {import('./record').Row} Row */
/** @typedef {import('./record').Scorecard} Scorecard */
/** @typedef {import('./record').Details} Details */
/** @typedef {import('./record').StoredChange} StoredChange */
/** @typedef {{ text: string, points: string }} Cause */

/** More causes than three nobody reads in five seconds. */
const MOST_CAUSES = 3;

/** @type {Record<string, string>} */
export const BARS = {
  behaviour: LABELS.barBehaviour,
  data: LABELS.barData,
  rules: LABELS.barRules,
  calendar: LABELS.barCalendar,
  signals: LABELS.barSignals,
};

/**
 * The change, where it is told.
 *
 * @param {Details | null} details
 * @returns {StoredChange | null}
 */
export function changeOf(details) {
  return details !== null && details.change && !('code' in details.change) ? details.change : null;
}

/**
 * How a tier looks: by its place among the tiers, because admins name them.
 *
 * @param {string | null} tier
 * @param {readonly { name: string }[]} tiers highest first
 * @returns {{ icon: string, style: string }}
 */
export function lookOf(tier, tiers) {
  const place = tiers.findIndex(({ name }) => name === tier);
  if (place < 0) return { icon: 'utility:dash', style: 'pill toned' };
  if (place === tiers.length - 1) return { icon: 'utility:error', style: 'pill toned tone_bad' };
  if (place === tiers.length - 2) return { icon: 'utility:warning', style: 'pill toned tone_low' };
  return { icon: place === 0 ? 'utility:ribbon' : 'utility:success', style: 'pill toned tone_good' };
}

/** Tiers as shipped, for records whose model cannot be read: how they look, never what they mean. */
const SHIPPED = ['Champion', 'Healthy', 'At Risk', 'Critical'].map((name) => ({ name }));

/**
 * The first lines of the card.
 *
 * @param {{ row: Row, scorecard: Scorecard | null, details: Details | null, readings: ReadonlyMap<string, Record<string, number | string>>, signals: readonly Row[], dates: import('./dates').Dates }} known readings of earlier months by period
 */
export function headlineOf({ row, scorecard, details, readings, signals, dates }) {
  const change = changeOf(details);
  const tier = /** @type {string | null} */ (row.Tier__c ?? null);
  const score = /** @type {number | null} */ (row.Health_Score__c ?? null);
  const month = change ? dates.month(change.since.period) : '';
  const causes = causesOf(change, scorecard, readings, signals);
  const reason = String(row.Main_Reason__c ?? '');
  return {
    // What a screen reader says first; the same words as everywhere else the score is told.
    sentence: sentenceOf(scorecard, details, tier, score),
    score: oneDecimal(score),
    tier: tier ?? LABELS.noScore,
    ...lookOf(tier, scorecard?.model.tiers ?? SHIPPED),
    window: [windowOf(row, details, dates), month && fill(LABELS.comparedWith, month)]
      .filter(Boolean)
      .join(', '),
    moved: change && movedOf(change),
    provisional: score !== null && row.Provisional__c === true ? LABELS.provisional : '',
    doubts: doubtsOf(row, scorecard).join('. '),
    // What holds the score is told below, with what can be done.
    causes: scorecard?.cap
      ? []
      : causes.length > 0 || reason === ''
        ? causes
        : [{ text: reason, points: '' }],
    scale: scaleOf({ row, scorecard, change, month }),
  };
}

/**
 * The headline of an account that was never scored: a dash, never a number.
 *
 * @returns {ReturnType<typeof headlineOf>}
 */
export const unscoredHeadline = () => ({
  sentence: LABELS.noScoreYet,
  score: oneDecimal(null),
  tier: LABELS.noScoreYet,
  ...lookOf(null, []),
  window: '',
  moved: null,
  provisional: '',
  doubts: '',
  causes: [],
  scale: null,
});

/** @param {StoredChange} change */
function movedOf({ shown, from }) {
  const { arrow, word, text, style } = movement(shown);
  return {
    text: arrow ? `${arrow} ${word} ${text}` : word,
    from: fill(LABELS.changedFrom, oneDecimal(from)),
    style,
  };
}

/**
 * @param {Scorecard | null} scorecard
 * @param {Details | null} details
 * @param {string | null} tier
 * @param {number | null} score
 */
function sentenceOf(scorecard, details, tier, score) {
  if (scorecard === null || details === null) return `${tier ?? LABELS.noScore} ${oneDecimal(score)}`;
  return headline(
    scorecard,
    /** @type {import('c/scoringCore').Change | import('c/scoringCore').NoChange} */ (
      details.change ?? { code: 'first_score' }
    ),
  );
}

/**
 * A complete month by its name; the running one in the words of the design.
 *
 * @param {Row} row
 * @param {Details | null} details
 * @param {import('./dates').Dates} dates
 */
export function windowOf(row, details, dates) {
  if (details && !details.window.complete) return fill(LABELS.lastThirtyDays, dates.day(details.asOf));
  return dates.month(String(row.Period__c));
}

/**
 * The range is shown only when something is missing: a complete score needs none.
 *
 * @param {Row} row
 * @param {Scorecard | null} scorecard
 * @returns {string[]}
 */
function doubtsOf(row, scorecard) {
  const coverage = row.Coverage__c;
  if (row.Health_Score__c === null) return [];
  const said = rangeOf(row).map(({ low, high }) => fill(LABELS.couldBe, oneDecimal(low), oneDecimal(high)));
  // With the explanation at hand, what is missing is told below, by name.
  if (scorecard === null && typeof coverage === 'number' && coverage < 100)
    said.push(fill(LABELS.knownShare, oneDecimal(coverage)));
  if (scorecard?.doubts.includes('source_down')) said.push(LABELS.sourceUnread);
  return said;
}

/**
 * The largest pieces of the change that go its way, each a fact with its points; never where the level loses.
 *
 * @param {StoredChange | null} change
 * @param {Scorecard | null} scorecard
 * @param {ReadonlyMap<string, Record<string, number | string>>} readings
 * @param {readonly Row[]} signals
 * @returns {Cause[]}
 */
function causesOf(change, scorecard, readings, signals) {
  if (!change || change.shown === 0) return [];
  const pieces = [
    ...Object.entries(change.metrics).map(([id, points]) => ({
      text: metricMove(id, scorecard, readings.get(change.since.period)),
      points,
    })),
    ...SWITCHES.filter((name) => name !== 'behaviour').map((name) => ({
      text: (name === 'signals' && endedSince(change, scorecard, signals)) || (BARS[name] ?? name),
      points: change.bars[name],
    })),
  ];
  const way = Math.sign(change.shown);
  return pieces
    .filter(({ points }) => points * way > 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, MOST_CAUSES)
    .map(({ text, points }, i, all) => ({
      text,
      points: `(${formatPoints(points)})${i < all.length - 1 ? ',' : '.'}`,
    }));
}

/**
 * Signals that ended between the two scores, or went into monitoring, by name: "Signals" alone tells nobody what to do.
 *
 * @param {StoredChange} change
 * @param {Scorecard | null} scorecard
 * @param {readonly Row[]} signals
 */
function endedSince({ since, bars }, scorecard, signals) {
  if (scorecard === null || bars.signals <= 0) return '';
  const within = (/** @type {unknown} */ day) =>
    typeof day === 'string' && day > since.asOf && day <= scorecard.input.asOf;
  const titles = (/** @type {(row: Row) => boolean} */ passes) =>
    [...new Set(signals.filter(passes).map(titleOf))].join(', ');
  const ended = titles((row) => within(row.Resolved_On__c) || within(row.Expires_On__c));
  if (ended !== '') return fill(LABELS.noLongerCounts, ended);
  const monitored = titles((row) => within(row.Monitoring_From__c));
  return monitored === '' ? '' : fill(LABELS.countsForLess, monitored);
}

/**
 * A metric and how its value went, in its unit.
 *
 * @param {string} id
 * @param {Scorecard | null} scorecard
 * @param {Record<string, number | string> | undefined} earlier
 * @returns {string}
 * @example metricMove('csat_score', scorecard, { csat_score: 80 }) // => 'Satisfaction 80 % to 76 %'
 */
export function metricMove(id, scorecard, earlier) {
  const unit = scorecard?.model.thresholds[id]?.unit ?? '';
  const [old, now] = [earlier?.[id], scorecard?.input.readings[id]?.value];
  if (typeof now !== 'number') return labelOf(id);
  return typeof old === 'number'
    ? `${labelOf(id)} ${fill(LABELS.fromTo, formatValue(old, unit), formatValue(now, unit))}`
    : `${labelOf(id)} ${formatValue(now, unit)}`;
}
