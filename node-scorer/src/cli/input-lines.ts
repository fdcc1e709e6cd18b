import { isUtf8 } from 'node:buffer';

/** A line of the input, or why it is none. Lines count from 1, empty ones included. */
export type InputLine =
  | { readonly number: number; readonly text: string; readonly problem?: undefined }
  | { readonly number: number; readonly problem: string };

/** No account needs more; without a limit one endless line would fill the memory. */
const LONGEST = 1_000_000;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits a stream of bytes into lines, a batch for each chunk read. Takes LF and CRLF, leaves a byte-order mark
 * and empty lines out. Works on bytes, so that a wrong encoding is told and not replaced by question marks.
 *
 * @param chunks of any size; a line may span several
 * @example for await (const lines of inputLines(stream)) for (const line of lines) { … }
 */
export async function* inputLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine[]> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const lines: InputLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      number += 1;
      const line = skipping ? null : toLine(bytes.subarray(start, end), number);
      if (line !== null) lines.push(line);
      skipping = false;
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST) {
      if (!skipping) lines.push({ number: number + 1, problem: tooLong });
      skipping = true;
      rest = Buffer.alloc(0);
    }
    if (lines.length > 0) yield lines;
  }
  const last = skipping ? null : toLine(rest, number + 1);
  if (last !== null) yield [last];
}

const tooLong = `found more than ${LONGEST} bytes, expected one JSON object`;

function toLine(raw: Buffer, number: number): InputLine | null {
  const marked = number === 1 && raw.subarray(0, 3).equals(BYTE_ORDER_MARK);
  const end = raw.at(-1) === CARRIAGE_RETURN ? raw.length - 1 : raw.length;
  const bytes = raw.subarray(marked ? 3 : 0, end);
  if (bytes.length > LONGEST) return { number, problem: tooLong };
  if (!isUtf8(bytes)) return { number, problem: 'found bytes that are no UTF-8, expected UTF-8' };
  const text = bytes.toString('utf8');
  return text.trim() === '' ? null : { number, text };
}
