import type { Known } from '../../facts/index.ts';
import { ScorerError } from '../../errors.ts';
import type { Note } from '../extraction.ts';
import type { ObjectDescription, Row, SalesforceReader } from './client.ts';
import { instead, namesOf, standsOn, unknownLists, type UnknownList } from './known-names.ts';
import { populationConditions, soqlName, type Population } from './soql.ts';

export const SALESFORCE = 'salesforce';

/** Objects that an org has only once something was switched on, and what to do where it has not. */
export const SWITCHED_ON_BY: ReadonlyMap<string, string> = new Map([
  [
    // https://help.salesforce.com/s/articleView?id=sales.shared_contacts_set_up.htm
    'AccountContactRelation',
    'switch on Setup → Account Settings → Allow users to relate a contact to multiple accounts, deploy again and assign Health_Scorer_Champions',
  ],
]);

/** Reads one object, and says why when it cannot: each group of facts fails by itself. */
export interface ObjectReader {
  /**
   * Rows of an object for the population, or why there are none: `no_permission` for an object that the user
   * does not see, `no_field` for a field that is not there or hidden (describe cannot tell which; both are
   * named in the note) and for an object that not every org has, `source_down` for a read that failed.
   */
  readonly read: (request: ReadRequest) => Promise<Known<readonly Row[]>>;
  /**
   * Who has a record with a field that cannot be read, by the field `by` of the rows; told once, with their number.
   *
   * @param what the field, as the note names it
   */
  readonly unreadable: (
    purpose: string,
    what: string,
    rows: readonly Row[],
    by: string,
    isBad: (row: Row) => boolean,
  ) => ReadonlySet<string>;
  readonly note: (code: string, message: string) => void;
  /** Names that a field can have; none where they are free, or the object or field is not there. */
  readonly namesOf: (object: string, field: string) => Promise<readonly string[]>;
  readonly notes: Note[];
}

export interface ReadRequest {
  /** What these rows are for, as the notes and call counts name it. */
  readonly purpose: string;
  readonly object: string;
  /** The field that points at the account; its rows are limited to the population. */
  readonly account?: string;
  readonly fields: readonly string[];
  /** Read where the org has it, and no loss where it has not. */
  readonly optional?: string;
  /** Builds the other conditions once the field types are known. */
  readonly where?: (describe: ObjectDescription) => readonly (string | undefined)[];
  readonly orderBy?: string;
  /** For an object without an account: the field that points at the record its rows are of. */
  readonly parent?: string;
  /** For an object without an account: conditions of which each gives a part of the rows. */
  readonly parts?: readonly string[];
  /** The condition of sources.yaml whose names the org must have. */
  readonly named?: string | undefined;
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
    const { purpose, object, required = false } = request;
    let described = false;
    try {
      const description = await client.describe(soqlName(object));
      const switchedOnBy = SWITCHED_ON_BY.get(object);
      if (description === null && switchedOnBy !== undefined) {
        note(
          'no_field',
          `${purpose}: found no object ${object}, expected one that the running user may read; ${switchedOnBy}`,
        );
        return { missing: 'no_field' };
      }
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
      const archived = description.fields.has('IsArchived');
      const extra = [request.optional ?? []].flat().filter((field) => description.fields.has(field));
      const unknown = unknownLists(request.named ?? '', description);
      const shown = unknown.map(({ field }) => field).filter((field) => description.fields.has(field));
      const conditions = [
        ...(request.where?.(description) ?? []).filter((each) => each !== undefined),
        // Archived activities: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_guidelines_archive.htm
        ...(archived ? ['IsDeleted = false'] : []),
        // Each colleague who is invited to an event has one of his own, a child of it: one meeting counts once.
        // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm
        ...(description.fields.has('IsChild') ? ['IsChild = false'] : []),
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
          return client.query(
            `SELECT ${[...new Set([...wanted, ...extra, ...shown])].join(', ')} FROM ${object}${where}${order}`,
            { archived },
          );
        }),
      );
      const rows = pages.flat();
      const lost = unknown.filter((list) => !standsOn(rows, list));
      if (lost.length > 0) {
        note('unknown_name', `${purpose}: ${lost.map((list) => unknownText(object, list)).join('; ')}`);
        return { missing: 'unknown_name' };
      }
      checkOwners(request, rows);
      return { known: rows };
    } catch (error) {
      if (!(error instanceof ScorerError)) throw error;
      const isRefused = described && !required && error.code === 'SOURCE_SETTINGS';
      if (error.kind !== 'transient' && !isRefused) throw error;
      note(error.code, `${purpose}: ${error.message}`);
      return { missing: 'source_down' };
    }
  };
  const unreadable: ObjectReader['unreadable'] = (purpose, what, rows, by, isBad) => {
    const bad = rows.filter(isBad);
    if (bad.length > 0) {
      const ids = bad.slice(0, NAMED).map((row) => toText(row['Id']) ?? toText(row[by]) ?? '?');
      note(
        'invalid',
        `${purpose}: found ${bad.length} of ${rows.length} records with an unreadable ${what} (${ids.join(', ')}${bad.length > NAMED ? ' …' : ''}), expected one on each; correct them in Salesforce`,
      );
    }
    return new Set(bad.map((row) => String(row[by])));
  };
  const names: ObjectReader['namesOf'] = async (object, field) => {
    const description = await client.describe(soqlName(object));
    return description === null ? [] : namesOf(description, field);
  };
  return { read, unreadable, note, namesOf: names, notes };
}

/** So many records are named; the others are only counted. */
const NAMED = 5;

const unknownText = (object: string, { field, values, known }: UnknownList): string =>
  `found no ${field} ${values.map((value) => JSON.stringify(value)).join(' or ')} of ${object}, expected a name that the org has; ${instead(values[0] ?? '', known)}`;

const ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** Whose a row is must be readable: who knows which account looks better without it. */
function checkOwners({ purpose, account, parent }: ReadRequest, rows: readonly Row[]): void {
  const field = account ?? parent;
  if (field === undefined) return;
  const isBad = ({ [field]: id }: Row) => id !== null && !(typeof id === 'string' && ID.test(id));
  const bad = rows.filter(isBad).length;
  if (bad === 0) return;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `${purpose}: found ${bad} of ${rows.length} records without a readable ${field}, expected an id on each`,
  );
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

/**
 * A value that may be blank, but not unreadable.
 *
 * @param convert null for what it cannot read
 * @example isUnreadable({ EndDate: null }, 'EndDate', toDay) // => false
 * @example isUnreadable({ EndDate: 'soon' }, 'EndDate', toDay) // => true
 */
export const isUnreadable = (row: Row, field: string, convert: (value: unknown) => unknown): boolean =>
  row[field] !== null && convert(row[field]) === null;

/** A moment as Salesforce writes it (`2026-10-01T00:00:00.000+0000`), in ms; null for anything else. */
export function toTime(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** A day `YYYY-MM-DD` of a date or datetime value; null for anything else. */
export function toDay(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const day = value.slice(0, 10);
  const time = Date.parse(day);
  // Of a day that no month has, JavaScript makes one of the next.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
}

export const toText = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
