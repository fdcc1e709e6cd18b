// Source: https://developer.salesforce.com/docs/platform/api-metadata/references/meta-types/metadata-customfield.html

import type { Cell, FieldDef, FieldType, PicklistValue } from './types.ts';
import { all, isTrue, numberOf, textOf } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';

/** Metadata types of fields that this org can hold, and what describe calls them. */
const TYPES: Record<string, FieldType> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
};

const LENGTHS: Partial<Record<FieldType, number>> = { textarea: 255, email: 80, phone: 40, url: 255 };

export type ValueSets = Map<string, PicklistValue[]>;

/** The values of a picklist definition or of a global value set. */
export const picklistValues = (list: Element[]): PicklistValue[] =>
  list.map((value) => ({
    value: textOf(value, 'fullName') ?? '',
    label: textOf(value, 'label') ?? textOf(value, 'fullName') ?? '',
    active: textOf(value, 'isActive') !== 'false',
    isDefault: isTrue(value, 'default'),
  }));

/**
 * A custom field as this org stores it.
 *
 * @throws Error that says what is not supported or inconsistent.
 */
export function customField(node: Element, sets: ValueSets): FieldDef {
  const name = textOf(node, 'fullName') ?? '';
  const kind = textOf(node, 'type') ?? '';
  const type = TYPES[kind];
  if (type === undefined)
    throw new Error(`fields of type ${kind || '(none)'} are not supported by the local org`);
  const label = textOf(node, 'label') ?? name;
  const formula = textOf(node, 'formula');
  const masterDetail = kind === 'MasterDetail';
  const required = masterDetail || isTrue(node, 'required');
  const long = kind === 'LongTextArea';
  const help = textOf(node, 'inlineHelpText');
  const field: FieldDef = {
    name,
    label,
    type,
    custom: true,
    nillable: type !== 'boolean' && !required,
    required: required && type !== 'boolean' && formula === undefined,
    createable: formula === undefined,
    updateable: formula === undefined && (!masterDetail || isTrue(node, 'reparentableMasterDetail')),
    permissionable: !required,
    unique: isTrue(node, 'unique'),
    caseSensitive: isTrue(node, 'caseSensitive'),
    externalId: isTrue(node, 'externalId'),
    filterable: !long,
    sortable: !long && type !== 'multipicklist',
    ...(help === undefined ? {} : { helpText: help }),
    tracked: isTrue(node, 'trackHistory'),
  };
  if (formula !== undefined) {
    field.formula = { text: formula, blanksAreZero: textOf(node, 'formulaTreatBlanksAs') === 'BlankAsZero' };
    if (type === 'string') field.length = 1300;
  } else {
    setLength(field, node);
  }
  setNumbers(field, node);
  if (type === 'picklist' || type === 'multipicklist') setValues(field, node, sets);
  if (type === 'reference') setReference(field, node, masterDetail);
  const value = defaultOf(field, node);
  if (value !== undefined) field.defaultValue = value;
  return field;
}

function setLength(field: FieldDef, node: Element): void {
  const length = numberOf(node, 'length') ?? LENGTHS[field.type];
  if (field.type === 'string' && length === undefined) throw new Error('a Text field needs a length');
  if (field.type === 'string' && length !== undefined && length > 255)
    throw new Error(`a Text field holds at most 255 characters, found ${length}`);
  if (length !== undefined) field.length = length;
}

function setNumbers(field: FieldDef, node: Element): void {
  if (!['double', 'currency', 'percent'].includes(field.type)) return;
  const precision = numberOf(node, 'precision');
  const scale = numberOf(node, 'scale');
  if (precision === undefined || scale === undefined) throw new Error('a number needs precision and scale');
  if (precision > 18 || scale > precision)
    throw new Error(`precision ${precision} with scale ${scale} is impossible`);
  field.precision = precision;
  field.scale = scale;
}

function setValues(field: FieldDef, node: Element, sets: ValueSets): void {
  const [set] = all(node, 'valueSet');
  if (!set) throw new Error('a picklist needs a value set');
  const global = textOf(set, 'valueSetName');
  const [definition] = all(set, 'valueSetDefinition');
  const values =
    global === undefined ? definition && picklistValues(all(definition, 'value')) : sets.get(global);
  if (!values) throw new Error(`global value set ${global ?? '(none)'} does not exist`);
  field.values = values;
  // A global value set is restricted whatever the field says.
  field.restricted = global !== undefined || isTrue(set, 'restricted');
  field.length = field.type === 'multipicklist' ? 4099 : 255;
  const preset = values.find((value) => value.isDefault);
  if (preset) field.defaultValue = preset.value;
}

function setReference(field: FieldDef, node: Element, masterDetail: boolean): void {
  const target = textOf(node, 'referenceTo');
  if (target === undefined) throw new Error('a relationship needs referenceTo');
  field.referenceTo = [target];
  field.length = 18;
  field.relationshipName = field.name.replace(/__c$/, '__r');
  const children = textOf(node, 'relationshipName');
  if (children !== undefined) field.childRelationshipName = `${children}__r`;
  if (masterDetail) {
    field.masterDetail = {
      reparentable: isTrue(node, 'reparentableMasterDetail'),
      readIsEnough: isTrue(node, 'writeRequiresMasterRead'),
    };
  } else
    field.deleteConstraint = (textOf(node, 'deleteConstraint') as FieldDef['deleteConstraint']) ?? 'SetNull';
}

function defaultOf(field: FieldDef, node: Element): Cell | undefined {
  const text = textOf(node, 'defaultValue');
  if (field.type === 'boolean') return text === 'true' ? 1 : 0;
  if (text === undefined || field.formula !== undefined) return field.defaultValue;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const quoted = /^(['"])(.*)\1$/.exec(text);
  if (quoted) return quoted[2] ?? '';
  throw new Error(`default value ${text}: only literals are evaluated here`);
}
