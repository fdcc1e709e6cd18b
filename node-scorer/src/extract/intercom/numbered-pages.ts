import { ScorerError } from '../../errors.ts';

/** More pages than this of one list are no answer but a loop. */
const MOST_PAGES = 1_000;

interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly totalPages: number | null;
  readonly totalCount: number | null;
}

/**
 * Every item of a list that is paged by number, each once.
 *
 * @param where the call, for messages
 * @throws ScorerError SOURCE_UNEXPECTED when fewer items came than the last page counts, or no page is the last
 * @example await everyNumberedPage('Intercom: GET /contacts/7/companies', ask) // => [{ id: 'c1' }, { id: 'c2' }]
 */
export async function everyNumberedPage<T extends { readonly id: string }>(
  where: string,
  ask: (page: number) => Promise<NumberedPage<T>>,
): Promise<readonly T[]> {
  // By id: a page that comes again must not stand for the one that is missing.
  const byId = new Map<string, T>();
  let told = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { items, totalPages, totalCount } = await ask(page);
    for (const item of items) byId.set(item.id, item);
    told = totalCount ?? told + items.length;
    const last = totalPages ?? 1;
    if (page < last && items.length > 0) continue;
    if (page < last || byId.size < told) {
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        `${where}: found ${byId.size} of ${told} on ${page} of ${last} pages, expected all of them; try again later`,
      );
    }
    return [...byId.values()];
  }
  throw new ScorerError('SOURCE_UNEXPECTED', `${where}: no end after ${MOST_PAGES} pages; try again later`);
}
