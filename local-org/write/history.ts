// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_accounthistory.htm

import { salesforceId } from '../id.ts';
import { objectOf } from '../schema/types.ts';
import type { Cell, ObjectDef, Row } from '../schema/types.ts';
import type { WriteWorld } from './world.ts';

/** Whether changes of the object are written down anywhere. */
export const isWatched = (object: ObjectDef): boolean =>
  object.history !== undefined || object.snapshots !== undefined;

/** History keeps values of any type; they are stored as JSON. */
const anyCell = (cell: Cell | undefined): Cell => (cell == null ? null : JSON.stringify(cell));

function add(world: WriteWorld, name: string, values: Row): void {
  const object = objectOf(world.schema, name);
  if (!object) return;
  const now = new Date(world.clock()).toISOString();
  const stamp = { CreatedDate: now, CreatedById: world.userId, SystemModstamp: now, IsDeleted: 0 };
  const known = Object.fromEntries(
    Object.entries(stamp).filter(([field]) => object.fields.has(field.toLowerCase())),
  );
  world.store.insert(object, {
    Id: salesforceId(object.keyPrefix, world.nextNumber(object) + 10_000_000),
    ...known,
    ...values,
  });
}

/**
 * Writes down what a save changed: a row per tracked field of an account, the whole state of an opportunity. Before is
 * undefined for a new record.
 */
export function recordHistory(
  world: WriteWorld,
  object: ObjectDef,
  id: string,
  before: Row | undefined,
  after: Row,
): void {
  const { history, snapshots } = object;
  if (history && !before) add(world, history.object, { [history.link]: id, Field: 'created' });
  if (history && before)
    for (const field of object.fields.values())
      if (field.tracked && before[field.name] !== after[field.name])
        add(world, history.object, {
          [history.link]: id,
          Field: field.name,
          OldValue: anyCell(before[field.name]),
          NewValue: anyCell(after[field.name]),
        });
  if (snapshots && snapshots.fields.some((name) => before?.[name] !== after[name])) {
    const state = Object.fromEntries(snapshots.fields.map((name) => [name, after[name] ?? null]));
    add(world, snapshots.object, { [snapshots.link]: id, ...state });
  }
}
