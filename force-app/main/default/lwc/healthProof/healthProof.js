import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** The foot: the score computed again here, when it was made and what it was read from. Event `open` for the score's record. */
export default class HealthProof extends LightningElement {
  labels = { scoreRecord: LABELS.scoreRecord };

  /** @type {ReturnType<typeof import('c/healthStory').storyOf>['proof'] | undefined} */
  @api proof;
  /** False on the score's own page. */
  @api linked = false;

  get icon() {
    return this.proof?.proven ? 'utility:check' : this.proof?.doubtful ? 'utility:error' : 'utility:info';
  }

  get textClass() {
    return this.proof?.proven ? 'text text_proven' : this.proof?.doubtful ? 'text text_doubtful' : 'text';
  }

  open() {
    this.dispatchEvent(new CustomEvent('open'));
  }
}
