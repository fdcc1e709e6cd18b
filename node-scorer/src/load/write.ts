import { HEALTH_SCORE, SCORE_KEY, type Fields } from './health-score.ts';

/** A record that waits to be written. */
export interface Waiting {
  /** Score_Key__c, which begins with the account: neighbours are written together. */
  readonly key: string;
  readonly record: Fields;
}

/** Result of one record of a write. */
export interface SaveResult {
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}

/** What the loader needs of a Salesforce connection; the real one is http/salesforce.ts. */
export interface SalesforceWriter {
  /** Upserts by an external id, or updates by `Id`; results in the order of the records. */
  readonly save: (object: string, key: string, records: readonly Fields[]) => Promise<readonly SaveResult[]>;
}

export interface WriteOutcome {
  /** Score keys of the records that were written. */
  readonly written: ReadonlySet<string>;
  /** Score keys that the org refused, and why. */
  readonly rejected: readonly { readonly key: string; readonly error: string }[];
}

/**
 * Upserts scores, sorted by account: a master-detail child locks its parent, and neighbours in one batch must
 * not wait for each other. One rejected record stops none of the others.
 *
 * @throws ScorerError of the connection when nothing could be sent at all
 */
export async function writeScores(client: SalesforceWriter, rows: readonly Waiting[]): Promise<WriteOutcome> {
  if (rows.length === 0) return { written: new Set(), rejected: [] };
  const sorted = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const results = await client.save(
    HEALTH_SCORE,
    SCORE_KEY,
    sorted.map(({ record }) => record),
  );
  const written = new Set<string>();
  const rejected: { key: string; error: string }[] = [];
  sorted.forEach(({ key }, i) => {
    const result = results[i];
    if (result?.success) written.add(key);
    else rejected.push({ key, error: result?.errors.join('; ') ?? 'found no result, expected one' });
  });
  return { written, rejected };
}
