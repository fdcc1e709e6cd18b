// Source: https://developer.salesforce.com/docs/platform/api-metadata/references/meta-types/metadata-customfield.html

import type { FieldDef, ObjectDef, Schema } from './types.ts';
import { fieldOf, objectOf } from './types.ts';
import { always, field, lookup, object, owner, readOnly, systemFields, text } from '../standard/fields.ts';
import { standardObjects } from '../standard/index.ts';
import type { Component } from '../metadata/source.ts';
import { customField, picklistValues } from './custom-field.ts';
import type { ValueSets } from './custom-field.ts';
import { treatmentOf } from '../deploy/kinds.ts';
import { all, isTrue, textOf } from '../metadata/xml.ts';

/** Custom fields of Activity appear on events and tasks. */
const homesOf = (name: string): string[] => (name === 'Activity' ? ['Event', 'Task'] : [name]);

/** Key prefixes are given out in order of names, so that the same metadata gives the same ids on every start. */
function prefixes(names: string[]): Map<string, string> {
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
  const found = new Map<string, string>();
  for (const [letter, ending] of [
    ['a', '__c'],
    ['m', '__mdt'],
  ] as const) {
    const own = names.filter((name) => name.endsWith(ending)).sort();
    own.forEach((name, n) => {
      const [tens, units] = [Math.floor(n / 36), n % 36];
      found.set(name, `${letter}${digits[tens] ?? ''}${digits[units] ?? ''}`);
    });
  }
  return found;
}

function nameField(component: Component): FieldDef {
  const [node] = all(component.root, 'nameField');
  const label = (node && textOf(node, 'label')) ?? 'Name';
  if (node && textOf(node, 'type') === 'AutoNumber') {
    const format = textOf(node, 'displayFormat') ?? '{0}';
    return readOnly(always(text('Name', label, 80, { nillable: false, autoNumber: { format, next: 1 } })));
  }
  return always(text('Name', label, 80, { nillable: false, required: true }));
}

const metadataFields = (): FieldDef[] => [
  ...systemFields().filter((f) => ['Id', 'SystemModstamp'].includes(f.name)),
  ...[
    text('DeveloperName', 'Custom Metadata Record Name', 40),
    text('MasterLabel', 'Label', 40),
    text('Label', 'Label', 40),
    text('Language', 'Master Language', 40),
    text('NamespacePrefix', 'Namespace Prefix', 15),
    text('QualifiedApiName', 'Qualified API Name', 70),
  ].map((f) => readOnly(always(f))),
];

const SHARING = ['ReadWrite', 'Read', 'Private', 'ControlledByParent'] as const;

function customObject(component: Component, keyPrefix: string): ObjectDef {
  const { name, root } = component;
  const label = textOf(root, 'label') ?? name;
  const plural = textOf(root, 'pluralLabel') ?? `${label}s`;
  if (name.endsWith('__mdt'))
    return object(name, keyPrefix, metadataFields(), {
      label,
      plural,
      custom: true,
      nameField: 'MasterLabel',
      createable: false,
      updateable: false,
      deletable: false,
      permissionable: false,
    });
  const sharing = SHARING.find((level) => level === textOf(root, 'sharingModel'));
  if (sharing === undefined)
    throw new Error(
      `sharingModel ${textOf(root, 'sharingModel') ?? '(none)'}: expected one of ${SHARING.join(', ')}`,
    );
  const detail = sharing === 'ControlledByParent';
  return object(name, keyPrefix, [...systemFields(), nameField(component), ...(detail ? [] : [owner()])], {
    label,
    plural,
    custom: true,
    nameField: 'Name',
    sharing,
  });
}

/** `Order__History` and the like: what field history tracking keeps of a custom object. */
function historyObject(of: ObjectDef): ObjectDef {
  return object(
    of.name.replace(/__c$/, '__History'),
    '017',
    [
      ...systemFields({ modified: false }),
      readOnly(always(lookup('ParentId', `${of.label} ID`, of.name, 'Histories'))),
      readOnly(always(text('Field', 'Changed Field', 255))),
      readOnly(always(field('OldValue', 'Old Value', 'anyType', { filterable: false, sortable: false }))),
      readOnly(always(field('NewValue', 'New Value', 'anyType', { filterable: false, sortable: false }))),
    ],
    {
      label: `${of.label} History`,
      custom: true,
      createable: false,
      updateable: false,
      deletable: false,
      permissionable: false,
      follows: of.name,
    },
  );
}

/** A component that cannot be taken in, and why. */
export interface Problem {
  component: Component;
  message: string;
}

/**
 * The org's schema: standard objects plus what metadata adds to them.
 *
 * @throws Error that lists every component that cannot be taken in.
 */
export function buildSchema(components: Component[]): Schema {
  const { schema, problems } = trySchema(components);
  if (problems.length > 0) {
    const lines = problems.map(
      ({ component, message }) => `${component.file}: ${component.name}: ${message}`,
    );
    throw new Error(`Metadata cannot be loaded:\n${lines.join('\n')}`);
  }
  return schema;
}

/** The schema as far as it can be built, with every problem that was met. */
export function trySchema(components: Component[]): { schema: Schema; problems: Problem[] } {
  const schema: Schema = { objects: new Map(), kept: [] };
  const problems: Problem[] = [];
  const attempt = (component: Component, work: () => void): void => {
    try {
      work();
    } catch (error) {
      problems.push({ component, message: error instanceof Error ? error.message : String(error) });
    }
  };
  for (const def of standardObjects()) schema.objects.set(def.name.toLowerCase(), def);
  const ofType = (type: string): Component[] => components.filter((component) => component.type === type);

  const sets: ValueSets = new Map(
    ofType('GlobalValueSet').map((set) => [set.name, picklistValues(all(set.root, 'customValue'))]),
  );
  // Activity is no object of its own: it lends its fields to events and tasks.
  const objects = ofType('CustomObject').filter((component) => component.name !== 'Activity');
  const prefix = prefixes(objects.map((component) => component.name));
  for (const component of objects)
    attempt(component, () => {
      const known = objectOf(schema, component.name);
      if (!known && !prefix.has(component.name))
        throw new Error('this standard object is not described here');
      const def = known ?? customObject(component, prefix.get(component.name) ?? '');
      schema.objects.set(def.name.toLowerCase(), def);
      // Changes of accounts are written down; of custom objects only the history object is there, and stays empty.
      if (def.name === 'Account' && isTrue(component.root, 'enableHistory'))
        def.history = { object: 'AccountHistory', link: 'AccountId' };
      if (def.custom && isTrue(component.root, 'enableHistory')) {
        const history = historyObject(def);
        schema.objects.set(history.name.toLowerCase(), history);
      }
    });
  for (const component of ofType('CustomField'))
    attempt(component, () => {
      const def = customField(component.root, sets);
      for (const home of homesOf(component.object ?? '')) {
        const owning = objectOf(schema, home);
        if (!owning) throw new Error(`object ${home} does not exist`);
        if (fieldOf(owning, def.name)) throw new Error('the field is there twice');
        owning.fields.set(def.name.toLowerCase(), def);
      }
    });
  for (const component of ofType('CustomField'))
    attempt(component, () => {
      const target = textOf(component.root, 'referenceTo');
      if (target !== undefined && !objectOf(schema, target))
        throw new Error(`refers to ${target}, which does not exist`);
    });
  for (const component of ofType('ValidationRule'))
    attempt(component, () => {
      const owning = objectOf(schema, component.object ?? '');
      if (!owning) throw new Error(`object ${component.object ?? ''} does not exist`);
      owning.rules.push({
        name: component.name.split('.').at(-1) ?? '',
        active: isTrue(component.root, 'active'),
        formula: textOf(component.root, 'errorConditionFormula') ?? '',
        message: textOf(component.root, 'errorMessage') ?? '',
        field: textOf(component.root, 'errorDisplayField'),
      });
    });
  for (const component of components) {
    const treatment = treatmentOf(component.type);
    if (treatment === 'refused')
      problems.push({ component, message: `metadata of type ${component.type} is refused by the local org` });
    if (treatment === 'kept')
      schema.kept.push({ type: component.type, name: component.name, why: 'not executed by the local org' });
  }
  return { schema, problems };
}
