import { LightningElement, api } from 'lwc';
import { noSignals, raise, resolve, signalsTitle } from 'c/healthLabels';

/** Open signals with what is left of their time. Events `raise`, and `resolve` and `open` with a signal's id; they bubble. */
export default class HealthSignals extends LightningElement {
  labels = { raise, resolve, signalsTitle };

  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['signals']>} */
  @api signals = [];
  @api mayRaise = false;
  @api mayResolve = false;

  /** Takes the keyboard to the button that raises a signal. */
  @api
  focusRaise() {
    const button = /** @type {HTMLElement | null | undefined} */ (
      this.template?.querySelector('[data-act="raise"]')
    );
    button?.focus();
  }

  get none() {
    return this.signals.length === 0 ? noSignals : '';
  }

  tell(/** @type {Event} */ event) {
    const { act = '', id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.dispatchEvent(new CustomEvent(act, { detail: { object: 'Churn_Signal__c', id }, bubbles: true }));
  }
}
