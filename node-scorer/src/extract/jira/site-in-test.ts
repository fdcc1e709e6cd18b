/** A small site of Jira for tests of what the extractor asks and makes of the answers. */
import type { JiraSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Account, BugFacts } from '../../facts/index.ts';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { scriptedTransport } from '../../http/scripted-transport.ts';
import type { Call } from '../../http/transport.ts';
import { extractJira } from './index.ts';

export const SETTINGS: JiraSource = {
  edition: 'auto',
  bug_issue_types: ['Bug'],
  critical_priorities: ['Highest', 'P1'],
  open_by: 'status_category',
  timezone: 'from_user',
};

export const account = (
  id: string,
  jiraProjectKey: string | null,
  jiraComponent: string | null = null,
): Account => ({
  id,
  name: id,
  segment: 'paid',
  intercomCompanyId: null,
  lookerCustomerId: null,
  jiraProjectKey,
  jiraComponent,
});

export const issue = (id: string, project: string, over: Record<string, unknown> = {}) => ({
  id,
  fields: {
    created: '2026-09-03T09:14:05.000+0000',
    project: { key: project },
    status: { id: '1' },
    priority: null,
    components: [],
    ...over,
  },
});

export interface Site {
  readonly deploymentType?: string;
  readonly projects?: readonly string[];
  /** The whole answer to a search for projects, in place of those. */
  readonly projectPage?: (query: Record<string, unknown>) => unknown;
  readonly components?: Readonly<Record<string, readonly string[]>>;
  readonly search?: (body: Record<string, unknown>) => unknown;
  readonly changelog?: (body: Record<string, unknown>) => unknown;
  readonly count?: (body: Record<string, unknown>) => unknown;
  readonly priorities?: () => unknown;
  readonly issueTypes?: () => unknown;
  readonly statuses?: readonly unknown[];
  readonly myself?: (call: Call<unknown>) => unknown;
}

const STATUSES = [
  { id: '1', name: 'To do', statusCategory: { key: 'new' } },
  { id: '3', name: 'Doing', statusCategory: { key: 'indeterminate' } },
  { id: '9', name: 'Shipped', statusCategory: { key: 'done' } },
];
const PRIORITIES = [
  { id: '1', name: 'Highest' },
  { id: '7', name: 'P1' },
];

const refused = (path: string): never => {
  throw new ScorerError('SOURCE_SETTINGS', `Jira: ${path}: status 404`);
};

/** A small site of Jira: what it holds, and everything that it was asked. */
function siteOf(site: Site) {
  return scriptedTransport((call) => {
    const { path, query = {} } = call;
    const body = (call.body ?? {}) as Record<string, unknown>;
    if (path.endsWith('/serverInfo')) return { deploymentType: site.deploymentType ?? 'Cloud' };
    if (path.endsWith('/myself')) return site.myself?.(call) ?? { accountId: 'u1', name: 'u1' };
    if (path.endsWith('/status')) {
      return site.statuses ?? STATUSES;
    }
    if (path.endsWith('/priority/search')) return { values: site.priorities?.() ?? PRIORITIES, isLast: true };
    if (path.endsWith('/priority')) return site.priorities?.() ?? PRIORITIES;
    if (path.endsWith('/issuetype')) return site.issueTypes?.() ?? [{ id: '10', name: 'Bug' }];
    if (path.endsWith('/approximate-count')) return site.count?.(body) ?? refused(path);
    if (path.endsWith('/project/search')) {
      if (site.projectPage !== undefined) return site.projectPage(query);
      const keys = query['keys'] as string[];
      return { values: (site.projects ?? []).filter((key) => keys.includes(key)).map((key) => ({ key })) };
    }
    if (path.endsWith('/rest/api/2/project')) return (site.projects ?? []).map((key) => ({ key }));
    if (path.endsWith('/components')) {
      const key = path.split('/').at(-2) ?? '';
      return (site.components?.[key] ?? []).map((name) => ({ name }));
    }
    if (path.endsWith('/bulkfetch')) return site.changelog?.(body) ?? { issueChangeLogs: [] };
    return site.search?.(body) ?? { issues: [], isLast: true };
  });
}

export const read = (
  accounts: Account[],
  site: Site,
  settings: JiraSource = SETTINGS,
  window = OCTOBER,
  knownBefore: readonly string[] = [],
) => {
  const transport = siteOf(site);
  const request = {
    accounts,
    window,
    now: () => Date.parse('2026-11-03T05:00:00Z'),
    knownBefore: (id: string) => knownBefore.includes(id),
  };
  return { transport, extraction: extractJira({ transport, settings }, request) };
};

export const bugsOf = (facts: unknown): unknown => (facts as { known?: BugFacts }).known?.bugs ?? facts;

export const ids = (facts: unknown): unknown =>
  (facts as { known?: BugFacts }).known?.bugs.map(({ id }) => id) ?? facts;
