import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** Open signals with what is left of their time. Events `raise`, and `resolve` and `open` with a signal's id. */
export default class HealthSignals extends LightningElement {
  labels = {
    noSignals: LABELS.noSignals,
    raise: LABELS.raise,
    resolve: LABELS.resolve,
    signalsTitle: LABELS.signalsTitle,
  };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['signals']} */
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
    return this.signals.length === 0;
  }

  raise() {
    this.dispatchEvent(new CustomEvent('raise'));
  }

  resolve(/** @type {Event} */ event) {
    this.tell('resolve', event);
  }

  open(/** @type {Event} */ event) {
    this.tell('open', event);
  }

  tell(/** @type {string} */ name, /** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.dispatchEvent(new CustomEvent(name, { detail: { id } }));
  }
}
