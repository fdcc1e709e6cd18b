import { LightningElement, api } from 'lwc';

/**
 * Score, tier, change, causes and place among the tiers: what a person sees first, and what a screen reader says first, in
 * one sentence.
 */
export default class HealthHeadline extends LightningElement {
  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['headline']> | undefined} */
  @api headline;
}
