// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm

import type { Query } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../errors.ts';
import type { CompileContext } from './plan.ts';
import { noColumn, openScope, readable } from './scope.ts';
import { whereSql } from './where.ts';
import type { Filter } from './where.ts';

const malformed = (message: string): OrgError => new OrgError(400, 'MALFORMED_QUERY', message);

/** The query inside IN (SELECT …): one id or reference field, without order, limit, groups or another of its kind. */
export function semiJoin(query: Query, context: CompileContext): Filter {
  const object = readable(context, query.sObject ?? '');
  const scope = openScope(context, object);
  const [item, ...more] = query.fields ?? [];
  if (!item || more.length > 0 || (item.type !== 'Field' && item.type !== 'FieldRelationship'))
    throw malformed('Semi join sub-selects must select exactly one field');
  if (query.orderBy || query.limit !== undefined || query.groupBy)
    throw malformed('ORDER BY, LIMIT and GROUP BY are not allowed in semi join sub-selects');
  const { sql, field } = scope.resolve(
    item.type === 'FieldRelationship' ? [...item.relationships, item.field] : [item.field],
  );
  if (field.type !== 'id' && field.type !== 'reference')
    throw noColumn(field.name, `${object.name} (not an id)`);
  const filters: Filter[] = [{ sql: `${sql} IS NOT NULL`, parameters: [] }];
  if (query.where)
    filters.push(
      whereSql(query.where, scope, {
        now: context.now,
        semiJoin: () => {
          throw malformed('Nesting of semi join sub-selects is not supported');
        },
      }),
    );
  if (object.fields.has('isdeleted')) filters.push({ sql: `${scope.alias}."IsDeleted" = 0`, parameters: [] });
  const visible = context.access.rows?.filter(object, scope.alias);
  if (visible !== undefined) filters.push({ sql: visible, parameters: [] });
  return {
    sql: `SELECT ${sql} FROM ${scope.from()} WHERE ${filters.map((f) => `(${f.sql})`).join(' AND ')}`,
    parameters: filters.flatMap((f) => f.parameters),
  };
}
