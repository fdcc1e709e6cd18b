import { LightningElement, api } from 'lwc';

/**
 * @typedef {object} Fact
 * @property {string} id
 * @property {string} label
 * @property {string} points
 * @property {string} [number] its place, where the order matters
 * @property {string} [fact] below the label
 * @property {string} [bar] style of a bar that draws the points: where it starts, how long it is
 * @property {string} [style] of the bar, by what it means
 * @property {boolean} [leads] whether its label leads to where the points are lost
 * @property {string} [button] asks for a task
 * @property {string} [hint] what the button is about
 * @property {{ subject: string, description: string }} [task]
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
 * A titled list of facts, each with its points: what changed, where points are lost, the way to the next tier. Events
 * `show` with a metric's id, and `task` with subject and description.
 */
export default class HealthFacts extends LightningElement {
  /** @type {Facts | undefined} */
  @api facts;

  act(/** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    const task = this.facts?.rows.find((row) => row.id === id)?.task;
    this.dispatchEvent(new CustomEvent(task ? 'task' : 'show', { detail: { ...task, id }, bubbles: true }));
  }
}
