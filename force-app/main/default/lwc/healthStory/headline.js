import { SWITCHES } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { nameOf, oneDecimal, percentOf, pointsText } from './speech';
import { inSentences, inUnit } from './phrases';
import { rangeOf, scaleOf } from './scale';
import { isOpen, titleOf } from './signals';
import { labelOf, movement } from './words';

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
 * @returns {{ icon: string, tone: string }}
 */
export function lookOf(tier, tiers) {
  const place = tiers.findIndex(({ name }) => name === tier);
  if (place < 0) return { icon: 'utility:dash', tone: '' };
  if (place === tiers.length - 1) return { icon: 'utility:error', tone: 'tone_bad' };
  if (place === tiers.length - 2) return { icon: 'utility:warning', tone: 'tone_low' };
  return { icon: place === 0 ? 'utility:ribbon' : 'utility:success', tone: 'tone_good' };
}

/** Tiers as shipped, for records whose model cannot be read: how they look, never what they mean. */
const SHIPPED = ['Champion', 'Healthy', 'At Risk', 'Critical'].map((name) => ({ name }));

/**
 * The first lines of the card; for an account without a score a dash, never a number.
 *
 * @param {import('./healthStory').Known} known
 * @param {{ why: string, renewal: string, link: string } | null} advised
 */
export function headlineOf(known, advised) {
  const { kind, account, row, scorecard, change, dates, now, tiers, signals, today } = known;
  const tier = row.Tier__c ? nameOf(row.Tier__c) : kind === 'none' ? LABELS.noScoreYet : LABELS.noScore;
  const score = oneDecimal(row.Health_Score__c);
  const { icon, tone } = lookOf(
    /** @type {string | null} */ (row.Tier__c ?? null),
    scorecard ? tiers : SHIPPED,
  );
  const { arrow, word, text, style } = movement(change?.shown ?? null);
  const month = change ? dates.month(change.since.period) : '';
  const causes = causesOf(known);
  const reason = String(row.Main_Reason__c ?? '');
  const said = fill(LABELS.headlineSaid, `${tier} ${score}`, word, text);
  const open = signals.filter((signal) => isOpen(signal, today)).length;
  return {
    // What a screen reader says first.
    sentence: change ? said : `${tier} ${score}`,
    score,
    tier,
    icon,
    style: `pill toned ${tone}`,
    now,
    window: change ? `${now}, ${fill(LABELS.comparedWith, month)}` : now,
    moved: arrow ? `${arrow} ${word} ${text}` : word,
    movedStyle: style,
    from: change ? fill(LABELS.changedFrom, oneDecimal(change.from)) : '',
    provisional: kind === 'scored' && row.Provisional__c === true ? LABELS.provisional : '',
    doubts: kind === 'scored' ? inSentences(...doubtsOf(row, scorecard), advised?.link ?? '') : '',
    renewal: advised?.renewal ?? '',
    signals: open === 0 ? '' : open === 1 ? LABELS.oneOpenSignal : fill(LABELS.openSignals, open),
    owner: account?.['Owner.Name'] ? fill(LABELS.ownedBy, String(account['Owner.Name'])) : '',
    why: advised?.why ?? '',
    // Of a score without advice: what the change came from, else the stored reason.
    causes: advised?.why
      ? []
      : causes.length > 0 || reason === '' || scorecard?.cap
        ? causes
        : [{ text: reason, points: '' }],
    scale: scaleOf({ row, tiers, change, month }),
  };
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
  const said = rangeOf(row).map(({ low, high }) => fill(LABELS.couldBe, oneDecimal(low), oneDecimal(high)));
  // With the explanation at hand, what is missing is told below, by name.
  if (scorecard === null && typeof coverage === 'number' && coverage < 100)
    said.push(fill(LABELS.knownShare, percentOf(coverage / 100)));
  if (scorecard?.doubts.includes('source_down')) said.push(LABELS.sourceUnread);
  if (scorecard?.doubts.includes('unusable')) said.push(LABELS.unusable);
  return said;
}

/**
 * The largest pieces of the change that go its way, each a fact with its points; never where the level loses.
 *
 * @param {import('./healthStory').Known} known
 * @returns {Cause[]}
 */
function causesOf({ change, scorecard, readings, signals }) {
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
      points: `(${pointsText(points)})${i < all.length - 1 ? ',' : '.'}`,
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
  const [old, now] = [earlier?.[id], scorecard?.input.readings[id]?.value];
  if (!scorecard || typeof now !== 'number') return labelOf(id);
  const written = inUnit(scorecard, id);
  const move = typeof old === 'number' ? fill(LABELS.fromTo, written(old), written(now)) : written(now);
  return `${labelOf(id)} ${move}`;
}
