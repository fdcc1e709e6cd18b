// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm

import type { Condition, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgError, notModelled } from '../errors.ts';
import type { Cell, FieldDef } from '../schema/types.ts';
import { operand, unquote } from './literal.ts';
import type { Literal } from './literal.ts';
import type { Scope } from './scope.ts';

export interface Filter {
  sql: string;
  parameters: Cell[];
}

export interface WhereContext {
  now: number;
  /** Compiles the query inside IN (SELECT …) to one column of ids. */
  semiJoin: (query: Query) => Filter;
}

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { leaf: Leaf };
type Leaf =
  Exclude<Condition, { openParen: number }> | { field: string; operator: string; valueQuery: Query };

const malformed = (message: string): OrgError => new OrgError(400, 'MALFORMED_QUERY', message);

/** The parser gives a list with counts of brackets; flattened here and put together again with every rule checked. */
function flatten(clause: WhereClause | undefined, found: Token[] = []): Token[] {
  if (!clause) return found;
  const left = clause.left as (Leaf & { openParen?: number; closeParen?: number }) | null;
  for (let i = 0; i < (left?.openParen ?? 0); i++) found.push('(');
  if (left && 'operator' in left) found.push({ leaf: left });
  for (let i = 0; i < (left?.closeParen ?? 0); i++) found.push(')');
  if ('operator' in clause) {
    found.push(clause.operator);
    return flatten(clause.right, found);
  }
  return found;
}

/**
 * Compiles WHERE to SQL of two truth values, as SOQL has: a comparison with an empty field is false, `!=` is true for
 * an empty field, and NOT turns either around.
 */
export function whereSql(clause: WhereClause, scope: Scope, context: WhereContext): Filter {
  const tokens = flatten(clause);
  const parameters: Cell[] = [];
  let position = 0;
  const columns: string[] = [];
  let semiJoins = 0;
  let usesOr = false;

  const peek = (): Token | undefined => tokens[position];

  function group(): string {
    const before = columns.length;
    let sql = unit();
    let joiner: 'AND' | 'OR' | undefined;
    for (let next = peek(); next === 'AND' || next === 'OR'; next = peek()) {
      if (joiner !== undefined && joiner !== next) throw malformed(`unexpected token: '${next}'`);
      joiner = next;
      if (next === 'OR') usesOr = true;
      position += 1;
      sql = `${sql} ${next} ${unit()}`;
    }
    // Custom metadata takes OR only between conditions on one column.
    if (joiner === 'OR' && scope.root.name.endsWith('__mdt') && new Set(columns.slice(before)).size > 1)
      throw malformed('OR across different columns is not supported on custom metadata types');
    return sql;
  }

  function unit(): string {
    const token = peek();
    position += 1;
    if (token === 'NOT') return `NOT ${unit()}`;
    if (token === '(') {
      const inner = group();
      if (peek() !== ')') throw malformed("expecting a right parenthesis, found 'end of query'");
      position += 1;
      return `(${inner})`;
    }
    if (typeof token !== 'object') throw malformed(`unexpected token: '${token ?? '<EOF>'}'`);
    if ('valueQuery' in token.leaf) semiJoins += 1;
    if ('field' in token.leaf) columns.push(token.leaf.field.toLowerCase());
    const { sql, parameters: own } = condition(token.leaf, scope, context);
    parameters.push(...own);
    return `(${sql})`;
  }

  const sql = group();
  if (position < tokens.length) throw malformed("unexpected token: ')'");
  if (semiJoins > 2) throw malformed('Only two semi join sub-selects are allowed');
  if (semiJoins > 0 && usesOr) throw malformed('Semi join sub-selects are not allowed with the OR operator');
  return { sql, parameters };
}

function literalsOf(leaf: Leaf): Literal[] {
  const part = leaf as {
    value: string | string[];
    literalType?: string | string[];
    dateLiteralVariable?: number | number[];
  };
  const texts = Array.isArray(part.value) ? part.value : [part.value];
  return texts.map((text, i) => {
    const kind = Array.isArray(part.literalType) ? part.literalType[i] : part.literalType;
    const n = Array.isArray(part.dateLiteralVariable)
      ? part.dateLiteralVariable[i]
      : part.dateLiteralVariable;
    return { text, kind: kind ?? 'STRING', ...(n === undefined ? {} : { n }) };
  });
}

function condition(leaf: Leaf, scope: Scope, context: WhereContext): Filter {
  if ('fn' in leaf) throw notModelled(`function ${leaf.fn.functionName ?? ''} in a filter`);
  const { sql, field } = scope.resolve(leaf.field.split('.'));
  const operator = leaf.operator.toUpperCase();
  if (!field.filterable)
    throw new OrgError(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  if ('valueQuery' in leaf) {
    if (field.type !== 'id' && field.type !== 'reference')
      throw malformed(`The left operand of a semi join must be an id or reference field: ${field.name}`);
    const inner = context.semiJoin(leaf.valueQuery);
    const among = `${sql} IN (${inner.sql})`;
    return {
      sql: operator === 'NOT IN' ? `(${sql} IS NULL OR NOT ${among})` : `${sql} IS NOT NULL AND ${among}`,
      parameters: inner.parameters,
    };
  }
  const literals = literalsOf(leaf);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return includes(sql, field, operator, literals);
  if (operator === 'LIKE') return like(sql, field, literals);
  const operands = literals.map((literal) => operand(field, literal, context.now));
  if (operator === 'IN' || operator === 'NOT IN') {
    const cells = operands.map((o) => {
      if (!('cell' in o)) throw notModelled('date literals in an IN list');
      return o.cell;
    });
    const marks = cells.map(() => '?').join(', ');
    const orNull = cells.includes(null) ? `${sql} IS NULL OR ` : '';
    const among = `(${orNull}${sql} IS NOT NULL AND ${sql} IN (${marks}))`;
    return { sql: operator === 'IN' ? among : `NOT ${among}`, parameters: cells };
  }
  const [only] = operands;
  if (operands.length !== 1 || !only) throw malformed(`unexpected list after ${operator}`);
  return compare(sql, field, operator, only);
}

function compare(sql: string, field: FieldDef, operator: string, value: ReturnType<typeof operand>): Filter {
  if ('cell' in value) {
    if (operator === '=') return { sql: `${sql} IS ?`, parameters: [value.cell] };
    if (operator === '!=' || operator === '<>') return { sql: `${sql} IS NOT ?`, parameters: [value.cell] };
    if (field.type === 'boolean' || value.cell === null)
      throw new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
    return { sql: `${sql} IS NOT NULL AND ${sql} ${operator} ?`, parameters: [value.cell] };
  }
  const { from, to } = value;
  switch (operator) {
    case '=':
      return { sql: `${sql} IS NOT NULL AND ${sql} >= ? AND ${sql} < ?`, parameters: [from, to] };
    case '!=':
      return { sql: `${sql} IS NULL OR ${sql} < ? OR ${sql} >= ?`, parameters: [from, to] };
    case '<':
      return { sql: `${sql} IS NOT NULL AND ${sql} < ?`, parameters: [from] };
    case '<=':
      return { sql: `${sql} IS NOT NULL AND ${sql} < ?`, parameters: [to] };
    case '>':
      return { sql: `${sql} IS NOT NULL AND ${sql} >= ?`, parameters: [to] };
    default:
      return { sql: `${sql} IS NOT NULL AND ${sql} >= ?`, parameters: [from] };
  }
}

function like(sql: string, field: FieldDef, literals: Literal[]): Filter {
  if (!['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'].includes(field.type))
    throw new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
  // A backslash before % or _ keeps it literal; any other backslash is just one. NUL marks the former meanwhile.
  const marked = (literals[0]?.text ?? '').replace(/\\([%_])/g, '\0$1');
  const pattern = unquote(marked).replaceAll('\\', '\\\\').replaceAll('\0', '\\');
  return { sql: `${sql} IS NOT NULL AND ${sql} LIKE ? ESCAPE '\\'`, parameters: [pattern] };
}

/** `INCLUDES ('A;B', 'C')`: both A and B, or C. */
function includes(sql: string, field: FieldDef, operator: string, literals: Literal[]): Filter {
  if (field.type !== 'multipicklist')
    throw new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.type} field`);
  const parameters: Cell[] = [];
  const any = literals.map((literal) => {
    const all = unquote(literal.text).split(';');
    parameters.push(...all.map((value) => `;${value.toLowerCase()};`));
    return `(${all.map(() => `instr(lower(';' || ${sql} || ';'), ?) > 0`).join(' AND ')})`;
  });
  const among = `(${sql} IS NOT NULL AND (${any.join(' OR ')}))`;
  return { sql: operator === 'INCLUDES' ? among : `NOT ${among}`, parameters };
}
