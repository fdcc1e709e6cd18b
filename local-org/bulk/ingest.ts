// Source: https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html
// Unproven: A record-triggered flow over a bulk upsert of 10,000 records stays within the limits, if it makes few queries
//   and at most one update per record.
// See: load as many, and look for rows refused with CANNOT_EXECUTE_FLOW_TRIGGER.
// If not: set the flow inactive, load, activate again.

import { OrgError, notModelled } from '../errors.ts';
import { salesforceId } from '../id.ts';
import type { Context } from '../protocol/context.ts';
import { seenObject } from '../protocol/describe.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import type { Input, Saved } from '../write/world.ts';
import { keyField } from '../write/external-id.ts';
import { upsert } from '../write/upsert.ts';
import { csvLine, csvRows } from './csv.ts';

/** Records that are written before other requests get their turn. */
const CHUNK = 1000;
const NOTHING = Buffer.alloc(0);

type State = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

interface Job {
  id: string;
  operation: string;
  object: ObjectDef;
  field: FieldDef | undefined;
  delimiter: string;
  lineEnding: string;
  state: State;
  createdAt: string;
  userId: string;
  /** What was uploaded; null before. */
  file: Buffer | null;
  /** Its records that are not yet read. */
  rows: Iterator<string[], undefined>;
  errorMessage: string | undefined;
  columns: Column[];
  /** Where the id or external id stands in a row; -1 when it is not there. */
  keyAt: number;
  /** What came of the records so far, in the order of the file: with it, the file has all that results tell. */
  outcomes: (Saved | OrgError)[];
}

/** A column of a file: a field, or a parent's key under the name of the relationship. */
interface Column {
  name: string;
  key: string | undefined;
}

const DELIMITERS: Record<string, string> = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
};

export interface Ingest {
  create: (context: Context) => Record<string, unknown>;
  upload: (context: Context, id: string) => void;
  change: (context: Context, id: string) => Record<string, unknown>;
  info: (context: Context, id: string) => Record<string, unknown>;
  remove: (context: Context, id: string) => void;
  list: (context: Context) => Record<string, unknown>;
  results: (context: Context, id: string, kind: string) => string;
}

/** Bulk API 2.0 ingest: a job takes one CSV and writes it in the background, a thousand records at a time. */
export function makeIngest(): Ingest {
  const jobs = new Map<string, Job>();

  const jobOf = (context: Context, id: string): Job => {
    const job = jobs.get(id);
    if (!job || job.userId !== context.user.id)
      throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  };

  return {
    create: (context) => {
      const body = (context.request.json() ?? {}) as Record<string, string | undefined>;
      const {
        operation = '',
        object: name = '',
        externalIdFieldName,
        columnDelimiter = 'COMMA',
        lineEnding = 'LF',
      } = body;
      if (!['insert', 'update', 'upsert', 'delete'].includes(operation))
        throw notModelled(`bulk operation ${operation}`);
      const delimiter = DELIMITERS[columnDelimiter];
      if (delimiter === undefined)
        throw new OrgError(400, 'INVALIDJOB', `Invalid columnDelimiter ${columnDelimiter}`);
      const object = seenObject(context.org.schema, context.user.access, name);
      if (operation === 'upsert' && externalIdFieldName === undefined)
        throw new OrgError(400, 'INVALIDJOB', 'Missing external ID field name for upsert');
      const job: Job = {
        id: salesforceId('750', jobs.size + 1),
        operation,
        object,
        field: externalIdFieldName === undefined ? undefined : keyField(object, externalIdFieldName),
        delimiter,
        lineEnding,
        state: 'Open',
        createdAt: new Date(context.org.clock()).toISOString(),
        userId: context.user.id,
        file: null,
        rows: [].values(),
        errorMessage: undefined,
        columns: [],
        keyAt: -1,
        outcomes: [],
      };
      jobs.set(job.id, job);
      return describe(job, context);
    },
    upload: (context, id) => {
      const job = jobOf(context, id);
      if (job.state !== 'Open' || job.file !== null)
        throw new OrgError(400, 'INVALIDJOBSTATE', 'Found multiple contents for job');
      job.file = context.request.bytes;
    },
    change: (context, id) => {
      const job = jobOf(context, id);
      const { state } = (context.request.json() ?? {}) as { state?: string };
      if (state === 'Aborted') job.state = 'Aborted';
      else if (state !== 'UploadComplete' || job.state !== 'Open')
        throw new OrgError(400, 'INVALIDJOBSTATE', `Job cannot go from ${job.state} to ${state ?? '(none)'}`);
      else {
        job.state = 'UploadComplete';
        setImmediate(() => start(job, context));
      }
      return describe(job, context);
    },
    info: (context, id) => describe(jobOf(context, id), context),
    remove: (context, id) => {
      const job = jobOf(context, id);
      if (!['JobComplete', 'Failed', 'Aborted'].includes(job.state))
        throw new OrgError(400, 'INVALIDJOBSTATE', 'Only finished jobs can be deleted');
      jobs.delete(id);
    },
    list: (context) => ({
      done: true,
      nextRecordsUrl: null,
      records: [...jobs.values()]
        .filter((job) => job.userId === context.user.id)
        .map((job) => describe(job, context)),
    }),
    results: (context, id, kind) => resultsOf(jobOf(context, id), kind),
  };
}

function describe(job: Job, { version }: Context): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object.name,
    createdById: job.userId,
    createdDate: job.createdAt.replace('Z', '+0000'),
    systemModstamp: job.createdAt.replace('Z', '+0000'),
    state: job.state,
    ...(job.field ? { externalIdFieldName: job.field.name } : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(version),
    contentUrl: `services/data/v${version}/jobs/ingest/${job.id}/batches`,
    jobType: 'V2Ingest',
    lineEnding: job.lineEnding,
    columnDelimiter: Object.keys(DELIMITERS).find((name) => DELIMITERS[name] === job.delimiter),
    numberRecordsProcessed: job.outcomes.length,
    numberRecordsFailed: job.outcomes.filter((outcome) => outcome instanceof OrgError).length,
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

function start(job: Job, context: Context): void {
  orFailed(job, () => {
    const rows = csvRows(job.file ?? NOTHING, job.delimiter);
    const header = rows.next().value ?? [];
    job.rows = rows;
    job.columns = header.map(columnOf);
    const key = job.operation === 'upsert' && job.field ? job.field.name : 'Id';
    if (job.operation !== 'insert')
      job.keyAt = header.findIndex((name) => name.toLowerCase() === key.toLowerCase());
    const names = job.columns.map(({ name, key: of }) => [name, of === undefined ? '' : { [of]: '' }]);
    checkNames(job.object, Object.fromEntries(names) as Input, context.user.access, { parents: true });
    job.state = 'InProgress';
    work(job, context);
  });
}

/** What a job wrote before it fails stays written. */
function orFailed(job: Job, act: () => void): void {
  try {
    act();
  } catch (error) {
    job.state = 'Failed';
    job.errorMessage = `InvalidBatch : ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Writes one chunk and leaves the rest for later, so that a large job does not stop every other request. */
function work(job: Job, context: Context): void {
  if (job.state !== 'InProgress') return;
  const outcomes: Job['outcomes'] = [];
  const isOver = context.org.store.transaction(() => {
    while (outcomes.length < CHUNK) {
      const next = job.rows.next();
      if (next.done === true) return true;
      outcomes.push(writeRow(job, context, next.value));
    }
    return false;
  });
  for (const outcome of outcomes) job.outcomes.push(outcome);
  if (isOver) job.state = 'JobComplete';
  else setImmediate(() => orFailed(job, () => work(job, context)));
}

/** @returns the error of a row that was refused */
function writeRow(job: Job, context: Context, cells: string[]): Saved | OrgError {
  try {
    return writeInput(job, context, cells[job.keyAt] ?? '', inputOf(job, cells));
  } catch (error) {
    if (error instanceof OrgError) return error;
    throw error;
  }
}

/** An empty cell leaves the field as it is; #N/A empties it. */
function inputOf({ columns, keyAt }: Job, cells: string[]): Input {
  const input: Input = {};
  columns.forEach(({ name, key }, i) => {
    const cell = cells[i] ?? '';
    if (cell === '' || i === keyAt) return;
    const value = cell === '#N/A' ? null : cell;
    input[name] = key === undefined ? value : { [key]: value };
  });
  return input;
}

function columnOf(title: string): Column {
  const [name = '', key, ...more] = title.split('.');
  if (more.length > 0 || name.includes(':')) throw notModelled(`the column ${title} of a bulk job`);
  return { name, key };
}

function writeInput(job: Job, { world, org }: Context, cell: string, input: Input): Saved {
  if (job.operation === 'insert') {
    org.rowLocks.check(job.object.name, '');
    return create(world, job.object, input);
  }
  const key = cell === '#N/A' ? '' : cell;
  org.rowLocks.check(job.object.name, key);
  if (job.operation === 'upsert' && job.field) return upsert(world, job.object, job.field, key, input);
  if (job.operation === 'delete') return remove(world, job.object, key);
  return update(world, job.object, key, input);
}

function resultsOf(job: Job, kind: string): string {
  const rows = csvRows(job.file ?? NOTHING, job.delimiter);
  const header = rows.next().value ?? [];
  const lines = (first: string[], line: (cells: string[], outcome: Saved | OrgError) => string): string =>
    [csvLine([...first, ...header]), ...job.outcomes.map((one) => line(rows.next().value ?? [], one))].join(
      '',
    );
  switch (kind) {
    case 'successfulResults':
      return lines(['sf__Id', 'sf__Created'], (cells, outcome) =>
        outcome instanceof OrgError ? '' : csvLine([outcome.id, String(outcome.created), ...cells]),
      );
    case 'failedResults':
      return lines(['sf__Id', 'sf__Error'], (cells, outcome) =>
        outcome instanceof OrgError
          ? csvLine(['', `${outcome.code}:${outcome.message}:${outcome.fields.join(',')} --`, ...cells])
          : '',
      );
    case 'unprocessedrecords':
      if (job.state === 'Failed') throw notModelled('unprocessed records of a job that failed');
      return [csvLine(header), ...[...rows].slice(job.outcomes.length).map(csvLine)].join('');
    default:
      throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
}
