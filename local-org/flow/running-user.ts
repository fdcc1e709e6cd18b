// Source: https://developer.salesforce.com/docs/platform/named-credentials/references/named-credentials-reference
// Source: https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.flow_distribute_system_rest.htm
// Unproven: Permission to a restricted flow is enough to start it by REST.
// See: start one by REST as a user without _Run Flows_.
// If not: give _Run Flows_ too.

import type { Grants, PermissionSets } from '../schema/permission-sets.ts';
import type { OrgUser } from '../access.ts';
import { objectOf } from '../schema/types.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store.ts';
import { isAdministrator } from '../users.ts';
import type { FlowDefinition } from './definition.ts';
import type { RunningUser } from './interview-world.ts';

/** A user with all that decides which flows and credentials he may use. */
export interface FlowUser extends RunningUser {
  readonly administrator: boolean;
  /** External credential principals, as Credential-Principal. */
  readonly principals: ReadonlySet<string>;
  readonly flows: ReadonlySet<string>;
  readonly mayRunFlows: boolean;
  /** Reads User External Credentials, where the platform keeps tokens. */
  readonly mayReadCredentials: boolean;
}

/**
 * Grants come from permission sets alone: an administrator has neither custom permissions nor principals by his
 * profile, as in an org.
 */
export function flowUser(
  { store, schema }: { store: Store; schema: Schema },
  sets: PermissionSets,
  user: OrgUser,
): FlowUser {
  const credentials = objectOf(schema, 'UserExternalCredential');
  const assigned = store.rows(
    'SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" WHERE a."AssigneeId" = ?',
    [user.id],
  );
  const [own] = store.rows('SELECT "TimeZoneSidKey" FROM "User" WHERE "Id" = ?', [user.id]);
  const grants = assigned.flatMap(([name]) => sets.get(String(name)) ?? []);
  const all = (kind: 'custom' | 'principals' | 'flows' | 'user'): Set<string> =>
    new Set(grants.flatMap((set: Grants) => [...set[kind]]));
  const administrator = isAdministrator(store, user.id);
  return {
    id: user.id,
    access: user.access,
    administrator,
    permissions: all('custom'),
    principals: all('principals'),
    flows: all('flows'),
    mayRunFlows: administrator || all('user').has('RunFlow'),
    mayReadCredentials: credentials !== undefined && user.access.canRead(credentials),
    timeZone: String(own?.[0] ?? 'GMT'),
  };
}

/** Whether he may start the flow: by name where it is restricted, else with the permission Run Flows. */
export const mayStart = (user: FlowUser, flow: FlowDefinition): boolean =>
  user.administrator || (flow.restricted ? user.flows.has(flow.name) : user.mayRunFlows);
