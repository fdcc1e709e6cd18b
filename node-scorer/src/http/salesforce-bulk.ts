/** Bulk API 2.0: thousands of rows in a handful of calls. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/ */
import type { z } from 'zod';
import { ScorerError } from '../errors.ts';
import { BULK_JOB, checked, unexpected } from './salesforce-answers.ts';
import { bulkCsvRow, parseBulkCsv } from './salesforce-csv.ts';
import type { JobPoller } from './salesforce-job-poller.ts';
import type { RecordToSave, SavedRecord } from './salesforce-record.ts';

/** One call below /services/data/vXX.0, signed in, retried and counted; answers of 4xx are thrown as coded errors. */
export type RawCall = (call: {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly csv?: string;
}) => Promise<{
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}>;

export interface BulkDeps {
  readonly call: RawCall;
  readonly poll: JobPoller;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

/** What an org takes up as one batch of a job. */
const ROWS_PER_JOB = 10_000;
/** A file stays far below the 150 MB that a job takes. */
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
  { object, key, records }: { object: string; key: string; records: readonly RecordToSave[] },
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

/** Sends a job's file. */
async function startIngest(
  { call }: BulkDeps,
  {
    object,
    key,
    records,
    from,
  }: { object: string; key: string; records: readonly RecordToSave[]; from: number },
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

/** The records from `from` on as CSV, as many as a job takes. */
function csvOf(records: readonly RecordToSave[], from: number, key: string) {
  const columns = Object.keys(records[from] ?? {});
  let csv = bulkCsvRow(columns);
  let bytes = Buffer.byteLength(csv);
  const keys: string[] = [];
  for (const record of records.slice(from, from + ROWS_PER_JOB)) {
    const row = bulkCsvRow(columns.map((column) => String(record[column] ?? NULL_CELL)));
    bytes += Buffer.byteLength(row);
    if (keys.length > 0 && bytes > BYTES_PER_JOB) break;
    csv += row;
    keys.push(String(record[key]));
  }
  return { csv, keys };
}

async function resultsOf(
  { call, poll }: BulkDeps,
  { object, key, path, keys }: { object: string; key: string } & IngestJob,
): Promise<SavedRecord[]> {
  const job = await untilDone({ call, poll }, path);
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
  // The org may write a key in its own case: keys of an external id are compared as the org compares them.
  const fold = (value: string | null | undefined): string => String(value).toLowerCase();
  const ask = async (results: string) =>
    parseBulkCsv((await call({ method: 'GET', path: `${path}/${results}` })).text);
  const [successful, failed] = await Promise.all([ask('successfulResults'), ask('failedResults')]);
  const keyOf = (row: Readonly<Record<string, string | null>>) => fold(row[key] ?? row['sf__Id']);
  const taken = new Map<string, SavedRecord>(
    successful.map((row) => [keyOf(row), { id: row['sf__Id'] ?? null, success: true, errors: [] }]),
  );
  const refused = new Map<string, SavedRecord>(
    failed.map((row) => [
      keyOf(row),
      { id: null, success: false, errors: [bulkError(row['sf__Error'] ?? '')] },
    ]),
  );
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
  { call, poll }: BulkDeps,
  soql: string,
  { archived = false }: { readonly archived?: boolean } = {},
): Promise<Record<string, string | null>[]> {
  const created = await call({
    method: 'POST',
    path: 'jobs/query',
    body: { operation: archived ? 'queryAll' : 'query', query: soql },
  });
  const path = `jobs/query/${jobOf(created.text).id}`;
  const job = await untilDone({ call, poll }, path);
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
    const page = await call({ method: 'GET', path: `${path}/results?${query}` });
    for (const row of parseBulkCsv(page.text)) rows.push(row);
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

async function untilDone({ call, poll }: Pick<BulkDeps, 'call' | 'poll'>, path: string): Promise<Job> {
  const over = await poll(async () => {
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
