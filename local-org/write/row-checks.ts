// Source: https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html

import { OrgError, recordError } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { WriteWorld } from './world.ts';

/** @throws OrgError when the record is not there, is deleted, or is not the user's to change. */
export function checkRow(world: WriteWorld, object: ObjectDef, id: string): void {
  const state = world.store.stateOf(object, id);
  if (state === 'absent') throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (state === 'deleted') throw recordError('ENTITY_IS_DELETED', 'entity is deleted');
  const access = world.access.rows?.of(object, id) ?? 'edit';
  // To a user who may not see it, it is not there.
  if (access === 'none') throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (access === 'read')
    throw recordError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
