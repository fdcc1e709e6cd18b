import { z } from 'zod';
import { ScorerError } from '../../errors.ts';
import type { Transport } from '../../http/transport.ts';
import { everyPage } from '../pages.ts';
import type { StateField } from './moves.ts';
import { fieldsFor } from './parse.ts';

/** The vendor's ceiling. A server may give less per page; every loop goes by what came. */
const SEARCH_PAGE = 5_000;
const CLOUD = 'Jira: POST /rest/api/3/search/jql';

const CLOUD_PAGE = z.object({
  issues: z.array(z.unknown()),
  isLast: z.boolean().nullish(),
  nextPageToken: z.string().nullish(),
});
const SERVER_PAGE = z.object({
  issues: z.array(z.unknown()),
  startAt: z.number().int().nonnegative().nullish(),
  total: z.number().int().nonnegative(),
});
const COUNT = z.object({ count: z.number().int().nonnegative() });

/**
 * A page of issues; `counted` where the server says how many there are in all. Its records are handed out as they
 * come and are no part of it: whoever walks over pages holds the last one while the next is on its way.
 */
export interface IssuePage {
  readonly next: string | null;
  readonly counted: number | null;
  /** The server said by its own mark whether more follow. */
  readonly marked: boolean;
}

type Take = (records: readonly unknown[]) => void;
export type Search = (jql: string, field: StateField, take: Take) => AsyncGenerator<IssuePage>;

const unexpected = (why: string): ScorerError =>
  new ScorerError('SOURCE_UNEXPECTED', `${CLOUD}: ${why}; run again later`);

// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post
// Not /rest/api/3/search: removed, it answers 410.
export const searchCloud =
  (transport: Transport): Search =>
  (jql, field, take) =>
    everyPage(CLOUD, async (cursor): Promise<IssuePage> => {
      const { issues, isLast, nextPageToken } = await transport.request({
        method: 'POST',
        path: '/rest/api/3/search/jql',
        endpoint: 'search',
        body: {
          jql,
          // Without a list of fields only ids come.
          fields: fieldsFor(field),
          maxResults: SEARCH_PAGE,
          ...(cursor === null ? {} : { nextPageToken: cursor }),
        },
        schema: CLOUD_PAGE,
      });
      const next = nextPageToken == null || nextPageToken === '' ? null : nextPageToken;
      if (isLast === false && next === null)
        throw unexpected('more pages follow, and no token leads to them');
      if (isLast === true && next !== null) throw unexpected('the last page leads to another one');
      take(issues);
      return { next, counted: null, marked: isLast != null || next !== null };
    });

// https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/#api/2/search-searchUsingSearchRequest
export const searchDataCenter =
  (transport: Transport): Search =>
  (jql, field, take) =>
    everyPage('Jira: POST /rest/api/2/search', async (cursor): Promise<IssuePage> => {
      const startAt = Number(cursor ?? 0);
      const { issues, total } = await transport.request({
        method: 'POST',
        path: '/rest/api/2/search',
        endpoint: 'search',
        body: { jql, fields: fieldsFor(field), expand: ['changelog'], startAt, maxResults: 1_000 },
        schema: SERVER_PAGE,
      });
      // By what came, not by what was asked: an administrator may have set a smaller page, silently.
      const reached = startAt + issues.length;
      take(issues);
      const more = issues.length > 0 && reached < total;
      return { next: more ? String(reached) : null, counted: total, marked: true };
    });

/**
 * How many issues a question has, as Cloud counts them: an estimate in that the newest changes may not be in it yet.
 * Null where the site does not answer: a check that cannot be made takes nothing from what was read.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-approximate-count-post
 */
export async function countCloud(transport: Transport, jql: string): Promise<number | null> {
  try {
    const path = '/rest/api/3/search/approximate-count';
    const call = { method: 'POST', path, endpoint: 'count', body: { jql }, schema: COUNT } as const;
    return (await transport.request(call)).count;
  } catch (error) {
    if (error instanceof ScorerError) return null;
    throw error;
  }
}
