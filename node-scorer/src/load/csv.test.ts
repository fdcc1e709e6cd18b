import { describe, expect, it } from 'vitest';
import { csvRecords, neutralise } from './csv.ts';

describe('A cell that a spreadsheet would run', () => {
  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '  =1+1', '＝1+1', '|calc', '%0A=1', '-'])(
    '%j gets an apostrophe before it',
    (cell) => {
      expect(neutralise(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['Harbour & Vine', '', '12.5', '-12.5', '+3', '-1e-7', '2026-10', "'=1", 'a=b', '1-2'])(
    '%j stays as it is',
    (cell) => {
      expect(neutralise(cell)).toBe(cell);
    },
  );

  it('is quoted as well where CSV asks for it', () => {
    expect(csvRecords([['=A1,"x"', 'Tarn, Ltd', -5.2, null, true]])).toBe(
      '"\'=A1,""x""","Tarn, Ltd",-5.2,,true\r\n',
    );
  });

  it('takes line ends and outer spaces into quotes, so that a row stays one row', () => {
    expect(csvRecords([['two\nlines', 'a\rb', ' before', 'after '], ['plain']])).toBe(
      '"two\nlines","a\rb"," before","after "\r\nplain\r\n',
    );
  });
});
