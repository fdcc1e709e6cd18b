// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm

import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import { OrgError, notModelled } from '../errors.ts';
import { aggregateColumn } from './aggregate.ts';
import type { Scope } from './scope.ts';

/** ORDER BY, empty values first unless told otherwise. */
export function orderSql(
  clause: OrderByClause | OrderByClause[] | undefined,
  scope: Scope,
  aggregate: boolean,
): string[] {
  if (clause === undefined) return [];
  return (Array.isArray(clause) ? clause : [clause]).map((part) => {
    const direction = part.order ?? 'ASC';
    const nulls = part.nulls ?? 'FIRST';
    if ('fn' in part) {
      if (!aggregate) throw notModelled('functions in ORDER BY');
      return `${aggregateColumn(part.fn, scope).sql} ${direction} NULLS ${nulls}`;
    }
    if (part.field.includes('.') && scope.root.name.endsWith('__mdt'))
      throw new OrgError(
        400,
        'MALFORMED_QUERY',
        'ORDER BY relationship fields is not supported on custom metadata types',
      );
    const { sql, field } = scope.resolve(part.field.split('.'));
    if (!field.sortable)
      throw new OrgError(400, 'INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`);
    // Picklists sort in the order of their values, not by letter.
    const cases =
      field.type === 'picklist'
        ? field.values?.map((v, i) => `WHEN '${v.value.replaceAll("'", "''")}' THEN ${i}`)
        : [];
    const ranked =
      cases && cases.length > 0
        ? `CASE WHEN ${sql} IS NULL THEN NULL ELSE CASE ${sql} ${cases.join(' ')} ELSE ${cases.length} END END`
        : sql;
    return `${ranked} ${direction} NULLS ${nulls}`;
  });
}
