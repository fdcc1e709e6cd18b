import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkCsvRow, parseBulkCsv } from './salesforce-csv.ts';

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '#', 'é', '😀') }),
  fc.string(),
);
/** Rows of equal length, below a header. */
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }));

describe('CSV of bulk jobs', () => {
  it.each([
    ['cells', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['lines that end as in Windows', 'a,b\r\n1,"2"\r\n', [{ a: '1', b: '2' }]],
    ['a last line without an end', '"a","b"\n1,2', [{ a: '1', b: '2' }]],
    ['empty cells, also at the end', 'a,b,c\n,2,\n"",,', [{ a: null, b: '2', c: null }, { a: null, b: null, c: null }]], // prettier-ignore
    ['quotes, commas and lines in a cell', 'a,b\n"a ""b"", c\nd",e', [{ a: 'a "b", c\nd', b: 'e' }]],
    ['a cell of one quote', 'a\n""""', [{ a: '"' }]],
    ['empty lines', 'a\n\n\nb\n', [{ a: 'b' }]],
    ['a header alone', 'a,b\n', []],
    ['nothing', '', []],
  ])('is read: %s', (_, text, rows) => {
    expect(parseBulkCsv(text)).toEqual(rows);
  });

  it.each([
    ['a quote that does not end', 'a\n"secret', 'CSV_QUOTE_NOT_CLOSED'],
    ['text behind a closing quote', 'a,b\n"secret"b,c', 'CSV_INVALID_CLOSING_QUOTE'],
    ['rows of different lengths', 'a,b\nsecret\n', 'CSV_RECORD_INCONSISTENT_COLUMNS'],
  ])('is refused with %s, without its cells', (_, text, code) => {
    const read = () => parseBulkCsv(text);
    expect(read).toThrow(expect.objectContaining({ code: 'SOURCE_UNEXPECTED' }) as Error);
    expect(read).toThrow(`found ${code} by line 2, expected CSV`);
    expect(read).not.toThrow('secret');
  });

  it('is written so that it is read alike, whatever the cells', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const header = (rows[0] ?? []).map((_, at) => `c${at}`);
        const read = rows.map((row) => Object.fromEntries(row.map((text, at) => [`c${at}`, text || null])));
        expect(parseBulkCsv([header, ...rows].map(bulkCsvRow).join(''))).toEqual(read);
      }),
    );
  });

  it.each([
    [['Id', 'Name'], 'Id,Name\n'],
    [['1', 'Lark, "Field"\r'], '1,"Lark, ""Field""\r"\n'],
    [['=1', '#N/A', ''], '=1,#N/A,\n'],
  ])('is written as RFC 4180 has it, formulas as they are: %j', (cells, row) => {
    expect(bulkCsvRow(cells)).toBe(row);
  });
});
