import { API_VERSION } from 'local-org';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Ask } from './records.ts';

/** What a person fills in for a task; the platform's page has more fields. */
const FIELDS = ['Subject', 'ActivityDate', 'Description', 'WhatId', 'OwnerId', 'Health_Step__c'] as const;
export type TaskInput = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/**
 * Values that a component proposes in the state `defaultFieldValues`.
 *
 * Source: developer.salesforce.com, LWC guide, "Navigate to a record's create page with default field values".
 *
 * @throws Error for a field that this page does not have
 * @example proposedTask('Subject=Call%2C%20now') // => { Subject: 'Call, now' }
 */
export function proposedTask(defaults: string): TaskInput {
  const pairs = defaults === '' ? [] : defaults.split(',').map((part) => part.split(/=(.*)/s));
  return taskInput(pairs.map(([name = '', value = '']) => [name, decodeURIComponent(value)]));
}

/** @throws Error for a field that this page does not have */
export function taskInput(pairs: Iterable<readonly [string, string]>): TaskInput {
  const input: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (!FIELDS.includes(name as (typeof FIELDS)[number]))
      throw new Error(`A new task: found field ${name}, which the local page does not have`);
    if (value !== '') input[name] = value;
  }
  return input;
}

/** The form, filled with what was proposed. */
export const taskForm = (input: TaskInput, problem?: string): Html =>
  html` <section class="page-panel page-form">
    <h1 class="slds-text-heading_medium">New Task</h1>
    ${problem === undefined ? '' : html`<p role="alert" class="slds-text-color_error">${problem}</p>`}
    <form method="post" action="/lightning/o/Task/new">
      <label>Subject <input class="slds-input" name="Subject" required value="${input.Subject}" /></label>
      <label
        >Due date <input class="slds-input" name="ActivityDate" type="date" value="${input.ActivityDate}"
      /></label>
      <label
        >Comments <textarea class="slds-textarea" name="Description" rows="4">${input.Description}</textarea>
      </label>
      <input type="hidden" name="WhatId" value="${input.WhatId}" />
      <input type="hidden" name="OwnerId" value="${input.OwnerId}" />
      <input type="hidden" name="Health_Step__c" value="${input.Health_Step__c}" />
      <button type="submit" class="slds-button slds-button_brand">Save</button>
    </form>
  </section>`;

/** Creates the task as the person; gives its id, or the org's words when it refuses. */
export async function createTask(ask: Ask, input: TaskInput): Promise<{ id: string } | { problem: string }> {
  const { status, body } = await ask(`/services/data/v${API_VERSION}/sobjects/Task`, input);
  if (status === 201) return { id: (body as { id: string }).id };
  const [first] = body as { message: string }[];
  return { problem: first?.message ?? `The org answered ${status}` };
}
