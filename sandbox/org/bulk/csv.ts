const LINE_FEED = 10;

/**
 * The records of a CSV text (RFC 4180), each as a list of cells. Line ends may be LF or CRLF, quoted cells may hold both.
 *
 * @throws Error that names the line of a quote that does not end.
 * @example readCsv('a,"b ""c"""\n') // => [['a', 'b "c"']]
 */
export function readCsv(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  // Codes, not texts of one character: this loop meets every character of a large job.
  const limit = delimiter.charCodeAt(0);
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    line += 1;
  };
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      let end = at;
      do {
        end = text.indexOf('"', end + 1);
        if (end < 0) throw new Error(`line ${line}: found a quote that does not end`);
        if (text[end + 1] !== '"') break;
        end += 1;
      } while (true);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      for (; end < text.length; end += 1) {
        const code = text.charCodeAt(end);
        if (code === limit || code === LINE_FEED) break;
      }
      cell = text.slice(at, end).replace(/\r$/, '');
      at = end;
    }
    row.push(cell);
    if (text[at] === '\r') at += 1;
    if (text[at] === delimiter) {
      at += 1;
      // A delimiter at the very end leaves an empty last cell.
      if (at >= text.length || text[at] === '\n') row.push('');
    }
    if (text[at] === '\n') {
      at += 1;
      endRow();
    }
  }
  if (row.length > 0) endRow();
  return rows;
}

const cellOf = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** Every cell in quotes, as Salesforce writes its results. @example csvLine(['a', 'b"']) // => '"a","b"""\n' */
export const csvLine = (cells: string[]): string => `${cells.map(cellOf).join(',')}\n`;
