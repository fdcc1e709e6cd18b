import { LightningElement, api } from 'lwc';
import { showAsLine, showAsTable } from 'c/healthLabels';

/** Thirteen months as a line with marks for rules, signals and outages; the same as a table on demand. */
export default class HealthTrend extends LightningElement {
  asTable = false;

  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['trend']> | undefined} */
  @api trend;

  get toggleLabel() {
    return this.asTable ? showAsLine : showAsTable;
  }

  handleToggle() {
    this.asTable = !this.asTable;
  }
}
