import { addDays } from 'c/scoringCore';
import * as LABELS from 'c/healthLabels';
import { NAMES } from 'c/healthPhrases';

/** A signal that nobody looks at for so long says little: the day is proposed, a person decides. */
const USUAL_DAYS = 90;

/** Values of the global value sets Churn Signal …; a test compares them with the metadata. */
export const SEVERITIES = ['Critical', 'Moderate', 'Watch'];
export const CONFIDENCES = ['Suspected', 'Confirmed'];
export const CATEGORIES = [
  'Executive sponsor left',
  'Competitor evaluation',
  'Contract dispute',
  'Budget cut',
  'Outage',
  'Feature gap',
  'Low adoption',
  'Reorganisation',
  'Merger or sale',
  'Notice given',
  'Other',
];
export const OUTCOMES = ['Solved', 'False alarm', 'No longer relevant', 'Customer left'];

const EFFECTS = {
  Critical: LABELS.severityCritical,
  Moderate: LABELS.severityModerate,
  Watch: LABELS.severityWatch,
};

/**
 * @typedef {object} Field
 * @property {string} name of the record's field
 * @property {string} label
 * @property {string} value what is proposed; empty for no proposal
 * @property {{ label: string, value: string, description: string }[]} [options] one of these
 * @property {boolean} [long] a text of several lines; with neither, a day
 * @property {boolean} [required] of a day; the others are
 * @property {string} [help]
 * @property {string} [latest] of a day
 */
/** @typedef {{ title: string, text?: string, sets: Record<string, string>, fields: Field[] }} Form `sets` goes with what is filled in */

/**
 * @param {string} name
 * @param {string} label
 * @param {string[]} values
 * @param {string} value
 * @param {Record<string, string>} [effects] what each does, beside it
 * @returns {Field}
 */
const choice = (name, label, values, value, effects = {}) => ({
  name,
  label,
  value,
  options: values.map((one) => ({ label: NAMES[one] ?? one, value: one, description: effects[one] ?? '' })),
});

/**
 * What raising and resolving a signal ask for, in order.
 *
 * @type {Record<'raise' | 'resolve', (today: string) => Form>}
 */
export const FORMS = {
  raise: (today) => ({
    title: LABELS.raise,
    sets: { Status__c: 'Active' },
    fields: [
      // No proposal: a Critical one saved without a thought would hold the customer's score at once.
      {
        ...choice('Severity__c', LABELS.fieldSeverity, SEVERITIES, '', EFFECTS),
        help: LABELS.severityHelp,
      },
      choice('Confidence__c', LABELS.fieldConfidence, CONFIDENCES, 'Suspected'),
      choice('Signal_Category__c', LABELS.fieldCategory, CATEGORIES, 'Other'),
      { name: 'Signal_Detail__c', label: LABELS.fieldDetail, value: '', long: true },
      { name: 'Date_Observed__c', label: LABELS.fieldObserved, value: today, latest: today, required: true },
      {
        name: 'Expires_On__c',
        label: LABELS.fieldExpires,
        value: addDays(today, USUAL_DAYS),
        help: LABELS.fieldExpiresHelp,
      },
    ],
  }),
  resolve: (today) => ({
    title: LABELS.resolveTitle,
    text: LABELS.resolveText,
    sets: { Status__c: 'Resolved', Resolved_On__c: today },
    fields: [choice('Resolved_As__c', LABELS.fieldOutcome, OUTCOMES, 'Solved')],
  }),
};
