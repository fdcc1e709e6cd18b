import type { Answer, Request } from 'local-org/http';
import { badPayload, failure, isText, isTexts, listed, whole } from './answers.ts';
import { renderEmbedded } from './changelog.ts';
import type { Finder } from './find.ts';
import type { Context } from './jql/compile.ts';
import { endOfLife, fingerprintOf, openToken, sealToken } from './page-token.ts';
import { beginOf, type Quirks } from './quirks.ts';
import { fieldsWanted, renderIssue, type Pen } from './render.ts';

/** How many issues a page holds at most; the more fields, the fewer. The middle figure is ours, the vendor gives none. */
export interface PageCaps {
  readonly idsOnly: number;
  readonly someFields: number;
  readonly allFields: number;
  /** Changes that `expand=changelog` embeds in an issue, the newest ones. */
  readonly embedded: number;
}

export const PAGE_CAPS: PageCaps = { idsOnly: 5_000, someFields: 1_000, allFields: 100, embedded: 20 };

const DEFAULT_PAGE = 50;
const BODY_KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  jql: isText,
  nextPageToken: isText,
  maxResults: (value) => Number.isInteger(value),
  fields: isTexts,
  expand: isText,
  properties: isTexts,
  fieldsByKeys: (value) => typeof value === 'boolean',
  failFast: (value) => typeof value === 'boolean',
  reconcileIssues: (value) => Array.isArray(value) && value.length <= 50 && value.every(Number.isInteger),
};

interface SearchRequest {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly maxResults: number;
  readonly nextPageToken: string | null;
  readonly expand: readonly string[];
}

/** Everything an answer of a search depends on besides the request. */
export interface Searching {
  readonly context: Context;
  /** Finds what a query asks for, in its order, or says why not. */
  readonly find: Finder;
  readonly pen: Pen;
  readonly caps: PageCaps;
  readonly quirks: Quirks;
}

/**
 * GET and POST /rest/api/{2,3}/search/jql.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 */
export function searchCloud(request: Request, { context, find, pen, caps, quirks }: Searching): Answer {
  const wanted = request.method === 'GET' ? ofQuery(request.query) : ofBody(request.json());
  if (wanted === null) return badPayload();
  const found = find(wanted.jql);
  if ('status' in found) return found;
  const fingerprint = fingerprintOf(wanted.jql);
  const from = wanted.nextPageToken === null ? 0 : openToken(wanted.nextPageToken, fingerprint, context.now);
  if (from === null || (from > 0 && quirks.forgetsTokens))
    return failure(400, ['The nextPageToken is invalid or has expired.']);
  const fields = fieldsWanted(wanted.fields);
  const idOnly = wanted.fields.length === 0 || wanted.fields.every((name) => name === 'id');
  const cap = fields.length === 0 ? caps.idsOnly : fields.length > 10 ? caps.allFields : caps.someFields;
  const reached = from + Math.min(wanted.maxResults, cap);
  const page = found.slice(beginOf(from, quirks.rowsAcrossPages), reached);
  const stays = from > 0 && quirks.repeatsToken;
  const isLast = !stays && reached >= found.length;
  const token = stays
    ? (wanted.nextPageToken ?? '')
    : sealToken({ query: fingerprint, from: reached, until: endOfLife(context.now) });
  const reshape = quirks.reshape ?? ((issue: Readonly<Record<string, unknown>>): unknown => issue);
  return {
    status: 200,
    body: {
      issues: page.map((issue) =>
        reshape({
          ...(idOnly ? { id: issue.id } : renderIssue(issue, fields, pen)),
          ...(wanted.expand.includes('changelog')
            ? { changelog: renderEmbedded(issue, pen, { newestFirst: true, atMost: caps.embedded }) }
            : {}),
        }),
      ),
      ...(isLast ? {} : { nextPageToken: token }),
      isLast,
    },
  };
}

/** POST /rest/api/{2,3}/search/approximate-count. */
export function countIssues(request: Request, { find }: Pick<Searching, 'find'>): Answer {
  const body = request.json() as { jql?: unknown } | undefined;
  if (typeof body?.jql !== 'string' || Object.keys(body).length !== 1) return badPayload();
  const found = find(body.jql);
  return 'status' in found ? found : { status: 200, body: { count: found.length } };
}

function ofQuery(query: URLSearchParams): SearchRequest | null {
  const maxResults = whole(query.get('maxResults'), DEFAULT_PAGE);
  if (maxResults === null || maxResults < 1) return null;
  return {
    jql: query.get('jql') ?? '',
    fields: listed(query, 'fields'),
    maxResults,
    nextPageToken: query.get('nextPageToken'),
    expand: listed(query, 'expand'),
  };
}

function ofBody(body: unknown): SearchRequest | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const given = Object.entries(body as Record<string, unknown>);
  if (!given.every(([key, value]) => value === null || BODY_KEYS[key]?.(value))) return null;
  if (given.some(([key]) => !Object.hasOwn(BODY_KEYS, key))) return null;
  const { jql, fields, maxResults, nextPageToken, expand } = body as {
    jql?: string | null;
    fields?: string[] | null;
    maxResults?: number | null;
    nextPageToken?: string | null;
    expand?: string | null;
  };
  if ((maxResults ?? 1) < 1) return null;
  return {
    jql: jql ?? '',
    fields: (fields ?? []).flatMap((text) => text.split(',')).map((name) => name.trim()),
    maxResults: maxResults ?? DEFAULT_PAGE,
    nextPageToken: nextPageToken ?? null,
    expand: (expand ?? '').split(','),
  };
}
