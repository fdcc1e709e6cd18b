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

const [QUOTE, COMMA, RETURN, NEWLINE] = [0x22, 0x2c, 0x0d, 0x0a];

/** Where the text of a cell stands, and where it is over; `doubled`: with quotes that are written twice. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly doubled: boolean;
  readonly next: number;
}

/** One row: a cell is made into text only where somebody looks. */
export interface CsvRow {
  readonly length: number;
  /** Empty for a cell that is not there. */
  readonly cell: (index: number) => string;
}

/** The cell that opens with a quote; null when it does not close. */
function quotedCell(bytes: Buffer, open: number): Cell | null {
  let doubled = false;
  for (let at = open + 1; at < bytes.length; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return { start: open + 1, end: at, doubled, next: at + 1 };
    doubled = true;
    at++;
  }
  return null;
}

function plainCell(bytes: Buffer, start: number): Cell {
  let at = start;
  while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== NEWLINE) at++;
  return { start, end: at > start && bytes[at - 1] === RETURN ? at - 1 : at, doubled: false, next: at };
}

const rowOf = (bytes: Buffer, cells: readonly Cell[]): CsvRow => ({
  length: cells.length,
  cell: (index) => {
    const cell = cells[index];
    if (cell === undefined) return '';
    const text = bytes.toString('utf8', cell.start, cell.end);
    return cell.doubled ? text.replaceAll('""', '"') : text;
  },
});

/**
 * The rows of a CSV (RFC 4180, UTF-8), one after the other. Empty lines are left out; every row is as long as the first.
 *
 * Not csv-parse: it looks at every byte of long texts that are only skipped here, which took more than half of the
 * time of a bulk write. In bytes, because as a text the answer of a job would take twice its size.
 *
 * @throws ScorerError SOURCE_UNEXPECTED for a quote that does not end, and for rows of different lengths
 * @example [...csvRows(Buffer.from('a,"b ""c"""\n'))].map((row) => row.cell(1)) // => ['b "c"']
 */
export function* csvRows(bytes: Buffer): Generator<CsvRow> {
  let cells: Cell[] = [];
  let [at, read, columns] = [0, 0, 0];
  while (at < bytes.length) {
    const cell = bytes[at] === QUOTE ? quotedCell(bytes, at) : plainCell(bytes, at);
    if (cell === null) throw unexpected(read + 1, 'a quote that does not end', 'its other one');
    cells.push(cell);
    at = cell.next;
    if (bytes[at] === RETURN) at++;
    if (bytes[at] === COMMA) {
      at++;
      // What ends with a comma ends with an empty cell.
      if (at < bytes.length) continue;
      cells.push(plainCell(bytes, at));
    } else if (at < bytes.length && bytes[at] !== NEWLINE) {
      throw unexpected(read + 1, 'text behind a closing quote', 'a comma or the end of the line');
    }
    at++;
    if (cells.length > 1 || cell.end > cell.start) {
      if (read === 0) columns = cells.length;
      if (cells.length !== columns) throw unexpected(read + 1, `${cells.length} cells`, `${columns}`);
      read++;
      yield rowOf(bytes, cells);
    }
    cells = [];
  }
}
