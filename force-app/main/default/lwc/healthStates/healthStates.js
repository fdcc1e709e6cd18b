import { LightningElement, api } from 'lwc';
import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';

/** The card without a score: loading, no score yet, not scored at all, no access. Event `refresh`. */
export default class HealthStates extends LightningElement {
  labels = {
    loading: LABELS.loading,
    noAccess: LABELS.noAccess,
    noScoreYet: LABELS.noScoreYet,
    refresh: LABELS.refresh,
  };

  /** @type {'loading' | 'none' | 'hidden'} */
  @api kind = 'loading';
  /**
   * Day on which the account was added.
   * @type {string}
   */
  @api addedOn = '';
  /** False for an account without a segment: nobody will score it. */
  @api inPopulation = false;
  @api mayRefresh = false;

  get loading() {
    return this.kind === 'loading';
  }

  get hidden() {
    return this.kind === 'hidden';
  }

  get text() {
    if (!this.inPopulation) return LABELS.notInPopulation;
    return this.addedOn ? fill(LABELS.noScoreYetSince, this.addedOn) : LABELS.noScoreYetText;
  }

  get showRefresh() {
    return this.mayRefresh && this.inPopulation;
  }

  refresh() {
    this.dispatchEvent(new CustomEvent('refresh'));
  }
}
