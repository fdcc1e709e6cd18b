// Source: https://developer.salesforce.com/docs/platform/graphql/guide/query-record-objects.html

import { fieldOf, objectOf } from '../schema/types.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Plain } from './fields.ts';
import { invalid, undefinedField } from './problem.ts';

type Map_ = { [key: string]: Plain };
const isMap = (value: Plain): value is Map_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Comparison operators that take one value. */
const OPERATORS: Record<string, string> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
};
const LISTS: Record<string, string> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A value of a filter as a SOQL literal of the field's type. */
function literal(field: FieldDef, value: Plain): string {
  if (value === null) return 'null';
  const { type } = field;
  if (type === 'date' || type === 'datetime') return dateLiteral(field, value);
  if (type === 'boolean') {
    if (typeof value === 'boolean') return String(value);
  } else if (['int', 'double', 'currency', 'percent'].includes(type)) {
    if (typeof value === 'number') return String(value);
  } else if (typeof value === 'string') return quote(value);
  throw invalid(`WrongType: ${JSON.stringify(value)} is not a valid ${field.type} for ${field.name}`);
}

/** `{ value: "2026-10-01" }`, `{ literal: TODAY }` or `{ range: { last_n_days: 30 } }`. */
function dateLiteral(field: FieldDef, input: Plain): string {
  if (isMap(input)) {
    const { value, literal: name, range } = input;
    if (value === null) return 'null';
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
      return field.type === 'date' ? value.slice(0, 10) : new Date(value).toISOString();
    if (typeof name === 'string' && /^[A-Z_0-9]+$/.test(name)) return name;
    if (range !== undefined && isMap(range)) {
      const [[unit, n] = ['', null]] = Object.entries(range);
      if (/^[a-z_]+$/.test(unit) && typeof n === 'number') return `${unit.toUpperCase()}:${n}`;
    }
  }
  throw invalid(`WrongType: ${JSON.stringify(input)} is not a valid ${field.type} filter for ${field.name}`);
}

function comparison(field: FieldDef, path: string, filter: Plain, schema: Schema): string {
  if (!isMap(filter)) throw invalid(`WrongType: the filter of ${field.name} must be an object`);
  const parts = Object.entries(filter).map(([operator, value]) => {
    const single = OPERATORS[operator];
    if (single !== undefined) return `${path} ${single} ${literal(field, value)}`;
    const list = LISTS[operator];
    if (list !== undefined && Array.isArray(value)) {
      if (value.length === 0) throw invalid(`${operator} of ${field.name} needs at least one value`);
      return `${path} ${list} (${value.map((one) => literal(field, one)).join(', ')})`;
    }
    if ((operator === 'inq' || operator === 'ninq') && isMap(value))
      return semiJoin(path, operator, value, schema);
    throw invalid(`WrongType: operator '${operator}' is not defined for ${field.name}`);
  });
  if (parts.length === 0) throw invalid(`the filter of ${field.name} is empty`);
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
}

/** `{ inq: { Opportunity: { Type: { eq: "Renewal" } }, ApiName: "AccountId" } }` */
function semiJoin(path: string, operator: string, value: Map_, schema: Schema): string {
  const { ApiName: field, ...objects } = value;
  const [[name, filter] = ['', null]] = Object.entries(objects);
  const object = objectOf(schema, name);
  if (!object || typeof field !== 'string' || !fieldOf(object, field))
    throw invalid(`WrongType: ${operator} needs an object and ApiName`);
  const where =
    filter !== null && isMap(filter) && Object.keys(filter).length > 0
      ? ` WHERE ${whereSoql(object, filter, schema, '')}`
      : '';
  return `${path} ${operator === 'inq' ? 'IN' : 'NOT IN'} (SELECT ${field} FROM ${object.name}${where})`;
}

/** Field or parent of an object by the name in a filter or order. */
export function memberOf(object: ObjectDef, name: string, schema: Schema): FieldDef | { parent: ObjectDef } {
  const field = fieldOf(object, name);
  if (field) return field;
  const link = [...object.fields.values()].find((one) => one.relationshipName === name);
  const parent = link?.referenceTo?.length === 1 ? objectOf(schema, link.referenceTo[0] ?? '') : undefined;
  if (!parent) throw undefinedField(name, `${object.name}_Filter`, []);
  return { parent };
}

/**
 * A `where` of the UI API as SOQL, so that permissions and refusals are those of every other query.
 *
 * @example whereSoql(account, { Name: { like: 'A%' } }, schema, '') // => "Name LIKE 'A%'"
 */
export function whereSoql(object: ObjectDef, filter: Plain, schema: Schema, prefix: string): string {
  if (!isMap(filter)) throw invalid('WrongType: where must be an object');
  const parts = Object.entries(filter).map(([name, value]): string => {
    if (name === 'and' || name === 'or') {
      const list = Array.isArray(value) ? value : [value];
      return `(${list.map((one) => whereSoql(object, one, schema, prefix)).join(name === 'and' ? ' AND ' : ' OR ')})`;
    }
    if (name === 'not') return `(NOT ${whereSoql(object, value, schema, prefix)})`;
    const member = memberOf(object, name, schema);
    if ('parent' in member) return whereSoql(member.parent, value, schema, `${prefix}${name}.`);
    return comparison(member, `${prefix}${member.name}`, value, schema);
  });
  if (parts.length === 0) throw invalid('where is empty');
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
}

/** `{ CreatedDate: { order: DESC, nulls: LAST } }`, or a list of such. */
export function orderSoql(object: ObjectDef, order: Plain, schema: Schema, prefix = ''): string[] {
  if (Array.isArray(order)) return order.flatMap((one) => orderSoql(object, one, schema, prefix));
  if (!isMap(order)) throw invalid('WrongType: orderBy must be an object');
  return Object.entries(order).flatMap(([name, value]) => {
    const member = memberOf(object, name, schema);
    if ('parent' in member) return orderSoql(member.parent, value, schema, `${prefix}${name}.`);
    const { order: direction = 'ASC', nulls } = isMap(value) ? value : {};
    if (
      (direction !== 'ASC' && direction !== 'DESC') ||
      (nulls !== undefined && nulls !== 'FIRST' && nulls !== 'LAST')
    )
      throw invalid(`WrongType: the order of ${name} is ASC or DESC, nulls FIRST or LAST`);
    return [`${prefix}${member.name} ${direction}${nulls === undefined ? '' : ` NULLS ${nulls}`}`];
  });
}
