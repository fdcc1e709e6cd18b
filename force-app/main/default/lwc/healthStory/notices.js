import { metricsOf, whatIsCarried, whatIsMissing } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { capNotices } from './cap';
import { isOpen, titleOf } from './signals';
import { labelOf, oneDecimal } from './words';

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
    kind === 'scored' ? capNotices(known) : [],
    left ? notice('churned', 'info', fill(LABELS.churned, dates.day(String(left))), LABELS.churnedText) : [],
    score ? proofNotices(known) : [],
    left ? [] : staleNotices(known),
    left || kind !== 'scored' ? [] : newerSignals(known),
    runNotices(known),
    scorecard ? gapNotices(scorecard) : [],
  ].flat();
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
 * A grave signal that came after the score: Healthy above it is the news of yesterday.
 *
 * @param {import('./healthStory').Known} known
 */
function newerSignals({ signals, details, today }) {
  const newer = signals.filter(
    (row) =>
      details !== null &&
      row.Severity__c !== 'Watch' &&
      String(row.Date_Observed__c ?? '') > details.asOf &&
      isOpen(row, today),
  );
  const gravest = newer.find(({ Severity__c }) => Severity__c === 'Critical') ?? newer[0];
  if (gravest === undefined) return [];
  const title = fill(LABELS.newerSignal, String(gravest.Severity__c), titleOf(gravest));
  return [notice('newer', 'warning', title, LABELS.newerSignalText)];
}

/**
 * Stale: a later refresh of all accounts wrote scores, and not this one (DESIGN §2).
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
 * @returns {Notice[]}
 */
function gapNotices(scorecard) {
  // All there is would be a list of everything: it stands where the score would be made up.
  if (scorecard.status === 'unscored') return [notice('missing', 'info', '', LABELS.nothingKnown)];
  const carried = whatIsCarried(scorecard, labelOf);
  const missing = whatIsMissing(scorecard, labelOf);
  const known = fill(LABELS.missingTitle, oneDecimal(scorecard.shown.coverage));
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
