import { z } from 'zod';
import { ScorerError } from '../../errors.ts';
import { makeTransport, type Runtime, type Transport, type TransportOptions } from '../../http/transport.ts';
import { everyPage } from '../pages.ts';
import { parseMoves, type Moves, type StateField } from './parse.ts';

const DEADLINE_MS = 60_000;
/** The vendor's ceilings. A server may give less per page; every loop goes by what came. */
const SEARCH_PAGE = 5_000;
const CHANGELOG_PAGE = 10_000;
const PROJECT_KEYS_PER_CALL = 50;
export const ISSUES_PER_CHANGELOG_CALL = 1_000;

const ID = z.union([z.string().min(1), z.number()]).transform(String);
const SERVER = z.object({ deploymentType: z.string().nullish() });
/** Cloud names a user by accountId, Data Center by name or key; an anonymous answer has none of them. */
const MYSELF = z
  .object({ accountId: z.string().nullish(), name: z.string().nullish(), key: z.string().nullish() })
  .refine((user) => Boolean(user.accountId ?? user.name ?? user.key), 'expected a user');
const STATUSES = z
  .array(z.object({ id: ID, statusCategory: z.object({ key: z.string() }) }))
  .min(1, 'expected at least one status');
const PROJECT = z.object({ key: z.string() });
const PROJECTS = z.object({ values: z.array(PROJECT) });
const COMPONENTS = z.array(z.object({ name: z.string() }));
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
const CHANGELOGS = z.object({
  issueChangeLogs: z.array(z.object({ issueId: ID, changeHistories: z.array(z.unknown()) })),
  nextPageToken: z.string().nullish(),
});

export type JiraCredentials = { readonly baseUrl: string } & (
  { readonly email: string; readonly token: string } | { readonly pat: string }
);

/**
 * The transport of Jira: Basic with an API token, or Bearer with a personal access token (Data Center); 60 s a
 * call. The address may be the site's, or `https://api.atlassian.com/ex/jira/{cloudId}` for scoped tokens.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/
 * @example jiraTransport({ baseUrl: 'https://example.atlassian.net', email, token }, runtime)
 */
export function jiraTransport(
  credentials: JiraCredentials,
  runtime: Runtime & Pick<Partial<TransportOptions>, 'deadlineMs' | 'maxTries' | 'attempt'>,
): Transport {
  const authorization =
    'pat' in credentials
      ? `Bearer ${credentials.pat}`
      : `Basic ${Buffer.from(`${credentials.email}:${credentials.token}`).toString('base64')}`;
  return makeTransport({
    deadlineMs: DEADLINE_MS,
    ...runtime,
    vendor: 'jira',
    baseUrl: credentials.baseUrl,
    headers: () => ({ Authorization: authorization }),
    access:
      'JIRA_EMAIL and JIRA_API_TOKEN (or JIRA_PAT), that the token has not expired, and that its user may "Browse projects"; a scoped token needs https://api.atlassian.com/ex/jira/<cloudId> as JIRA_BASE_URL',
  });
}

export type Edition = 'cloud' | 'datacenter';

/**
 * A page of issues; `counted` where the server says how many there are in all. Its records are handed out as they
 * come and are no part of it: whoever walks over pages holds the last one while the next is on its way.
 */
export interface IssuePage {
  readonly next: string | null;
  readonly counted: number | null;
}

type Take = (records: readonly unknown[]) => void;

/** The questions that we ask, in either edition. */
export interface JiraClient {
  readonly myself: () => Promise<void>;
  /** Status id → is its category done? */
  readonly doneByStatus: () => Promise<ReadonlyMap<string, boolean>>;
  /** Those of the keys that exist and that we may see. */
  readonly visibleProjects: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly components: (project: string) => Promise<readonly string[]>;
  readonly search: (jql: string, field: StateField, take: Take) => AsyncGenerator<IssuePage>;
  /** Moves of issues by id; what has none is absent. */
  readonly moves: (ids: readonly string[], field: StateField) => Promise<ReadonlyMap<string, Moves>>;
}

/** Asks the server which edition it is; that question needs no credentials and is never limited. */
export async function detectEdition(transport: Transport): Promise<Edition> {
  const { deploymentType } = await transport.request({
    method: 'GET',
    path: '/rest/api/2/serverInfo',
    endpoint: 'serverInfo',
    schema: SERVER,
  });
  return deploymentType === 'Cloud' ? 'cloud' : 'datacenter';
}

export function makeJiraClient(transport: Transport, edition: Edition): JiraClient {
  const api = edition === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const get = <T>(path: string, endpoint: string, schema: z.ZodType<T>, query = {}): Promise<T> =>
    transport.request({ method: 'GET', path: api + path, endpoint, schema, query });

  return {
    // A bad token may be answered as an anonymous user who sees nothing: that would read as "no bugs".
    myself: async () => {
      let name: string | undefined;
      const path = `${api}/myself`;
      const responseHeaders = (headers: Readonly<Record<string, string>>): void => {
        name = headers['x-ausername'];
      };
      await transport.request({ method: 'GET', path, endpoint: 'myself', schema: MYSELF, responseHeaders });
      if (name === 'anonymous') {
        throw new ScorerError(
          'SOURCE_REFUSED',
          `Jira: GET ${path}: answered as anonymous; check JIRA_EMAIL and JIRA_API_TOKEN (or JIRA_PAT)`,
        );
      }
    },

    doneByStatus: async () => {
      const statuses = await get('/status', 'status', STATUSES);
      return new Map(statuses.map(({ id, statusCategory }) => [id, statusCategory.key === 'done']));
    },

    visibleProjects: async (keys) => {
      if (edition === 'datacenter') {
        const all = await get('/project', 'projects', z.array(PROJECT));
        return new Set(all.map(({ key }) => key).filter((key) => keys.includes(key)));
      }
      const found: string[] = [];
      for (let from = 0; from < keys.length; from += PROJECT_KEYS_PER_CALL) {
        const some = keys.slice(from, from + PROJECT_KEYS_PER_CALL);
        const query = { keys: some, maxResults: PROJECT_KEYS_PER_CALL };
        const { values } = await get('/project/search', 'projects', PROJECTS, query);
        found.push(...values.map(({ key }) => key));
      }
      return new Set(found);
    },

    components: async (project) => {
      const path = `/project/${encodeURIComponent(project)}/components`;
      return (await get(path, 'components', COMPONENTS)).map(({ name }) => name);
    },

    search: edition === 'cloud' ? searchCloud(transport) : searchDataCenter(transport),

    moves: (ids, field) => bulkMoves(transport, ids, field),
  };
}

const fields = (field: StateField): string[] => ['created', field, 'priority', 'components', 'project'];

// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post
// Not /rest/api/3/search: removed, it answers 410.
const searchCloud =
  (transport: Transport): JiraClient['search'] =>
  (jql, field, take) =>
    everyPage('Jira: POST /rest/api/3/search/jql', async (token): Promise<IssuePage> => {
      const { issues, isLast, nextPageToken } = await transport.request({
        method: 'POST',
        path: '/rest/api/3/search/jql',
        endpoint: 'search',
        body: {
          jql,
          // Without a list of fields only ids come.
          fields: fields(field),
          maxResults: SEARCH_PAGE,
          ...(token === null ? {} : { nextPageToken: token }),
        },
        schema: CLOUD_PAGE,
      });
      take(issues);
      return { next: isLast === true ? null : (nextPageToken ?? null), counted: null };
    });

// https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/#api/2/search-searchUsingSearchRequest
const searchDataCenter =
  (transport: Transport): JiraClient['search'] =>
  (jql, field, take) =>
    everyPage('Jira: POST /rest/api/2/search', async (cursor): Promise<IssuePage> => {
      const startAt = Number(cursor ?? 0);
      const { issues, total } = await transport.request({
        method: 'POST',
        path: '/rest/api/2/search',
        endpoint: 'search',
        body: { jql, fields: fields(field), expand: ['changelog'], startAt, maxResults: 1_000 },
        schema: SERVER_PAGE,
      });
      // By what came, not by what was asked: an administrator may have set a smaller page, silently.
      const reached = startAt + issues.length;
      take(issues);
      return { next: issues.length > 0 && reached < total ? String(reached) : null, counted: total };
    });

// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post
// Not expand=changelog on the search: it brings the newest changes only and drops the oldest without a word.
async function bulkMoves(
  transport: Transport,
  ids: readonly string[],
  field: StateField,
): Promise<ReadonlyMap<string, Moves>> {
  const found = new Map<string, Moves>();
  const seen = new Set<string>();
  const pages = everyPage('Jira: POST /rest/api/3/changelog/bulkfetch', async (token) => {
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
    return { issueChangeLogs, next: nextPageToken ?? null };
  });
  for await (const { issueChangeLogs } of pages) {
    for (const { issueId, changeHistories } of issueChangeLogs) {
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
  if (before === undefined || 'bad' in more) return more;
  return 'bad' in before ? before : [...before, ...more].toSorted((a, b) => a.at - b.at);
}
