// Local: what one call carries through the protocols.

import type { Request } from '../http/server.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import type { WriteWorld } from '../write/world.ts';

/** One authenticated call of the REST API. */
export interface Context {
  org: Org;
  user: OrgUser;
  request: Request;
  /** API version of the call, as 66.0. */
  version: string;
  world: WriteWorld;
}
