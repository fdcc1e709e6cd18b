import { OrgError, recordError } from '../errors.ts';
import { fieldOf } from '../schema/types.ts';
import type { Cell, FieldDef, ObjectDef } from '../schema/types.ts';
import { create, update } from './save.ts';
import type { Input, Saved, WriteWorld } from './save.ts';
import { toCell } from './value.ts';

/** The field that an upsert goes by. @throws OrgError when it is no external id. */
export function upsertField(object: ObjectDef, name: string): FieldDef {
  const field = fieldOf(object, name);
  if (!field || (!field.externalId && field.type !== 'id'))
    throw new OrgError(
      400,
      'INVALID_FIELD',
      `Field name provided, ${name} is not an External ID or indexed field for ${object.name}`,
    );
  return field;
}

/** Creates or changes the one record with this key. @throws OrgError 300 when several have it. */
export function upsert(
  world: WriteWorld,
  object: ObjectDef,
  field: FieldDef,
  key: unknown,
  input: Input,
): Saved {
  const value: Cell = toCell(field, key);
  if (value === null) throw recordError('MISSING_ARGUMENT', `${field.name} not specified`, []);
  const exact = field.caseSensitive ? ' COLLATE BINARY' : '';
  const holders = world.store.rows(
    `SELECT "Id" FROM "${object.name}" WHERE "${field.name}" = ?${exact} AND "IsDeleted" = 0`,
    [value],
  );
  if (holders.length > 1)
    throw new OrgError(
      300,
      'DUPLICATE_EXTERNAL_ID',
      `More than one record found for external id field: ${String(key)}`,
    );
  const [holder] = holders;
  if (holder) return update(world, object, String(holder[0]), input);
  return create(world, object, { ...input, [field.name]: key });
}
