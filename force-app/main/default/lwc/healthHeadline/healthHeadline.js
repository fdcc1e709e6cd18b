import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** Score, tier, change and causes: what a person sees first, and what a screen reader says first, in one sentence. */
export default class HealthHeadline extends LightningElement {
  labels = { provisional: LABELS.provisional };

  /** @type {ReturnType<typeof import('c/healthStory').headlineOf> | undefined} */
  @api headline;

  get tierClass() {
    return this.headline?.style;
  }

  get movedClass() {
    return `moved moved_${this.headline?.moved?.style ?? 'same'}`;
  }

  get causes() {
    return (this.headline?.causes ?? []).map(({ text, points }, i, all) => ({
      id: text,
      text,
      points: `(${points})${i < all.length - 1 ? ',' : '.'}`,
    }));
  }

  get hasCauses() {
    return this.causes.length > 0;
  }

  get doubts() {
    return (this.headline?.doubts ?? []).join('. ');
  }
}
