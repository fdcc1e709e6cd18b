import { ScorerError } from '../errors.ts';

/** More pages than this of one question are no answer but a loop. */
const MOST_PAGES = 20_000;

/**
 * Every page of a question that is paged by cursor. A cursor that the vendor no longer knows makes it begin
 * again, once: the caller drops what it has seen by id.
 *
 * Not "until a page is short": vendors shorten pages that are not the last.
 *
 * @param where the call, for messages, such as `Jira: POST /rest/api/3/search/jql`
 * @param mostPages how many pages the newest page leads to expect at most
 * @throws ScorerError SOURCE_UNEXPECTED when a cursor comes twice or the pages do not end
 */
export async function* everyPage<P extends { readonly next: string | null }>(
  where: string,
  ask: (cursor: string | null) => Promise<P>,
  mostPages: (page: P) => number = () => MOST_PAGES,
): AsyncGenerator<P> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  let begunAgain = false;
  for (let pages = 1; ; pages++) {
    let page: P;
    try {
      page = await ask(cursor);
    } catch (error) {
      if (cursor === null || begunAgain || !isWrongCursor(error)) throw error;
      [cursor, begunAgain, pages] = [null, true, 0];
      seen.clear();
      continue;
    }
    yield page;
    cursor = page.next;
    if (cursor === null) return;
    if (seen.has(cursor)) throw endless(where, 'a page cursor came twice');
    if (pages >= mostPages(page)) throw endless(where, `no end after ${pages} pages`);
    seen.add(cursor);
  }
}

/** Vendors answer 400, 404 or 410 to a cursor that has expired. */
const isWrongCursor = (error: unknown): boolean =>
  error instanceof ScorerError && error.code === 'SOURCE_SETTINGS';

const endless = (where: string, why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `${where}: ${why}; try again later`);
