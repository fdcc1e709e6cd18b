import type { Segment } from '../scoring/index.ts';

/**
 * A customer and where each system keeps it. Ids come from the org, or all of them from a mapping file; each source
 * declares its own beside its definition (`extract/<vendor>/source.ts`).
 */
export interface Account {
  /** 18-character Salesforce id. */
  readonly id: string;
  readonly name: string;
  readonly segment: Segment;
  /** Of its amounts, as an ISO code; absent in an org with a single currency. */
  readonly currency?: string;
}
