import { ScorerError } from '../../errors.ts';
import type { LookerColumns } from '../../config/sources.ts';

/** At exactly so many rows a limit has probably cut the answer off: the server's own, a Look's, a download's. */
const SUSPICIOUS_COUNTS: readonly number[] = [500, 5_000, 100_000];
/** More bad rows than this share are no bad rows but another format. */
const MOST_BAD = 0.5;
const LONGEST = 200;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])(?=$|-01)/;

/** One customer's measures in a month, or in the window where the question was not by month. */
export interface UsageRow {
  readonly customerId: string;
  /** `YYYY-MM`; null where the question was not by month. */
  readonly month: string | null;
  readonly values: Readonly<Record<string, number | null>>;
}

export interface UsageRows {
  readonly rows: readonly UsageRow[];
  /** Customers with a row that cannot be read, or with two that disagree. */
  readonly spoilt: ReadonlySet<string>;
  readonly bad: readonly string[];
}

/**
 * Reads the rows of one query. Ids are compared as text; a row without an id belongs to nobody and is left out.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when the answer is an error in disguise, probably cut off, or of another
 * form
 * @example readRows('feature_usage', [{ 'f.id': 7, 'f.month': '2026-10', 'f.used': 12 }], columns, true).rows
 * // => [{ customerId: '7', month: '2026-10', values: { features_used: 12 } }]
 */
export function readRows(name: string, answer: unknown, columns: LookerColumns, byMonth: boolean): UsageRows {
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
  const found = new Map<string, UsageRow>();
  const spoilt = new Set<string>();
  const bad: string[] = [];
  for (const raw of list) {
    const row = readRow(raw, columns, byMonth);
    if (row === null) continue;
    if ('bad' in row) {
      bad.push(`${name}: ${row.bad}`);
      if (row.customerId !== null) spoilt.add(row.customerId);
      continue;
    }
    const key = `${row.month ?? ''} ${row.customerId}`;
    const twin = found.get(key);
    if (twin !== undefined && JSON.stringify(twin.values) !== JSON.stringify(row.values)) {
      bad.push(`${name}: customer ${row.customerId} has two different rows for ${row.month ?? 'the window'}`);
      spoilt.add(row.customerId);
    }
    found.set(key, row);
  }
  if (bad.length > list.length * MOST_BAD) {
    throw unexpected(
      name,
      `${bad.length} of ${list.length} rows are not as expected, for example ${bad[0] ?? ''}`,
    );
  }
  return { rows: [...found.values()], spoilt, bad };
}

type Row = UsageRow | { readonly bad: string; readonly customerId: string | null } | null;

function readRow(raw: unknown, columns: LookerColumns, byMonth: boolean): Row {
  const { id, date, fields, fractions = [] } = columns;
  if (typeof raw !== 'object' || raw === null) return { bad: 'a row that is none', customerId: null };
  const row = raw as Readonly<Record<string, unknown>>;
  const key = row[id];
  if (key === null) return null;
  if (typeof key !== 'string' && typeof key !== 'number')
    return { bad: `no ${id} in a row`, customerId: null };
  const customerId = String(key).trim();
  const month = byMonth ? MONTH.exec(typeof row[date] === 'string' ? row[date] : '')?.[0] : null;
  if (month === undefined) return { bad: `customer ${customerId}: ${date} is no month`, customerId };
  const values = Object.entries(fields).map(([name, field]) => {
    const value = numberOf(row[field]);
    // Percent measures of Looker are fractions of 1 unless the model multiplies them: only its admin knows.
    return [name, typeof value === 'number' && fractions.includes(name) ? value * 100 : value] as const;
  });
  const broken = values.find(([, value]) => value === undefined);
  if (broken !== undefined) {
    return { bad: `customer ${customerId}: ${fields[broken[0]] ?? broken[0]} is no number`, customerId };
  }
  return { customerId, month, values: Object.fromEntries(values) as UsageRow['values'] };
}

/** A number, a number as text (some databases' decimals), or null; anything else, `12%` too, is undefined. */
function numberOf(value: unknown): number | null | undefined {
  if (value === null) return null;
  const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const oneLine = (value: unknown): string =>
  (typeof value === 'string' ? value : 'no text').replaceAll(/\s+/g, ' ').slice(0, LONGEST);

const unexpected = (name: string, why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `Looker: query ${name}: ${why}`);
