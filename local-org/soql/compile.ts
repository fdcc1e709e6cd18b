// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm

import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { OrgError, notModelled } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { aggregateColumn, groupColumns, havingSql } from './aggregate.ts';
import { expand } from './expand-fields.ts';
import { orderSql } from './order.ts';
import type { Child, CompileContext, Plan } from './plan.ts';
import { openScope, readable } from './scope.ts';
import { semiJoin } from './semi-join.ts';
import type { Scope } from './scope.ts';
import { whereSql } from './where.ts';
import type { Filter } from './where.ts';

const malformed = (message: string): OrgError => new OrgError(400, 'MALFORMED_QUERY', message);

/** Refuses the clauses that would change the answer in ways not modelled here. */
function refuseUnknown(query: Query | Subquery): void {
  if (query.usingScope && query.usingScope.toLowerCase() !== 'everything') throw notModelled('USING SCOPE');
  if (query.withDataCategory) throw notModelled('WITH DATA CATEGORY');
  // REST queries run with the user's field permissions anyway, so USER_MODE and SECURITY_ENFORCED change nothing.
  if (query.withAccessLevel === 'SYSTEM_MODE') throw notModelled('WITH SYSTEM_MODE');
  if (query.for) throw notModelled(`FOR ${query.for}`);
  if (query.update) throw notModelled(`UPDATE ${query.update}`);
  if ((query.offset ?? 0) > 2000)
    throw new OrgError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
}

/**
 * Compiles a parsed query to one SQL statement and the plan for shaping its rows. Values travel as parameters only.
 *
 * @throws OrgError in Salesforce's words for what a real org refuses, NOT_MODELLED for what only this one does.
 */
export function compileQuery(query: Query, context: CompileContext): Plan {
  const object = readable(context, query.sObject ?? '');
  const scope = openScope(context, object);
  return compileOver(query, object, scope, context, undefined);
}

function compileOver(
  query: Query | Subquery,
  object: ObjectDef,
  scope: Scope,
  context: CompileContext,
  parentField: FieldDef | undefined,
): Plan {
  refuseUnknown(query);
  const fields = expand(query.fields ?? [], object, query, context);
  const isAggregate =
    query.groupBy !== undefined ||
    fields.some((f) => f.type === 'FieldFunctionExpression' && f.isAggregateFn);
  const [first] = fields;
  const isCount =
    fields.length === 1 &&
    first?.type === 'FieldFunctionExpression' &&
    first.functionName.toUpperCase() === 'COUNT' &&
    first.parameters.length === 0;
  if (isAggregate && object.name.endsWith('__mdt') && !isCount)
    throw malformed('Aggregate functions and GROUP BY are not supported on custom metadata types');

  const select: string[] = [];
  const add = (sql: string): number => select.push(sql) - 1;
  const plan: Plan = {
    object,
    kind: isCount ? 'count' : isAggregate ? 'aggregate' : 'rows',
    sql: '',
    parameters: [],
    columns: [],
    ids: [],
    children: [],
  };
  if (parentField) add(`${scope.alias}."${parentField.name}"`);
  if (isCount) add('count(*)');
  else if (isAggregate) aggregateColumns(fields, scope, plan, add, query);
  else recordColumns(fields, scope, plan, add, context);

  const tail: string[] = [];
  const filters: Filter[] = [];
  if (query.where) {
    filters.push(
      whereSql(query.where, scope, { now: context.now, semiJoin: (inner) => semiJoin(inner, context) }),
    );
  }
  if (object.fields.has('isdeleted') && !context.includeDeleted)
    filters.push({ sql: `${scope.alias}."IsDeleted" = 0`, parameters: [] });
  // https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_guidelines_archive.htm
  if (object.fields.has('isarchived') && !context.includeDeleted)
    filters.push({ sql: `NOT ${scope.resolve(['IsArchived']).sql}`, parameters: [] });
  const visible = context.access.rows?.filter(object, scope.alias);
  if (visible !== undefined) filters.push({ sql: visible, parameters: [] });
  if (query.groupBy) tail.push(`GROUP BY ${groupColumns(query.groupBy, scope).join(', ')}`);
  if (query.having) {
    const having = havingSql(query.having, scope);
    tail.push(`HAVING ${having.sql}`);
    plan.parameters = having.parameters;
  }
  const order = orderSql(query.orderBy, scope, isAggregate);
  if (!isCount)
    tail.push(
      `ORDER BY ${[...order, ...(isAggregate ? [] : [`${scope.alias}.rowid`])].join(', ')}`.replace(
        /^ORDER BY $/,
        '',
      ),
    );
  // A limit on children counts per parent; it is applied when they are handed out.
  if (!parentField && !isCount && (query.limit !== undefined || query.offset !== undefined))
    tail.push(`LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`);
  if (parentField)
    filters.push({
      sql: `${scope.alias}."${parentField.name}" IN (SELECT value FROM json_each(?))`,
      parameters: [],
    });
  const where = filters.length > 0 ? `WHERE ${filters.map((f) => `(${f.sql})`).join(' AND ')}` : '';
  plan.parameters = [...filters.flatMap((f) => f.parameters), ...plan.parameters];
  plan.sql = [`SELECT ${select.join(', ')} FROM ${scope.from()}`, where, ...tail]
    .filter((part) => part !== '')
    .join(' ');
  if (isCount && query.limit !== undefined)
    plan.sql = `SELECT min(c, ${query.limit}) FROM (${plan.sql.replace('count(*)', 'count(*) c')})`;
  return plan;
}

function recordColumns(
  fields: FieldType[],
  scope: Scope,
  plan: Plan,
  add: (sql: string) => number,
  context: CompileContext,
): void {
  const idOf = (path: string[], object: ObjectDef): void => {
    const key = path.join('.').toLowerCase();
    if (plan.ids.some((id) => id.path.join('.').toLowerCase() === key)) return;
    plan.ids.push({ path, object, index: add(scope.idOf(path)) });
  };
  idOf([], scope.root);
  for (const item of fields) {
    switch (item.type) {
      case 'Field':
      case 'FieldRelationship': {
        if (item.type === 'Field' && item.alias)
          throw malformed('Only aggregate expressions use field aliasing');
        const prefix = item.type === 'FieldRelationship' ? item.relationships : [];
        const { sql, field, path, object } = scope.resolve([...prefix, item.field]);
        for (let depth = 1; depth <= path.length; depth++) {
          const step = path.slice(0, depth);
          idOf(step, depth === path.length ? object : objectAt(scope, step));
        }
        const twice = plan.columns.some((c) => c.key === field.name && c.path.join('.') === path.join('.'));
        if (twice)
          throw new OrgError(
            400,
            'INVALID_FIELD',
            `duplicate field selected: ${[...path, field.name].join('.')}`,
          );
        plan.columns.push({ path, key: field.name, field, index: add(sql) });
        break;
      }
      case 'FieldSubquery':
        plan.children.push(childPlan(item.subquery, scope, context));
        break;
      case 'FieldFunctionExpression':
        throw notModelled(`SOQL function ${item.functionName}`);
      case 'FieldTypeof':
        throw notModelled('TYPEOF');
      default:
        item satisfies never;
    }
  }
}

const objectAt = (scope: Scope, path: string[]): ObjectDef => scope.resolve([...path, 'Id']).object;

function childPlan(query: Subquery, scope: Scope, context: CompileContext): Child {
  const wanted = query.relationshipName.toLowerCase();
  for (const object of context.schema.objects.values()) {
    if (!context.access.canRead(object)) continue;
    for (const field of object.fields.values()) {
      if (
        field.childRelationshipName?.toLowerCase() !== wanted ||
        !field.referenceTo?.includes(scope.root.name)
      )
        continue;
      const plan = compileOver(query, object, openScope(context, object), context, field);
      if (plan.kind !== 'rows') throw notModelled('aggregates in a child query');
      if (plan.children.length > 0) throw notModelled('child queries inside child queries');
      return { key: query.relationshipName, object, plan, limit: query.limit };
    }
  }
  throw new OrgError(
    400,
    'INVALID_TYPE',
    `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a ` +
      "custom relationship, be sure to append the '__r' after the custom relationship name.",
  );
}

function aggregateColumns(
  fields: FieldType[],
  scope: Scope,
  plan: Plan,
  add: (sql: string) => number,
  query: Query | Subquery,
): void {
  let unnamed = 0;
  const groups = query.groupBy ? groupColumns(query.groupBy, scope) : [];
  for (const item of fields) {
    if (item.type === 'FieldFunctionExpression') {
      const { sql, field } = aggregateColumn(item, scope);
      plan.columns.push({ path: [], key: item.alias ?? `expr${unnamed++}`, field, index: add(sql) });
    } else if (item.type === 'Field' || item.type === 'FieldRelationship') {
      const prefix = item.type === 'FieldRelationship' ? item.relationships : [];
      const { sql, field } = scope.resolve([...prefix, item.field]);
      if (!groups.includes(sql)) throw malformed(`Field must be grouped or aggregated: ${item.field}`);
      plan.columns.push({
        path: [],
        key: ('alias' in item ? item.alias : undefined) ?? field.name,
        field,
        index: add(sql),
      });
    } else throw notModelled('child queries and TYPEOF in an aggregate query');
  }
}
