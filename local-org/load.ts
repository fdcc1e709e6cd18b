// Local: fills the org as a life in it would have; no protocol of Salesforce.

import { fieldOf, objectOf } from './schema/types.ts';
import type { ObjectDef, Row } from './schema/types.ts';
import { insertRow } from './write/save.ts';
import type { WriteWorld } from './write/world.ts';
import { toCell } from './write/value.ts';

export interface SeedRecord {
  object: string;
  fields: Record<string, unknown>;
}

/**
 * Puts records into the org as they would stand there after a life in it: ids, times and derived fields may be given.
 * Types, lengths, picklists, required and unique fields are checked, references when everything is in; derived fields
 * that are given must be what the platform would have derived. Validation rules are not: a real org holds records that
 * are older than its rules.
 *
 * @throws Error that names record and field of the first mistake.
 */
export function loadRecords(world: WriteWorld, records: Iterable<SeedRecord>): number {
  const loaded: { object: ObjectDef; id: string; given: Row; place: string }[] = [];
  const touched = new Set<ObjectDef>();
  world.store.transaction(() => {
    for (const record of records) {
      const place = `Record ${loaded.length + 1} (${record.object})`;
      const object = objectOf(world.schema, record.object);
      if (!object) throw new Error(`${place}: found object ${record.object}, expected one that the org has`);
      const given = cellsOf(object, record.fields, place);
      const own = ownId(world, object, given, place);
      try {
        // References may point forward; they are checked at the end.
        const id = insertRow({ ...world, skipReferences: true, skipRules: true }, object, given, own);
        loaded.push({ object, id, given, place });
        touched.add(object);
      } catch (error) {
        throw new Error(`${place} ${JSON.stringify(own ?? '')}: ${message(error)}`);
      }
    }
    for (const object of touched) checkReferences(world, object);
    for (const entry of loaded) if (entry.object.derive) deriveAgain(world, entry);
  });
  return loaded.length;
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function cellsOf(object: ObjectDef, fields: Record<string, unknown>, place: string): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldOf(object, name);
    if (!field) throw new Error(`${place}: found field ${name}, expected one that ${object.name} has`);
    if (field.formula) throw new Error(`${place}: ${name} is a formula and cannot be given`);
    try {
      row[field.name] = toCell(field, value);
    } catch (error) {
      throw new Error(`${place}: ${message(error)}`);
    }
  }
  return row;
}

function ownId(world: WriteWorld, object: ObjectDef, given: Row, place: string): string | undefined {
  const id = given['Id'];
  if (typeof id !== 'string') return undefined;
  const prefix = id.slice(0, 3);
  if (prefix !== object.keyPrefix && !adoptPrefix(world, object, prefix))
    throw new Error(`${place}: found id ${id}, expected one that begins with ${object.keyPrefix}`);
  return id;
}

/**
 * Prefixes of custom objects differ from org to org, so the first record of an object may bring its own; an object
 * that had it, and has no record yet, takes the one that became free.
 */
function adoptPrefix(world: WriteWorld, object: ObjectDef, prefix: string): boolean {
  const empty = (one: ObjectDef): boolean =>
    world.store.rows(`SELECT 1 FROM "${one.name}" LIMIT 1`, []).length === 0;
  if (!object.custom || !/^a/.test(prefix) || !empty(object)) return false;
  const holder = [...world.schema.objects.values()].find((one) => one.keyPrefix === prefix);
  if (holder && (!holder.custom || !empty(holder))) return false;
  if (holder) holder.keyPrefix = object.keyPrefix;
  object.keyPrefix = prefix;
  return true;
}

function checkReferences(world: WriteWorld, object: ObjectDef): void {
  for (const field of object.fields.values()) {
    if (field.type !== 'reference') continue;
    const targets = (field.referenceTo ?? [])
      .map((name) => objectOf(world.schema, name))
      .filter((t) => t !== undefined);
    const known = targets.map((target) => `SELECT "Id" FROM "${target.name}"`).join(' UNION ALL ');
    if (known === '') continue;
    const [orphan] = world.store.rows(
      `SELECT "Id", "${field.name}" FROM "${object.name}" WHERE "${field.name}" IS NOT NULL AND "${field.name}" NOT IN (${known}) LIMIT 1`,
      [],
    );
    if (orphan)
      throw new Error(
        `${object.name} ${String(orphan[0])}: found ${field.name} ${String(orphan[1])}, expected the id of a ${targets.map((t) => t.name).join(' or ')} that was loaded`,
      );
  }
}

function deriveAgain(
  world: WriteWorld,
  entry: { object: ObjectDef; id: string; given: Row; place: string },
): void {
  const stored = world.store.find(entry.object, entry.id);
  if (!stored || !entry.object.derive) return;
  const derived = entry.object.derive(
    stored,
    (name, id) => {
      const object = objectOf(world.schema, name);
      return object && world.store.find(object, id);
    },
    Object.keys(entry.given),
  );
  const changed: Row = {};
  for (const [name, value] of Object.entries(derived)) {
    const given = entry.given[name];
    if (given !== undefined && given !== value)
      throw new Error(
        `${entry.place}: found ${name} ${String(given)}, the platform would derive ${String(value)}`,
      );
    if (stored[name] !== value) changed[name] = value;
  }
  world.store.update(entry.object, entry.id, changed);
}
