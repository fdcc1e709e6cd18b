import { LightningElement, api } from 'lwc';

/**
 * Score, tier, change, the facts that press, and one sentence on what the score came from: what a person sees first, and
 * what a screen reader says first. Event `signals` asks for the list of signals; it bubbles.
 */
export default class HealthHeadline extends LightningElement {
  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['headline']> | undefined} */
  @api headline;

  handleSignals() {
    this.dispatchEvent(new CustomEvent('signals', { bubbles: true }));
  }
}
