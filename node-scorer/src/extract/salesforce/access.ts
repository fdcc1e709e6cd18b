import type { Known } from '../../facts/index.ts';
import { ScorerError } from '../../errors.ts';
import type { Note } from '../extraction.ts';
import type { ObjectDescription, Row, SalesforceReader } from './client.ts';
import { populationConditions, soqlName, type Population } from './soql.ts';

export const SALESFORCE = 'salesforce';

/** Reads one object, and says why when it cannot: each group of facts fails by itself. */
export interface ObjectReader {
  /**
   * Rows of an object for the population, or why there are none: `no_permission` for an object that the user
   * does not see, `no_field` for a field that is not there or hidden (describe cannot tell which; both are
   * named in the note), `source_down` for a read that failed.
   */
  readonly read: (request: ReadRequest) => Promise<Known<readonly Row[]>>;
  readonly notes: Note[];
}

export interface ReadRequest {
  /** What these rows are for, as the notes and call counts name it. */
  readonly purpose: string;
  readonly object: string;
  /** The field that points at the account; its rows are limited to the population. */
  readonly account?: string;
  readonly fields: readonly string[];
  /** Builds the other conditions once the field types are known. */
  readonly where?: (describe: ObjectDescription) => readonly (string | undefined)[];
  readonly orderBy?: string;
  /** For an object without an account: conditions of which each gives a part of the rows. */
  readonly parts?: readonly string[];
  /** Archived rows too; deleted ones never. */
  readonly archived?: boolean;
  /** Nothing may be scored without these rows: a question that the org refuses is thrown. */
  readonly required?: boolean;
}

/**
 * A reader for one population. A read that failed is a reason, also one whose question the org refuses (too large, a
 * condition in sources.yaml that it does not understand): it loses what it was for, and the rest lives. Refused
 * credentials are thrown.
 */
export function makeObjectReader(client: SalesforceReader, population: Population): ObjectReader {
  const notes: Note[] = [];
  const note = (code: string, message: string) => notes.push({ source: SALESFORCE, code, message });

  const read = async (request: ReadRequest): Promise<Known<readonly Row[]>> => {
    const { purpose, object, archived = false, required = false } = request;
    let described = false;
    try {
      const description = await client.describe(soqlName(object));
      if (description === null || !description.queryable) {
        note(
          'no_permission',
          `${purpose}: found no object ${object} that the running user may read, expected one; deploy it or grant Read on it`,
        );
        return { missing: 'no_permission' };
      }
      const wanted = [...new Set([...request.fields, ...(request.account ? [request.account] : [])])];
      const absent = wanted.filter((field) => !description.fields.has(soqlName(field)));
      if (absent.length > 0) {
        note(
          'no_field',
          `${purpose}: found no field ${absent.map((field) => `${object}.${field}`).join(', ')}, expected to read it; deploy it or grant Read on it`,
        );
        return { missing: 'no_field' };
      }
      const conditions = [
        ...(request.where?.(description) ?? []).filter((each) => each !== undefined),
        ...(archived ? ['IsDeleted = false'] : []),
      ];
      const scopes = request.account
        ? populationConditions(request.account, population, conditions)
        : (request.parts ?? ['']);
      described = true;
      const pages = await Promise.all(
        scopes.map((scope) => {
          const all = [...conditions, scope].filter((condition) => condition !== '');
          const where = all.length === 0 ? '' : ` WHERE ${all.map((each) => `(${each})`).join(' AND ')}`;
          const order = request.orderBy === undefined ? '' : ` ORDER BY ${soqlName(request.orderBy)}`;
          return client.query(`SELECT ${wanted.join(', ')} FROM ${object}${where}${order}`, { archived });
        }),
      );
      return { known: pages.flat() };
    } catch (error) {
      if (!(error instanceof ScorerError)) throw error;
      const isRefused = described && !required && error.code === 'SOURCE_SETTINGS';
      if (error.kind !== 'transient' && !isRefused) throw error;
      note(error.code, `${purpose}: ${error.message}`);
      return { missing: 'source_down' };
    }
  };
  return { read, notes };
}

/**
 * Rows by the account they point at. Rows without an account are left out: they tell of none.
 *
 * @example byAccount([{ AccountId: '001…A', n: 1 }], 'AccountId').get('001…A') // => [{ AccountId: '001…A', n: 1 }]
 */
export function byAccount(rows: readonly Row[], accountField: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row[accountField];
    if (typeof id !== 'string') continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return groups;
}

/** Changes what is known; passes on why it is not. */
export const mapKnown = <A, B>(fact: Known<A>, change: (value: A) => B): Known<B> =>
  'missing' in fact ? fact : { known: change(fact.known) };

/** A moment as Salesforce writes it (`2026-10-01T00:00:00.000+0000`), in ms; null for anything else. */
export function toTime(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** A day `YYYY-MM-DD` of a date or datetime value; null for anything else. */
export const toDay = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;

export const toText = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
