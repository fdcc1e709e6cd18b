import { LightningElement, api } from 'lwc';

/** The score's place among the tiers, on a bar from 0 to 100. */
export default class HealthScale extends LightningElement {
  /** @type {NonNullable<NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['headline']>['scale']> | undefined} */
  @api scale;
}
