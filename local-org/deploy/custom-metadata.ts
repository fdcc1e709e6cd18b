// Source: https://developer.salesforce.com/docs/atlas.en-us.230.0.api_meta.meta/api_meta/meta_custommetadatatypes.htm

import { fieldOf, objectOf } from '../schema/types.ts';
import type { Row } from '../schema/types.ts';
import { OrgError } from '../errors.ts';
import { checkRules } from '../write/rules.ts';
import { insertRow } from '../write/save.ts';
import type { WriteWorld } from '../write/world.ts';
import { toCell } from '../write/value.ts';
import type { Component } from '../metadata/source.ts';
import { all, textOf } from '../metadata/xml.ts';
import type { Element } from '../metadata/xml.ts';

/** The value of a custom metadata field: text, or null where the file says nil. */
function valueOf(entry: Element): string | null {
  const [value] = all(entry, 'value');
  return value === undefined || value.attributes['xsi:nil'] === 'true' ? null : value.text;
}

interface Pending {
  component: Component;
  id: string;
  links: { field: string; type: string; name: string }[];
}

/**
 * Stores custom metadata records; relationships name the developer name of a record and may point forward.
 *
 * @throws Error that lists every record of an unknown type, with an unknown field or with a value that does not fit.
 */
export function loadCustomMetadata(world: WriteWorld, components: Component[]): void {
  const problems: string[] = [];
  const pending: Pending[] = [];
  for (const component of components.filter((one_) => one_.type === 'CustomMetadata')) {
    try {
      pending.push(store(world, component));
    } catch (error) {
      problems.push(`${component.file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { component, id, links } of pending)
    for (const link of links) {
      const target = objectOf(world.schema, link.type);
      const own = objectOf(world.schema, typeName(component.name));
      const [found] = target
        ? world.store.rows(`SELECT "Id" FROM "${target.name}" WHERE "DeveloperName" = ?`, [link.name])
        : [];
      if (found && own) world.store.update(own, id, { [link.field]: found[0] ?? null });
      else
        problems.push(`${component.file}: ${link.field} names ${link.name}, no such record of ${link.type}`);
    }
  // Once the relationships stand: a rule may look at any field of the record. Validation rules hold for custom metadata
  // from API version 40.0 on, https://developer.salesforce.com/docs/atlas.en-us.256.0.api_meta.meta/api_meta/meta_validationformulas.htm
  for (const { component, id } of pending) {
    const own = objectOf(world.schema, typeName(component.name));
    try {
      if (own) checkRules(world, own, id, world.skippedRules);
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      problems.push(`${component.file}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new Error(`Custom metadata cannot be loaded:\n${problems.join('\n')}`);
}

const typeName = (name: string): string => `${name.split('.')[0] ?? ''}__mdt`;

function store(world: WriteWorld, component: Component): Pending {
  const object = objectOf(world.schema, typeName(component.name));
  if (!object) throw new Error(`type ${typeName(component.name)} does not exist`);
  const developerName = component.name.split('.').slice(1).join('.');
  const label = textOf(component.root, 'label') ?? developerName;
  const row: Row = {
    DeveloperName: developerName,
    QualifiedApiName: developerName,
    MasterLabel: label,
    Label: label,
    Language: 'en_US',
  };
  const links: Pending['links'] = [];
  for (const entry of all(component.root, 'values')) {
    const name = textOf(entry, 'field') ?? '';
    const field = fieldOf(object, name);
    if (!field?.custom) throw new Error(`field ${name} does not exist on ${object.name}`);
    const value = valueOf(entry);
    if (field.type === 'reference' && value !== null)
      links.push({ field: field.name, type: field.referenceTo?.[0] ?? '', name: value });
    else row[field.name] = toCell(field, value);
  }
  const lacking = [...object.fields.values()].filter(
    (field) => field.required && row[field.name] == null && !links.some((link) => link.field === field.name),
  );
  if (lacking.length > 0)
    throw new Error(`required fields are missing: ${lacking.map((field) => field.name).join(', ')}`);
  const [known] = world.store.rows(`SELECT "Id" FROM "${object.name}" WHERE "DeveloperName" = ?`, [
    developerName,
  ]);
  if (known) {
    world.store.update(object, String(known[0]), row);
    return { component, id: String(known[0]), links };
  }
  const id = insertRow(
    { ...world, skipReferences: true, skipRequired: true, skipRules: true },
    object,
    row,
    undefined,
  );
  return { component, id, links };
}
