import { z } from 'zod';
import { ScorerError } from '../../errors.ts';
import { makeTransport, type Runtime, type Transport, type TransportOptions } from '../../http/transport.ts';
import { bulkMoves } from './changelog.ts';
import type { Moves, State, StateField } from './moves.ts';
import { countCloud, searchCloud, searchDataCenter, type Search } from './search.ts';
import type { Status } from './states.ts';

const DEADLINE_MS = 60_000;
const PROJECT_KEYS_PER_CALL = 50;
const LIST_PAGE = 50;
/** No site has so many priorities; more pages than this are no answer. */
const MOST_LIST_PAGES = 100;
export const ISSUES_PER_CHANGELOG_CALL = 1_000;

const ID = z.union([z.string().min(1), z.number()]).transform(String);
/** Old servers do not name their edition, and all of them their version: an answer with neither is none. */
const SERVER = z
  .object({ deploymentType: z.string().nullish(), version: z.string().nullish() })
  .refine(
    ({ deploymentType, version }) => Boolean(deploymentType ?? version),
    'expected an edition or a version',
  );
/** Cloud names a user by accountId, Data Center by name or key; an anonymous answer has none of them. */
const MYSELF = z
  .object({ accountId: z.string().nullish(), name: z.string().nullish(), key: z.string().nullish() })
  .refine((user) => Boolean(user.accountId ?? user.name ?? user.key), 'expected a user');
const STATUSES = z
  .array(z.object({ id: ID, name: z.string().nullish(), statusCategory: z.object({ key: z.string() }) }))
  .min(1, 'expected at least one status');
const PROJECT = z.object({ key: z.string() });
const COMPONENTS = z.array(z.object({ name: z.string() }));
/** Names are in the language of the user; the untranslated one is what a person without it may have written. */
const NAMED = z.object({ id: ID, name: z.string(), untranslatedName: z.string().nullish() });
const PAGE_OF_LIST = z.object({
  values: z.array(z.unknown()),
  total: z.number().int().nonnegative().nullish(),
  isLast: z.boolean().nullish(),
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
    vendor: { name: 'jira', title: 'Jira', addressIn: 'JIRA_BASE_URL' },
    baseUrl: credentials.baseUrl,
    headers: () => ({ Authorization: authorization }),
    access:
      'JIRA_EMAIL and JIRA_API_TOKEN (or JIRA_PAT), that the token has not expired, and that its user may "Browse projects"; a scoped token needs https://api.atlassian.com/ex/jira/<cloudId> as JIRA_BASE_URL',
  });
}

export type Edition = 'cloud' | 'datacenter';

/** The questions that we ask, in either edition. */
export interface JiraClient {
  readonly myself: () => Promise<void>;
  readonly statuses: () => Promise<readonly Status[]>;
  /** Every priority that the site has, by each of its names. */
  readonly priorities: () => Promise<readonly State[]>;
  readonly issueTypes: () => Promise<readonly State[]>;
  /** Those of the keys that exist and that we may see. */
  readonly visibleProjects: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly components: (project: string) => Promise<readonly string[]>;
  readonly search: Search;
  /** How many issues a question has, where the site counts them apart from a search; null where it does not. */
  readonly count: (jql: string) => Promise<number | null>;
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

  /** A list that comes in pages by offset. Its count, its end mark and its rows must agree. */
  async function wholeList<T>(path: string, endpoint: string, item: z.ZodType<T>, query = {}): Promise<T[]> {
    // A row that comes again must not stand for one that is missing.
    const seen = new Map<string, T>();
    let came = 0;
    const where = `Jira: GET ${api}${path}`;
    for (let pages = 1; pages <= MOST_LIST_PAGES; pages++) {
      const asked = { ...query, startAt: came, maxResults: LIST_PAGE };
      const schema = PAGE_OF_LIST.extend({ values: z.array(item) });
      const { values, total, isLast } = await get(path, endpoint, schema, asked);
      for (const value of values) seen.set(JSON.stringify(value), value);
      came += values.length;
      const counted = seen.size >= (total ?? came);
      if (counted && isLast !== false) return [...seen.values()];
      if (came > seen.size && came >= (total ?? came) && isLast !== false) {
        throw new ScorerError(
          'SOURCE_UNEXPECTED',
          `${where}: gave ${seen.size} of ${total ?? came}, and some of them twice; run again later`,
        );
      }
      if (values.length === 0 || isLast === true) {
        throw new ScorerError(
          'SOURCE_UNEXPECTED',
          `${where}: the list ends after ${seen.size} of ${total ?? 'more'}; run again later`,
        );
      }
    }
    throw new ScorerError('SOURCE_UNEXPECTED', `${where}: no end after ${MOST_LIST_PAGES} pages`);
  }

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

    statuses: async () => {
      const statuses = await get('/status', 'status', STATUSES);
      // By the key of the category, which no language changes.
      return statuses.map(({ id, name, statusCategory: { key } }) => ({
        id,
        name: name ?? null,
        done: key === 'done',
      }));
    },

    priorities: async () => {
      const path = '/priority';
      if (edition === 'datacenter') return byNames(await get(path, 'priorities', z.array(NAMED)));
      return byNames(await wholeList(`${path}/search`, 'priorities', NAMED));
    },

    issueTypes: async () => byNames(await get('/issuetype', 'issuetypes', z.array(NAMED))),

    visibleProjects: async (keys) => {
      if (edition === 'datacenter') {
        const all = await get('/project', 'projects', z.array(PROJECT));
        return new Set(all.map(({ key }) => key).filter((key) => keys.includes(key)));
      }
      const found: string[] = [];
      for (let from = 0; from < keys.length; from += PROJECT_KEYS_PER_CALL) {
        const some = keys.slice(from, from + PROJECT_KEYS_PER_CALL);
        const projects = await wholeList('/project/search', 'projects', PROJECT, { keys: some });
        found.push(...projects.map(({ key }) => key));
      }
      return new Set(found);
    },

    components: async (project) => {
      const path = `/project/${encodeURIComponent(project)}/components`;
      return (await get(path, 'components', COMPONENTS)).map(({ name }) => name);
    },

    search: edition === 'cloud' ? searchCloud(transport) : searchDataCenter(transport),

    count: (jql) => (edition === 'cloud' ? countCloud(transport, jql) : Promise.resolve(null)),

    // Data Center gives histories along with the issues or not at all.
    moves: (ids, field) =>
      edition === 'cloud'
        ? bulkMoves(transport, ids, field)
        : Promise.resolve(new Map(ids.map((id) => [id, NO_CHANGELOG]))),
  };
}

const NO_CHANGELOG: Moves = { bad: 'field changelog: is missing' };

const byNames = (list: readonly z.output<typeof NAMED>[]): State[] =>
  list.flatMap(({ id, name, untranslatedName }) => [
    { id, name },
    ...(untranslatedName == null || untranslatedName === name ? [] : [{ id, name: untranslatedName }]),
  ]);
