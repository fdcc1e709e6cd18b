import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCsvFile, makeCsvReader } from './salesforce-csv.ts';

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '#', 'é', '😀') }),
  fc.string(),
);
/** Rows of equal length; a row of one empty cell is written as an empty line, which no reader can tell from none. */
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }))
  .filter((rows) => rows.every((row) => row.length > 1 || row[0] !== ''));

/** Reads a text that comes in parts of so many bytes. */
function readParts(text: string, size: number): string[][] {
  const rows: string[][] = [];
  const reader = makeCsvReader(({ length, cell: at }) => rows.push(Array.from({ length }, (_, i) => at(i))));
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) reader.take(bytes.subarray(from, from + size));
  reader.end();
  return rows;
}

/** The same whole, and byte by byte. */
function read(text: string): string[][] {
  const rows = readParts(text, Infinity);
  expect(readParts(text, 1)).toEqual(rows);
  return rows;
}

const written = ([header = [], ...rows]: readonly (readonly string[])[]): string => {
  const file = makeCsvFile(header, 10_000_000);
  for (const row of rows) expect(file.add(row)).toBe(true);
  return Buffer.concat(file.blocks()).toString();
};

describe('CSV of bulk jobs', () => {
  it.each([
    ['cells', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]], // prettier-ignore
    ['lines that end as in Windows', 'a,b\r\n1,"2"\r\n', [['a', 'b'], ['1', '2']]], // prettier-ignore
    ['a last line without an end', '"a","b"', [['a', 'b']]],
    ['empty cells, also at the end', ',b,\n"",,\n', [['', 'b', ''], ['', '', '']]], // prettier-ignore
    ['an empty last cell without an end of line', 'a,', [['a', '']]],
    ['quotes, commas and lines in a cell', '"a ""b"", c\nd",e', [['a "b", c\nd', 'e']]],
    ['a cell of one quote', '""""', [['"']]],
    ['empty lines', 'a\n\n\nb\n', [['a'], ['b']]],
    ['nothing', '', []],
  ])('is read: %s', (_, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  it.each([
    ['a quote that does not end', 'a\n"b', 'row 2: found a quote that does not end'],
    ['text behind a closing quote', '"a"b,c', 'row 1: found text behind a closing quote'],
    ['rows of different lengths', 'a,b\n1\n', 'row 2: found 1 cells, expected 2'],
  ])('is refused with %s', (_, text, words) => {
    expect(() => read(text)).toThrow(words);
  });

  it('is read as csv-parse reads what csv-stringify writes', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(read(stringify(rows))).toEqual(rows);
        expect(read(stringify(rows, { quoted: true, record_delimiter: 'windows' }))).toEqual(rows);
      }),
    );
  });

  it('is read alike however it is parted', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
        expect(readParts(stringify(rows, { quoted: true, record_delimiter: 'windows' }), size)).toEqual(rows);
        expect(readParts(stringify(rows), size)).toEqual(rows);
      }),
    );
  });

  it('is written so that csv-parse and we read it alike', () => {
    fc.assert(
      fc.property(
        table.filter(({ length }) => length > 0),
        (rows) => {
          expect(read(written(rows))).toEqual(rows);
          expect(parse(written(rows), { record_delimiter: '\n' })).toEqual(rows);
        },
      ),
    );
  });

  it('keeps within its limit, and takes the first row below its header whatever that takes', () => {
    const file = makeCsvFile(['h'], 6);
    expect([file.add(['a']), file.add(['b']), file.add(['c'])]).toEqual([true, true, false]);
    expect(Buffer.concat(file.blocks()).toString()).toBe('h\na\nb\n');
    const long = makeCsvFile(['h'], 6);
    expect([long.add(['x'.repeat(30)]), long.add(['y'])]).toEqual([true, false]);
    expect(Buffer.concat(long.blocks()).toString()).toBe(`h\n${'x'.repeat(30)}\n`);
  });

  it('holds rows of megabytes, all of them quotes, beside short ones', () => {
    const rows = [['a', '"'.repeat(400_000)], ['é'.repeat(300_000), '😀'], ['1', '2']]; // prettier-ignore
    expect(readParts(written(rows), 64_000)).toEqual(rows);
  });
});
