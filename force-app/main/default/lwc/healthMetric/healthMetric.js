import { LightningElement, api } from 'lwc';

/** One metric: its value in its unit on a bar of its three limits; a hatched slot with the reason when it is missing. */
export default class HealthMetric extends LightningElement {
  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['parts']>['groups'][number]['metrics'][number] | undefined} */
  @api metric;
}
