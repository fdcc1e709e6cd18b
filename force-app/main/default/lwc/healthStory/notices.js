import { metricsOf, scoreAccount } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { nameOf, oneDecimal, percentOf } from './speech';
import { METRICS } from 'c/metricCatalogue';
import { capNotices } from './cap';
import { isOpen, isKnownTo, signalOf, titleOf } from './signals';
import { carriedLines, missingLines } from './words';

/** @typedef {import('c/healthNotice').Notice} Notice */

/**
 * @param {string} id
 * @param {Notice['kind']} kind
 * @param {string} title
 * @param {string} text
 * @param {...import('c/healthNotice').Action} actions
 * @returns {Notice}
 */
const notice = (id, kind, title, text, ...actions) => ({ id, kind, title, text, actions });

/**
 * What a reader must know about the score as a whole, or why there is none. Red only where somebody must act.
 *
 * @param {import('./healthStory').Known} known
 * @returns {Notice[]}
 */
export function noticesOf(known) {
  const { kind, account, score, scorecard, dates } = known;
  if (kind === 'hidden') return [notice('noAccess', 'closed', '', LABELS.noAccess)];
  const left = account?.Churned_On__c;
  return [
    score ? [] : waiting(known),
    left ? notice('churned', 'info', fill(LABELS.churned, dates.day(String(left))), LABELS.churnedText) : [],
    left || kind !== 'scored' || known.past ? [] : newerSignals(known),
    kind === 'scored' && scorecard?.cap?.sources.length ? capNotices(known) : [],
    score ? proofNotices(known) : [],
    left ? [] : staleNotices(known),
    runNotices(known),
    scorecard?.status === 'unscored' ? notice('missing', 'info', '', LABELS.nothingKnown) : [],
  ].flat();
}

/**
 * What the details tell: signals that cap the score, what is missing, what is of an earlier month.
 *
 * @param {import('./healthStory').Known} known
 * @returns {Notice[]}
 */
export function moreNoticesOf(known) {
  const { kind, scorecard, dates } = known;
  if (kind !== 'scored' || !scorecard) return [];
  const capped = scorecard.cap && scorecard.cap.sources.length === 0;
  return [...(capped ? capNotices(known) : []), ...gapNotices(scorecard, dates)];
}

/**
 * Why there is no score, and the refresh that brings one: only an account with a segment is scored at all.
 *
 * @param {import('./healthStory').Known} known
 */
function waiting({ account, mayRefresh, dates }) {
  if (account?.Health_Segment__c === null) return notice('waiting', 'info', '', LABELS.notInPopulation);
  const since = account?.CreatedDate;
  const text = since ? fill(LABELS.noScoreYetSince, dates.day(String(since))) : LABELS.noScoreYetText;
  const actions = mayRefresh ? [{ act: 'refresh', label: LABELS.refresh }] : [];
  return notice('waiting', 'info', '', text, ...actions);
}

/**
 * Grave signals that the score does not know: saved after it, whatever day they are of. Said with what they will do.
 *
 * @param {import('./healthStory').Known} known
 */
function newerSignals({ signals, details, scorecard, today }) {
  if (details === null || scorecard === null) return [];
  const newer = signals.filter(
    (row) => row.Severity__c !== 'Watch' && isOpen(row, today) && !isKnownTo(details, row),
  );
  const gravest = newer.find(({ Severity__c }) => Severity__c === 'Critical') ?? newer[0];
  if (gravest === undefined) return [];
  const title = fill(LABELS.newerSignal, inSentence(gravest));
  const { input, model, shown } = scorecard;
  const { ceiling } = scoreAccount(model, {
    ...input,
    signals: [...input.signals, ...newer.map(signalOf)],
    asOf: today > input.asOf ? today : input.asOf,
  });
  const caps = ceiling !== null && ceiling.at < Number(shown.healthScore);
  const text = caps ? fill(LABELS.newerSignalCaps, oneDecimal(ceiling.at)) : LABELS.newerSignalText;
  return [notice('newer', 'warning', title, text)];
}

/** @param {import('./record').Row} row */
function inSentence(row) {
  return fill(LABELS.signalSaid, titleOf(row), nameOf(row.Severity__c));
}

/**
 * Stale: a later refresh of all accounts wrote scores, and not this one (docs/glossary.md).
 *
 * @param {import('./healthStory').Known} known
 */
function staleNotices({ row, ended, dates }) {
  const [own, newest] = [row.Window_End__c, ended?.Window_End__c];
  if (typeof own !== 'string' || typeof newest !== 'string' || own >= newest) return [];
  return [notice('stale', 'warning', fill(LABELS.stale, dates.day(newest)), LABELS.staleText)];
}

/** @param {import('./healthStory').Known} known */
function proofNotices({ row, scorecard, differences, hidden }) {
  if (hidden.length > 0)
    return [notice('hidden', 'info', LABELS.explanationHidden, LABELS.explanationHiddenText)];
  if (scorecard === null)
    return [notice('unread', 'error', LABELS.explanationUnreadable, LABELS.differsText)];
  if (differences.length === 0) return [];
  const { healthScore } = scorecard.shown;
  const fields = differences.map((field) => field.replace('__c', '').replaceAll('_', ' ')).join(', ');
  const title =
    healthScore === row.Health_Score__c
      ? fill(LABELS.differsFields, fields)
      : fill(LABELS.differs, oneDecimal(healthScore));
  return [notice('differs', 'error', title, LABELS.differsText)];
}

/** How a refresh can stand that a reader should know of. */
/** @type {Record<string, [string, Notice['kind'], string, string]>} */
const RUNS = {
  Running: ['refreshing', 'info', LABELS.refreshing, LABELS.refreshingText],
  Failed: ['failed', 'error', LABELS.failed, LABELS.failedText],
  Held: ['held', 'warning', LABELS.held, LABELS.heldText],
};

/**
 * How the newest refresh stands, unless a score that came after a failed one answers it.
 *
 * @param {import('./healthStory').Known} known
 */
function runNotices({ row, touched }) {
  const said = RUNS[String(touched?.Status__c)];
  const answered = String(row.Scored_At__c ?? '') > String(touched?.Finished_At__c ?? '');
  if (!said || (said[0] === 'failed' && answered)) return [];
  const id = String(touched?.Id);
  return [notice(...said, { act: 'open', label: LABELS.openRun, object: 'Health_Score_Run__c', id })];
}

/**
 * What could not be read, and what is counted with values of an earlier month.
 *
 * @param {import('./record').Scorecard} scorecard
 * @param {import('./dates').Dates} dates
 * @returns {Notice[]}
 */
function gapNotices(scorecard, dates) {
  const carried = carriedLines(scorecard, dates);
  const missing = missingLines(scorecard);
  const known = fill(LABELS.missingTitle, percentOf(scorecard.shown.coverage / 100));
  // A metric or two without activity are told where the score is made up; a box is for what puts the tier in doubt.
  const doubtful = missing.length > 0 && (scorecard.provisional || lacksSource(scorecard));
  return [
    ...(carried.length > 0 ? [notice('carried', 'warning', LABELS.carriedTitle, carried.join('. '))] : []),
    ...(doubtful ? [notice('missing', 'info', known, missing.join('. '))] : []),
  ];
}

/**
 * Is a whole source missing?
 *
 * @param {import('./record').Scorecard} scorecard
 */
function lacksSource(scorecard) {
  const weighted = metricsOf(scorecard).filter(({ weight }) => weight > 0);
  const known = new Set(weighted.filter(({ value }) => value !== null).map(({ id }) => METRICS[id]?.source));
  return weighted.some(({ id }) => !known.has(METRICS[id]?.source));
}
