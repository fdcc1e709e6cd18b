import { invalid } from './refusal.ts';

export type SortValue = number | string | null;

/** Where a page ended: the last row's sort value and id, and the number of the page that follows. */
export interface Cursor {
  readonly value: SortValue;
  readonly id: string;
  readonly page: number;
}

/**
 * The opaque text that a client sends back. Keyset, so that rows which appear before it move no page.
 *
 * @example encodeCursor({ value: 1734537546, id: '515', page: 2 }) // => 'WzE3MzQ1Mzc1NDYsIjUxNSIsMl0='
 */
export const encodeCursor = ({ value, id, page }: Cursor): string =>
  Buffer.from(JSON.stringify([value, id, page])).toString('base64');

/**
 * @throws Refusal parameter_invalid when it is not one that encodeCursor made
 * @example decodeCursor('WzE3MzQ1Mzc1NDYsIjUxNSIsMl0=') // => { value: 1734537546, id: '515', page: 2 }
 */
export function decodeCursor(text: unknown): Cursor {
  const garbled = () => invalid('starting_after is not a cursor of this search', 'starting_after');
  if (typeof text !== 'string') throw garbled();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    throw garbled();
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw garbled();
  const [value, id, page] = parts as unknown[];
  const sortable = value === null || typeof value === 'number' || typeof value === 'string';
  if (!sortable || typeof id !== 'string' || !Number.isInteger(page) || (page as number) < 2) throw garbled();
  const cursor = { value, id, page: page as number };
  // Base64 decoders forgive: what does not encode back was not ours.
  if (encodeCursor(cursor) !== text) throw garbled();
  return cursor;
}

/** Ids are numbers as text, of any length. */
export const compareIds = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);

/** Nothing comes before everything. */
export function compareValues(one: SortValue, other: SortValue): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return compareIds(String(one), String(other));
}
