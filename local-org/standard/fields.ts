// Local: short hands for the fields of standard objects.

import { fieldOf, objectOf } from '../schema/types.ts';
import type { FieldDef, FieldType, ObjectDef, PicklistValue, Schema } from '../schema/types.ts';

/** Short hands for describing the fields of standard objects; the same shape comes out of metadata files. */
export const field = (
  name: string,
  label: string,
  type: FieldType,
  more: Partial<FieldDef> = {},
): FieldDef => ({
  name,
  label,
  type,
  custom: false,
  nillable: true,
  required: false,
  createable: true,
  updateable: true,
  permissionable: true,
  unique: false,
  caseSensitive: false,
  externalId: false,
  filterable: !(type === 'textarea' && (more.length ?? 0) > 255),
  sortable: !(type === 'textarea' && (more.length ?? 0) > 255) && type !== 'multipicklist',
  ...more,
});

export const text = (name: string, label: string, length: number, more: Partial<FieldDef> = {}): FieldDef =>
  field(name, label, 'string', { length, ...more });

export const area = (name: string, label: string, length = 32_000): FieldDef =>
  field(name, label, 'textarea', { length });

export const money = (name: string, label: string, scale = 2): FieldDef =>
  field(name, label, 'currency', { precision: 18, scale });

export const whole = (name: string, label: string, precision = 8): FieldDef =>
  field(name, label, 'int', { precision, scale: 0 });

export const percent = (name: string, label: string): FieldDef =>
  field(name, label, 'percent', { precision: 3, scale: 0 });

export const flag = (name: string, label: string, more: Partial<FieldDef> = {}): FieldDef =>
  field(name, label, 'boolean', { nillable: false, defaultValue: 0, ...more });

export const values = (...names: string[]): PicklistValue[] =>
  names.map((value) => ({ value, label: value, active: true, isDefault: false }));

/**
 * Gives a standard picklist the values that an administrator has set up.
 *
 * @throws Error for what is no standard picklist
 * @example setPicklist(schema, 'Opportunity.Type', ['New', 'Renewal'])
 */
export function setPicklist(schema: Schema, path: string, names: readonly string[]): void {
  const [object = '', name = ''] = path.split('.');
  const own = objectOf(schema, object);
  const picklist = own && fieldOf(own, name);
  if (!picklist?.values || picklist.custom)
    throw new Error(`picklists: found ${path}, expected a standard picklist that the org has`);
  picklist.values = values(...names);
}

/** Standard picklists are not restricted by default: an org takes other values through the API. */
export const pick = (name: string, label: string, list: string[], more: Partial<FieldDef> = {}): FieldDef =>
  field(name, label, 'picklist', { length: 255, values: values(...list), restricted: false, ...more });

export const lookup = (
  name: string,
  label: string,
  to: string | string[],
  childRelationshipName: string | undefined,
  more: Partial<FieldDef> = {},
): FieldDef =>
  field(name, label, 'reference', {
    length: 18,
    referenceTo: typeof to === 'string' ? [to] : to,
    relationshipName: name.replace(/Id$/, ''),
    ...(childRelationshipName === undefined ? {} : { childRelationshipName }),
    ...more,
  });

/** Always there for whoever sees the object, and not granted field by field. */
export const always = (def: FieldDef): FieldDef => ({ ...def, permissionable: false });
/** Set by the platform alone. */
export const readOnly = (def: FieldDef): FieldDef => ({ ...def, createable: false, updateable: false });
export const required = (def: FieldDef): FieldDef =>
  always({ ...def, nillable: false, required: def.type !== 'boolean' });

/** @example systemFields({ modified: false }) leaves out what history objects do not have. */
export function systemFields({ modified = true }: { modified?: boolean } = {}): FieldDef[] {
  const set = (def: FieldDef) => readOnly(always({ ...def, nillable: false }));
  const all = [
    set(field('Id', 'Record ID', 'id', { length: 18 })),
    set(flag('IsDeleted', 'Deleted')),
    set(field('CreatedDate', 'Created Date', 'datetime')),
    set(lookup('CreatedById', 'Created By ID', 'User', undefined)),
    set(field('LastModifiedDate', 'Last Modified Date', 'datetime')),
    set(lookup('LastModifiedById', 'Last Modified By ID', 'User', undefined)),
    set(field('SystemModstamp', 'System Modstamp', 'datetime')),
  ];
  return modified
    ? all
    : all.filter((f) => !f.name.startsWith('LastModified') && f.name !== 'SystemModstamp');
}

/** Private to each record: who owns it; filled with the running user when nobody is named. */
export const owner = (childRelationshipName?: string): FieldDef =>
  always(lookup('OwnerId', 'Owner ID', 'User', childRelationshipName, { nillable: false }));

/** @example object('Account', '001', [...]) describes a standard object whose records are named by Name. */
export function object(
  name: string,
  keyPrefix: string,
  fields: FieldDef[],
  more: Partial<Omit<ObjectDef, 'fields'>> = {},
): ObjectDef {
  const label = more.label ?? name.replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    name,
    label,
    plural: `${label}s`,
    keyPrefix,
    custom: false,
    nameField: fields.some((f) => f.name === 'Name') ? 'Name' : undefined,
    rules: [],
    createable: true,
    updateable: true,
    deletable: true,
    permissionable: true,
    uniqueTogether: [],
    sharing: 'ReadWrite',
    ...more,
    fields: new Map(fields.map((f) => [f.name.toLowerCase(), f])),
  };
}
