// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
// Unproven: A lookup can be set by an external id of its target in a bulk job.
// See: a bulk upsert with such a column.
// If not: write ids.

import type { Access } from '../access.ts';
import { noSuchColumn, notModelled, recordError, type OrgError } from '../errors.ts';
import { salesforceId } from '../id.ts';
import { fieldOf, objectOf, relationOf } from '../schema/types.ts';
import type { ObjectDef, Row } from '../schema/types.ts';
import { parentByKey } from './external-id.ts';
import { isWatched, recordHistory } from './history.ts';
import { checkReferences, checkRequired, checkUnique } from './record-checks.ts';
import { checkRow } from './row-checks.ts';
import { checkRules } from './rules.ts';
import { toCell } from './value.ts';
import type { Input, Saved, WriteWorld } from './world.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const notWritable = (names: string[], verb: 'create' | 'update'): OrgError =>
  recordError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to ${verb} fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is ` +
      'read/write for your profile or permission set.',
    names,
  );

/**
 * Refuses names that do not exist: with them the whole request is refused, not one record.
 *
 * @param parents the protocol takes parents by an external id of theirs, under the name of the relationship
 */
export function checkNames(
  object: ObjectDef,
  input: Input,
  access: Access,
  { parents = false }: { parents?: boolean } = {},
): void {
  for (const name of Object.keys(input)) {
    if (name === 'attributes' || name.toLowerCase() === 'id') continue;
    const field = fieldOf(object, name);
    if (field && access.canReadField(object, field)) continue;
    const relation = isObject(input[name]) ? relationOf(object, name) : undefined;
    if (!relation || !access.canReadField(object, relation)) throw noSuchColumn(name, object.name);
    if (!parents) throw notModelled(`references by external id (${name}) in a record`);
  }
}

function cells(world: WriteWorld, object: ObjectDef, input: Input, verb: 'create' | 'update'): Row {
  const row: Row = {};
  const refused: string[] = [];
  for (const [name, given] of Object.entries(input)) {
    if (name === 'attributes') continue;
    const keys = isObject(given) ? given : undefined;
    const relation = keys && relationOf(object, name);
    const field = relation ?? fieldOf(object, name);
    if (!field || field.type === 'id') continue;
    const value = relation && keys ? parentByKey(world, relation, keys) : given;
    const open = verb === 'create' ? field.createable : field.updateable;
    if (!open || !world.access.canEditField(object, field)) refused.push(field.name);
    else row[field.name] = toCell(field, value);
  }
  if (refused.length > 0) throw notWritable(refused, verb);
  return row;
}

/** @example autoNumber('HS-{000000}', 7) // => 'HS-000007' */
export const autoNumber = (format: string, n: number): string =>
  format.replace(/\{(0+)\}/, (_, zeros: string) => String(n).padStart(zeros.length, '0'));

function defaults(world: WriteWorld, object: ObjectDef, n: number, now: string): Row {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (field.formula) continue;
    if (field.autoNumber) row[field.name] = autoNumber(field.autoNumber.format, n);
    else if (field.defaultValue !== undefined) row[field.name] = field.defaultValue;
    else row[field.name] = null;
  }
  const system: Row = {
    IsDeleted: 0,
    CreatedDate: now,
    CreatedById: world.userId,
    LastModifiedDate: now,
    LastModifiedById: world.userId,
    SystemModstamp: now,
    OwnerId: world.userId,
  };
  for (const [name, value] of Object.entries(system)) if (name in row) row[name] = value;
  return row;
}

const findIn =
  (world: WriteWorld) =>
  (name: string, id: string): Row | undefined => {
    const object = objectOf(world.schema, name);
    return object && world.store.find(object, id);
  };

/** Creates a record. @throws OrgError for the first rule it breaks; nothing is stored then. */
export function create(world: WriteWorld, object: ObjectDef, input: Input): Saved {
  if (!object.createable || !world.access.canCreate(object))
    throw recordError(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be inserted: ${object.label}`,
    );
  const given = cells(world, object, input, 'create');
  const insert = (): Saved => ({ id: insertRow(world, object, given, undefined), created: true });
  return saved(world, object, insert);
}

/** The save, and the flows that it starts: both or neither. */
function saved(world: WriteWorld, object: ObjectDef, save: () => Saved): Saved {
  const { triggers } = world;
  if (!triggers?.watches(object)) return save();
  return world.store.transaction(() => {
    const own = save();
    triggers.afterSave(object, own.id, own.created, world.userId);
    return own;
  });
}

/** Stores a checked row as a new record: defaults, derived fields, then every rule of the record as a whole. */
export function insertRow(
  world: WriteWorld,
  object: ObjectDef,
  given: Row,
  ownId: string | undefined,
): string {
  let n = world.nextNumber(object);
  while (ownId === undefined && world.store.stateOf(object, salesforceId(object.keyPrefix, n)) !== 'absent')
    n = world.nextNumber(object);
  const id = ownId ?? salesforceId(object.keyPrefix, n);
  const now = new Date(world.clock()).toISOString();
  const row: Row = Object.assign(defaults(world, object, n, now), given, { Id: id });
  Object.assign(row, object.derive?.(row, findIn(world), Object.keys(given)));
  if (!world.skipRequired) checkRequired(object.fields.values(), row);
  if (!world.skipReferences) checkReferences(world, object, given);
  if (ownId !== undefined && world.store.stateOf(object, ownId) !== 'absent')
    throw recordError('DUPLICATE_VALUE', `id ${ownId} is taken`);
  checkUnique(world, object, id, given, row);
  const store = (): void => {
    world.store.insert(object, row);
    // Records that are loaded bring their own history.
    if (isWatched(object) && !world.skipRules) recordHistory(world, object, id, undefined, row);
    if (!world.skipRules) checkRules(world, object, id, world.skippedRules);
  };
  if ((object.rules.length > 0 || isWatched(object)) && !world.skipRules) world.store.transaction(store);
  else store();
  return id;
}

/** Changes a record: fields that are not named stay as they are, null empties one. */
export function update(world: WriteWorld, object: ObjectDef, id: string, input: Input): Saved {
  checkRow(world, object, id);
  if (!object.updateable || !world.access.canEdit(object))
    throw recordError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  const given = cells(world, object, input, 'update');
  const now = new Date(world.clock()).toISOString();
  const stamp: Row = { LastModifiedDate: now, LastModifiedById: world.userId, SystemModstamp: now };
  // The whole record is read only where something depends on fields that were not sent: its texts are long.
  const needsAll = object.derive !== undefined || object.uniqueTogether.length > 0 || isWatched(object);
  const before = needsAll ? world.store.find(object, id) : undefined;
  const whole: Row = { ...before, ...given };
  const derived = object.derive?.(whole, findIn(world), Object.keys(given)) ?? {};
  Object.assign(whole, derived);
  const touched = Object.keys(given)
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined);
  checkRequired(touched, whole);
  checkReferences(world, object, given);
  checkUnique(world, object, id, given, whole);
  const store = (): void => {
    world.store.update(object, id, { ...given, ...derived, ...stamp });
    if (isWatched(object)) recordHistory(world, object, id, before, whole);
    checkRules(world, object, id, world.skippedRules);
  };
  return saved(world, object, () => {
    if (object.rules.length > 0 || isWatched(object)) world.store.transaction(store);
    else store();
    return { id, created: false };
  });
}
