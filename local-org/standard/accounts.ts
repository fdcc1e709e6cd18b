// Source: https://developer.salesforce.com/docs/platform/field-reference/references/field-reference/salesforce-field-reference-accountcontactrelation.html
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm

import type { ObjectDef } from '../schema/types.ts';
import {
  always,
  area,
  field,
  flag,
  lookup,
  money,
  object,
  owner,
  pick,
  readOnly,
  required,
  systemFields,
  text,
  whole,
} from './fields.ts';

const name = (row: { [k: string]: string | number | null }): string =>
  [row['FirstName'], row['LastName']].filter((part) => part !== null && part !== undefined).join(' ');

/** Account, Contact and how they belong together: the most used fields, as the Object Reference describes them. */
export const accounts = (): ObjectDef[] => [
  object('Account', '001', [
    ...systemFields(),
    required(text('Name', 'Account Name', 255)),
    owner('Accounts'),
    lookup('ParentId', 'Parent Account ID', 'Account', 'ChildAccounts'),
    pick('Type', 'Account Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Other']),
    pick('Industry', 'Industry', ['Hospitality', 'Retail', 'Technology', 'Transportation', 'Other']),
    text('AccountNumber', 'Account Number', 40),
    money('AnnualRevenue', 'Annual Revenue', 0),
    whole('NumberOfEmployees', 'Employees'),
    field('Phone', 'Account Phone', 'phone', { length: 40 }),
    field('Website', 'Website', 'url', { length: 255 }),
    text('BillingCity', 'Billing City', 40),
    text('BillingCountry', 'Billing Country', 80),
    area('Description', 'Account Description'),
  ]),
  object(
    'Contact',
    '003',
    [
      ...systemFields(),
      lookup('AccountId', 'Account ID', 'Account', 'Contacts'),
      text('FirstName', 'First Name', 40, { permissionable: false }),
      required(text('LastName', 'Last Name', 80)),
      readOnly(always(text('Name', 'Full Name', 121))),
      field('Email', 'Email', 'email', { length: 80 }),
      field('Phone', 'Business Phone', 'phone', { length: 40 }),
      text('Title', 'Title', 128),
      owner('Contacts'),
    ],
    { derive: (row) => ({ Name: name(row) }) },
  ),
  object(
    'AccountContactRelation',
    '07k',
    [
      ...systemFields(),
      required(
        lookup('AccountId', 'Account ID', 'Account', 'AccountContactRelations', { updateable: false }),
      ),
      required(
        lookup('ContactId', 'Contact ID', 'Contact', 'AccountContactRelations', { updateable: false }),
      ),
      field('Roles', 'Roles', 'multipicklist', {
        length: 4099,
        restricted: false,
        values: [
          'Business User',
          'Decision Maker',
          'Economic Buyer',
          'Economic Decision Maker',
          'Evaluator',
          'Executive Sponsor',
          'Influencer',
          'Technical Buyer',
          'Other',
        ].map((value) => ({ value, label: value, active: true, isDefault: false })),
      }),
      readOnly(always(flag('IsDirect', 'Direct'))),
      flag('IsActive', 'Active', { defaultValue: 1 }),
      field('StartDate', 'Start Date', 'date'),
      field('EndDate', 'End Date', 'date'),
    ],
    {
      permissionable: false,
      follows: 'Contact',
      // The platform keeps one relation per pair: a role that is taken up again is the same record with new dates.
      uniqueTogether: [['AccountId', 'ContactId']],
      derive: (row, find) => ({
        IsDirect: find('Contact', String(row['ContactId']))?.['AccountId'] === row['AccountId'] ? 1 : 0,
      }),
    },
  ),
  object(
    'AccountHistory',
    '017',
    [
      ...systemFields({ modified: false }),
      readOnly(required(lookup('AccountId', 'Account ID', 'Account', 'Histories'))),
      readOnly(required(text('Field', 'Changed Field', 255))),
      readOnly(always(field('OldValue', 'Old Value', 'anyType', { filterable: false, sortable: false }))),
      readOnly(always(field('NewValue', 'New Value', 'anyType', { filterable: false, sortable: false }))),
      readOnly(always(text('DataType', 'Datatype', 40))),
    ],
    {
      createable: false,
      updateable: false,
      deletable: false,
      permissionable: false,
      follows: 'Account',
      plural: 'Account Histories',
    },
  ),
];
