import { stringify } from 'csv-stringify/sync';
import { neutralise } from './csv-cell.ts';
import type { Fields } from './health-score.ts';

/**
 * Rows of Health_Score__c as CSV, in the order of the first row's fields; cells that a spreadsheet would run as
 * a formula are neutralised, numbers stay numbers.
 *
 * @param rows all with the same fields
 * @example toCsv([{ Score_Key__c: '001…:2026-10', Health_Score__c: 86.7 }]) // => 'Score_Key__c,Health_Score__c\r\n001…:2026-10,86.7\r\n'
 */
export function toCsv(rows: readonly Fields[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | boolean | null | undefined): string | number => {
    if (value === null || value === undefined) return '';
    return typeof value === 'number' ? value : neutralise(String(value));
  };
  return stringify([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))], {
    record_delimiter: 'windows',
  });
}
