// Source: https://developer.salesforce.com/docs/platform/api-asynch/guide/relationship-fields-in-a-header-row-2-0.html

import { OrgError, noSuchColumn, notModelled, recordError } from '../errors.ts';
import { fieldOf, objectOf } from '../schema/types.ts';
import type { Cell, FieldDef, ObjectDef } from '../schema/types.ts';
import type { WriteWorld } from './world.ts';
import { toCell } from './value.ts';

/** The field that a record is found by. @throws OrgError when it is no external id. */
export function keyField(object: ObjectDef, name: string): FieldDef {
  const field = fieldOf(object, name);
  if (!field || (!field.externalId && field.type !== 'id'))
    throw new OrgError(
      400,
      'INVALID_FIELD',
      `Field name provided, ${name} is not an External ID or indexed field for ${object.name}`,
    );
  return field;
}

/** Id of the one living record with this key. @throws OrgError 300 when several have it. */
export function idByKey(
  { store }: Pick<WriteWorld, 'store'>,
  object: ObjectDef,
  field: FieldDef,
  value: Cell,
): string | undefined {
  const exact = field.caseSensitive ? ' COLLATE BINARY' : '';
  const holders = store.rows(
    `SELECT "Id" FROM "${object.name}" WHERE "${field.name}" = ?${exact} AND "IsDeleted" = 0 LIMIT 2`,
    [value],
  );
  if (holders.length > 1)
    throw new OrgError(
      300,
      'DUPLICATE_EXTERNAL_ID',
      `More than one record found for external id field: ${String(value)}`,
    );
  return holders[0] && String(holders[0][0]);
}

/**
 * A parent that is named by an external id of its own: what `Run__r: { Run_Key__c: '2026-10' }` says.
 *
 * @returns the id that belongs into the lookup
 * @throws OrgError when no parent has the key, or what stands there is no key
 * @see https://developer.salesforce.com/docs/platform/api-asynch/guide/relationship-fields-in-a-header-row-2-0.html
 */
export function parentByKey(
  world: WriteWorld,
  relation: FieldDef,
  given: Readonly<Record<string, unknown>>,
): string {
  const [first = '', ...more] = relation.referenceTo ?? [];
  const target = objectOf(world.schema, first);
  if (!target || more.length > 0)
    throw notModelled(`a parent of several kinds by its key (${relation.name})`);
  const keys = Object.entries(given).filter(([name]) => name !== 'attributes');
  const [key] = keys;
  if (!key || keys.length > 1)
    throw recordError(
      'INVALID_FIELD',
      `More than 1 field provided in an external foreign key reference in entity: ${target.name}`,
    );
  const field = keyField(target, key[0]);
  if (!world.access.canRead(target) || !world.access.canReadField(target, field))
    throw noSuchColumn(field.name, target.name);
  const value = toCell(field, key[1]);
  if (value === null) throw notModelled(`emptying ${relation.name} by an empty key`);
  const id = idByKey(world, target, field, value);
  if (id === undefined)
    throw recordError(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${target.name}`,
    );
  return id;
}
