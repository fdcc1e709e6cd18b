import { ScorerError } from '../../errors.ts';
import type { LookerColumns } from './settings.ts';
import type { Given } from '../../facts/index.ts';

/** At exactly so many rows a limit has probably cut the answer off: the server's own, a Look's, a download's. */
const SUSPICIOUS_COUNTS: readonly number[] = [500, 5_000, 100_000];
/** More than this share are no bad rows, or cells of a column, but another format. */
const MOST_BAD = 0.5;
const LONGEST = 200;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])(?=$|-01)/;

/** One customer's measures in a month, or in the window where the question was not by month. */
export interface UsageRow {
  readonly customerId: string;
  /** `YYYY-MM`; null where the question was not by month. */
  readonly month: string | null;
  readonly values: Readonly<Record<string, Given<number | null>>>;
}

export interface UsageRows {
  readonly rows: readonly UsageRow[];
  /** Rows of which nobody can tell whose or of when they are. */
  readonly strays: Strays;
  /** Measures whose column no row has. */
  readonly absent: readonly string[];
  /** What could not be read, with counts, for people. */
  readonly bad: readonly string[];
}

/**
 * Reads the rows of one query. Ids are compared as text. A cell that cannot be read is lost, and its row keeps the
 * others; a row whose customer or month cannot be read is a stray.
 *
 * Rows without a customer belong to nobody: usage that the warehouse knows no customer of, one row for each month. In
 * one month alone, or twice in one, they are rather rows that have lost their customer.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when the answer is an error in disguise, probably cut off, or of another
 * form
 * @example readRows('feature_usage', [{ 'f.id': 7, 'f.month': '2026-10', 'f.used': 12 }], columns, true).rows
 * // => [{ customerId: '7', month: '2026-10', values: { features_used: 12 } }]
 */
export function readRows(name: string, answer: unknown, columns: LookerColumns, byMonth: boolean): UsageRows {
  const list = rowsIn(name, answer);
  const measures = Object.keys(columns.fields);
  const found = new Map<string, UsageRow>();
  const strays = new StrayRows();
  const noCustomer = new Map<string | null, number>();
  const unreadable = new Map<string, string[]>();
  const spoil = (what: string, whose: string): void => {
    unreadable.set(what, [...(unreadable.get(what) ?? []), whose]);
  };
  let without = 0;
  for (const raw of list) {
    const { customerId, month, values } = readRow(raw, columns, byMonth);
    if (customerId === null) {
      noCustomer.set(month ?? null, (noCustomer.get(month ?? null) ?? 0) + 1);
      continue;
    }
    if (customerId === undefined || month === undefined) {
      strays.add(customerId, month ?? null);
      without++;
      continue;
    }
    const key = `${month ?? ''} ${customerId}`;
    const twin = found.get(key);
    const row = { customerId, month, values: twin === undefined ? values : agreed(twin.values, values) };
    found.set(key, row);
  }
  const isGroup = !byMonth || noCustomer.size > 1;
  for (const [month, count] of noCustomer) {
    if (isGroup && count === 1) continue;
    strays.add(undefined, month);
    without += count;
  }
  if (without > list.length * MOST_BAD) {
    throw unexpected(
      name,
      `${without} of ${list.length} rows are not as expected: no readable ${columns.id}${byMonth ? ` or ${columns.date}` : ''}`,
    );
  }
  const all = [...found.values()];
  const absent = measures.filter(
    (measure) => list.length > 0 && list.every((raw) => !hasColumn(raw, columns.fields[measure] ?? '')),
  );
  for (const { customerId, values } of all) {
    for (const measure of measures) {
      if (values[measure] === 'invalid' && !absent.includes(measure)) spoil(measure, customerId);
    }
  }
  const bad = [...unreadable].map(
    ([measure, whose]) =>
      `${name}: ${whose.length} of ${all.length} rows with an unreadable or contradictory ${columns.fields[measure] ?? measure} (${namedOf(whose)}), expected a number on each`,
  );
  if (without > 0) {
    bad.push(
      `${name}: ${without} of ${list.length} rows without a readable ${columns.id}${byMonth ? ` or ${columns.date}` : ''}; whoever they may be of is not judged by this query`,
    );
  }
  const failed = measures.filter(
    (measure) =>
      absent.includes(measure) || (unreadable.get(measure)?.length ?? 0) > Math.max(1, all.length * MOST_BAD),
  );
  return { rows: failed.length === 0 ? all : all.map((row) => unread(row, failed)), strays, absent, bad };
}

/** Rows of which nobody can tell whose or of when they are: of whom a row is missing, it may be one of these. */
export interface Strays {
  readonly isEmpty: boolean;
  /**
   * May one of them be the row of this customer in this month?
   *
   * @param month null: in any
   */
  readonly mayBeOf: (customerId: string, month: string | null) => boolean;
}

class StrayRows implements Strays {
  /** Months of strays that may be anybody's; null: of one that may be of any month. */
  readonly #anybodys = new Set<string | null>();
  readonly #undated = new Set<string>();

  add(customerId: string | undefined, month: string | null): void {
    if (customerId === undefined) this.#anybodys.add(month);
    else this.#undated.add(customerId);
  }

  get isEmpty(): boolean {
    return this.#anybodys.size === 0 && this.#undated.size === 0;
  }

  mayBeOf(customerId: string, month: string | null): boolean {
    const anybodys =
      month === null ? this.#anybodys.size > 0 : this.#anybodys.has(null) || this.#anybodys.has(month);
    return anybodys || this.#undated.has(customerId);
  }
}

/** The list of rows, where it is one. */
function rowsIn(name: string, answer: unknown): readonly unknown[] {
  if (!Array.isArray(answer)) throw unexpected(name, 'the answer is no list of rows');
  const list = answer as readonly unknown[];
  const error = (list[0] as { looker_error?: unknown } | null | undefined)?.looker_error;
  // A failed query may come with status 200 and one row that says so.
  if (error !== undefined) throw unexpected(name, `looker_error: ${oneLine(error)}`);
  if (SUSPICIOUS_COUNTS.includes(list.length)) {
    throw unexpected(
      name,
      `exactly ${list.length} rows, so it was probably cut off; grant "download_without_limit"`,
    );
  }
  return list;
}

type Values = UsageRow['values'];

/** Of two rows for one customer and month only what both say. */
const agreed = (one: Values, other: Values): Values =>
  Object.fromEntries(
    Object.entries(one).map(([measure, value]) => [measure, value === other[measure] ? value : 'invalid']),
  );

/** A column of which most cells cannot be read has another format: it was not read at all. */
const unread = (row: UsageRow, failed: readonly string[]): UsageRow => ({
  ...row,
  values: { ...row.values, ...Object.fromEntries(failed.map((measure) => [measure, 'source_down'])) },
});

/** So many customers are named; the others are only counted. */
const NAMED = 5;
const namedOf = (whose: readonly string[]): string =>
  `customer ${whose.slice(0, NAMED).join(', ')}${whose.length > NAMED ? ' …' : ''}`;

const hasColumn = (raw: unknown, column: string): boolean =>
  typeof raw === 'object' && raw !== null && column in raw;

interface RawRow {
  /** Null: it says that it is nobody's. Undefined: it cannot be read. */
  readonly customerId: string | null | undefined;
  /** Null: the question was not by month. Undefined: it cannot be read. */
  readonly month: string | null | undefined;
  readonly values: Values;
}

function readRow(raw: unknown, columns: LookerColumns, byMonth: boolean): RawRow {
  const { id, date, fields, fractions = [] } = columns;
  const row = (typeof raw === 'object' && raw !== null ? raw : {}) as Readonly<Record<string, unknown>>;
  const key = row[id];
  const text = typeof key === 'string' || typeof key === 'number' ? String(key).trim() : '';
  const month = byMonth ? MONTH.exec(typeof row[date] === 'string' ? row[date] : '')?.[0] : null;
  const values = Object.entries(fields).map(([name, field]) => {
    const value = numberOf(row[field]);
    // Percent measures of Looker are fractions of 1 unless the model multiplies them: only its admin knows.
    return [name, typeof value === 'number' && fractions.includes(name) ? value * 100 : value] as const;
  });
  return {
    customerId: key === null ? null : text === '' ? undefined : text,
    month,
    values: Object.fromEntries(values),
  };
}

/** A number, a number as text (some databases' decimals), or null; anything else, `12%` too, cannot be read. */
function numberOf(value: unknown): Given<number | null> {
  if (value === null) return null;
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 'invalid';
}

const oneLine = (value: unknown): string =>
  (typeof value === 'string' ? value : 'no text').replaceAll(/\s+/g, ' ').slice(0, LONGEST);

const unexpected = (name: string, why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `Looker: query ${name}: ${why}`);
