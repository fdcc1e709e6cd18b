import { OrgError } from '../errors.ts';
import { salesforceId } from '../id.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Result } from '../soql/run.ts';
import type { Record_ } from '../soql/shape.ts';
import type { Context } from './context.ts';

/** Open cursors a user may have; the oldest is closed when one more is opened. */
const MAX_CURSORS = 10;

export interface Cursors {
  first: (context: Context, soql: string, includeDeleted: boolean) => Record_;
  next: (context: Context, locator: string) => Record_;
}

/** Rows per page: 2,000, or what the client hints at within 200 to 2,000. */
function pageSize(context: Context): number {
  const hint = /batchSize=(\d+)/i.exec(context.request.headers['sforce-query-options'] ?? '')?.[1];
  return hint === undefined ? 2000 : Math.min(2000, Math.max(200, Number(hint)));
}

/** GET query, queryAll and query/{locator}: pages of one result that was read at one moment. */
export function makeCursors(): Cursors {
  const open = new Map<string, { result: Result; size: number; user: string }>();
  let opened = 0;

  const answer = (context: Context, result: Result, from: number, size: number, locator: string): Record_ => {
    const to = Math.min(from + size, result.rows.length);
    const done = to >= result.rows.length;
    return {
      totalSize: result.totalSize,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${context.version}/query/${locator}-${to}` }),
      records: page(context.org, result, from, to, context.version),
    };
  };

  return {
    first: (context, soql, includeDeleted) => {
      const result = runQuery(context.org, context.user.access, soql, { includeDeleted });
      const size = pageSize(context);
      if (result.rows.length <= size) return answer(context, result, 0, size, '');
      if (result.plan.kind === 'aggregate')
        throw new OrgError(
          400,
          'EXCEEDED_ID_LIMIT',
          'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
        );
      const locator = salesforceId('01g', ++opened);
      const own = [...open].filter(([, cursor]) => cursor.user === context.user.id);
      if (own.length >= MAX_CURSORS && own[0]) open.delete(own[0][0]);
      open.set(locator, { result, size, user: context.user.id });
      return answer(context, result, 0, size, locator);
    },
    next: (context, locator) => {
      const [, id = '', from = ''] = /^(\w{15,18})-(\d+)$/.exec(locator) ?? [];
      const cursor = open.get(id);
      if (!cursor || cursor.user !== context.user.id || Number(from) > cursor.result.rows.length)
        throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return answer(context, cursor.result, Number(from), cursor.size, id);
    },
  };
}
