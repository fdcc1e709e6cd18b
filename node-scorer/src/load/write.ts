import { HEALTH_SCORE, SCORE_KEY, type Fields } from './health-score.ts';

/** Result of one record of a write. */
export interface SaveResult {
  readonly id: string | null;
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
  /** Ids of the records that were written, by score key. */
  readonly written: ReadonlyMap<string, string | null>;
  /** Score keys that the org refused, and why. */
  readonly rejected: readonly { readonly key: string; readonly error: string }[];
}

/**
 * Upserts scores, sorted by account: a master-detail child locks its parent, and neighbours in one batch must
 * not wait for each other. One rejected record stops none of the others.
 *
 * @throws ScorerError of the connection when nothing could be sent at all
 */
export async function writeScores(client: SalesforceWriter, rows: readonly Fields[]): Promise<WriteOutcome> {
  if (rows.length === 0) return { written: new Map(), rejected: [] };
  const keyOf = (row: Fields): string => String(row[SCORE_KEY]);
  const sorted = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const results = await client.save(HEALTH_SCORE, SCORE_KEY, sorted);
  const written = new Map<string, string | null>();
  const rejected: { key: string; error: string }[] = [];
  sorted.forEach((row, i) => {
    const result = results[i];
    if (result?.success) written.set(keyOf(row), result.id);
    else
      rejected.push({ key: keyOf(row), error: result?.errors.join('; ') ?? 'found no result, expected one' });
  });
  return { written, rejected };
}
