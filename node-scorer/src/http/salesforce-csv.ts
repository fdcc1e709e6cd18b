import { ScorerError } from '../errors.ts';

/** A cell with one of these stands in quotes. */
const NEEDS_QUOTES = /[",\r\n]/;

const cellText = (cell: string): string =>
  NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/**
 * Rows as the CSV (RFC 4180, lines end with LF) that a bulk job takes. What begins like a formula goes as it is: this
 * text is read by an org, not by a spreadsheet.
 *
 * @example csvText([['Id', 'Name'], ['1', 'Lark, "Field"']]) // => 'Id,Name\n1,"Lark, ""Field"""\n'
 */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cellText).join(',')}\n`).join('');

const unexpected = (row: number, found: string, expected: string): ScorerError =>
  new ScorerError(
    'SOURCE_UNEXPECTED',
    `Salesforce bulk results, row ${row}: found ${found}, expected ${expected}`,
  );

/** Where the cell that opens with a quote at `from` closes; -1 when it does not. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Where a cell without quotes ends. */
function endOfPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++;
  return at;
}

/**
 * The rows of a CSV text (RFC 4180), each a list of cells. Empty lines are left out; every row is as long as the first.
 *
 * Not csv-parse: it looks at every byte of long texts that are only skipped here, which took more than half of the
 * time of a bulk write.
 *
 * @throws ScorerError SOURCE_UNEXPECTED for a quote that does not end, and for rows of different lengths
 * @example csvRows('a,"b ""c"""\n') // => [['a', 'b "c"']]
 */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at) : endOfPlain(text, at);
    if (end < 0) throw unexpected(rows.length + 1, 'a quote that does not end', 'its other one');
    const cell = text.slice(quoted ? at + 1 : at, end);
    row.push(quoted ? cell.replaceAll('""', '"') : cell.replace(/\r$/, ''));
    at = quoted ? end + 1 : end;
    if (text[at] === '\r') at++;
    if (text[at] === ',') {
      at++;
      // What ends with a comma ends with an empty cell.
      if (at < text.length) continue;
      row.push('');
    } else if (at < text.length && text[at] !== '\n') {
      throw unexpected(rows.length + 1, 'text behind a closing quote', 'a comma or the end of the line');
    }
    at++;
    if (row.length > 1 || row[0] !== '') {
      const columns = rows[0]?.length ?? row.length;
      if (row.length !== columns) throw unexpected(rows.length + 1, `${row.length} cells`, `${columns}`);
      rows.push(row);
    }
    row = [];
  }
  return rows;
}
