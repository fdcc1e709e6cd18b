import { describe, expect, it } from 'vitest';
import { csvRecord, neutralise } from './csv-cell.ts';

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
    expect(csvRecord(['=A1,"x"', 'Tarn, Ltd', -5.2, null, true])).toBe(
      '"\'=A1,""x""","Tarn, Ltd",-5.2,,true\r\n',
    );
  });
});
