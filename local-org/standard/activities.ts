// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm

import type { FieldDef, ObjectDef, Row } from '../schema/types.ts';
import {
  always,
  area,
  field,
  flag,
  lookup,
  object,
  owner,
  pick,
  readOnly,
  required,
  systemFields,
  text,
  whole,
} from './fields.ts';

const RELATED = ['Account', 'Opportunity', 'Contract', 'Case'];

/** Event.AccountId is derived from what the event is about, as the Object Reference says; it cannot be written. */
const account = (row: Row, find: (object: string, id: string) => Row | undefined): Row => {
  const what = row['WhatId'];
  if (typeof what === 'string') {
    if (what.startsWith('001')) return { AccountId: what };
    const parent = [
      ['006', 'Opportunity'],
      ['800', 'Contract'],
      ['500', 'Case'],
    ].find(([prefix]) => what.startsWith(prefix ?? ''))?.[1];
    return { AccountId: (parent && find(parent, what)?.['AccountId']) ?? null };
  }
  const who = row['WhoId'];
  if (typeof who === 'string' && who.startsWith('003'))
    return { AccountId: find('Contact', who)?.['AccountId'] ?? null };
  return {};
};

const shared = (children: string): FieldDef[] => [
  ...systemFields(),
  lookup('WhatId', 'Related To ID', RELATED, children, { permissionable: false }),
  lookup('WhoId', 'Name ID', ['Contact'], children, { permissionable: false }),
  readOnly(always(lookup('AccountId', 'Account ID', 'Account', undefined))),
  field('Subject', 'Subject', 'combobox', { length: 255, permissionable: false }),
  area('Description', 'Description'),
  owner(),
];

/**
 * Events are archived 365 days after their day: then only `queryAll` gives them.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_guidelines_archive.htm
 */
const ARCHIVED: FieldDef = readOnly(
  always({
    ...flag('IsArchived', 'Archived'),
    formula: {
      text: 'AND(NOT(ISBLANK(ActivityDate)), ActivityDate < TODAY() - 365)',
      blanksAreZero: false,
    },
  }),
);

/** Events and tasks. Custom fields that metadata puts on Activity appear on both. */
export const activities = (): ObjectDef[] => [
  object(
    'Event',
    '00U',
    [
      ...shared('Events'),
      pick('Type', 'Type', ['Call', 'Email', 'Meeting', 'Other']),
      always(field('ActivityDate', 'Due Date Only', 'date')),
      always(field('ActivityDateTime', 'Due Date Time', 'datetime')),
      always(field('StartDateTime', 'Start Date Time', 'datetime')),
      always(field('EndDateTime', 'End Date Time', 'datetime')),
      always(whole('DurationInMinutes', 'Duration')),
      always(flag('IsAllDayEvent', 'All-Day Event')),
      text('Location', 'Location', 255),
      // Set by the platform on the events of who is invited: each colleague has a child of the one that was made.
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm
      readOnly(always(flag('IsChild', 'Is Child'))),
      ARCHIVED,
    ],
    {
      nameField: 'Subject',
      permissionable: false,
      derive: (row, find) => {
        const start = row['StartDateTime'] ?? row['ActivityDateTime'];
        const day = typeof start === 'string' ? start.slice(0, 10) : row['ActivityDate'];
        return { ...account(row, find), ...(day == null ? {} : { ActivityDate: day }) };
      },
    },
  ),
  object(
    'Task',
    '00T',
    [
      ...shared('Tasks'),
      required(
        pick('Status', 'Status', ['Not Started', 'In Progress', 'Completed'], {
          defaultValue: 'Not Started',
        }),
      ),
      required(pick('Priority', 'Priority', ['High', 'Normal', 'Low'], { defaultValue: 'Normal' })),
      always(field('ActivityDate', 'Due Date Only', 'date')),
      // Set by way of the status.
      // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
      readOnly(
        always({
          ...flag('IsClosed', 'Closed'),
          formula: { text: "ISPICKVAL(Status, 'Completed')", blanksAreZero: false },
        }),
      ),
    ],
    { nameField: 'Subject', permissionable: false, derive: account },
  ),
];
