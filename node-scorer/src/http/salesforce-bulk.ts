/** Bulk API 2.0: thousands of rows in a handful of calls. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/ */
import type { z } from 'zod';
import { ScorerError } from '../errors.ts';
import { BULK_JOB, checked, unexpected } from './salesforce-answers.ts';
import { makeCsvFile, makeCsvReader, type CsvRow } from './salesforce-csv.ts';
import type { Looks } from './salesforce-looks.ts';
import type { RecordList, RecordToSave, SavedRecord } from './salesforce-record.ts';
import type { AnswerReader, HttpRequest } from './send.ts';

/** One call below /services/data/vXX.0, signed in, retried and counted; answers of 4xx are thrown as coded errors. */
export type RawCall = (call: {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly csv?: readonly Buffer[];
  readonly reader?: HttpRequest['reader'];
}) => Promise<{
  /** Empty where a reader has taken it. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}>;

export interface BulkDeps {
  readonly call: RawCall;
  readonly looks: Looks;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/** What an org takes up as one batch of a job. */
const ROWS_PER_JOB = 10_000;
/** A file stays far below the 150 MB that a job takes, and below what a small process holds at once. */
const BYTES_PER_JOB = 50_000_000;
/** How CSV says "make it empty"; an empty cell would leave the old value. */
const NULL_CELL = '#N/A';

type Job = z.infer<typeof BULK_JOB>;

/**
 * Saves records through ingest jobs, one after the other: jobs side by side would lock each other's parents.
 *
 * @returns results in the order of the records, without ids where a job took them all: its answer would send every
 * record back; a record that the job did not get to is a failure that says so
 * @throws ScorerError SOURCE_DOWN when a job does not end in time, WRITE_REJECTED when one is refused as a whole
 */
export async function bulkIngest(
  deps: BulkDeps,
  { object, key, records }: { object: string; key: string; records: RecordList },
): Promise<SavedRecord[]> {
  const results: SavedRecord[] = [];
  while (results.length < records.length) {
    const job = await startIngest(deps, { object, key, records, from: results.length });
    for (const result of await resultsOf(deps, { object, key, ...job })) results.push(result);
  }
  return results;
}

/** A job that the org has taken. */
interface IngestJob {
  readonly path: string;
  /** The key of each row. */
  readonly keys: readonly string[];
}

/** Sends a job's file. It is let go of on return: the answer has as many megabytes again. */
async function startIngest(
  { call }: BulkDeps,
  { object, key, records, from }: { object: string; key: string; records: RecordList; from: number },
): Promise<IngestJob> {
  const { csv, keys } = csvOf(records, from, key);
  const created = await call({
    method: 'POST',
    path: 'jobs/ingest',
    body: {
      object,
      contentType: 'CSV',
      lineEnding: 'LF',
      ...(key === 'Id' ? { operation: 'update' } : { operation: 'upsert', externalIdFieldName: key }),
    },
  });
  const path = `jobs/ingest/${jobOf(created.text).id}`;
  await call({ method: 'PUT', path: `${path}/batches`, csv });
  await call({ method: 'PATCH', path, body: { state: 'UploadComplete' } });
  return { path, keys };
}

/** The records from `from` on as CSV, as many as a job takes, each made when its turn comes. */
function csvOf(records: RecordList, from: number, key: string) {
  const columns = Object.keys(records.at(from) ?? {});
  const cell = (value: RecordToSave[string] | undefined): string =>
    value === null || value === undefined ? NULL_CELL : String(value);
  const file = makeCsvFile(columns, BYTES_PER_JOB);
  const keys: string[] = [];
  for (let at = from; at < Math.min(records.length, from + ROWS_PER_JOB); at++) {
    const record = records.at(at) ?? {};
    const added = file.add(columns.map((column) => cell(record[column])));
    if (!added) break;
    keys.push(String(record[key]));
  }
  return { csv: file.blocks(), keys };
}

async function resultsOf(
  { call, looks }: BulkDeps,
  { object, key, path, keys }: { object: string; key: string } & IngestJob,
): Promise<SavedRecord[]> {
  const job = await untilDone({ call, looks }, path, { kind: `save ${object}`, rows: keys.length });
  if (job.state !== 'JobComplete') {
    throw new ScorerError(
      'WRITE_REJECTED',
      `Salesforce bulk ${object}: found the job ${job.state} (${job.errorMessage ?? 'no reason given'}), expected JobComplete`,
    );
  }
  if (job.numberRecordsFailed === 0 && job.numberRecordsProcessed === keys.length) {
    const all: SavedRecord = { id: null, success: true, errors: [] };
    return keys.map(() => all);
  }
  const [taken, refused] = [new Map<string, SavedRecord>(), new Map<string, SavedRecord>()];
  // The org may write a key in its own case: keys of an external id are compared as the org compares them.
  const fold = (value: string | null): string => String(value).toLowerCase();
  await Promise.all([
    call({
      method: 'GET',
      path: `${path}/successfulResults`,
      reader: () =>
        cellReader([key, 'sf__Id'], ([row, id]) =>
          taken.set(fold(row ?? id), { id, success: true, errors: [] }),
        ),
    }),
    call({
      method: 'GET',
      path: `${path}/failedResults`,
      reader: () =>
        cellReader([key, 'sf__Id', 'sf__Error'], ([row, id, error]) =>
          refused.set(fold(row ?? id), { id: null, success: false, errors: [bulkError(error ?? '')] }),
        ),
    }),
  ]);
  const untouched: SavedRecord = {
    id: null,
    success: false,
    errors: ['UNPROCESSED: the bulk job did not get to this record'],
  };
  return keys.map((one) => refused.get(fold(one)) ?? taken.get(fold(one)) ?? untouched);
}

/**
 * Every row of a query by a query job: 50,000 rows a call instead of 2,000.
 *
 * @param options.archived archived and deleted rows too
 * @returns rows of texts, null for an empty cell; the caller knows the types
 * @throws ScorerError SOURCE_UNEXPECTED when fewer rows came than the job counted
 */
export async function bulkQuery(
  { call, looks }: BulkDeps,
  soql: string,
  { archived = false }: { readonly archived?: boolean } = {},
): Promise<Record<string, string | null>[]> {
  const created = await call({
    method: 'POST',
    path: 'jobs/query',
    body: { operation: archived ? 'queryAll' : 'query', query: soql },
  });
  const path = `jobs/query/${jobOf(created.text).id}`;
  const job = await untilDone({ call, looks }, path, { kind: 'query', rows: 1 });
  if (job.state !== 'JobComplete') {
    throw new ScorerError(
      'SOURCE_DOWN',
      `Salesforce bulk query: found the job ${job.state} (${job.errorMessage ?? 'no reason given'}), expected JobComplete; try again later`,
    );
  }
  const rows: Record<string, string | null>[] = [];
  const seen = new Set<string>();
  let locator: string | undefined;
  do {
    const query = `maxRecords=50000${locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`}`;
    let own: Record<string, Cell>[] = [];
    const page = await call({
      method: 'GET',
      path: `${path}/results?${query}`,
      reader: () => {
        own = [];
        return recordReader((row) => own.push(row));
      },
    });
    for (const row of own) rows.push(row);
    const next = page.headers['sforce-locator'];
    locator = next === undefined || next === 'null' ? undefined : next;
    if (locator !== undefined && seen.has(locator)) {
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        'Salesforce bulk query: found the same page twice, expected the next',
      );
    }
    if (locator !== undefined) seen.add(locator);
  } while (locator !== undefined);
  const counted = job.numberRecordsProcessed;
  if (counted != null && counted !== rows.length)
    throw unexpected('bulk query', `found ${rows.length} rows, expected the ${counted} that the org counted`);
  return rows;
}

async function untilDone(
  { call, looks }: Pick<BulkDeps, 'call' | 'looks'>,
  path: string,
  { kind, rows }: { kind: string; rows: number },
): Promise<Job> {
  const over = await looks(kind, rows, async () => {
    const job = jobOf((await call({ method: 'GET', path })).text);
    return ['UploadComplete', 'InProgress', 'Open'].includes(job.state) ? null : job;
  });
  if (over === null)
    throw new ScorerError(
      'SOURCE_DOWN',
      `Salesforce ${path}: still not over after about twenty minutes; try again later`,
    );
  return over;
}

function jobOf(text: string): Job {
  let job: unknown;
  try {
    job = JSON.parse(text);
  } catch {
    throw unexpected('bulk job', 'found no JSON, expected a job');
  }
  return checked(BULK_JOB, job, 'bulk job');
}

/** `UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--` as `CODE: message`. */
const bulkError = (text: string): string => text.replace(/^([A-Z_]+):\s*/, '$1: ').replace(/:?--$/, '');

type Cell = string | null;

/** Reads some columns of each row; null for an empty cell, and for a column that is not there. */
function cellReader<const Names extends readonly string[]>(
  names: Names,
  keep: (cells: { readonly [N in keyof Names]: Cell }) => void,
): AnswerReader {
  let places: readonly number[] | null = null;
  return makeCsvReader((row) => {
    if (places === null) {
      const header = texts(row);
      places = names.map((name) => header.indexOf(name));
    } else keep(places.map((at) => row.cell(at) || null) as { readonly [N in keyof Names]: Cell });
  });
}

function recordReader(keep: (record: Record<string, Cell>) => void): AnswerReader {
  let header: readonly string[] | null = null;
  return makeCsvReader((row) => {
    if (header === null) header = texts(row);
    else keep(Object.fromEntries(header.map((name, at) => [name, row.cell(at) || null])));
  });
}

const texts = (row: CsvRow): string[] => Array.from({ length: row.length }, (_, at) => row.cell(at));
