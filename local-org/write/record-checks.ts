// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html

import { recordError } from '../errors.ts';
import { fieldOf, objectOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef, Row } from '../schema/types.ts';
import type { Access } from '../access.ts';
import type { RuleWorld } from './rules.ts';

interface CheckWorld extends RuleWorld {
  access: Access;
}

export function checkReferences(world: CheckWorld, object: ObjectDef, row: Row): void {
  for (const [name, value] of Object.entries(row)) {
    const field = fieldOf(object, name);
    if (field?.type !== 'reference' || typeof value !== 'string') continue;
    const targets = (field.referenceTo ?? []).map((target) => objectOf(world.schema, target));
    const target = targets.find((candidate) => candidate?.keyPrefix === value.slice(0, 3));
    if (!target)
      throw recordError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, [
        field.name,
      ]);
    const state = world.store.stateOf(target, value);
    if (state === 'absent')
      throw recordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
    if (state === 'deleted') throw recordError('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
    checkSeen(world, target, field, value);
  }
}

/** What a user may not see he may not point at either, and a detail needs its master's leave. */
function checkSeen({ access }: CheckWorld, target: ObjectDef, field: FieldDef, id: string): void {
  const { rows } = access;
  if (!rows || !access.canRead(target)) return;
  const allowed = field.masterDetail ? rows.mayWriteDetail(field, id) : rows.of(target, id) !== 'none';
  if (!allowed)
    throw recordError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
      [field.name],
    );
}

export function checkUnique(world: RuleWorld, object: ObjectDef, id: string, row: Row, whole: Row): void {
  for (const [name, value] of Object.entries(row)) {
    const field = fieldOf(object, name);
    if (!field?.unique || value === null) continue;
    const other = world.store.holder(object, field, value, id);
    if (other !== undefined)
      throw recordError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${other}`,
        [field.name],
      );
  }
  for (const names of object.uniqueTogether) {
    const where = names.map((name) => `"${name}" = ?`).join(' AND ');
    const values = names.map((name) => whole[name] ?? null);
    const [other] = world.store.rows(
      `SELECT "Id" FROM "${object.name}" WHERE ${where} AND "IsDeleted" = 0 AND "Id" <> ?`,
      [...values, id],
    );
    if (other)
      throw recordError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${names.join(', ')} duplicates value on record with id: ${String(other[0])}`,
        names,
      );
  }
}

export function checkRequired(fields: Iterable<FieldDef>, whole: Row): void {
  const missing: string[] = [];
  for (const field of fields) if (field.required && whole[field.name] == null) missing.push(field.name);
  if (missing.length > 0)
    throw recordError(
      'REQUIRED_FIELD_MISSING',
      `Required fields are missing: [${missing.join(', ')}]`,
      missing,
    );
}
