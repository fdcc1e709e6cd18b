import { stringify } from 'csv-stringify/sync';
import type { Fields } from './health-score.ts';

type Cell = string | number | boolean | null | undefined;

/** First characters after which a spreadsheet takes a cell for a formula, full-width forms included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/u;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/**
 * Keeps a spreadsheet from running a cell as a formula, by putting an apostrophe before it. Plain numbers stay
 * as they are, negative ones included; quoting for CSV is the writer's affair, and would not help here.
 *
 * Source: OWASP, "CSV Injection" (characters `=`, `+`, `-`, `@`, tab, carriage return).
 *
 * @example neutralise('=HYPERLINK("http://x")') // => "'=HYPERLINK(\"http://x\")"
 * @example neutralise('-5.2') // => '-5.2'
 */
export const neutralise = (cell: string): string =>
  FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;

/**
 * Records of a CSV file (RFC 4180) that a person opens, ends of lines included: what `score` prints, and the rows of a
 * dry run. An empty cell is a value that is not known; text is neutralised, numbers stay numbers.
 *
 * @example csvRecords([['Tarn, Ltd', -5.2, null]]) // => '"Tarn, Ltd",-5.2,\r\n'
 */
export const csvRecords = (records: readonly (readonly Cell[])[]): string =>
  stringify(
    records.map((cells) =>
      cells.map((cell) => (typeof cell === 'number' ? cell : neutralise(String(cell ?? '')))),
    ),
    { record_delimiter: 'windows', quoted_match: /^\s|\s$|[\r\n]/ },
  );

/**
 * Rows of Health_Score__c as CSV, in the order of the first row's fields.
 *
 * @param rows all with the same fields
 * @example toCsv([{ Score_Key__c: '001…:2026-10', Health_Score__c: 86.7 }]) // => 'Score_Key__c,Health_Score__c\r\n001…:2026-10,86.7\r\n'
 */
export function toCsv(rows: readonly Fields[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return csvRecords([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}
