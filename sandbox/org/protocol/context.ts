import type { Request } from '../../http/server.ts';
import type { Org } from '../org.ts';
import type { WriteWorld } from '../write/save.ts';
import type { User } from './session.ts';

/** One authenticated call of the REST API. */
export interface Context {
  org: Org;
  user: User;
  request: Request;
  /** API version of the call, as 66.0. */
  version: string;
  world: WriteWorld;
}
