// Local: types of the schema.

/** What a stored cell can hold: dates as YYYY-MM-DD, times as YYYY-MM-DDTHH:MM:SS.mmmZ, booleans as 0 and 1. */
export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'combobox'
  | 'picklist'
  | 'multipicklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'anyType';

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  isDefault: boolean;
}

export interface FieldDef {
  name: string;
  label: string;
  type: FieldType;
  custom: boolean;
  /** May be empty in the database. */
  nillable: boolean;
  /** The platform refuses a record without it (no default is filled in). */
  required: boolean;
  createable: boolean;
  updateable: boolean;
  /** Read access is a matter of permission sets; the others everybody who sees the object sees. */
  permissionable: boolean;
  unique: boolean;
  caseSensitive: boolean;
  externalId: boolean;
  filterable: boolean;
  sortable: boolean;
  /** Characters. */
  length?: number;
  /** Digits in all, and after the point. */
  precision?: number;
  scale?: number;
  defaultValue?: Cell;
  values?: PicklistValue[];
  restricted?: boolean;
  referenceTo?: string[];
  /** Parent path in queries: Account for AccountId, Store__r for Store__c. */
  relationshipName?: string;
  /** Name of the list of children seen from the parent. */
  childRelationshipName?: string;
  /** `readIsEnough`: whoever may read the master may write details (else he must be able to edit it). */
  masterDetail?: { reparentable: boolean; readIsEnough: boolean };
  deleteConstraint?: 'SetNull' | 'Restrict' | 'Cascade';
  formula?: { text: string; blanksAreZero: boolean };
  autoNumber?: { format: string; next: number };
  helpText?: string;
  /** Field history tracking is switched on. */
  tracked?: boolean;
}

export interface ValidationRule {
  name: string;
  active: boolean;
  formula: string;
  message: string;
  field: string | undefined;
}

export interface ObjectDef {
  name: string;
  label: string;
  plural: string;
  keyPrefix: string;
  custom: boolean;
  /** Field that names a record; some objects have none. */
  nameField: string | undefined;
  /** By lower-case name. */
  fields: Map<string, FieldDef>;
  rules: ValidationRule[];
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  /** Object permissions are granted in permission sets; the others follow a parent or are open to everybody. */
  permissionable: boolean;
  /** Who sees records of others: everybody, everybody without changing them, or nobody. Details follow their master. */
  sharing: 'ReadWrite' | 'Read' | 'Private' | 'ControlledByParent';
  /** Only an administrator may write it. */
  administrative?: boolean;
  /** Whose permissions it follows, e.g. AccountHistory follows Account. */
  follows?: string;
  uniqueTogether: string[][];
  /** Where the platform writes down what its fields were: one row per tracked field that changes. */
  history?: { object: string; link: string };
  /** Where it writes down how the record stands whenever one of these fields changes. */
  snapshots?: { object: string; link: string; fields: string[] };
  /** What the platform sets by itself from the record (and records it points to), before it is stored. */
  derive?: (row: Row, find: (object: string, id: string) => Row | undefined, sent: string[]) => Row;
}

export interface Schema {
  /** By lower-case name. */
  objects: Map<string, ObjectDef>;
  /** Names of metadata components that were only kept: type, name and why. */
  kept: { type: string; name: string; why: string }[];
}

/** @example fieldOf(account, 'REGION__C')?.name // => 'Region__c' */
export const fieldOf = (object: ObjectDef, name: string): FieldDef | undefined =>
  object.fields.get(name.toLowerCase());

/** The lookup that a relationship's name stands for. @example relationOf(order, 'Store__r')?.name // => 'Store__c' */
export function relationOf(object: ObjectDef, name: string): FieldDef | undefined {
  const wanted = name.toLowerCase();
  return [...object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === wanted);
}

/** @example objectOf(schema, 'account')?.name // => 'Account' */
export const objectOf = (schema: Schema, name: string): ObjectDef | undefined =>
  schema.objects.get(name.toLowerCase());
