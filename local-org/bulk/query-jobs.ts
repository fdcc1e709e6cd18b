// Source: https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm
// Unproven: A bulk query job writes a field of a parent into one flat column named by its path.
// See: `sf data query --bulk` with a field of a parent: look at the first line of the CSV.
// If not: a client does not find the column; it must say which.

import { OrgError, notModelled } from '../errors.ts';
import { salesforceId } from '../id.ts';
import type { Context } from '../protocol/context.ts';
import type { Cell, FieldDef } from '../schema/types.ts';
import { runQuery } from '../soql/run.ts';
import type { Result } from '../soql/run.ts';
import { csvLine } from './csv.ts';

interface QueryJob {
  id: string;
  operation: string;
  soql: string;
  userId: string;
  createdAt: string;
  state: 'UploadComplete' | 'JobComplete' | 'Failed' | 'Aborted';
  result: Result | undefined;
  errorMessage: string | undefined;
}

export interface QueryJobs {
  create: (context: Context) => Record<string, unknown>;
  info: (context: Context, id: string) => Record<string, unknown>;
  abort: (context: Context, id: string) => Record<string, unknown>;
  /** CSV of some rows, and where the next ones begin: `null` in words at the end, as the header has it. */
  results: (context: Context, id: string) => { csv: string; locator: string; rows: number };
}

/** Bulk API 2.0 query jobs: run in the background, answered as CSV in pages. */
export function makeQueryJobs(): QueryJobs {
  const jobs = new Map<string, QueryJob>();
  const jobOf = (context: Context, id: string): QueryJob => {
    const job = jobs.get(id);
    if (!job || job.userId !== context.user.id)
      throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  };
  const describe = (job: QueryJob, { version }: Context): Record<string, unknown> => ({
    id: job.id,
    operation: job.operation,
    object: job.result?.plan.object.name ?? '',
    createdById: job.userId,
    createdDate: job.createdAt.replace('Z', '+0000'),
    systemModstamp: job.createdAt.replace('Z', '+0000'),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(version),
    jobType: 'V2Query',
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
    numberRecordsProcessed: job.result?.rows.length ?? 0,
    retries: 0,
    totalProcessingTime: 0,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  });

  return {
    create: (context) => {
      const { operation = '', query: soql = '' } = (context.request.json() ?? {}) as {
        operation?: string;
        query?: string;
      };
      if (operation !== 'query' && operation !== 'queryAll')
        throw new OrgError(400, 'INVALIDJOB', `Invalid operation ${operation}`);
      const job: QueryJob = {
        id: salesforceId('750', 500_000 + jobs.size),
        operation,
        soql,
        userId: context.user.id,
        createdAt: new Date(context.org.clock()).toISOString(),
        state: 'UploadComplete',
        result: undefined,
        errorMessage: undefined,
      };
      // A query that makes no sense is refused at once; its rows are read in the background.
      const result = runQuery(context.org, context.user.access, soql, {
        includeDeleted: operation === 'queryAll',
      });
      if (result.plan.kind !== 'rows' || result.plan.children.length > 0)
        throw new OrgError(
          400,
          'API_ERROR',
          'Aggregate queries and child queries are not supported in bulk queries',
        );
      jobs.set(job.id, job);
      setImmediate(() => {
        if (job.state !== 'UploadComplete') return;
        job.result = result;
        job.state = 'JobComplete';
      });
      return describe(job, context);
    },
    info: (context, id) => describe(jobOf(context, id), context),
    abort: (context, id) => {
      const job = jobOf(context, id);
      if ((context.request.json() as { state?: string } | undefined)?.state !== 'Aborted')
        throw notModelled('this change of a query job');
      job.state = 'Aborted';
      return describe(job, context);
    },
    results: (context, id) => {
      const job = jobOf(context, id);
      if (!job.result) throw new OrgError(400, 'INVALIDJOBSTATE', `The job is ${job.state}`);
      const from = Number(context.request.query.get('locator') ?? 0);
      const size = Number(context.request.query.get('maxRecords') ?? 50_000);
      if (!Number.isInteger(from) || !(size > 0))
        throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      const { plan, rows } = job.result;
      const slice = rows.slice(from, from + size);
      const csv = [
        csvLine(plan.columns.map((column) => [...column.path, column.key].join('.'))),
        ...slice.map((row) =>
          csvLine(plan.columns.map((column) => text(column.field, row[column.index] ?? null))),
        ),
      ].join('');
      return { csv, locator: from + size < rows.length ? String(from + size) : 'null', rows: slice.length };
    },
  };
}

function text(field: FieldDef | undefined, cell: Cell): string {
  if (cell === null) return '';
  return field?.type === 'boolean' ? String(cell === 1) : String(cell);
}
