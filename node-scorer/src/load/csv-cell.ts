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
export function neutralise(cell: string): string {
  return FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/**
 * One record of a CSV file (RFC 4180), its end of line included. Empty for null; text is neutralised.
 *
 * @example csvRecord(['Tarn, Ltd', -5.2, null]) // => '"Tarn, Ltd",-5.2,\r\n'
 */
export function csvRecord(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = neutralise(cell);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
