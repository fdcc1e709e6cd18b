import { daysBetween } from 'c/scoringCore';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { inSentences } from './phrases';
import { nameOf } from './speech';

/** @typedef {import('./record').Row} Row */

/** @type {Record<string, { icon: string, markStyle: string }>} */
const LOOKS = {
  Critical: { icon: 'utility:error', markStyle: 'pill toned tone_bad' },
  Moderate: { icon: 'utility:warning', markStyle: 'pill toned tone_low' },
  Watch: { icon: 'utility:preview', markStyle: 'pill toned' },
};

const text = (/** @type {Row} */ row, /** @type {string} */ field) => String(row[field] ?? '');

/**
 * A signal's record as the core takes it.
 *
 * @param {Row} row
 * @returns {import('c/scoringCore').Signal}
 */
export const signalOf = (row) => ({
  id: text(row, 'Id'),
  severity: /** @type {any} */ (text(row, 'Severity__c').toLowerCase()),
  status: /** @type {any} */ (text(row, 'Status__c').toLowerCase()),
  confidence: /** @type {any} */ (text(row, 'Confidence__c').toLowerCase()),
  observedOn: text(row, 'Date_Observed__c'),
  monitoringFrom: text(row, 'Monitoring_From__c') || null,
  resolvedOn: text(row, 'Resolved_On__c') || null,
  expiresOn: text(row, 'Expires_On__c') || null,
});

/**
 * Was a score made with this signal as it stands? What is stored beside it tells, not the day that the signal is of.
 *
 * @param {import('./record').Details} details
 * @param {Row} row
 */
export function isKnownTo({ signals }, row) {
  const known = /** @type {Record<string, unknown> | undefined} */ (signals.find(({ id }) => id === row.Id));
  // As grave as it was: what has become of it since lets go of the score, which is no warning.
  return known !== undefined && known.severity === signalOf(row).severity;
}

/**
 * Does a signal stand open on a day? Dates decide, as in the score.
 *
 * @param {Row} row
 * @param {string} today
 */
export const isOpen = (row, today) =>
  ['Resolved_On__c', 'Expires_On__c'].every((field) => !row[field] || text(row, field) > today);

/**
 * Open signals, the gravest first, with what is left of their time and whether the score shown counts them.
 *
 * @param {{ signals: readonly Row[], details: import('./record').Details | null, scorecard: import('./record').Scorecard | null, today: string, mayResolve: boolean, dates: import('./dates').Dates }} known
 * @returns {import('c/healthFacts').Facts}
 */
export function signalsOf({ signals, details, scorecard, today, mayResolve, dates }) {
  const effectOf = (/** @type {string} */ id) => {
    if (scorecard?.cap?.signals.some((one) => one.id === id)) return LABELS.signalHolds;
    // One that was seen after the score's day is known to it, and waits for the next score.
    const counted = details?.signals.some((one) => one.id === id && one.observedOn <= details.asOf);
    return counted ? LABELS.signalNoEffect : LABELS.signalNotYet;
  };
  const order = Object.keys(LOOKS);
  const place = (/** @type {Row} */ row) => order.indexOf(text(row, 'Severity__c'));
  const open = signals.filter((row) => isOpen(row, today)).sort((a, b) => place(a) - place(b));
  return {
    title: LABELS.signalsTitle,
    lead: open.length === 0 ? LABELS.noSignals : '',
    rows: open.map((row) => {
      const id = text(row, 'Id');
      const mark = text(row, 'Severity__c');
      const { left, until } = leftOf(text(row, 'Expires_On__c'), today, dates);
      return {
        id,
        object: 'Churn_Signal__c',
        mark: nameOf(mark),
        ...(LOOKS[mark] ?? LOOKS.Watch),
        label: titleOf(row),
        opens: 'open',
        text: text(row, 'Signal_Category__c') === '' ? '' : text(row, 'Signal_Detail__c'),
        fact: inSentences(byOf(row, dates), effectOf(id)),
        points: left,
        until,
        button: mayResolve ? LABELS.resolve : '',
        act: 'resolve',
      };
    }),
  };
}

/**
 * What a signal is called.
 *
 * @param {Row} row
 */
export function titleOf(row) {
  const category = text(row, 'Signal_Category__c');
  return category === '' ? text(row, 'Signal_Detail__c') || LABELS.signal : nameOf(category);
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
    nameOf(text(row, 'Confidence__c')),
    text(row, 'Status__c') === 'Monitoring' ? nameOf('Monitoring') : '',
    day === '' ? '' : fill(LABELS.seenOn, dates.day(day)),
    name === '' ? '' : fill(LABELS.raisedBy, name),
  ];
  return parts.filter(Boolean).join(', ');
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
