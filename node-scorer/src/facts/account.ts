import type { Segment } from '../scoring/index.ts';

/** A customer and where each system keeps it. Ids come from the org, or all of them from a mapping file. */
export interface Account {
  /** 18-character Salesforce id. */
  readonly id: string;
  readonly name: string;
  readonly segment: Segment;
  readonly intercomCompanyId: string | null;
  readonly lookerCustomerId: string | null;
  readonly jiraProjectKey: string | null;
  readonly jiraComponent: string | null;
  /** Of its amounts, as an ISO code; absent in an org with a single currency. */
  readonly currency?: string;
}
