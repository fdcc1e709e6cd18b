import { ScorerError } from '../../errors.ts';

/** More pages than this of one list are no answer but a loop. */
const MOST_PAGES = 1_000;

interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly totalPages: number | null;
  readonly totalCount: number | null;
}

/**
 * Every item of a list that is paged by number.
 *
 * @param where the call, for messages
 * @throws ScorerError SOURCE_UNEXPECTED when fewer items came than the last page counts, or no page is the last
 * @example await everyNumberedPage('Intercom: GET /contacts/7/companies', ask) // => [{ id: 'c1' }, { id: 'c2' }]
 */
export async function everyNumberedPage<T>(
  where: string,
  ask: (page: number) => Promise<NumberedPage<T>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { items, totalPages, totalCount } = await ask(page);
    found.push(...items);
    const last = totalPages ?? 1;
    if (page < last && items.length > 0) continue;
    const told = totalCount ?? found.length;
    if (page < last || found.length < told) {
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        `${where}: found ${found.length} of ${told} on ${page} of ${last} pages, expected all of them; try again later`,
      );
    }
    return found;
  }
  throw new ScorerError('SOURCE_UNEXPECTED', `${where}: no end after ${MOST_PAGES} pages; try again later`);
}
