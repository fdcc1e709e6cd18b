import { LightningElement, api } from 'lwc';

/**
 * What to do next, at most three lines, each with the task that it can become or the open one that it has become. Events
 * `task` with the fields of a new one, and `open`; they bubble.
 */
export default class HealthSteps extends LightningElement {
  /** @type {NonNullable<ReturnType<typeof import('c/healthStory').storyOf>['steps']> | undefined} */
  @api steps;

  handleTask(/** @type {Event} */ event) {
    const { id } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    const row = this.steps?.rows.find((one) => one.id === id);
    if (!row) return;
    const [name, detail] = row.taskId
      ? ['open', { object: 'Task', id: row.taskId }]
      : ['task', { fields: row.task }];
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
