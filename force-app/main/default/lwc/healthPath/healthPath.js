import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** The way to the next tier in real units, or why there is none. Event `task` with subject and description of a step. */
export default class HealthPath extends LightningElement {
  labels = { task: LABELS.task };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['path'] | undefined} */
  @api path;

  get said() {
    return (this.path?.said ?? []).map((text) => ({ id: text, text }));
  }

  task(/** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    const step = this.path?.steps.find((one) => one.id === id);
    if (step) this.dispatchEvent(new CustomEvent('task', { detail: { ...step.task } }));
  }
}
