import { LightningElement, api } from 'lwc';
import { messagesOf } from 'c/healthErrors';

const LOOKS = {
  info: { icon: 'utility:info', style: 'notice notice_info', role: 'status' },
  warning: { icon: 'utility:warning', style: 'notice notice_warning', role: 'status' },
  error: { icon: 'utility:error', style: 'notice notice_error', role: 'alert' },
};

/** One notice with its meaning as icon and words. Also the card's one view of errors: give it `error`. Event `act`. */
export default class HealthNotice extends LightningElement {
  /** @type {'info' | 'warning' | 'error'} */
  @api kind = 'info';
  /** @type {string | undefined} */
  @api heading;
  /** @type {string | undefined} */
  @api text;
  /**
   * Label of the button; none without it.
   * @type {string | undefined}
   */
  @api action;
  /**
   * An error of any kind; its messages are shown below.
   * @type {unknown}
   */
  @api error;

  get look() {
    return LOOKS[this.kind] ?? LOOKS.info;
  }

  get messages() {
    return messagesOf(this.error);
  }

  act() {
    this.dispatchEvent(new CustomEvent('act'));
  }
}
