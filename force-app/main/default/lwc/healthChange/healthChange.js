import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** What changed since the earlier score. Only the first bar is what happened with the customer. */
export default class HealthChange extends LightningElement {
  labels = {
    changesNote: LABELS.changesNote,
    changesTitle: LABELS.changesTitle,
    insideTitle: LABELS.insideTitle,
  };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['changes'] | undefined} */
  @api changes;

  get hasInside() {
    return (this.changes?.inside ?? []).length > 0;
  }
}
