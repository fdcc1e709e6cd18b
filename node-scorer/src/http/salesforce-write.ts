import type { Connection } from 'jsforce';
import { bulkIngest, type BulkDeps } from './salesforce-bulk.ts';
import { explain } from './salesforce-errors.ts';

export type Value = string | number | boolean | null;
export type RecordToSave = Readonly<Record<string, Value>>;

/** What came of one record. */
export interface SavedRecord {
  readonly id: string | null;
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}

/** From so many records on the Bulk API takes fewer calls than collections of 200. */
const BULK_FROM = 2_000;
const LOCK_TRIES = 4;
const LOCK_WAIT_MS = 400;

/** Errors of one record that pass by themselves: somebody else holds its parent for a moment. */
const PASSING = /^(UNABLE_TO_LOCK_ROW|SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION: Service unavailable)/;

export type Save = (
  object: string,
  key: string,
  records: readonly RecordToSave[],
) => Promise<readonly SavedRecord[]>;

/**
 * Saves records by a key: an external id upserts, `Id` updates. In collections of 200, from 2,000 records on by the
 * Bulk API. A record that met a lock is sent again, alone with the others that did; all else is final.
 *
 * @returns results in the order of the records
 */
export function makeSave(connection: Connection, deps: BulkDeps): Save {
  const send: Save = (object, key, records) =>
    records.length >= BULK_FROM
      ? bulkIngest(deps, { object, key, records })
      : saveCollections(connection, object, key, records);

  return async (object, key, records) => {
    if (records.length === 0) return [];
    const results = [...(await send(object, key, records))];
    for (let tries = 1; tries < LOCK_TRIES; tries++) {
      const again = results.flatMap(({ success, errors }, i) =>
        !success && errors.some((error) => PASSING.test(error)) ? [i] : [],
      );
      if (again.length === 0) break;
      await deps.sleep(LOCK_WAIT_MS * 2 ** (tries - 1) * (0.7 + 0.6 * deps.random()));
      const retried = await send(
        object,
        key,
        again.map((i) => records[i] as RecordToSave),
      );
      again.forEach((i, n) => {
        results[i] = retried[n] ?? (results[i] as SavedRecord);
      });
    }
    return results;
  };
}

async function saveCollections(
  connection: Connection,
  object: string,
  key: string,
  records: readonly RecordToSave[],
): Promise<SavedRecord[]> {
  // Without allowRecursive more than 200 would go out in one call and be refused.
  const options = { allOrNone: false, allowRecursive: true };
  try {
    const results =
      key === 'Id'
        ? await connection.sobject(object).update(records as never, options)
        : await connection.sobject(object).upsert(records as never, key, options);
    return [results].flat().map((result) => ({
      id: result.id ?? null,
      success: result.success,
      errors: (result.errors as { statusCode?: string; message?: string }[]).map(
        ({ statusCode, message }) => `${statusCode ?? 'ERROR'}: ${message ?? ''}`,
      ),
    }));
  } catch (error) {
    throw explain(error, `${key === 'Id' ? 'update' : 'upsert'} ${object}`);
  }
}
