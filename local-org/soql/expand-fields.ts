// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fields.htm

import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { CompileContext } from './plan.ts';

const malformed = (message: string): OrgError => new OrgError(400, 'MALFORMED_QUERY', message);

/** FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM), as the fields they stand for. */
export function expand(
  fields: FieldType[],
  object: ObjectDef,
  query: Query | Subquery,
  context: CompileContext,
): FieldType[] {
  return fields.flatMap((item) => {
    if (item.type !== 'FieldFunctionExpression' || item.functionName.toUpperCase() !== 'FIELDS')
      return [item];
    const [argument] = item.parameters;
    const which = typeof argument === 'string' ? argument.toUpperCase() : '';
    if (which !== 'STANDARD' && (query.limit === undefined || query.limit > 200))
      throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
    return [...object.fields.values()]
      .filter((f) => which === 'ALL' || (which === 'CUSTOM') === f.custom)
      .filter((f) => context.access.canReadField(object, f))
      .map((f): FieldType => ({ type: 'Field', field: f.name }));
  });
}
