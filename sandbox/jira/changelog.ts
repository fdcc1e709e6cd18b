import type { Answer, Request } from 'local-org/http';
import { badPayload, failure, isText, isTexts, whole } from './answers.ts';
import { endOfLife, fingerprintOf, openToken, sealToken } from './page-token.ts';
import type { Quirks } from './quirks.ts';
import { renderItems, type Pen } from './render.ts';
import type { IssueNow, Move, Site } from './site.ts';

const MAX_ISSUES = 1_000;
const MAX_FIELDS = 10;
const DEFAULT_PAGE = 1_000;
const MAX_PAGE = 10_000;
const ISSUE_PAGE = 100;

interface BulkBody {
  readonly issueIdsOrKeys: readonly string[];
  readonly fieldIds?: readonly string[] | null;
  readonly maxResults?: number | null;
  readonly nextPageToken?: string | null;
}

interface BulkContext {
  readonly site: Site;
  readonly seesAll: boolean;
  readonly now: number;
  readonly pen: Pen;
  readonly quirks: Pick<Quirks, 'forgetsTokens'>;
}

type Items = ReturnType<typeof renderItems>;

/** Nobody's name: the changes of a made-up customer base were made by nobody. */
const author = ({ origin, version }: Pen) => ({
  accountId: '5b10ac8d82e05b22cc7d4ef5',
  accountType: 'atlassian',
  active: true,
  displayName: 'Sandbox Developer',
  self: `${origin}/rest/api/${version}/user?accountId=5b10ac8d82e05b22cc7d4ef5`,
});

/**
 * POST /rest/api/3/changelog/bulkfetch: all changes of up to 1,000 issues, oldest change first over all of them, so
 * that a page boundary may cut through an issue's history. `created` is in whole seconds since the epoch, as in the
 * vendor's example. Issues that are not there, or not to be seen, are left out.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post
 */
export function bulkChangelog(request: Request, { site, seesAll, now, pen, quirks }: BulkContext): Answer {
  const body = request.json();
  const problem = problemOf(body);
  if (problem !== null) return problem;
  const { issueIdsOrKeys, fieldIds, maxResults, nextPageToken } = body as BulkBody;
  const query = fingerprintOf(JSON.stringify([issueIdsOrKeys, fieldIds ?? []]));
  const from = nextPageToken == null ? 0 : openToken(nextPageToken, query, now);
  if (from === null || (from > 0 && quirks.forgetsTokens))
    return failure(400, ['The nextPageToken is invalid or has expired.']);

  const issues = new Set(seesAll ? issueIdsOrKeys.flatMap((idOrKey) => site.issue(idOrKey) ?? []) : []);
  const changes = [...issues]
    .flatMap((issue) =>
      issue.moves.map((move) => ({ issue, move, items: renderItems(move, fieldIds ?? []) })),
    )
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) => a.move.at - b.move.at || Number(a.issue.id) - Number(b.issue.id));
  const page = changes.slice(from, from + (maxResults ?? DEFAULT_PAGE));
  const reached = from + page.length;
  const byIssue = Map.groupBy(page, ({ issue }) => issue.id);
  return {
    status: 200,
    body: {
      issueChangeLogs: [...byIssue].map(([issueId, histories]) => ({
        issueId,
        changeHistories: histories.map(({ move, items }) => ({
          author: author(pen),
          created: Math.floor(move.at / 1_000),
          id: move.id,
          items,
        })),
      })),
      ...(reached < changes.length
        ? { nextPageToken: sealToken({ query, from: reached, until: endOfLife(now) }) }
        : {}),
    },
  };
}

function problemOf(body: unknown): Answer | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return badPayload();
  const { issueIdsOrKeys, fieldIds, maxResults, nextPageToken, ...others } = body as Record<string, unknown>;
  if (Object.keys(others).length > 0 || !isTexts(issueIdsOrKeys)) return badPayload();
  if (issueIdsOrKeys.length < 1 || issueIdsOrKeys.length > MAX_ISSUES) {
    return failure(400, [`issueIdsOrKeys must hold between 1 and ${MAX_ISSUES} issue IDs or keys.`]);
  }
  if (fieldIds != null && !isTexts(fieldIds)) return badPayload();
  if (fieldIds != null && (fieldIds.length > MAX_FIELDS || new Set(fieldIds).size < fieldIds.length)) {
    return failure(400, [`fieldIds must hold at most ${MAX_FIELDS} different field IDs.`]);
  }
  if (maxResults != null) {
    if (!Number.isInteger(maxResults)) return badPayload();
    if ((maxResults as number) < 1 || (maxResults as number) > MAX_PAGE) {
      return failure(400, [`maxResults must be between 1 and ${MAX_PAGE}.`]);
    }
  }
  return nextPageToken == null || isText(nextPageToken) ? null : badPayload();
}

const renderMove = (move: Move, items: Items, pen: Pen) => ({
  id: move.id,
  author: author(pen),
  created: pen.zone.format(move.at),
  items,
});

/** GET /rest/api/{2,3}/issue/{issueIdOrKey}/changelog: oldest first; here `created` is a text. */
export function issueChangelog(request: Request, issue: IssueNow, pen: Pen): Answer {
  const startAt = whole(request.query.get('startAt'), 0);
  const maxResults = whole(request.query.get('maxResults'), ISSUE_PAGE);
  if (startAt === null || maxResults === null) return badPayload();
  const size = Math.min(maxResults, ISSUE_PAGE);
  const values = issue.moves.slice(startAt, startAt + size);
  return {
    status: 200,
    body: {
      self: `${pen.origin}${request.path}?maxResults=${size}&startAt=${startAt}`,
      maxResults: size,
      startAt,
      total: issue.moves.length,
      isLast: startAt + values.length >= issue.moves.length,
      values: values.map((move) => renderMove(move, renderItems(move, []), pen)),
    },
  };
}

/** What `expand=changelog` puts into an issue: on Cloud only the newest changes, and no word about the others. */
export function renderEmbedded(
  { moves }: IssueNow,
  pen: Pen,
  { newestFirst, atMost }: { newestFirst: boolean; atMost: number },
) {
  const histories = (newestFirst ? moves.toReversed() : moves)
    .slice(0, atMost)
    .map((move) => renderMove(move, renderItems(move, []), pen));
  return { startAt: 0, maxResults: histories.length, total: moves.length, histories };
}
