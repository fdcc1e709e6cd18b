import { LightningElement, api } from 'lwc';

/**
 * @typedef {object} Fact
 * @property {string} id
 * @property {string} label
 * @property {string} points
 * @property {string} [mark] before it: its place, where the order matters, or how grave it is
 * @property {string} [icon] of the mark
 * @property {string} [markStyle]
 * @property {string} [opens] what its label asks for: `show`, `open`
 * @property {string} [text] below the label
 * @property {string} [fact] below that
 * @property {string} [bar] style of a bar that draws the points: where it starts, how long it is
 * @property {string} [style] of the bar, by what it means
 * @property {string} [until] below the points
 * @property {string} [button]
 * @property {string} [act] what the button asks for: `task`, `resolve`
 * @property {string} [object] that the row is a record of
 * @property {string} [subject] of a task
 * @property {string} [description] of a task
 */
/**
 * @typedef {object} Facts
 * @property {string} title
 * @property {string} [note] beside the title, such as what the points add up to
 * @property {string} [lead] before all rows
 * @property {Fact[]} rows
 * @property {string} [foot] after all rows
 */

/**
 * A titled list of facts, each with its points: what changed, where points are lost, the way to the next tier, open
 * signals. What a row asks for is an event of that name with the row; it bubbles.
 */
export default class HealthFacts extends LightningElement {
  /** @type {Facts | undefined} */
  @api facts;

  handleAct(/** @type {Event} */ event) {
    const { act = '', id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    const row = this.facts?.rows.find((one) => one.id === id);
    this.dispatchEvent(new CustomEvent(act, { detail: { ...row }, bubbles: true }));
  }
}
