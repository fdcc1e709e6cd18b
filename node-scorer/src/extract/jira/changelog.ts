import { z } from 'zod';
import type { Transport } from '../../http/transport.ts';
import { everyPage } from '../pages.ts';
import { isBad, parseMoves, type Moves, type StateField } from './moves.ts';

const CHANGELOG_PAGE = 10_000;
const WHERE = 'Jira: POST /rest/api/3/changelog/bulkfetch';
const ID = z.union([z.string().min(1), z.number()]).transform(String);
const CHANGELOGS = z.object({
  issueChangeLogs: z.array(z.object({ issueId: ID, changeHistories: z.array(z.unknown()) })),
  nextPageToken: z.string().nullish(),
});

/**
 * Moves of issues by id, never by place; an issue that never moved is absent.
 *
 * Not expand=changelog on the search: it brings the newest changes only and drops the oldest without a word.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post
 */
export async function bulkMoves(
  transport: Transport,
  ids: readonly string[],
  field: StateField,
): Promise<ReadonlyMap<string, Moves>> {
  const asked = new Set(ids);
  const found = new Map<string, Moves>();
  const seen = new Set<string>();
  const pages = everyPage(WHERE, async (token) => {
    const { issueChangeLogs, nextPageToken } = await transport.request({
      method: 'POST',
      path: '/rest/api/3/changelog/bulkfetch',
      endpoint: 'changelog',
      body: {
        issueIdsOrKeys: ids,
        fieldIds: [field],
        maxResults: CHANGELOG_PAGE,
        ...(token === null ? {} : { nextPageToken: token }),
      },
      schema: CHANGELOGS,
    });
    return { issueChangeLogs, next: nextPageToken == null || nextPageToken === '' ? null : nextPageToken };
  });
  for await (const { issueChangeLogs } of pages) {
    for (const { issueId, changeHistories } of issueChangeLogs) {
      if (!asked.has(issueId)) continue;
      // One issue may be split over pages, and a page may come twice: each history once.
      const fresh = changeHistories.filter((history) => isNew(seen, `${issueId} ${historyId(history)}`));
      found.set(issueId, together(found.get(issueId), parseMoves(fresh, field)));
    }
  }
  return found;
}

const historyId = (history: unknown): string => {
  const id = (history as { id?: unknown } | null)?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : JSON.stringify(history);
};

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function together(before: Moves | undefined, more: Moves): Moves {
  if (before === undefined || isBad(more)) return more;
  return isBad(before) ? before : [...before, ...more].toSorted((a, b) => a.at - b.at);
}
