// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm

import { OrgError, notModelled } from '../errors.ts';
import { to18 } from '../id.ts';
import type { Cell, FieldDef } from '../schema/types.ts';
import { literalDays } from './dates.ts';

/** One literal as the parser hands it over: text as written, and what kind it is. */
export interface Literal {
  text: string;
  kind: string;
  n?: number;
}

/** What a literal compares with: one cell, or the days that a date literal means. */
export type Operand = { cell: Cell } | { from: string; to: string };

const wrongType = (field: FieldDef, expected: string): OrgError =>
  new OrgError(
    400,
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${expected} and should ` +
      `${expected === 'string' ? '' : 'not '}be enclosed in quotes`,
  );

/** @example unquote("'it\\'s'") // => "it's" */
export function unquote(text: string): string {
  const inner = /^'([\s\S]*)'$/.exec(text)?.[1] ?? text;
  return inner.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.startsWith('u') && code.length === 5) return String.fromCharCode(parseInt(code.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[code] ?? code;
  });
}

/** Ids of 15 characters stand for those of 18. @throws OrgError when it is no id at all. */
export function idLiteral(text: string): string {
  if (/^[a-zA-Z0-9]{15}$/.test(text)) return to18(text);
  if (/^[a-zA-Z0-9]{18}$/.test(text)) return text;
  throw new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
}

function moment(text: string): string {
  const time = new Date(text.replace(' ', '+'));
  if (Number.isNaN(time.getTime()))
    throw new OrgError(400, 'MALFORMED_QUERY', `line 1: no viable alternative at '${text}'`);
  return time.toISOString();
}

/**
 * A literal as the value that the field's column holds.
 *
 * @throws OrgError INVALID_FIELD when the literal's type is not the field's, as Salesforce does.
 */
export function operand(field: FieldDef, literal: Literal, now: number): Operand {
  if (literal.kind === 'NULL') return { cell: null };
  if (literal.kind === 'DATE_LITERAL' || literal.kind === 'DATE_N_LITERAL') {
    if (field.type !== 'date' && field.type !== 'datetime') throw wrongType(field, 'string');
    const name = literal.text.split(':')[0] ?? '';
    const days = literalDays(name, literal.n ?? 0, now);
    if (!days) throw notModelled(`date literal ${literal.text}`);
    if (field.type === 'date') return days;
    return { from: `${days.from}T00:00:00.000Z`, to: `${days.to}T00:00:00.000Z` };
  }
  switch (field.type) {
    case 'date':
      if (literal.kind !== 'DATE') throw wrongType(field, 'date');
      return { cell: literal.text };
    case 'datetime':
      if (literal.kind !== 'DATETIME') throw wrongType(field, 'dateTime');
      return { cell: moment(literal.text) };
    case 'boolean':
      if (literal.kind !== 'BOOLEAN') throw wrongType(field, 'boolean');
      return { cell: literal.text.toUpperCase() === 'TRUE' ? 1 : 0 };
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (literal.kind !== 'INTEGER' && literal.kind !== 'DECIMAL') throw wrongType(field, 'double');
      return { cell: Number(literal.text) };
    case 'id':
    case 'reference':
    case 'string':
    case 'textarea':
    case 'email':
    case 'phone':
    case 'url':
    case 'combobox':
    case 'picklist':
    case 'multipicklist':
    case 'anyType': {
      if (literal.kind !== 'STRING') throw wrongType(field, 'string');
      const text = unquote(literal.text);
      const isId = field.type === 'id' || field.type === 'reference';
      if (isId) return { cell: text === '' ? null : idLiteral(text) };
      return { cell: text === '' ? null : text };
    }
    default:
      return field.type satisfies never;
  }
}
