import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/healthLabels';

/** Where points are lost, the largest four and the rest: together what the score is short of 100. Event `show` with a metric. */
export default class HealthLosses extends LightningElement {
  labels = LABELS;

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['losses'] | undefined} */
  @api losses;

  show(/** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.dispatchEvent(new CustomEvent('show', { detail: { id } }));
  }
}
