import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** Where points are lost, the largest four and the rest: together what the score is short of 100. Event `show` with a metric. */
export default class HealthLosses extends LightningElement {
  labels = { lossesRest: LABELS.lossesRest, lossesTitle: LABELS.lossesTitle };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['losses'] | undefined} */
  @api losses;

  show(/** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.dispatchEvent(new CustomEvent('show', { detail: { id } }));
  }
}
