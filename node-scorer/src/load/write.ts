import { HEALTH_SCORE, SCORE_KEY, type Fields, type Value } from './health-score.ts';

/** A record that waits to be written. */
export interface Waiting {
  /** Score_Key__c, which begins with the account: neighbours are written together. */
  readonly key: string;
  readonly record: Kept;
}

/** A record whose long texts are bytes: a batch of them would be half of what has to be looked through for garbage. */
type Kept = Readonly<Record<string, Value | Uint8Array>>;

/** Result of one record of a write. */
export interface SaveResult {
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}

/** What the loader needs of a Salesforce connection; the real one is http/salesforce.ts. */
export interface SalesforceWriter {
  /** Upserts by an external id, or updates by `Id`; results in the order of the records, which may be made one by one. */
  readonly save: (
    object: string,
    key: string,
    records: Pick<readonly Fields[], 'length' | 'at'>,
  ) => Promise<readonly SaveResult[]>;
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
  const results = await client.save(HEALTH_SCORE, SCORE_KEY, {
    length: sorted.length,
    // Made one by one, as it goes out.
    at: (i) => sorted[i] && fieldsOf(sorted[i]),
  });
  const written = new Set<string>();
  const rejected: { key: string; error: string }[] = [];
  sorted.forEach(({ key }, i) => {
    const result = results[i];
    if (result?.success) written.add(key);
    else rejected.push({ key, error: result?.errors.join('; ') ?? 'found no result, expected one' });
  });
  return { written, rejected };
}

/** From so many characters on a text is kept as bytes. */
const LONG = 500;
/** Not Buffer.from: its bytes share a block with neighbours of a moment, which then all live as long as the batch. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Keeps a record until its batch is full and sent.
 *
 * @example keep({ Score_Key__c: '001…:2026-10', Details__c: '{"format":1,…}' }).Details__c // => bytes, where it is long
 */
export const keep = (fields: Fields): Kept =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length >= LONG ? encoder.encode(value) : value,
    ]),
  );

const fieldsOf = ({ record }: Waiting): Fields =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? decoder.decode(value) : value,
    ]),
  );
