import { daysBetween } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';

/** @typedef {import('./record').Row} Row */

const LOOKS = {
  Critical: { icon: 'utility:error', style: 'severity severity_critical' },
  Moderate: { icon: 'utility:warning', style: 'severity severity_moderate' },
  Watch: { icon: 'utility:preview', style: 'severity severity_watch' },
};

const text = (/** @type {Row} */ row, /** @type {string} */ field) => String(row[field] ?? '');

/**
 * Does a signal stand open on a day? Dates decide, as in the score.
 *
 * @param {Row} row
 * @param {string} today
 */
export const isOpen = (row, today) =>
  !(text(row, 'Resolved_On__c') !== '' && text(row, 'Resolved_On__c') <= today) &&
  !(text(row, 'Expires_On__c') !== '' && text(row, 'Expires_On__c') <= today);

/**
 * Open signals, the gravest first, with what is left of their time and whether the score shown counts them.
 *
 * @param {{ rows: readonly Row[], today: string, counted: ReadonlySet<string>, capping: ReadonlySet<string>, dates: import('./dates').Dates }} known ids that the stored score knew, and those that hold it
 */
export function signalsOf({ rows, today, counted, capping, dates }) {
  const order = Object.keys(LOOKS);
  return rows
    .filter((row) => isOpen(row, today))
    .sort((a, b) => order.indexOf(text(a, 'Severity__c')) - order.indexOf(text(b, 'Severity__c')))
    .map((row) => {
      const id = text(row, 'Id');
      const severity = text(row, 'Severity__c');
      return {
        id,
        severity,
        ...(LOOKS[/** @type {keyof typeof LOOKS} */ (severity)] ?? LOOKS.Watch),
        title: titleOf(row),
        detail: text(row, 'Signal_Category__c') === '' ? '' : text(row, 'Signal_Detail__c'),
        by: byOf(row, dates),
        effect: effectOf(id, counted, capping),
        ...leftOf(text(row, 'Expires_On__c'), today, dates),
      };
    });
}

/**
 * What a signal is called.
 *
 * @param {Row} row
 */
export function titleOf(row) {
  return text(row, 'Signal_Category__c') || text(row, 'Signal_Detail__c') || LABELS.signal;
}

/**
 * @param {Row} row
 * @param {import('./dates').Dates} dates
 */
function byOf(row, dates) {
  const [name, day] = [text(row, 'CreatedBy.Name'), text(row, 'Date_Observed__c')];
  const parts = [
    text(row, 'Confidence__c'),
    text(row, 'Status__c') === 'Monitoring' ? text(row, 'Status__c') : '',
    day === '' ? '' : fill(LABELS.seenOn, dates.day(day)),
    name === '' ? '' : fill(LABELS.raisedBy, name),
  ];
  return parts.filter(Boolean).join(', ');
}

/**
 * @param {string} id
 * @param {ReadonlySet<string>} counted
 * @param {ReadonlySet<string>} capping
 */
function effectOf(id, counted, capping) {
  if (capping.has(id)) return LABELS.signalHolds;
  return counted.has(id) ? LABELS.signalNoEffect : LABELS.signalNotYet;
}

/**
 * The countdown to the day on which a signal stops counting.
 *
 * @param {string} expires
 * @param {string} today
 * @param {import('./dates').Dates} dates
 */
export function leftOf(expires, today, dates) {
  if (expires === '') return { left: LABELS.noExpiry, until: '' };
  const days = daysBetween(today, expires);
  return {
    left: days === 1 ? LABELS.oneDayLeft : fill(LABELS.daysLeft, days),
    until: fill(LABELS.until, dates.day(expires)),
  };
}

/**
 * What holds the score down; null when nothing does.
 *
 * @param {{ scorecard: import('./record').Scorecard | null, rows: readonly Row[], today: string, dates: import('./dates').Dates }} known
 */
export function capOf({ scorecard, rows, today, dates }) {
  const cap = scorecard?.cap;
  if (!scorecard || !cap) return null;
  const { quantitativeScore } = scorecard.shown;
  const without = scorecard.model.tiers.find(({ from }) => from <= (quantitativeScore ?? 0))?.name ?? '';
  const byId = new Map(rows.map((row) => [text(row, 'Id'), row]));
  const sources = cap.sources.map((name) => name.slice(0, 1).toUpperCase() + name.slice(1)).join(', ');
  return {
    title: fill(
      LABELS.heldAt,
      cap.at.toFixed(1),
      /** @type {number} */ (quantitativeScore).toFixed(1),
      without,
    ),
    isHold: cap.sources.length > 0,
    hold: sources === '' ? '' : fill(LABELS.holdWhy, sources),
    signals: cap.signals.map((signal, i) => {
      const row = byId.get(signal.id ?? '');
      return {
        id: signal.id ?? String(i),
        title: row ? titleOf(row) : LABELS.signal,
        kind: `${signal.severity}, ${signal.confidence}`,
        by: row ? byOf(row, dates) : fill(LABELS.seenOn, dates.day(signal.observedOn)),
        // Somebody may have ended it since: then the next refresh lets go of the score.
        ended: row === undefined || !isOpen(row, today),
        known: row !== undefined,
        ...leftOf(signal.expiresOn ?? '', today, dates),
      };
    }),
  };
}
