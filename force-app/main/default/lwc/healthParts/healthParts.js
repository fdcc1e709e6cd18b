import { LightningElement, api } from 'lwc';
import * as LABELS from 'c/healthLabels';
import { lineThrough } from './line';

/** @typedef {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['parts']>} Parts */

/** Dimensions and platform value in one order always; each unfolds to its metrics. */
export default class HealthParts extends LightningElement {
  labels = {
    alsoKnown: LABELS.alsoKnown,
    lowest: LABELS.lowest,
    partsNote: LABELS.partsNote,
    partsTitle: LABELS.partsTitle,
  };

  /** @type {Parts | undefined} */
  @api parts;
  /** @type {Record<string, boolean>} */
  opened = {};

  /** Unfolds one part: where points are lost leads there. */
  @api
  open(/** @type {string} */ metric) {
    const group = this.parts?.groups.find(({ metrics }) => metrics.some(({ id }) => id === metric));
    if (group) this.opened = { ...this.opened, [group.id]: true };
  }

  get groups() {
    return (this.parts?.groups ?? []).map((group, i, all) => {
      const open = this.opened[group.id] === true;
      return {
        ...group,
        open,
        expanded: String(open),
        icon: open ? 'utility:chevrondown' : 'utility:chevronright',
        path: lineThrough(group.line),
        rowClass: i === all.length - 1 ? 'row row_last' : 'row',
        barClass: group.urgent ? 'bar bar_urgent' : 'bar',
        movedClass: `moved moved_${group.moved?.style ?? 'none'}`,
        note: [group.weight, group.coverage].filter(Boolean).join(', '),
      };
    });
  }

  get retentionNote() {
    const { weight = '', coverage = '' } = this.parts?.retention ?? {};
    return [weight, coverage].filter(Boolean).join(', ');
  }

  get retentionMovedClass() {
    return `moved moved_${this.parts?.retention.moved?.style ?? 'none'}`;
  }

  toggle(/** @type {Event} */ event) {
    const id = /** @type {HTMLElement} */ (event.currentTarget).dataset.id ?? '';
    this.opened = { ...this.opened, [id]: !this.opened[id] };
  }
}
