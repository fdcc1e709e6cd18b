import { daysBetween } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';

/** @typedef {import('./record').Row} Row */

const LOOKS = {
  Critical: { icon: 'utility:error', style: 'pill toned tone_bad' },
  Moderate: { icon: 'utility:warning', style: 'pill toned tone_low' },
  Watch: { icon: 'utility:preview', style: 'pill' },
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
 * How sure it is, since when, and who said so.
 *
 * @param {Row} row
 * @param {import('./dates').Dates} dates
 */
export function byOf(row, dates) {
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
