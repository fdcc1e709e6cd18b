import { LightningElement, api } from 'lwc';

/**
 * Dimensions and platform value in one order always. Each unfolds to its metrics: the value in its unit on a bar of its
 * three limits; a hatched slot with the reason when it is missing.
 */
export default class HealthParts extends LightningElement {
  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['parts']> | undefined} */
  @api parts;
  /** Whether the sums behind the parts are shown as well; at full width they always are. */
  @api whole = false;
  /** @type {Record<string, boolean>} */
  opened = {};

  /** Unfolds one part: where points are lost leads there. */
  @api
  open(/** @type {string} */ metric) {
    const group = this.parts?.groups.find(({ metrics }) => metrics.some(({ id }) => id === metric));
    if (group) this.opened = { ...this.opened, [group.id]: true };
  }

  get extra() {
    return this.whole ? 'row' : 'row extra';
  }

  get below() {
    return this.whole ? 'quiet' : 'quiet extra';
  }

  get groups() {
    return this.parts?.groups.map((group) => {
      const open = this.opened[group.id] === true;
      return { ...group, open, expanded: String(open) };
    });
  }

  handleToggle(/** @type {Event} */ event) {
    const { id = '' } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.opened = { ...this.opened, [id]: !this.opened[id] };
  }
}
