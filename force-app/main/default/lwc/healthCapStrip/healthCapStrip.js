import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** What holds the score down, who said so, until when, and the score without it. Events `resolve` and `open` with a signal's id. */
export default class HealthCapStrip extends LightningElement {
  labels = { openSignal: LABELS.openSignal, resolve: LABELS.resolve, signalEnded: LABELS.signalEnded };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['cap'] | undefined} */
  @api cap;
  /** Whether the reader may resolve signals. */
  @api mayResolve = false;

  get signals() {
    return (this.cap?.signals ?? []).map((signal) => ({
      ...signal,
      mayResolve: this.mayResolve && signal.known && !signal.ended,
    }));
  }

  get icon() {
    return this.cap?.isHold ? 'utility:offline' : 'utility:lock';
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
