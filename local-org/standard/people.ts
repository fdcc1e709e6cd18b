// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm

import type { ObjectDef } from '../schema/types.ts';
import { always, field, flag, lookup, object, readOnly, required, systemFields, text } from './fields.ts';

const closed = { createable: false, updateable: false, deletable: false, permissionable: false };

/** Who uses the org, and what it is. */
export const people = (): ObjectDef[] => [
  object(
    'User',
    '005',
    [
      ...systemFields().filter((f) => f.name !== 'IsDeleted'),
      required(text('Username', 'Username', 80, { unique: true })),
      always(text('FirstName', 'First Name', 40)),
      required(text('LastName', 'Last Name', 80)),
      readOnly(always(text('Name', 'Full Name', 121))),
      always(text('Alias', 'Alias', 8)),
      always(field('Email', 'Email', 'email', { length: 128 })),
      always(flag('IsActive', 'Active', { defaultValue: 1 })),
      always(text('UserType', 'User Type', 40, { defaultValue: 'Standard' })),
      always(text('TimeZoneSidKey', 'Time Zone', 40, { defaultValue: 'GMT' })),
      always(text('LocaleSidKey', 'Locale', 40, { defaultValue: 'en_GB' })),
      always(text('LanguageLocaleKey', 'Language', 40, { defaultValue: 'en_US' })),
      always(lookup('ProfileId', 'Profile ID', 'Profile', 'Users')),
      always(lookup('ManagerId', 'Manager ID', 'User', 'ManagedUsers')),
    ],
    {
      ...closed,
      derive: (row) => ({
        Name: [row['FirstName'], row['LastName']].filter((part) => part != null).join(' '),
      }),
    },
  ),
  object(
    'Profile',
    '00e',
    [...systemFields().filter((f) => f.name !== 'IsDeleted'), required(text('Name', 'Name', 255))],
    closed,
  ),
  object(
    'PermissionSet',
    '0PS',
    [
      ...systemFields().filter((f) => f.name !== 'IsDeleted'),
      ...[
        text('Name', 'API Name', 80),
        text('Label', 'Label', 80),
        text('NamespacePrefix', 'Namespace Prefix', 15),
        flag('IsCustom', 'Is Custom'),
        flag('IsOwnedByProfile', 'Is Owned By Profile'),
      ].map((f) => readOnly(always(f))),
    ],
    closed,
  ),
  object(
    'PermissionSetAssignment',
    '0Pa',
    [
      ...systemFields().filter((f) => !f.name.startsWith('LastModified') && !f.name.startsWith('Created')),
      required(lookup('AssigneeId', 'Assignee ID', 'User', 'PermissionSetAssignments')),
      required(lookup('PermissionSetId', 'PermissionSet ID', 'PermissionSet', 'Assignments')),
    ],
    {
      ...closed,
      createable: true,
      deletable: true,
      administrative: true,
      uniqueTogether: [['AssigneeId', 'PermissionSetId']],
    },
  ),
  object(
    'CustomNotificationType',
    '0ML',
    [
      ...systemFields().filter((f) => f.name !== 'IsDeleted'),
      ...[
        text('DeveloperName', 'Custom Notification Type Name', 80),
        text('MasterLabel', 'Master Label', 80),
        text('CustomNotifTypeName', 'Notification Type Name', 80),
        flag('Desktop', 'Desktop'),
        flag('Mobile', 'Mobile'),
      ].map((f) => readOnly(always(f))),
    ],
    closed,
  ),
  // Where the platform keeps the tokens of credentials: reading it is what a callout needs, its rows are nobody's.
  object('UserExternalCredential', '0uc', [...systemFields()], { ...closed, permissionable: true }),
  object(
    'Organization',
    '00D',
    [
      ...systemFields().filter((f) => f.name !== 'IsDeleted'),
      ...[
        text('Name', 'Name', 80),
        text('OrganizationType', 'Edition', 40),
        text('InstanceName', 'Instance Name', 5),
        flag('IsSandbox', 'Is Sandbox'),
        text('NamespacePrefix', 'Namespace Prefix', 15),
        text('TimeZoneSidKey', 'Time Zone', 40),
        text('DefaultLocaleSidKey', 'Locale', 40),
        text('LanguageLocaleKey', 'Language', 40),
        field('TrialExpirationDate', 'Trial Expiration Date', 'datetime'),
      ].map((f) => readOnly(always(f))),
    ],
    closed,
  ),
];
