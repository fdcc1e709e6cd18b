import { OrgError, notModelled } from '../errors.ts';
import { salesforceId } from '../id.ts';
import type { Context } from '../protocol/context.ts';
import { seenObject } from '../protocol/describe.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { remove } from '../write/remove.ts';
import { checkNames, create, update } from '../write/save.ts';
import type { Input, Saved } from '../write/save.ts';
import { upsert, upsertField } from '../write/upsert.ts';
import { csvLine, readCsv } from './csv.ts';

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
  /** What was uploaded; null before, empty once it is read. */
  file: Buffer | null;
  errorMessage: string | undefined;
  header: string[];
  /** Where the id or external id stands in a row; -1 when it is not there. */
  keyAt: number;
  /** Lines of the successful results as bytes: as cells, years of jobs would fill the memory. */
  done: Buffer[];
  failed: { cells: string[]; error: OrgError }[];
  pending: string[][];
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
  results: (context: Context, id: string, kind: string) => string | Buffer;
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
        field: externalIdFieldName === undefined ? undefined : upsertField(object, externalIdFieldName),
        delimiter,
        lineEnding,
        state: 'Open',
        createdAt: new Date(context.org.clock()).toISOString(),
        userId: context.user.id,
        file: null,
        errorMessage: undefined,
        header: [],
        keyAt: -1,
        done: [],
        failed: [],
        pending: [],
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
    numberRecordsProcessed: job.done.length + job.failed.length,
    numberRecordsFailed: job.failed.length,
    retries: 0,
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

function start(job: Job, context: Context): void {
  try {
    const [header = [], ...rows] = readCsv(job.file ?? NOTHING, job.delimiter);
    job.file = NOTHING;
    job.header = header;
    job.pending = rows;
    if (header.some((name) => name.includes('.')))
      throw notModelled('references by external id in a bulk job');
    const key = job.operation === 'upsert' && job.field ? job.field.name : 'Id';
    if (job.operation !== 'insert')
      job.keyAt = header.findIndex((name) => name.toLowerCase() === key.toLowerCase());
    checkNames(job.object, Object.fromEntries(header.map((name) => [name, ''])), context.user.access);
    job.state = 'InProgress';
    work(job, context);
  } catch (error) {
    job.state = 'Failed';
    job.errorMessage = `InvalidBatch : ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Writes one chunk and leaves the rest for later, so that a large job does not stop every other request. */
function work(job: Job, context: Context): void {
  if (job.state !== 'InProgress') return;
  const chunk = job.pending.splice(0, CHUNK);
  const lines = context.org.store.transaction(() =>
    chunk.flatMap((cells) => {
      const saved = writeRow(job, context, cells);
      return saved ? [Buffer.from(csvLine([saved.id, String(saved.created), ...cells]))] : [];
    }),
  );
  job.done.push(...lines);
  if (job.pending.length > 0) setImmediate(() => work(job, context));
  else job.state = 'JobComplete';
}

/** @returns undefined for a row that was refused; it is noted as such */
function writeRow(job: Job, context: Context, cells: string[]): Saved | undefined {
  try {
    const input: Input = {};
    // An empty cell leaves the field as it is; #N/A empties it.
    job.header.forEach((name, i) => {
      const cell = cells[i] ?? '';
      if (cell !== '' && i !== job.keyAt) input[name] = cell === '#N/A' ? null : cell;
    });
    return writeInput(job, context, cells[job.keyAt] ?? '', input);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    job.failed.push({ cells, error });
    return undefined;
  }
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

function resultsOf(job: Job, kind: string): string | Buffer {
  switch (kind) {
    case 'successfulResults':
      return Buffer.concat([Buffer.from(csvLine(['sf__Id', 'sf__Created', ...job.header])), ...job.done]);
    case 'failedResults':
      return [
        csvLine(['sf__Id', 'sf__Error', ...job.header]),
        ...job.failed.map(({ error, cells }) =>
          csvLine(['', `${error.code}:${error.message}:${error.fields.join(',')} --`, ...cells]),
        ),
      ].join('');
    case 'unprocessedrecords':
      return [csvLine(job.header), ...job.pending.map(csvLine)].join('');
    default:
      throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
}
