import { invalid, notFound, Refusal } from './answers.ts';
import { EXPLORES, MODEL, type Explore, type Field } from './model.ts';

/** A query as Looker keeps it. */
export interface Query {
  readonly model: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly filters: Readonly<Record<string, string>>;
  readonly sorts: readonly string[];
  readonly limit: string | null;
  readonly query_timezone: string | null;
}

/** A query whose every name is known. */
export interface Checked {
  readonly query: Query;
  readonly explore: Explore;
  readonly fields: readonly Field[];
  readonly sorts: readonly { readonly field: Field; readonly descending: boolean }[];
}

const TEXTS = ['model', 'view', 'limit', 'query_timezone', 'filter_expression', 'column_limit', 'row_total'];
const LISTS = ['fields', 'sorts', 'pivots', 'fill_fields', 'subtotals'];
/** Of a query, and of no use here. */
const OTHERS = [
  'client_id',
  'slug',
  'vis_config',
  'filter_config',
  'visible_ui_sections',
  'total',
  'can',
  'id',
];
/** Would change the rows in ways that this stand-in does not know. */
const UNKNOWN = [
  'pivots',
  'filter_expression',
  'subtotals',
  'dynamic_fields',
  'total',
  'row_total',
  'fill_fields',
];

/**
 * Reads the body of a query.
 *
 * @throws Refusal 422 with the field that is wrong, as the vendor's description has its types: a limit is a text
 */
export function readQuery(body: unknown): Query {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'The body is not a JSON object');
  }
  const given = Object.entries(body as Record<string, unknown>).filter(([, value]) => value !== null);
  for (const [key, value] of given) {
    const isFilters = key === 'filters' && isObjectOfTexts(value);
    const isText = TEXTS.includes(key) && typeof value === 'string';
    const isList =
      LISTS.includes(key) && Array.isArray(value) && value.every((each) => typeof each === 'string');
    if (UNKNOWN.includes(key) && !isEmpty(value)) {
      throw invalid(key, `this stand-in does not know ${key}; leave it out`, 'unsupported');
    }
    if (!isFilters && !isText && !isList && !OTHERS.includes(key) && !UNKNOWN.includes(key)) {
      throw invalid(key, `${key} is unknown or has the wrong type`);
    }
  }
  const query = Object.fromEntries(given) as Partial<Query>;
  if (query.model === undefined) throw invalid('model', 'model is required', 'missing_field');
  if (query.view === undefined) throw invalid('view', 'view is required', 'missing_field');
  if (query.limit !== undefined && !/^(-1|\d{1,9})$/.test(query.limit ?? '')) {
    throw invalid('limit', `limit "${query.limit}" is not a whole number`);
  }
  return {
    model: query.model,
    view: query.view,
    fields: query.fields ?? [],
    filters: query.filters ?? {},
    sorts: query.sorts ?? [],
    limit: query.limit ?? null,
    query_timezone: query.query_timezone ?? null,
  };
}

/**
 * Finds what a query names.
 *
 * @throws Refusal 404 for a model or explore that is not there, or not to be seen; 400 without any field; 422 for an
 * unknown field or time zone
 */
export function checkQuery(query: Query): Checked {
  const explore = query.model === MODEL ? EXPLORES.find(({ name }) => name === query.view) : undefined;
  if (explore === undefined) throw notFound();
  if (query.fields.length === 0) throw new Refusal(400, 'Must query at least one dimension or measure');
  const fieldOf = (name: string, where: string): Field => {
    const field = explore.fields.find((each) => each.name === name);
    if (field !== undefined) return field;
    throw invalid(where, `Unknown field "${name}" in explore "${explore.name}"`);
  };
  for (const name of Object.keys(query.filters)) {
    if (fieldOf(name, 'filters').kind === 'measure') {
      throw invalid(`filters.${name}`, 'this stand-in does not filter by measures', 'unsupported');
    }
  }
  if (query.query_timezone !== null && !isTimeZone(query.query_timezone)) {
    throw invalid('query_timezone', `"${query.query_timezone}" is not a time zone`);
  }
  return {
    query,
    explore,
    fields: query.fields.map((name) => fieldOf(name, 'fields')),
    sorts: query.sorts.map((text) => {
      const [, name = '', direction] = /^(\S+)(?: +(asc|desc))?(?: +\d+)?$/i.exec(text.trim()) ?? [];
      return { field: fieldOf(name, 'sorts'), descending: direction?.toLowerCase() === 'desc' };
    }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const isObjectOfTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'string');

const isEmpty = (value: unknown): boolean =>
  value === '' || value === false || (Array.isArray(value) && value.length === 0);
