import { invalid, mismatch } from './refusal.ts';

export type FieldType = 'string' | 'integer' | 'date' | 'boolean';
export type Value = string | number | boolean | null | readonly string[];

/** A field that a search accepts. */
export interface Field<Row, View> {
  readonly type: FieldType;
  readonly read: (row: Row, view: View) => Value;
  /** In place of those of its type. */
  readonly operators?: readonly Operator[];
  /** Compared by calendar day (UTC) and not by second. */
  readonly byDay?: boolean;
}

export type Fields<Row, View> = ReadonlyMap<string, Field<Row, View>>;
export type Predicate<Row, View> = (row: Row, view: View) => boolean;
export type Operator = '=' | '!=' | 'IN' | 'NIN' | '>' | '<' | '~' | '!~' | '^' | '$';

const MAX_NESTING = 2;
const MAX_FILTERS = 15;
const DAY = 86_400;
const ALL: readonly Operator[] = ['=', '!=', 'IN', 'NIN'];
const OPERATORS: Readonly<Record<FieldType, readonly Operator[]>> = {
  string: [...ALL, '~', '!~', '^', '$'],
  integer: [...ALL, '>', '<'],
  date: [...ALL, '>', '<'],
  boolean: ALL,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Turns a search query into a predicate, refusing what Intercom refuses: unknown fields and operators, values of
 * another type, more than two levels, more than 15 filters in a group. `>` and `<` leave the value itself out;
 * the vendor's page says "or equal", its users observe otherwise.
 *
 * @throws Refusal parameter_invalid or type_mismatch
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations
 * @example compile({ field: 'state', operator: '=', value: 'open' }, CONVERSATION_FIELDS)(entry, view) // => true
 */
export function compile<Row, View>(
  query: unknown,
  fields: Fields<Row, View>,
  level = 0,
): Predicate<Row, View> {
  if (!isRecord(query)) throw invalid('expected query to be a filter or a group of filters', 'query');
  const { field, operator, value, ...rest } = query;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw invalid(`unknown member ${JSON.stringify(unknown)} of a filter`, unknown);
  if (field !== undefined) return compileFilter(field, operator, value, fields);
  if (operator !== 'AND' && operator !== 'OR') {
    throw invalid('a query without a field has to be a group with the operator AND or OR', 'operator');
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid(`the value of ${operator} has to be a list of filters`, 'value');
  }
  if (level >= MAX_NESTING) throw invalid(`more than ${MAX_NESTING} nested groups`, 'query');
  if (value.length > MAX_FILTERS) {
    throw invalid(`${value.length} filters in a group, the limit is ${MAX_FILTERS}`, 'query');
  }
  const parts = value.map((part: unknown) => compile(part, fields, level + 1));
  return operator === 'AND'
    ? (row, view) => parts.every((part) => part(row, view))
    : (row, view) => parts.some((part) => part(row, view));
}

/** What a value lies between, without the two themselves. */
export interface Bounds {
  readonly above: number;
  readonly below: number;
}

const ANYWHERE: Bounds = { above: -Infinity, below: Infinity };

/**
 * What the numbers of a field must lie between for a row to be found at all, as far as the query says so itself: rows
 * that stand in the order of the field need not all be looked at.
 *
 * @param query one that {@link compile} takes
 * @param name null for rows in no such order
 * @example boundsOf({ field: 'created_at', operator: '>', value: 5 }, 'created_at') // => { above: 5, below: Infinity }
 */
export function boundsOf(query: unknown, name: string | null): Bounds {
  if (!isRecord(query)) return ANYWHERE;
  const { field, operator, value } = query;
  if (operator === 'AND' && Array.isArray(value)) {
    const parts = value.map((part: unknown) => boundsOf(part, name));
    return {
      above: Math.max(...parts.map(({ above }) => above)),
      below: Math.min(...parts.map(({ below }) => below)),
    };
  }
  if (field !== name) return ANYWHERE;
  if (operator === '>') return { ...ANYWHERE, above: Number(value) };
  if (operator === '<') return { ...ANYWHERE, below: Number(value) };
  return ANYWHERE;
}

function compileFilter<Row, View>(
  name: unknown,
  operator: unknown,
  value: unknown,
  fields: Fields<Row, View>,
): Predicate<Row, View> {
  const field = typeof name === 'string' ? fields.get(name) : undefined;
  if (typeof name !== 'string' || field === undefined) {
    throw invalid(
      `${JSON.stringify(name)} is not a field that can be searched`,
      typeof name === 'string' ? name : 'field',
    );
  }
  const accepted = field.operators ?? OPERATORS[field.type];
  const chosen = accepted.find((one) => one === operator);
  if (chosen === undefined) {
    throw invalid(
      `operator ${JSON.stringify(operator)} does not go with ${name}; use ${accepted.join(' ')}`,
      name,
    );
  }
  const matches = matcher(chosen, value, name, field);
  return (row, view) => matches(field.read(row, view));
}

type Scalar = string | number | boolean | null;

const isList = (value: Value): value is readonly string[] => typeof value === 'object' && value !== null;

function matcher<Row, View>(
  operator: Operator,
  value: unknown,
  name: string,
  { type, byDay = false }: Field<Row, View>,
): (read: Value) => boolean {
  const one = (raw: unknown) => typed(raw, type, name);
  const text = () => String(typed(value, type, name)).toLowerCase();
  const start = (raw: unknown) => Math.floor(Number(one(raw)) / DAY) * DAY;
  // A single value is not put into a list first: a search looks at every conversation there ever was.
  const any = (test: (scalar: Scalar) => boolean) => (read: Value) =>
    isList(read) ? read.some(test) : test(read);
  const texts = (test: (read: string, wanted: string) => boolean) => {
    const wanted = text();
    return any((scalar) => typeof scalar === 'string' && test(scalar.toLowerCase(), wanted));
  };
  const not = (test: (read: Value) => boolean) => (read: Value) => !test(read);
  const equals = () => {
    if (value === null) return any((scalar) => scalar === null);
    if (byDay) {
      const day = start(value);
      return any((scalar) => typeof scalar === 'number' && scalar >= day && scalar < day + DAY);
    }
    const wanted = one(value);
    return any((scalar) => scalar === wanted);
  };
  const within = () => {
    if (!Array.isArray(value) || value.length === 0) {
      throw mismatch(`${operator} needs a list of values for ${name}`, name);
    }
    const wanted = new Set<Scalar>(value.map(one));
    return any((scalar) => wanted.has(scalar));
  };
  switch (operator) {
    case '=':
      return equals();
    case '!=':
      return not(equals());
    case 'IN':
      return within();
    case 'NIN':
      return not(within());
    case '>': {
      const limit = byDay ? start(value) + DAY - 1 : Number(one(value));
      return any((scalar) => typeof scalar === 'number' && scalar > limit);
    }
    case '<': {
      const limit = byDay ? start(value) : Number(one(value));
      return any((scalar) => typeof scalar === 'number' && scalar < limit);
    }
    case '~':
      return texts((read, wanted) => read.includes(wanted));
    case '!~':
      return not(texts((read, wanted) => read.includes(wanted)));
    case '^':
      return texts((read, wanted) => read.startsWith(wanted));
    case '$':
      return texts((read, wanted) => read.endsWith(wanted));
  }
}

/** A number may come as text of digits: the vendor's own example does so. */
function typed(value: unknown, type: FieldType, name: string): string | number | boolean {
  switch (type) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'integer':
    case 'date':
      if (Number.isInteger(value)) return value as number;
      if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
      break;
  }
  const wanted = type === 'date' ? 'a date in UNIX seconds' : `of type ${type}`;
  throw mismatch(`the value of ${name} has to be ${wanted}, got ${JSON.stringify(value) ?? 'nothing'}`, name);
}
