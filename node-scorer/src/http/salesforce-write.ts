import type { Connection } from 'jsforce';
import type { ScorerError } from '../errors.ts';
import type { Again } from './salesforce-again.ts';
import { checked, SAVE_RESULTS, unexpected } from './salesforce-answers.ts';
import { bulkIngest, type BulkDeps } from './salesforce-bulk.ts';
import { explain } from './salesforce-errors.ts';
import type { RecordToSave, SavedRecord } from './salesforce-record.ts';

/** From so many records on the Bulk API takes no more calls than collections of 200. */
const BULK_FROM = 1_000;
/** A collection call takes no more. */
const PER_CALL = 200;
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
 * Saves records by a key: an external id upserts, `Id` updates. In collections of 200, from 1,000 records on by the
 * Bulk API. A record that met a lock is sent again, alone with the others that did; all else is final.
 *
 * @returns results in the order of the records
 */
export function makeSave(connection: Connection, deps: BulkDeps, again: Again): Save {
  const send: Save = (object, key, records) =>
    records.length >= BULK_FROM
      ? bulkIngest(deps, { object, key, records })
      : saveCollections(connection, again, { object, key, records });

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

/**
 * One call after the other: neighbours lock each other's parents. When the org stops answering, the records that
 * were not sent say so, and the results of those that were are kept.
 */
async function saveCollections(
  connection: Connection,
  again: Again,
  { object, key, records }: { object: string; key: string; records: readonly RecordToSave[] },
): Promise<SavedRecord[]> {
  const results: SavedRecord[] = [];
  for (let from = 0; from < records.length; from += PER_CALL) {
    const part = records.slice(from, from + PER_CALL);
    const what = `${key === 'Id' ? 'update' : 'upsert'} ${object}`;
    try {
      // A record that is saved by its key may be saved again.
      results.push(
        ...(await again(what, () => saveCollection(connection, what, { object, key, records: part }))),
      );
    } catch (error) {
      const explained = explain(error, what);
      if (explained.code === 'SOURCE_UNEXPECTED') {
        // It may well have been written; which result is whose cannot be told, and is never guessed.
        results.push(...part.map(() => lostBy(explained)));
        continue;
      }
      // Nothing has been written yet: the caller decides what that means.
      if (from === 0 || explained.kind !== 'transient') throw explained;
      return [...results, ...records.slice(from).map(() => lostBy(explained))];
    }
  }
  return results;
}

const lostBy = ({ code, message }: ScorerError): SavedRecord => ({
  id: null,
  success: false,
  errors: [`${code}: ${message}`],
});

/**
 * One call.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when there are not as many results as records, or one is of another record
 */
async function saveCollection(
  connection: Connection,
  what: string,
  { object, key, records }: { object: string; key: string; records: readonly RecordToSave[] },
): Promise<SavedRecord[]> {
  const options = { allOrNone: false };
  const answer: unknown =
    key === 'Id'
      ? await connection.sobject(object).update(records.map(nested) as never, options)
      : await connection.sobject(object).upsert(records.map(nested), key, options);
  const results = checked(SAVE_RESULTS, answer, what);
  if (results.length !== records.length)
    throw unexpected(
      what,
      `found ${results.length} results, expected one for each of ${records.length} records`,
    );
  const stray = results.findIndex(
    ({ id, success }, i) => key === 'Id' && success && id != null && !isSameId(id, String(records[i]?.[key])),
  );
  if (stray >= 0)
    throw unexpected(
      what,
      `found result ${stray + 1} to be of another record, expected the order of the records`,
    );
  return results.map(({ id, success, errors }) => ({
    id: id ?? null,
    success,
    errors: errors.map(({ statusCode, message }) => `${statusCode ?? 'ERROR'}: ${message ?? ''}`),
  }));
}

/** Ids of 15 and of 18 characters begin alike. */
const isSameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

/**
 * A record as JSON has it: a parent's key stands in an object of its own.
 *
 * @example nested({ Id: '001…', 'Run__r.Run_Key__c': 'x' }) // => { Id: '001…', Run__r: { Run_Key__c: 'x' } }
 */
const nested = (record: RecordToSave): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const [field = '', key] = name.split('.');
      return [field, key === undefined ? value : { [key]: value }];
    }),
  );
