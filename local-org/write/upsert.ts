// Source: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm

import { recordError } from '../errors.ts';
import type { Cell, FieldDef, ObjectDef } from '../schema/types.ts';
import { idByKey } from './external-id.ts';
import { create, update } from './save.ts';
import type { Input, Saved, WriteWorld } from './world.ts';
import { toCell } from './value.ts';

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
  const holder = idByKey(world, object, field, value);
  if (holder !== undefined) return update(world, object, holder, input);
  return create(world, object, { ...input, [field.name]: key });
}
