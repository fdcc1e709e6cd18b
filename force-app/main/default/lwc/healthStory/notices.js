import { metricsOf, whatIsCarried, whatIsMissing } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { METRICS } from 'c/metricCatalogue';
import { isOpen, titleOf } from './signals';
import { labelOf, oneDecimal } from './words';

/** @typedef {{ id: string, kind: 'info' | 'warning' | 'error', title: string, text: string, runId?: string }} Notice */

/**
 * What a reader must know about the score as a whole. Red only where somebody must act.
 *
 * @param {{ answer: import('c/healthData').Answer, recomputed: import('./record').Recomputed | null, today: string, dates: import('./dates').Dates }} known
 * @returns {Notice[]}
 */
export function noticesOf({ answer, recomputed, today, dates }) {
  const { account, score, signals, ended, touched } = answer;
  const churned = account?.Churned_On__c;
  /** @type {Notice[]} */
  const notices = [];
  if (typeof churned === 'string')
    notices.push({
      id: 'churned',
      kind: 'info',
      title: fill(LABELS.churned, dates.day(churned)),
      text: LABELS.churnedText,
    });
  if (score && recomputed) notices.push(...proofNotices(score, recomputed));
  if (score && typeof churned !== 'string' && isStale(score, ended))
    notices.push({
      id: 'stale',
      kind: 'warning',
      title: fill(LABELS.stale, dates.day(String(ended?.Window_End__c))),
      text: LABELS.staleText,
    });
  if (typeof churned !== 'string' && typeof score?.Health_Score__c === 'number')
    notices.push(...newerSignals(signals, recomputed?.details?.asOf, today));
  const run = touched && runNotice(touched, score);
  if (run) notices.push(run);
  if (recomputed?.scorecard) notices.push(...gapNotices(recomputed.scorecard));
  return notices;
}

/**
 * A grave signal that came after the score: Healthy above it is the news of yesterday.
 *
 * @param {readonly import('./record').Row[]} signals
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
  return [
    {
      id: 'newer',
      kind: 'warning',
      title: fill(LABELS.newerSignal, String(gravest.Severity__c), titleOf(gravest)),
      text: LABELS.newerSignalText,
    },
  ];
}

/**
 * Stale: a later refresh of all accounts wrote scores, and not this one (DESIGN §2).
 *
 * @param {import('./record').Row} score
 * @param {import('./record').Row | null} ended
 */
function isStale(score, ended) {
  const [own, newest] = [score.Window_End__c, ended?.Window_End__c];
  return typeof own === 'string' && typeof newest === 'string' && own < newest;
}

/**
 * @param {import('./record').Row} score
 * @param {import('./record').Recomputed} recomputed
 * @returns {Notice[]}
 */
function proofNotices(score, { scorecard, differences, hidden }) {
  if (hidden.length > 0)
    return [
      { id: 'hidden', kind: 'info', title: LABELS.explanationHidden, text: LABELS.explanationHiddenText },
    ];
  if (scorecard === null)
    return [{ id: 'unread', kind: 'error', title: LABELS.explanationUnreadable, text: LABELS.differsText }];
  if (differences.length === 0) return [];
  const other = scorecard.shown.healthScore !== score.Health_Score__c;
  return [
    {
      id: 'differs',
      kind: 'error',
      title: other
        ? fill(LABELS.differs, oneDecimal(scorecard.shown.healthScore))
        : fill(
            LABELS.differsFields,
            differences.map((field) => field.replace('__c', '').replaceAll('_', ' ')).join(', '),
          ),
      text: LABELS.differsText,
    },
  ];
}

/**
 * @param {import('./record').Row} run
 * @param {import('./record').Row | null} score
 * @returns {Notice | null}
 */
function runNotice(run, score) {
  const id = String(run.Id);
  // A score that came after it answers the failure.
  const later = String(score?.Scored_At__c ?? '') > String(run.Finished_At__c ?? '');
  switch (run.Status__c) {
    case 'Running':
      return {
        id: 'refreshing',
        kind: 'info',
        title: LABELS.refreshing,
        text: LABELS.refreshingText,
        runId: id,
      };
    case 'Failed':
      return later
        ? null
        : { id: 'failed', kind: 'error', title: LABELS.failed, text: LABELS.failedText, runId: id };
    case 'Held':
      return { id: 'held', kind: 'warning', title: LABELS.held, text: LABELS.heldText, runId: id };
    default:
      return null;
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
  /** @type {Notice[]} */
  const notices = [];
  if (carried.length > 0)
    notices.push({ id: 'carried', kind: 'warning', title: LABELS.carriedTitle, text: carried.join('. ') });
  // A metric or two without activity are told where the score is made up; a box is for what puts the tier in doubt.
  if (missing.length > 0 && (scorecard.provisional || lacksSource(scorecard)))
    notices.push({
      id: 'missing',
      kind: 'info',
      title: fill(LABELS.missingTitle, oneDecimal(scorecard.shown.coverage)),
      text: missing.join('. '),
    });
  return notices;
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
