import { metricsOf, whatIsCarried, whatIsMissing } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { capNotices } from './cap';
import { isOpen, titleOf } from './signals';
import { labelOf, oneDecimal } from './words';

/** @typedef {import('c/healthNotice').Notice} Notice */
/** @typedef {import('./record').Row} Row */

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
 * @param {{ kind: 'hidden' | 'none' | 'unscored' | 'scored', answer: import('c/healthData').Answer, recomputed: import('./record').Recomputed | null, today: string, mayRefresh: boolean, dates: import('./dates').Dates }} known
 * @returns {Notice[]}
 */
export function noticesOf({ kind, answer, recomputed, today, mayRefresh, dates }) {
  if (kind === 'hidden') return [notice('noAccess', 'closed', '', LABELS.noAccess)];
  const { account, score, signals, ended, touched } = answer;
  const scorecard = recomputed?.scorecard ?? null;
  const churned = account?.Churned_On__c;
  const left = typeof churned === 'string';
  return [
    ...(score ? [] : [waiting(account, mayRefresh, dates)]),
    ...(kind === 'scored' ? capNotices({ scorecard, answer, today, dates }) : []),
    ...(left
      ? [notice('churned', 'info', fill(LABELS.churned, dates.day(churned)), LABELS.churnedText)]
      : []),
    ...(score && recomputed ? proofNotices(score, recomputed) : []),
    ...(score && !left && isStale(score, ended)
      ? [
          notice(
            'stale',
            'warning',
            fill(LABELS.stale, dates.day(String(ended?.Window_End__c))),
            LABELS.staleText,
          ),
        ]
      : []),
    ...(kind === 'scored' && !left ? newerSignals(signals ?? [], recomputed?.details?.asOf, today) : []),
    ...(touched ? runNotices(touched, score) : []),
    ...(scorecard ? gapNotices(scorecard) : []),
  ];
}

/**
 * Why there is no score, and the refresh that brings one: only an account with a segment is scored at all.
 *
 * @param {Row | null} account
 * @param {boolean} mayRefresh
 * @param {import('./dates').Dates} dates
 */
function waiting(account, mayRefresh, dates) {
  if (account?.Health_Segment__c === null) return notice('waiting', 'info', '', LABELS.notInPopulation);
  const since = account?.CreatedDate;
  const text = since ? fill(LABELS.noScoreYetSince, dates.day(String(since))) : LABELS.noScoreYetText;
  return notice(
    'waiting',
    'info',
    '',
    text,
    ...(mayRefresh ? [{ act: 'refresh', label: LABELS.refresh }] : []),
  );
}

/**
 * A grave signal that came after the score: Healthy above it is the news of yesterday.
 *
 * @param {readonly Row[]} signals
 * @param {string | undefined} asOf last day that the score knows
 * @param {string} today
 * @returns {Notice[]}
 */
function newerSignals(signals, asOf, today) {
  const newer = signals.filter(
    (row) =>
      asOf !== undefined &&
      row.Severity__c !== 'Watch' &&
      String(row.Date_Observed__c ?? '') > asOf &&
      isOpen(row, today),
  );
  const gravest = newer.find((row) => row.Severity__c === 'Critical') ?? newer[0];
  if (gravest === undefined) return [];
  const title = fill(LABELS.newerSignal, String(gravest.Severity__c), titleOf(gravest));
  return [notice('newer', 'warning', title, LABELS.newerSignalText)];
}

/**
 * Stale: a later refresh of all accounts wrote scores, and not this one (DESIGN §2).
 *
 * @param {Row} score
 * @param {Row | null} ended
 */
function isStale(score, ended) {
  const [own, newest] = [score.Window_End__c, ended?.Window_End__c];
  return typeof own === 'string' && typeof newest === 'string' && own < newest;
}

/**
 * @param {Row} score
 * @param {import('./record').Recomputed} recomputed
 * @returns {Notice[]}
 */
function proofNotices(score, { scorecard, differences, hidden }) {
  if (hidden.length > 0)
    return [notice('hidden', 'info', LABELS.explanationHidden, LABELS.explanationHiddenText)];
  if (scorecard === null)
    return [notice('unread', 'error', LABELS.explanationUnreadable, LABELS.differsText)];
  if (differences.length === 0) return [];
  const { healthScore } = scorecard.shown;
  const fields = differences.map((field) => field.replace('__c', '').replaceAll('_', ' ')).join(', ');
  const title =
    healthScore === score.Health_Score__c
      ? fill(LABELS.differsFields, fields)
      : fill(LABELS.differs, oneDecimal(healthScore));
  return [notice('differs', 'error', title, LABELS.differsText)];
}

/**
 * @param {Row} run
 * @param {Row | null} score
 * @returns {Notice[]}
 */
function runNotices(run, score) {
  const open = { act: 'open', label: LABELS.openRun, object: 'Health_Score_Run__c', id: String(run.Id) };
  // A score that came after it answers the failure.
  const answered = String(score?.Scored_At__c ?? '') > String(run.Finished_At__c ?? '');
  switch (run.Status__c) {
    case 'Running':
      return [notice('refreshing', 'info', LABELS.refreshing, LABELS.refreshingText, open)];
    case 'Failed':
      return answered ? [] : [notice('failed', 'error', LABELS.failed, LABELS.failedText, open)];
    case 'Held':
      return [notice('held', 'warning', LABELS.held, LABELS.heldText, open)];
    default:
      return [];
  }
}

/**
 * What could not be read, and what is counted with values of an earlier month.
 *
 * @param {import('./record').Scorecard} scorecard
 * @returns {Notice[]}
 */
function gapNotices(scorecard) {
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
