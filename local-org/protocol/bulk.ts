// Source: https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html

import type { Answer } from '../http/server.ts';
import { makeIngest } from '../bulk/ingest.ts';
import { makeQueryJobs } from '../bulk/query-jobs.ts';
import { notModelled } from '../errors.ts';
import type { Context } from './context.ts';

const csv = (body: string | Buffer, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/csv', ...headers },
  body,
});

/** Everything below jobs/: Bulk API 2.0. */
export function makeBulk(): (context: Context, method: string, rest: string[]) => Answer {
  const ingest = makeIngest();
  const queries = makeQueryJobs();
  const ok = (body: unknown): Answer => ({ status: 200, body });

  return (context, method, rest) => {
    const [kind, id, part] = rest;
    const call = `${method} ${kind ?? ''}${id === undefined ? '' : '/{id}'}${part === undefined ? '' : `/${part}`}`;
    switch (call) {
      case 'POST ingest':
        return ok(ingest.create(context));
      case 'GET ingest':
        return ok(ingest.list(context));
      case 'PUT ingest/{id}/batches':
        ingest.upload(context, id ?? '');
        return { status: 201 };
      case 'PATCH ingest/{id}':
        return ok(ingest.change(context, id ?? ''));
      case 'GET ingest/{id}':
        return ok(ingest.info(context, id ?? ''));
      case 'DELETE ingest/{id}':
        ingest.remove(context, id ?? '');
        return { status: 204 };
      case 'GET ingest/{id}/successfulResults':
      case 'GET ingest/{id}/failedResults':
      case 'GET ingest/{id}/unprocessedrecords':
        return csv(ingest.results(context, id ?? '', part ?? ''));
      case 'POST query':
        return ok(queries.create(context));
      case 'GET query/{id}':
        return ok(queries.info(context, id ?? ''));
      case 'PATCH query/{id}':
        return ok(queries.abort(context, id ?? ''));
      case 'GET query/{id}/results': {
        const { csv: body, locator, rows } = queries.results(context, id ?? '');
        return csv(body, { 'Sforce-Locator': locator, 'Sforce-NumberOfRecords': String(rows) });
      }
      default:
        throw notModelled(`${method} jobs/${rest.join('/')}`);
    }
  };
}
