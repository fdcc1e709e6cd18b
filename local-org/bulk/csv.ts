// Source: https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html

const [BYTE_ORDER_MARK, LINE_FEED, RETURN, QUOTE] = ['\uFEFF', 0x0a, 0x0d, 0x22];

/**
 * The records of a CSV (RFC 4180, UTF-8), each as a list of cells. Line ends may be LF or CRLF, quoted cells may hold both.
 * Read from bytes: a single sign beyond Latin-1 anywhere would make every cell of a large text take twice its room.
 * One by one: the cells of a whole file live long enough to be copied by every clean-up of the memory.
 *
 * @throws Error that names the line of a quote that does not end, once it comes there
 * @example [...csvRows(Buffer.from('a,"b ""c"""\n'))] // => [['a', 'b "c"']]
 */
export function* csvRows(bytes: Buffer, delimiter = ','): Generator<string[], undefined> {
  let row: string[] = [];
  let at = bytes.toString('utf8', 0, 3) === BYTE_ORDER_MARK ? 3 : 0;
  let line = 1;
  const limit = delimiter.charCodeAt(0);
  const isEmpty = (): boolean => row.length === 1 && row[0] === '';
  while (at < bytes.length) {
    if (bytes[at] === QUOTE) {
      let end = at;
      for (;;) {
        end = bytes.indexOf(QUOTE, end + 1);
        if (end < 0) throw new Error(`line ${line}: found a quote that does not end`);
        if (bytes[end + 1] !== QUOTE) break;
        end += 1;
      }
      row.push(bytes.toString('utf8', at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      let end = at;
      while (end < bytes.length && bytes[end] !== limit && bytes[end] !== LINE_FEED) end += 1;
      row.push(bytes.toString('utf8', at, end > at && bytes[end - 1] === RETURN ? end - 1 : end));
      at = end;
    }
    if (bytes[at] === RETURN) at += 1;
    if (bytes[at] === limit) {
      at += 1;
      // A delimiter at the very end leaves an empty last cell.
      if (at >= bytes.length || bytes[at] === LINE_FEED) row.push('');
    }
    if (bytes[at] === LINE_FEED) {
      at += 1;
      if (!isEmpty()) yield row;
      row = [];
      line += 1;
    }
  }
  if (row.length > 0 && !isEmpty()) yield row;
  return undefined;
}

const cellOf = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** Every cell in quotes, as Salesforce writes its results. @example csvLine(['a', 'b"']) // => '"a","b"""\n' */
export const csvLine = (cells: string[]): string => `${cells.map(cellOf).join(',')}\n`;
