import type { Connection } from 'jsforce';
import { checked, QUERY_PAGE, unexpected } from './salesforce-answers.ts';
import { bulkQuery, type BulkDeps } from './salesforce-bulk.ts';
import { checkVersion, type Describe, type Description } from './salesforce-describe.ts';
import { explain } from './salesforce-errors.ts';
import type { Again } from './salesforce-again.ts';

/** Above so many rows a query job takes fewer calls than pages of 2,000. */
const BULK_QUERY_ABOVE = 50_000;

type Row = Readonly<Record<string, unknown>>;

/** How a query is to be read. */
export interface QueryOptions {
  /** Archived and deleted rows too (`queryAll`): conditions must say which of the deleted are wanted. */
  readonly archived?: boolean;
}

export interface QueryDeps {
  readonly connection: Connection;
  readonly describe: Describe;
  readonly bulk: BulkDeps;
  readonly again: Again;
  /** Rows above which a query job reads them; {@link BULK_QUERY_ABOVE} when absent. */
  readonly bulkAbove?: number | undefined;
}

/** Every row of a query, all pages; see `Salesforce.query`. */
export type Query = (soql: string, options?: QueryOptions) => Promise<readonly Row[]>;

/**
 * Reads queries whole: what contradicts itself, such as fewer rows than the org counted or pages whose end is not
 * marked, is asked for once more from the beginning, and then a failed read.
 */
export function makeQuery({ connection, describe, bulk, again, bulkAbove }: QueryDeps): Query {
  return async (soql, { archived = false } = {}) => {
    const object = / FROM (\w+)/i.exec(soql)?.[1] ?? '';
    const what = `query ${object}`;
    const ask = async (path: string) => checked(QUERY_PAGE, await connection.request<unknown>(path), what);

    const readAll = async (): Promise<readonly Row[]> => {
      const resource = archived ? 'queryAll' : 'query';
      let page = await ask(`/${resource}?q=${encodeURIComponent(soql)}`);
      const total = page.totalSize;
      if (total > (bulkAbove ?? BULK_QUERY_ABOVE)) {
        const found = await bulkQuery(bulk, soql, { archived });
        return typed(found, await describe(object));
      }
      const rows: Row[] = [];
      const addresses = new Set<string>();
      const keepOnce = (record: Row): void => {
        const address = addressOf(record);
        // Two rows of one record: another one is missing, whatever the count says.
        if (address !== null && addresses.has(address))
          throw unexpected(what, 'found the same record twice, expected each once');
        if (address !== null) addresses.add(address);
        rows.push(fieldsOf(record));
      };
      const seen = new Set<string>();
      // Not autoFetch: it stops at 10,000 rows without a word.
      while (!page.done) {
        const { records, nextRecordsUrl: next } = page;
        const reached = rows.length + records.length;
        if (next == null)
          throw unexpected(what, 'found no mark of the next page on one that is not the last, expected one');
        if (seen.has(next)) throw unexpected(what, 'found the same page twice, expected the next');
        if (records.length === 0 || reached > total) throw counted(what, reached, total);
        seen.add(next);
        for (const record of records) keepOnce(record);
        page = await ask(next);
      }
      if (page.nextRecordsUrl != null)
        throw unexpected(what, 'found the mark of a next page on the last one, expected none');
      for (const record of page.records) keepOnce(record);
      if (rows.length !== total || page.totalSize !== total) throw counted(what, rows.length, page.totalSize);
      return rows;
    };

    try {
      return await again(what, readAll);
    } catch (error) {
      if ((error as { errorCode?: unknown } | null)?.errorCode === 'NOT_FOUND')
        await checkVersion(connection);
      throw explain(error, what);
    }
  };
}

/** A record without what the org adds to it. */
const fieldsOf = ({ attributes: _, ...fields }: Row): Row => fields;

/** Where a record lives; null for a row that is none, as of a count by group. */
function addressOf({ attributes, Id: id }: Row): string | null {
  const url = (attributes as { url?: unknown } | null | undefined)?.url;
  return typeof id === 'string' ? id : typeof url === 'string' ? url : null;
}

const counted = (what: string, found: number, total: number) =>
  unexpected(what, `found ${found} rows, expected the ${total} that the org counted`);

const NUMBERS = new Set(['double', 'currency', 'percent', 'int', 'long']);

/**
 * Bulk results are texts: numbers and flags get their types back from what describe says, and fields of parents stand
 * below them again, as a query gives them. No field of a parent is described here: those stay texts.
 */
function typed(rows: readonly Record<string, string | null>[], description: Description | null): Row[] {
  const convert = (name: string, text: string | null): unknown => {
    const type = description?.fields.get(name)?.type ?? 'string';
    if (text === null) return type === 'boolean' ? false : null;
    if (type === 'boolean') return text === 'true';
    return NUMBERS.has(type) ? Number(text) : text;
  };
  return rows.map((row) => {
    const result: Record<string, unknown> = {};
    for (const [column, text] of Object.entries(row)) {
      const [name = '', field] = column.split('.', 2);
      if (field === undefined) result[name] = convert(name, text);
      else place(result, column.split('.'), text);
    }
    return result;
  });
}

/** Puts a parent's field where a query would give it; a parent of which nothing is known is null. */
function place(row: Record<string, unknown>, path: readonly string[], text: string | null): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    row[name] = text;
    return;
  }
  if (text === null) {
    row[name] ??= null;
    return;
  }
  const parent = (row[name] ?? {}) as Record<string, unknown>;
  row[name] = parent;
  place(parent, rest, text);
}
