import { LightningElement, api } from 'lwc';
import { cancel, notInFuture, save } from 'c/healthLabels';
import { FORMS } from './forms';

/**
 * Which form is shown, since when (`YYYY-MM-DD`), for which signal, whether it is being saved and what was wrong with that.
 * @typedef {object} Request
 * @property {keyof typeof FORMS} kind
 * @property {string} today
 * @property {string} [id] of the signal to resolve
 * @property {boolean} [busy]
 * @property {import('c/healthNotice').Notice | null} [error]
 */
/** @typedef {HTMLElement & { value: string, reportValidity?: () => boolean }} Input */

/**
 * Asks for what raising or resolving a signal takes. Events `save` with the record's fields, and `cancel`; they bubble.
 * Inside the card and not in a window over it: the score that it is about stays in view.
 */
export default class HealthSignalForm extends LightningElement {
  labels = { cancel, notInFuture, save };
  focused = false;
  tried = false;

  /** @type {Request} */
  @api request = { kind: 'raise', today: '' };

  get form() {
    const { kind, today } = this.request;
    return FORMS[kind](today);
  }

  /** The form was asked for: whoever works by keyboard is in it. */
  renderedCallback() {
    if (this.focused) return;
    this.focused = true;
    this.inputs[0]?.focus();
  }

  get inputs() {
    const found = /** @type {NodeListOf<Input>} */ (this.template?.querySelectorAll('[data-field]') ?? []);
    return [...found];
  }

  /** All of them say what they lack, not only the first. Gives those that do. */
  check() {
    return this.inputs.filter((input) => input.reportValidity?.() === false);
  }

  /** A message that went only when the input is left would move the button away under the pointer that presses it. */
  handleChange() {
    if (this.tried) this.check();
  }

  handleSave() {
    this.tried = true;
    const [wrong] = this.check();
    if (wrong) {
      wrong.focus();
      return;
    }
    const filled = Object.fromEntries(
      this.inputs.map(({ dataset, value }) => [dataset.field, value || null]),
    );
    this.dispatchEvent(
      new CustomEvent('save', { detail: { fields: { ...this.form.sets, ...filled } }, bubbles: true }),
    );
  }

  handleKey(/** @type {KeyboardEvent} */ event) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.handleCancel();
  }

  handleCancel() {
    this.dispatchEvent(new CustomEvent('cancel', { bubbles: true }));
  }
}
