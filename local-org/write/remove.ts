// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/relationships_among_objects.htm

import { notModelled, recordError } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { checkRow } from './row-checks.ts';
import type { Saved, WriteWorld } from './world.ts';

/** Living children that point to a record, per field that does. */
function* links(
  world: WriteWorld,
  object: ObjectDef,
  id: string,
): Generator<{ child: ObjectDef; field: FieldDef; ids: string[] }> {
  for (const child of world.schema.objects.values()) {
    if (child.name.endsWith('__mdt')) continue;
    for (const field of child.fields.values()) {
      if (!field.referenceTo?.includes(object.name)) continue;
      const living = child.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
      const rows = world.store.rows(`SELECT "Id" FROM "${child.name}" WHERE "${field.name}" = ?${living}`, [
        id,
      ]);
      if (rows.length > 0) yield { child, field, ids: rows.map(([own]) => String(own)) };
    }
  }
}

/**
 * Puts a record into the recycle bin: details go with their master, lookups are emptied. What a standard parent does to
 * its standard children differs from object to object and is refused instead of guessed.
 *
 * @throws OrgError when it is gone already, may not be deleted, or is held by a lookup that restricts it.
 */
export function remove(world: WriteWorld, object: ObjectDef, id: string): Saved {
  checkRow(world, object, id);
  if (!object.deletable || !world.access.canDelete(object))
    throw recordError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  world.store.transaction(() => removeTree(world, object, id));
  return { id, created: false };
}

function removeTree(world: WriteWorld, object: ObjectDef, id: string): void {
  const now = new Date(world.clock()).toISOString();
  for (const { child, field, ids } of links(world, object, id)) {
    if (field.masterDetail || child.follows === object.name || child.name.endsWith('__History'))
      for (const own of ids) removeTree(world, child, own);
    else if (!field.custom) throw notModelled(`deleting a ${object.label} that has ${child.plural}`);
    else if (field.deleteConstraint === 'Restrict')
      throw recordError(
        'DELETE_FAILED',
        `Your attempt to delete ${id} could not be completed because it is associated with ${child.plural}`,
      );
    else for (const own of ids) world.store.update(child, own, { [field.name]: null, SystemModstamp: now });
  }
  if (object.fields.has('isdeleted')) {
    const stamp = object.fields.has('lastmodifieddate') ? { LastModifiedDate: now } : {};
    world.store.update(object, id, { IsDeleted: 1, ...stamp });
  } else world.store.erase(object, id);
}
