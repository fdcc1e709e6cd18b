// Source: https://developer.salesforce.com/docs/atlas.en-us.securityImplGuide.meta/securityImplGuide/security_data_access.htm

import { fullAccess } from './access.ts';
import type { Access } from './access.ts';
import { OrgError } from './errors.ts';
import { accessBy, grantsOf } from './schema/permission-sets.ts';
import type { PermissionSets } from './schema/permission-sets.ts';
import { ADMINISTRATOR } from './own-records.ts';
import { makeRowAccess } from './record-access.ts';
import { objectOf } from './schema/types.ts';
import type { ObjectDef, Row } from './schema/types.ts';
import type { Store } from './store.ts';
import { insertRow } from './write/save.ts';
import type { WriteWorld } from './write/world.ts';

function defined(world: WriteWorld, name: string): ObjectDef {
  const object = objectOf(world.schema, name);
  if (!object) throw new Error(`the org has no ${name}`);
  return object;
}

/**
 * A user with the access that profile and permission sets give at this moment. Only the administrator's profile grants
 * anything here; everybody else has what permission sets grant.
 *
 * @throws OrgError 401 when the user is gone or inactive.
 */
export function userOf(
  world: WriteWorld,
  sets: PermissionSets,
  id: string,
): { username: string; access: Access } {
  const user = world.store.find(defined(world, 'User'), id);
  if (!user || user['IsActive'] !== 1)
    throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const username = String(user['Username']);
  const profile =
    typeof user['ProfileId'] === 'string'
      ? world.store.find(defined(world, 'Profile'), user['ProfileId'])
      : undefined;
  if (profile?.['Name'] === ADMINISTRATOR) return { username, access: fullAccess };
  const assigned = world.store.rows(
    'SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ?',
    [id],
  );
  const names = assigned.map(([name]) => String(name));
  const rows = makeRowAccess({
    schema: world.schema,
    store: world.store,
    userId: id,
    sets: grantsOf(sets, names),
  });
  return { username, access: { ...accessBy(sets, names, world.schema), rows } };
}

/** Whether a user's profile is the administrator's. */
export const isAdministrator = (store: Store, id: string): boolean =>
  store.rows(
    'SELECT 1 FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ? AND p."Name" = ?',
    [id, ADMINISTRATOR],
  ).length > 0;

/** @throws Error when there is no permission set of that name. */
export function assignPermissionSet(world: WriteWorld, userId: string, name: string): void {
  const [set] = world.store.rows('SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?', [name]);
  if (!set) {
    const known = world.store
      .rows('SELECT "Name" FROM "PermissionSet" ORDER BY 1', [])
      .map(([one]) => String(one));
    throw new Error(`Permission set ${name} does not exist; there are ${known.join(', ')}`);
  }
  const row: Row = { AssigneeId: userId, PermissionSetId: set[0] ?? null };
  insertRow(world, defined(world, 'PermissionSetAssignment'), row, undefined);
}

/** Rows of PermissionSet for the permission sets that metadata brought. */
export function syncPermissionSets(world: WriteWorld, labels: Map<string, string>): void {
  const object = defined(world, 'PermissionSet');
  for (const [name, label] of labels) {
    const [known] = world.store.rows('SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?', [name]);
    if (known) world.store.update(object, String(known[0]), { Label: label });
    else insertRow(world, object, { Name: name, Label: label, IsCustom: 1 }, undefined);
  }
}
