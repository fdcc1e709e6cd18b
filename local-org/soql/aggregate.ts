// Source: https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-agg-functions.html

import type {
  Condition,
  FieldFunctionExpression,
  FunctionExp,
  GroupByClause,
  HavingClause,
} from '@jetstreamapp/soql-parser-js';
import { OrgError, notModelled } from '../errors.ts';
import type { Cell, FieldDef } from '../schema/types.ts';
import type { Scope } from './scope.ts';
import type { Filter } from './where.ts';

const malformed = (message: string): OrgError => new OrgError(400, 'MALFORMED_QUERY', message);

const SQL: Record<string, (sql: string) => string> = {
  COUNT: (sql) => `count(${sql})`,
  COUNT_DISTINCT: (sql) => `count(DISTINCT ${sql})`,
  SUM: (sql) => `sum(${sql})`,
  AVG: (sql) => `avg(${sql})`,
  MIN: (sql) => `min(${sql})`,
  MAX: (sql) => `max(${sql})`,
};

const PARTS: Record<string, [from: number, length: number]> = {
  CALENDAR_YEAR: [1, 4],
  CALENDAR_MONTH: [6, 2],
  DAY_IN_MONTH: [9, 2],
};

/** A function call of SELECT, HAVING or ORDER BY in an aggregate query; field is set where the value keeps its type. */
export function aggregateColumn(
  call: FieldFunctionExpression | FunctionExp,
  scope: Scope,
): { sql: string; field: FieldDef | undefined } {
  const name = (call.functionName ?? '').toUpperCase();
  const [argument] = call.parameters ?? [];
  if (argument !== undefined && typeof argument !== 'string') throw notModelled('nested functions');
  if (name === 'COUNT' && argument === undefined) return { sql: 'count(*)', field: undefined };
  if (argument === undefined) throw malformed(`${name} needs a field`);
  const { sql, field } = scope.resolve(argument.split('.'));
  const part = PARTS[name];
  if (part) return { sql: `CAST(substr(${sql}, ${part[0]}, ${part[1]}) AS INTEGER)`, field: undefined };
  const make = SQL[name];
  if (!make) throw notModelled(`SOQL function ${name}`);
  if ((name === 'SUM' || name === 'AVG') && !['int', 'double', 'currency', 'percent'].includes(field.type))
    throw malformed(`field ${field.name} does not support aggregate operator ${name}`);
  return { sql: make(sql), field: name === 'MIN' || name === 'MAX' ? field : undefined };
}

export function groupColumns(clause: GroupByClause | GroupByClause[], scope: Scope): string[] {
  return (Array.isArray(clause) ? clause : [clause]).map((part) => {
    if ('fn' in part) {
      if (!PARTS[(part.fn.functionName ?? '').toUpperCase()])
        throw notModelled(`GROUP BY ${part.fn.functionName ?? ''}`);
      return aggregateColumn(part.fn, scope).sql;
    }
    const { sql, field } = scope.resolve(part.field.split('.'));
    if (field.type === 'multipicklist' || (field.type === 'textarea' && !field.sortable))
      throw malformed(`field '${field.name}' can not be grouped in a query call`);
    return sql;
  });
}

export function havingSql(clause: HavingClause, scope: Scope): Filter {
  const one = (condition: Condition): Filter => {
    if (!('fn' in condition)) throw notModelled('HAVING on a plain field');
    if (Array.isArray(condition.value) || !['=', '!=', '<', '<=', '>', '>='].includes(condition.operator))
      throw notModelled(`HAVING with ${condition.operator}`);
    const value: Cell = Number(condition.value);
    if (Number.isNaN(value)) throw notModelled('HAVING against anything but a number');
    return {
      sql: `${aggregateColumn(condition.fn, scope).sql} ${condition.operator} ?`,
      parameters: [value],
    };
  };
  const left = one(clause.left);
  if (!('operator' in clause)) return left;
  const right = havingSql(clause.right, scope);
  return {
    sql: `(${left.sql}) ${clause.operator} (${right.sql})`,
    parameters: [...left.parameters, ...right.parameters],
  };
}
