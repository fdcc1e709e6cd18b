import { ScorerError } from '../../errors.ts';
import type { Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import {
  conversationPages,
  PER_PAGE,
  type ConversationPage,
  type IntercomClient,
  type Span,
} from './client.ts';

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
  /** Done page by page: a record as it comes is ten times as big as what we need of it. */
  readonly parse: (record: unknown) => T;
}

/**
 * Every conversation created in the window, widened by a day on both sides because the search may count in days
 * of the workspace's time zone; each id once. The caller cuts to the window.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when other conversations came than Intercom counts, then and when it counts
 *   again: what was deleted or begun while we read, its own second count explains
 */
export async function readConversations<T>(
  client: IntercomClient,
  { window, parse }: Reading<T>,
): Promise<readonly T[]> {
  const span = { from: Math.floor(window.start / 1_000) - DAY_S, to: Math.ceil(window.end / 1_000) + DAY_S };
  const found = new Records(parse);
  const chain = new Chain();
  const pages = conversationPages(client, span, (records) => chain.take(records, found));
  for await (const page of pages) {
    // Many pages: leave this chain and read slices of the span side by side.
    const count = page.totalCount ?? 0;
    if (chain.isFirst && page.next !== null && slices(span, count).length > 1) {
      await readSlices<T>(client, slices(span, count), found);
      const came = found.all();
      // Each slice may be whole by its own count, and together they hold another number than the span.
      if (!isAbout(came.length, count))
        throw incomplete(`${came.length} conversations in slices, of ${count}`);
      return came;
    }
    chain.turn(page);
  }
  await chain.prove(client, span);
  return found.all();
}

async function readSlices<T>(
  client: IntercomClient,
  spans: readonly Span[],
  found: Records<T>,
): Promise<void> {
  await inParallel(spans, MOST_SLICES, async (span) => {
    const chain = new Chain();
    const pages = conversationPages(client, span, (records) => chain.take(records, found));
    for await (const page of pages) chain.turn(page);
    await chain.prove(client, span);
  });
}

type Mark = Pick<ConversationPage, 'next' | 'totalCount' | 'isLast'>;

/** One chain of pages: what came, and what the vendor says of how much there is. */
class Chain {
  readonly #ids = new Set<string>();
  #withoutId = 0;
  #repeats = false;
  #firstCount: number | null = null;
  #last: Mark | null = null;

  get isFirst(): boolean {
    return this.#last === null;
  }

  take(records: readonly unknown[], found: { readonly add: (record: unknown) => string | null }): void {
    const before = this.#came;
    for (const record of records) {
      const id = found.add(record);
      if (id === null) this.#withoutId++;
      else this.#ids.add(id);
    }
    this.#repeats ||= records.length > 0 && this.#came === before;
  }

  turn(page: Mark): void {
    this.#firstCount ??= page.totalCount;
    this.#last = page;
  }

  get #came(): number {
    return this.#ids.size + this.#withoutId;
  }

  /** Something must say that this was all, and nothing may say that it was not. */
  async prove(client: IntercomClient, span: Span): Promise<void> {
    const { totalCount = null, isLast = null } = this.#last ?? {};
    const first = this.#firstCount ?? totalCount;
    if (totalCount === this.#came && isLast !== false && isAbout(totalCount, first ?? totalCount)) return;
    if (totalCount === null) {
      // Without a count, a page of nothing new may stand where another one should.
      if (this.#repeats) throw incomplete('a page twice');
      if (isLast === true && (first === null || isAbout(this.#came, first))) return;
      throw incomplete(`${this.#came} conversations and no mark of the last page`);
    }
    if (isLast === false) throw incomplete('the end of the pages before the last one');
    const { totalCount: again } = await client.search(span, null);
    if (!isExplained(this.#came, first ?? totalCount, again ?? totalCount)) {
      throw incomplete(`${this.#came} conversations, of ${again ?? totalCount} that it counts`);
    }
  }
}

/** So many conversations may be deleted or begun while a chain is read, or one in a hundred of them. */
const FEW = 3;

/** What came lies between what was counted first and at the end, and that is about the same. */
function isExplained(came: number, first: number, again: number): boolean {
  const [low, high] = [Math.min(first, again), Math.max(first, again)];
  return came >= low && came <= high && isAbout(low, high);
}

/** So little apart that deletions and new conversations may explain it. */
const isAbout = (one: number, other: number): boolean =>
  Math.abs(one - other) <= Math.max(FEW, Math.max(one, other) / 100);

const incomplete = (found: string): ScorerError =>
  new ScorerError(
    'SOURCE_UNEXPECTED',
    `Intercom: POST /conversations/search: found ${found}, expected all of them; the search may lag behind, try again later`,
  );

/** Records by id: while we read, a conversation may move to a page that comes later and be given twice. */
class Records<T> {
  readonly #parse: (record: unknown) => T;
  readonly #byId = new Map<string, T>();
  readonly #withoutId: T[] = [];

  constructor(parse: (record: unknown) => T) {
    this.#parse = parse;
  }

  /** Its id; null for one without. */
  add(record: unknown): string | null {
    const id = (record as { id?: unknown } | null)?.id;
    if (typeof id === 'string' || typeof id === 'number') {
      this.#byId.set(String(id), this.#parse(record));
      return String(id);
    }
    this.#withoutId.push(this.#parse(record));
    return null;
  }

  all(): readonly T[] {
    return [...this.#byId.values(), ...this.#withoutId];
  }
}
