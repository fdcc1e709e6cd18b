import { CsvError, parse } from 'csv-parse/sync';
import { unexpected } from './salesforce-answers.ts';

/**
 * A row of the CSV (RFC 4180, lines end with LF) that a bulk job takes. What begins like a formula goes as it is: this
 * text is read by an org, not by a spreadsheet.
 *
 * Not csv-stringify: with the hundreds of quotes in a stored score it takes a second for 300 rows.
 *
 * @example bulkCsvRow(['1', 'Lark, "Field"']) // => '1,"Lark, ""Field"""\n'
 */
export const bulkCsvRow = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.split('"').join('""')}"` : cell);

/**
 * Records of a CSV (RFC 4180) by column; null for an empty cell. Empty lines are left out.
 *
 * @throws ScorerError SOURCE_UNEXPECTED for a quote that does not end, and for rows of different lengths
 * @example parseBulkCsv('a,b\n1,\n') // => [{ a: '1', b: null }]
 */
export function parseBulkCsv(text: string): Record<string, string | null>[] {
  try {
    return parse(text, {
      columns: true,
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: true,
      cast: (cell) => (cell === '' ? null : cell),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Only its code: the message may hold cells.
    const line = String((error as { lines?: number }).lines ?? '?');
    throw unexpected('bulk results', `found ${error.code} by line ${line}, expected CSV`);
  }
}
