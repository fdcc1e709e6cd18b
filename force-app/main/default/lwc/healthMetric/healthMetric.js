import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';

/** One metric: its value in its unit on a bar of its three limits; a hatched slot with the reason when it is missing. */
export default class HealthMetric extends LightningElement {
  labels = { points: LABELS.points };

  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['parts']>['groups'][number]['metrics'][number] | undefined} */
  @api metric;

  // Shape and not colour alone: a diamond below the limit, a dot from there on.
  get markerClass() {
    return this.metric?.good ? 'marker' : 'marker marker_below';
  }

  get foot() {
    const { read = '', better = '', owner = '', known = false } = this.metric ?? {};
    return [read, known ? better : '', owner].filter(Boolean).join('. ');
  }
}
