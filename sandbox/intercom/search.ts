import {
  compareIds,
  compareValues,
  decodeCursor,
  encodeCursor,
  type Cursor,
  type SortValue,
} from './cursor.ts';
import { boundsOf, compile, type Bounds, type Fields } from './filter.ts';
import type { Quirks } from './quirks.ts';
import type { Refusal } from './refusal.ts';
import { invalid, mismatch, notModelled } from './refusal.ts';
import { firstAfter } from './sorted.ts';

const MAX_PER_PAGE = 150;
const KEPT_RESULTS = 32;

/** What can be searched, and how. */
export interface Searchable<Row, View> {
  readonly fields: Fields<Row, View>;
  readonly idOf: (row: Row) => string;
  /** A field of numbers, compared as they are, in whose order the rows stand; null where there is none. */
  readonly orderedBy: string | null;
  readonly perPage: number;
  readonly wrongOrder: (order: unknown) => Refusal;
}

export interface CursorPages {
  readonly type: 'pages';
  readonly page: number;
  readonly per_page: number;
  readonly total_pages: number;
  readonly next?: { readonly per_page: number; readonly starting_after: string };
}

export interface SearchPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly pages: CursorPages;
}

interface Sorted<Row> {
  readonly row: Row;
  readonly id: string;
  readonly value: SortValue;
}

interface Asked {
  readonly query: unknown;
  readonly perPage: number;
  readonly cursor: Cursor | null;
  readonly sortBy: string;
  readonly ascending: boolean;
}

/** Answers one page of a search. */
export type Search<Row, View> = (
  body: unknown,
  /** At least those within the bounds. */
  rows: (bounds: Bounds) => readonly Row[],
  view: View & { readonly now: number; readonly version: number },
  quirks: Pick<Quirks, 'rowsAcrossPages'>,
) => SearchPage<Row>;

/**
 * Makes a search that keeps the sorted results of its last queries, so that paging through 100,000 rows sorts
 * them once.
 *
 * @throws Refusal as Intercom refuses what it cannot read
 * @see https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/pagination
 * @example makeSearch(CONVERSATIONS)({ query, pagination: { per_page: 150 } }, () => entries, view, quirks).total // => 3000
 */
export function makeSearch<Row, View>(searchable: Searchable<Row, View>): Search<Row, View> {
  const kept = new Map<string, readonly Sorted<Row>[]>();
  return (body, rows, view, { rowsAcrossPages }) => {
    const asked = readBody(body, searchable);
    const { query, sortBy, ascending, perPage, cursor } = asked;
    const matches = compile(query, searchable.fields);
    const key = JSON.stringify([query, sortBy, ascending, view.now, view.version]);
    let sorted = kept.get(key);
    if (sorted === undefined) {
      const sortField = searchable.fields.get(sortBy);
      sorted = rows(boundsOf(query, searchable.orderedBy))
        .filter((row) => matches(row, view))
        .map((row) => ({
          row,
          id: searchable.idOf(row),
          value: (sortField?.read(row, view) ?? null) as SortValue,
        }))
        .sort((one, other) => compare(one, other) * (ascending ? 1 : -1));
      kept.set(key, sorted);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_RESULTS && oldest !== undefined) kept.delete(oldest);
    }
    const begin =
      cursor === null
        ? 0
        : moved(
            firstAfter(sorted, (row) => compare(row, cursor) * (ascending ? 1 : -1) > 0),
            rowsAcrossPages,
          );
    const page = sorted.slice(begin, begin + perPage);
    const number = cursor?.page ?? 1;
    const last = page.at(-1);
    const more = begin + perPage < sorted.length;
    return {
      rows: page.map(({ row }) => row),
      total: sorted.length,
      pages: {
        type: 'pages',
        ...(more && last
          ? {
              next: {
                per_page: perPage,
                starting_after: encodeCursor({ value: last.value, id: last.id, page: number + 1 }),
              },
            }
          : {}),
        page: number,
        per_page: perPage,
        total_pages: Math.ceil(sorted.length / perPage),
      },
    };
  };
}

const compare = (one: Pick<Cursor, 'value' | 'id'>, other: Pick<Cursor, 'value' | 'id'>): number =>
  compareValues(one.value, other.value) || compareIds(one.id, other.id);

function moved(begin: number, how: Quirks['rowsAcrossPages']): number {
  switch (how) {
    case 'exact':
      return begin;
    case 'repeated':
      return Math.max(0, begin - 1);
    case 'skipped':
      return begin + 1;
  }
}

function readBody<Row, View>(body: unknown, { fields, perPage, wrongOrder }: Searchable<Row, View>): Asked {
  if (!isRecord(body)) throw invalid('the body has to be a JSON object');
  const { query, pagination, sort, ...rest } = body;
  refuseMore(rest, 'in the body of a search');
  if (query === undefined) throw invalid('query is missing', 'query');
  const paging = record(pagination, 'pagination');
  const { per_page: wanted = perPage, starting_after: after, ...morePaging } = paging;
  refuseMore(morePaging, 'in pagination');
  if (!Number.isInteger(wanted)) throw mismatch('per_page has to be an integer', 'per_page');
  if ((wanted as number) < 1) throw invalid('per_page has to be at least 1', 'per_page');
  if ((wanted as number) > MAX_PER_PAGE) {
    throw invalid(`Per Page is too big: ${String(wanted)}, the limit is ${MAX_PER_PAGE}`, 'per_page');
  }
  const { field = 'updated_at', order = 'descending', ...moreSort } = record(sort, 'sort');
  refuseMore(moreSort, 'in sort');
  if (order !== 'ascending' && order !== 'descending') throw wrongOrder(order);
  const sortable = typeof field === 'string' ? fields.get(field) : undefined;
  if (typeof field !== 'string' || sortable === undefined) {
    throw invalid(`${JSON.stringify(field)} is not a field to sort by`, 'sort.field');
  }
  if (field !== 'id' && sortable.type !== 'date' && sortable.type !== 'integer') {
    throw notModelled(`sorting by ${field}; use id, a date or an integer`, 'sort.field');
  }
  return {
    query,
    perPage: wanted as number,
    cursor: after === undefined || after === null ? null : decodeCursor(after),
    sortBy: field,
    ascending: order === 'ascending',
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw mismatch(`${name} has to be an object`, name);
  return value;
}

function refuseMore(rest: Readonly<Record<string, unknown>>, where: string): void {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw notModelled(`${JSON.stringify(name)} ${where}`, name);
}
