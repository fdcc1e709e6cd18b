import { LightningElement, api } from 'lwc';
import { addDays } from 'c/scoringCore';
import * as LABELS from 'c/healthLabels';
import { CATEGORIES, CONFIDENCES, OUTCOMES, SEVERITIES } from './values';

/** A signal that nobody looks at for so long says little: the day is proposed, a person decides. */
const USUAL_DAYS = 90;

const options = (/** @type {readonly string[]} */ values) => values.map((value) => ({ label: value, value }));

/**
 * Asks for what raising or resolving a signal takes. Event `save` with the record's fields, and `cancel`.
 * Inside the card and not in a window over it: the score that it is about stays in view.
 */
export default class HealthSignalForm extends LightningElement {
  labels = {
    cancel: LABELS.cancel,
    fieldCategory: LABELS.fieldCategory,
    fieldConfidence: LABELS.fieldConfidence,
    fieldDetail: LABELS.fieldDetail,
    fieldExpires: LABELS.fieldExpires,
    fieldExpiresHelp: LABELS.fieldExpiresHelp,
    fieldObserved: LABELS.fieldObserved,
    fieldOutcome: LABELS.fieldOutcome,
    fieldSeverity: LABELS.fieldSeverity,
    resolveText: LABELS.resolveText,
    save: LABELS.save,
  };
  severities = options(SEVERITIES);
  confidences = options(CONFIDENCES);
  categories = options(CATEGORIES);
  outcomes = options(OUTCOMES);
  /** @type {Record<string, string>} */
  values = {};
  focused = false;
  tried = false;

  /** @type {'raise' | 'resolve'} */
  @api kind = 'raise';
  /**
   * Today, `YYYY-MM-DD`.
   * @type {string}
   */
  @api today = '';
  /** @type {boolean} */
  @api busy = false;
  /** @type {import('c/healthNotice').Notice | null} */
  @api error = null;

  get raising() {
    return this.kind === 'raise';
  }

  get heading() {
    return this.raising ? LABELS.raise : LABELS.resolveTitle;
  }

  get filled() {
    if (!this.raising)
      return {
        Status__c: 'Resolved',
        Resolved_As__c: OUTCOMES[0] ?? '',
        Resolved_On__c: this.today,
        ...this.values,
      };
    return {
      Status__c: 'Active',
      // No proposal: a Critical one saved without a thought would hold the customer's score at once.
      Severity__c: '',
      Confidence__c: 'Suspected',
      Signal_Category__c: 'Other',
      Signal_Detail__c: '',
      Date_Observed__c: this.today,
      Expires_On__c: addDays(this.today, USUAL_DAYS),
      ...this.values,
    };
  }

  /** The form was asked for: whoever works by keyboard is in it. */
  renderedCallback() {
    if (this.focused) return;
    this.focused = true;
    /** @type {HTMLElement | null | undefined} */ (this.template?.querySelector('[data-field]'))?.focus();
  }

  take(/** @type {CustomEvent<{ value: string }>} */ event) {
    const input = /** @type {HTMLElement & { reportValidity?: () => boolean }} */ (event.currentTarget);
    const { field = '' } = input.dataset;
    this.values = { ...this.values, [field]: event.detail.value };
    // A message that went only when the input is left would move the button away under the pointer that presses it.
    if (this.tried) input.reportValidity?.();
  }

  save() {
    const inputs = /** @type {NodeListOf<HTMLElement & { reportValidity?: () => boolean }>} */ (
      this.template?.querySelectorAll('[data-field]') ?? []
    );
    this.tried = true;
    // All of them say what they lack, not only the first.
    const valid = [...inputs].map((input) => input.reportValidity?.() ?? true).every(Boolean);
    if (!valid) return;
    const fields = Object.fromEntries(
      Object.entries(this.filled).map(([field, value]) => [field, value === '' ? null : value]),
    );
    this.dispatchEvent(new CustomEvent('save', { detail: { fields } }));
  }

  cancel() {
    this.dispatchEvent(new CustomEvent('cancel'));
  }
}
