import { LightningElement, api } from 'lwc';

/**
 * What can be done: `act` names the event that is sent, the rest goes with it.
 * @typedef {{ act: string, label: string, object?: string, id?: string, variant?: string }} Action
 */
/** @typedef {{ id: string, title: string, text: string, quiet?: string, actions: readonly Action[] }} Part */
/** @typedef {Part & { kind: keyof typeof LOOKS, parts?: readonly Part[] }} Notice */

const LOOKS = {
  info: { icon: 'utility:info', style: 'notice tone_info' },
  closed: { icon: 'utility:lock', style: 'notice tone_info' },
  warning: { icon: 'utility:warning', style: 'notice tone_low' },
  error: { icon: 'utility:error', style: 'notice tone_bad' },
  cap: { icon: 'utility:lock', style: 'notice tone_bad' },
  outage: { icon: 'utility:offline', style: 'notice tone_bad' },
  proven: { icon: 'utility:check', style: 'notice plain tone_good' },
  unproven: { icon: 'utility:info', style: 'notice plain' },
  disproven: { icon: 'utility:error', style: 'notice plain tone_bad' },
};

/**
 * One notice with its meaning as icon and words, its parts and what can be done about it. Events by the names of its
 * actions, with their `id` and `object`; they bubble.
 */
export default class HealthNotice extends LightningElement {
  /** @type {Notice} */
  @api notice = { id: '', kind: 'info', title: '', text: '', actions: [] };

  get look() {
    return LOOKS[this.notice.kind];
  }

  /** Only what went wrong is said at once to who cannot see it. */
  get role() {
    return this.notice.kind === 'error' ? 'alert' : 'status';
  }

  get parts() {
    return [this.notice, ...(this.notice.parts ?? [])];
  }

  handleAct(/** @type {Event} */ event) {
    const { act = '', object, id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.dispatchEvent(new CustomEvent(act, { detail: { object, id }, bubbles: true }));
  }
}
