import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import type { Account, Window } from '../facts/index.ts';
import type { Model } from '../scoring/index.ts';

import type { IntercomExport } from './sources.ts';

/** What one refresh is asked to do. */
export interface RefreshRequest {
  readonly window: Window;
  /** Null: the org's own, from its custom metadata. */
  readonly model: Model | null;
  readonly sources: Sources;
  readonly environment: Environment;
  readonly dryRun: boolean;
  /** Accounts of a mapping file: they replace the ids of the org for this run. */
  readonly mapping?: readonly Account[] | undefined;
  /** Conversations from a file in place of Intercom's API. */
  readonly intercomExport?: IntercomExport | undefined;
  /** 18-character ids: only these accounts. */
  readonly accountIds?: readonly string[] | undefined;
}
