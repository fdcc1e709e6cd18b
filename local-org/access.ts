// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import type { FieldDef, ObjectDef } from './schema/types.ts';

export type RowState = 'none' | 'read' | 'edit';

/** Which records a user sees and may change, beside what object permissions say. */
export interface RowAccess {
  /** SQL condition over the alias for the records he sees; undefined for all of them. */
  filter: (object: ObjectDef, alias: string) => string | undefined;
  /** What he may do with one record. */
  of: (object: ObjectDef, id: string) => RowState;
  /** Whether he may create or change a detail of this master. */
  mayWriteDetail: (field: FieldDef, masterId: string) => boolean;
}

/** What the running user may do; asked on every path, so that no protocol can forget it. */
export interface Access {
  canRead: (object: ObjectDef) => boolean;
  canCreate: (object: ObjectDef) => boolean;
  canEdit: (object: ObjectDef) => boolean;
  canDelete: (object: ObjectDef) => boolean;
  canReadField: (object: ObjectDef, field: FieldDef) => boolean;
  canEditField: (object: ObjectDef, field: FieldDef) => boolean;
  /** Which records he sees and may change; without it, all of them. */
  rows?: RowAccess;
}

/** A user as he may act now. */
export interface OrgUser {
  id: string;
  username: string;
  access: Access;
}

/** An administrator: everything that exists. */
export const fullAccess: Access = {
  canRead: () => true,
  canCreate: () => true,
  canEdit: () => true,
  canDelete: () => true,
  canReadField: () => true,
  canEditField: () => true,
};

/**
 * The same access without some objects and fields, as if a permission set did not grant them.
 *
 * @example without(fullAccess, ['Case'], ['Account.ARR__c'])
 */
export function without(access: Access, objects: string[], fields: string[]): Access {
  if (objects.length === 0 && fields.length === 0) return access;
  const noObject = new Set(objects.map((name) => name.toLowerCase()));
  const noField = new Set(fields.map((name) => name.toLowerCase()));
  const seen = (object: ObjectDef): boolean => !noObject.has(object.name.toLowerCase());
  const open = (object: ObjectDef, field: FieldDef): boolean =>
    seen(object) && !noField.has(`${object.name}.${field.name}`.toLowerCase());
  return {
    canRead: (object) => seen(object) && access.canRead(object),
    canCreate: (object) => seen(object) && access.canCreate(object),
    canEdit: (object) => seen(object) && access.canEdit(object),
    canDelete: (object) => seen(object) && access.canDelete(object),
    canReadField: (object, field) => open(object, field) && access.canReadField(object, field),
    canEditField: (object, field) => open(object, field) && access.canEditField(object, field),
    ...(access.rows ? { rows: access.rows } : {}),
  };
}
