import type { Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { NoteBook } from '../notes.ts';
import { conversationPages, PER_PAGE, type IntercomClient, type Span } from './client.ts';

const DAY_S = 86_400;
/** A chain of pages is read one after the other; below so many pages a second chain does not pay. */
const PAGES_PER_SLICE = 40;
const MOST_SLICES = 8;

/**
 * Splits a span into equal slices of at least 40 pages each, judged by how many conversations it holds.
 *
 * @example slices({ from: 0, to: 100 }, 12_000) // => [{ from: 0, to: 50 }, { from: 50, to: 100 }]
 */
export function slices({ from, to }: Span, totalCount: number): Span[] {
  const pages = Math.ceil(totalCount / PER_PAGE);
  const count = Math.max(1, Math.min(MOST_SLICES, Math.floor(pages / PAGES_PER_SLICE)));
  const cut = (index: number): number => from + Math.round(((to - from) * index) / count);
  return Array.from({ length: count }, (_, index) => ({ from: cut(index), to: cut(index + 1) }));
}

interface Reading<T> {
  readonly window: Window;
  readonly notes: NoteBook;
  /** Done page by page: a record as it comes is ten times as big as what we need of it. */
  readonly parse: (record: unknown) => T;
}

/**
 * Every conversation created in the window, widened by a day on both sides because the search may count in days
 * of the workspace's time zone; each id once. The caller cuts to the window.
 */
export async function readConversations<T>(
  client: IntercomClient,
  { window, notes, parse }: Reading<T>,
): Promise<readonly T[]> {
  const span = { from: Math.floor(window.start / 1_000) - DAY_S, to: Math.ceil(window.end / 1_000) + DAY_S };
  const found = new Records(parse);
  let counted: number | null = null;
  const take = (records: readonly unknown[]): void => found.add(records);
  for await (const page of conversationPages(client, span, take)) {
    // Many pages: leave this chain and read slices of the span side by side.
    if (counted === null && page.next !== null && slices(span, page.totalCount ?? 0).length > 1) {
      return await readSlices<T>(client, { span, totalCount: page.totalCount ?? 0, found, notes });
    }
    counted = page.totalCount ?? counted;
  }
  return found.complete(counted, notes);
}

async function readSlices<T>(
  client: IntercomClient,
  { span, totalCount, found, notes }: { span: Span; totalCount: number; found: Records<T>; notes: NoteBook },
): Promise<readonly T[]> {
  await inParallel(slices(span, totalCount), MOST_SLICES, async (slice) => {
    const pages = conversationPages(client, slice, (records) => found.add(records));
    while ((await pages.next()).done !== true);
  });
  return found.complete(totalCount, notes);
}

/** Records by id: while we read, a conversation may move to a page that comes later and be given twice. */
class Records<T> {
  readonly #parse: (record: unknown) => T;
  readonly #byId = new Map<string, T>();
  readonly #withoutId: T[] = [];

  constructor(parse: (record: unknown) => T) {
    this.#parse = parse;
  }

  add(records: readonly unknown[]): void {
    for (const record of records) {
      const id = (record as { id?: unknown } | null)?.id;
      if (typeof id === 'string' || typeof id === 'number') this.#byId.set(String(id), this.#parse(record));
      else this.#withoutId.push(this.#parse(record));
    }
  }

  complete(counted: number | null, notes: NoteBook): readonly T[] {
    const all = [...this.#byId.values(), ...this.#withoutId];
    if (counted !== null && all.length < counted) {
      notes.add(
        'fewer_than_counted',
        `Intercom counted ${counted} conversations and gave ${all.length}; the search may lag behind, run again later`,
      );
    }
    return all;
  }
}
