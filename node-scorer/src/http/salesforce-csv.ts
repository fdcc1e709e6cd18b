import { ScorerError } from '../errors.ts';
import type { AnswerReader } from './send.ts';

const [QUOTE, COMMA, RETURN, NEWLINE] = [0x22, 0x2c, 0x0d, 0x0a];

/** A cell with one of these stands in quotes. */
const NEEDS_QUOTES = /[",\r\n]/;
/** Bytes that are kept together; a longer row has a block of its own. */
const BLOCK = 256_000;
/** Most bytes that a UTF-16 unit takes in UTF-8. */
const BYTES_PER_UNIT = 3;

/** A CSV that grows row by row. */
export interface CsvFile {
  /** False, and nothing added, where a row would take the file beyond its limit; the first below the header never does. */
  readonly add: (cells: readonly string[]) => boolean;
  /** What has been added so far. */
  readonly blocks: () => readonly Buffer[];
}

/**
 * Rows as the CSV (RFC 4180, lines end with LF, UTF-8) that a bulk job takes. What begins like a formula goes as it is:
 * this text is read by an org, not by a spreadsheet.
 *
 * In bytes from the first cell on: as texts, quoting alone made 600 MB for 10,000 scores, which then had to be cleared.
 *
 * @param mostBytes the file stays within
 * @example const file = makeCsvFile(['Id', 'Name'], 50_000_000);
 * file.add(['1', 'Lark, "Field"']);
 * Buffer.concat(file.blocks()).toString() // => 'Id,Name\n1,"Lark, ""Field"""\n'
 */
export function makeCsvFile(header: readonly string[], mostBytes: number): CsvFile {
  const full: Buffer[] = [];
  let [block, used, total, rows] = [Buffer.alloc(0), 0, 0, 0];
  let row = Buffer.allocUnsafe(BLOCK);
  let length = 0;

  const put = (cell: string): void => {
    const most = cell.length * BYTES_PER_UNIT;
    // In the worst case each byte is a quote; two more around it and one behind it.
    const needed = length + 2 * most + 3;
    if (needed > row.length) row = Buffer.concat([row.subarray(0, length)], 2 * needed);
    if (!NEEDS_QUOTES.test(cell)) {
      length += row.write(cell, length);
      return;
    }
    // Written at the far end of its room, and from there moved to its place with each quote doubled.
    const from = length + 2 + most;
    const end = from + row.write(cell, from);
    row[length++] = QUOTE;
    for (let at = from; at < end; at++) {
      const byte = row[at] as number;
      row[length++] = byte;
      if (byte === QUOTE) row[length++] = QUOTE;
    }
    row[length++] = QUOTE;
  };

  const add = (cells: readonly string[]): boolean => {
    length = 0;
    for (const cell of cells) {
      put(cell);
      row[length++] = COMMA;
    }
    row[length - 1] = NEWLINE;
    // The header and one row.
    if (rows > 1 && total + length > mostBytes) return false;
    if (used + length > block.length) {
      full.push(block.subarray(0, used));
      [block, used] = [Buffer.allocUnsafe(Math.max(BLOCK, length)), 0];
    }
    row.copy(block, used, 0, length);
    used += length;
    total += length;
    rows++;
    return true;
  };
  add(header);
  return {
    add,
    blocks: () => [...full, block.subarray(0, used)].filter((each) => each.length > 0),
  };
}

const unexpected = (row: number, found: string, expected: string): ScorerError =>
  new ScorerError(
    'SOURCE_UNEXPECTED',
    `Salesforce bulk results, row ${row}: found ${found}, expected ${expected}`,
  );

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
 * Reads the rows of a CSV (RFC 4180, UTF-8) as its bytes come: what is kept of them is the row that is not whole yet.
 * Empty lines are left out; every row is as long as the first.
 *
 * Not csv-parse: it looks at every byte of long texts that are only skipped here, which took more than half of the
 * time of a bulk write. In bytes, because as a text the answer of a job would take twice its size.
 *
 * @param keep gets each row; its cells can be read only until it returns
 * @returns whose methods throw ScorerError SOURCE_UNEXPECTED for a quote that does not end, and for rows of different lengths
 * @example const reader = makeCsvReader((row) => rows.push(row.cell(1)));
 * reader.take(Buffer.from('a,"b ""c""'));
 * reader.take(Buffer.from('"\n'));
 * reader.end(); // rows => ['b "c"']
 */
export function makeCsvReader(keep: (row: CsvRow) => void): AnswerReader {
  let rest: Buffer = Buffer.alloc(0);
  let [read, columns] = [0, 0];

  /** Reads the rows that are whole. @returns where the first begins that is not */
  const readRows = (bytes: Buffer, last: boolean): number => {
    let cells: Cell[] = [];
    let [at, begin] = [0, 0];
    while (at < bytes.length) {
      const cell = bytes[at] === QUOTE ? quotedCell(bytes, at) : plainCell(bytes, at);
      if (cell === null && last) throw unexpected(read + 1, 'a quote that does not end', 'its other one');
      if (cell === null) return begin;
      cells.push(cell);
      at = cell.next;
      if (bytes[at] === RETURN) at++;
      // What comes next may belong to this cell: the other half of a doubled quote, more text.
      if (at >= bytes.length && !last) return begin;
      if (bytes[at] === COMMA) {
        at++;
        // What ends with a comma ends with an empty cell.
        if (at < bytes.length || !last) continue;
        cells.push(plainCell(bytes, at));
      } else if (at < bytes.length && bytes[at] !== NEWLINE) {
        throw unexpected(read + 1, 'text behind a closing quote', 'a comma or the end of the line');
      }
      at++;
      if (cells.length > 1 || cell.end > cell.start) {
        if (read === 0) columns = cells.length;
        if (cells.length !== columns) throw unexpected(read + 1, `${cells.length} cells`, `${columns}`);
        read++;
        keep(rowOf(bytes, cells));
      }
      cells = [];
      begin = at;
    }
    return begin;
  };

  return {
    take: (part) => {
      const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
      rest = bytes.subarray(readRows(bytes, false));
    },
    end: () => {
      readRows(rest, true);
      rest = Buffer.alloc(0);
    },
  };
}
