// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_changing_batch_size.htm

import { OrgError } from '../errors.ts';
import { salesforceId } from '../id.ts';
import { page, runQuery } from '../soql/run.ts';
import type { Plan } from '../soql/plan.ts';
import type { Result } from '../soql/run.ts';
import type { Record_ } from '../soql/shape.ts';
import type { Context } from './context.ts';

/** Open cursors a user may have; the oldest is closed when one more is opened. */
const MAX_CURSORS = 10;

export interface Cursors {
  first: (context: Context, soql: string, includeDeleted: boolean) => Record_;
  next: (context: Context, locator: string) => Record_;
}

/** Characters from which on a text counts as long. */
const LONG = 255;

const isLongText = ({ field }: Plan['columns'][number]): boolean =>
  field?.custom === true && field.type === 'textarea' && (field.length ?? 0) > LONG;

/**
 * Rows per page: 2,000, or what the client hints at within 200 to 2,000. Two custom long texts make it 200, whatever
 * the client would like: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/api/sforce_api_calls_soql_changing_batch_size.htm
 */
function pageSize(context: Context, plan: Plan): number {
  if (plan.columns.filter(isLongText).length >= 2) return 200;
  const hint = /batchSize=(\d+)/i.exec(context.request.headers['sforce-query-options'] ?? '')?.[1];
  return hint === undefined ? 2000 : Math.min(2000, Math.max(200, Number(hint)));
}

/** GET query?columns=true: what the columns of an answer are, without any row. The Salesforce CLI asks for it. */
export function columnsOf(context: Context, soql: string): Record_ {
  const { plan } = runQuery(context.org, context.user.access, soql);
  const column = (one: Plan['columns'][number]): Record_ => {
    const type = one.field?.type ?? 'double';
    const number = ['int', 'double', 'currency', 'percent'].includes(type);
    return {
      aggregate: plan.kind === 'aggregate' && one.field === undefined,
      booleanType: type === 'boolean',
      columnName: one.key,
      custom: one.field?.custom ?? false,
      displayName: one.key,
      foreignKeyName: null,
      insertable: one.field?.createable ?? false,
      joinColumns: [],
      numberType: number,
      textType: !number && type !== 'boolean',
      updatable: one.field?.updateable ?? false,
    };
  };
  // Columns of parents stand as joined columns below the relationship.
  const top: Record_[] = [];
  for (const one of plan.columns) {
    let here = top;
    for (const step of one.path) {
      let join = here.find((known) => known['columnName'] === step);
      if (!join)
        here.push((join = { ...column(one), columnName: step, displayName: step, foreignKeyName: step }));
      here = join['joinColumns'] as Record_[];
    }
    here.push(column(one));
  }
  for (const child of plan.children)
    top.push({
      aggregate: true,
      booleanType: false,
      columnName: child.key,
      custom: false,
      displayName: child.key,
      foreignKeyName: null,
      insertable: false,
      numberType: false,
      textType: false,
      updatable: false,
      joinColumns: child.plan.columns.map(column),
    });
  return {
    columnMetadata: top,
    entityName: plan.object.name,
    groupBy: plan.kind === 'aggregate',
    idSelected: plan.columns.some((one) => one.key === 'Id'),
    keyPrefix: plan.object.keyPrefix,
  };
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
      const size = pageSize(context, result.plan);
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
