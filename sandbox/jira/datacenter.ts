import type { Answer, Request } from 'local-org/http';
import { failure, isText, isTexts, listed, notFound, whole } from './answers.ts';
import { issueChangelog, renderEmbedded } from './changelog.ts';
import type { Finder, makeFind } from './find.ts';
import { fields, projectComponents } from './metadata.ts';
import { beginOf, type Quirks } from './quirks.ts';
import {
  fieldsWanted,
  renderIssue,
  renderNamed,
  renderProject,
  renderStatus,
  renderType,
  type Pen,
} from './render.ts';
import { ISSUE_TYPES, PRIORITIES, STATUSES, type Site } from './site.ts';
import type { Zone } from './zone.ts';

export interface DataCenterOptions {
  readonly siteAt: (at: number) => Site;
  readonly find: ReturnType<typeof makeFind>;
  readonly clock: () => number;
  readonly zone: Zone;
  /** Personal access token. */
  readonly pat: string;
  /** `jira.search.views.default.max`, which an administrator sets and no answer announces. */
  readonly searchMax: number;
  readonly quirks: Quirks;
}

const DEFAULT_PAGE = 50;
const USER = 'health.reader';

interface SearchRequest {
  readonly jql: string;
  readonly startAt: number;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly expand: readonly string[];
}

/** Jira Data Center: who comes with a bad token is served, as nobody. */
export function makeDataCenter(options: DataCenterOptions): (request: Request) => Answer {
  const { siteAt, find, clock, zone, pat, searchMax, quirks } = options;

  const answer = (request: Request, signedIn: boolean): Answer => {
    const origin = `http://${request.headers['host'] ?? 'localhost'}`;
    const [, rest] = /^\/rest\/api\/(?:2|latest)\/(.*)$/.exec(request.path) ?? [];
    if (rest === undefined) return notFound(origin, request.path);
    const pen: Pen = { origin, version: '2', zone };
    const now = clock();
    const site = siteAt(now);
    const projects = signedIn ? site.projects : [];
    const context = { site: siteAt(now - quirks.indexLagSeconds * 1_000), zone, now };
    const finder: Finder = (jql) => find(jql, { context, seesAll: signedIn, boundedOnly: false });
    const line = `${request.method} ${rest}`;
    const [, project] = /^GET project\/([^/]+)\/components$/.exec(line) ?? [];
    const [, issue] = /^GET issue\/([^/]+)\/changelog$/.exec(line) ?? [];
    if (project !== undefined) return projectComponents(project, { projects }, pen);
    const seen = issue !== undefined && signedIn ? site.issue(issue) : undefined;
    if (seen !== undefined) return issueChangelog(request, seen, pen);
    switch (line) {
      case 'GET serverInfo':
        return { status: 200, body: serverInfo(origin, now, zone) };
      case 'GET myself':
        return signedIn ? { status: 200, body: myself(pen) } : refused();
      case 'GET status':
        return { status: 200, body: Object.values(STATUSES).map((each) => renderStatus(each, pen)) };
      case 'GET priority':
        return { status: 200, body: PRIORITIES.map((each) => renderNamed(each, 'priority', pen)) };
      // https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/#api/2/issuetype-getIssueAllTypes
      case 'GET issuetype':
        return { status: 200, body: (signedIn ? ISSUE_TYPES : []).map((each) => renderType(each, pen)) };
      case 'GET field':
        return fields();
      case 'GET project':
        return { status: 200, body: projects.map((each) => renderProject(each, pen)) };
      case 'GET search':
      case 'POST search':
        return search(request, finder, pen, { searchMax, quirks });
      default:
        return notFound(origin, request.path);
    }
  };

  return (request) => {
    const signedIn = request.headers['authorization'] === `Bearer ${pat}`;
    const given = answer(request, signedIn);
    return { ...given, headers: { ...given.headers, 'X-AUSERNAME': signedIn ? USER : 'anonymous' } };
  };
}

/**
 * GET and POST /rest/api/2/search: more than the administrator allows is cut to it without a word, and only the
 * `maxResults` of the answer shows it.
 */
function search(
  request: Request,
  find: Finder,
  pen: Pen,
  { searchMax, quirks }: Pick<DataCenterOptions, 'searchMax' | 'quirks'>,
): Answer {
  const wanted = request.method === 'GET' ? ofQuery(request.query) : ofBody(request.json());
  if (wanted === null) return failure(400, ['The search request could not be read.']);
  const found = find(wanted.jql);
  if ('status' in found) return found;
  const maxResults = Math.min(wanted.maxResults, searchMax);
  const page = found.slice(beginOf(wanted.startAt, quirks.rowsAcrossPages), wanted.startAt + maxResults);
  const names = fieldsWanted(wanted.fields.length === 0 ? ['*navigable'] : wanted.fields);
  const reshape = quirks.reshape ?? ((issue: Readonly<Record<string, unknown>>): unknown => issue);
  const withChanges = wanted.expand.includes('changelog');
  return {
    status: 200,
    body: {
      expand: 'schema,names',
      startAt: wanted.startAt,
      maxResults,
      total: found.length,
      issues: page.map((issue) =>
        reshape({
          fields: {},
          ...renderIssue(issue, names, pen),
          ...(withChanges
            ? {
                changelog: renderEmbedded(issue, pen, {
                  newestFirst: false,
                  atMost: Number.POSITIVE_INFINITY,
                }),
              }
            : {}),
        }),
      ),
    },
  };
}

function ofQuery(query: URLSearchParams): SearchRequest | null {
  const startAt = whole(query.get('startAt'), 0);
  const maxResults = whole(query.get('maxResults'), DEFAULT_PAGE);
  if (startAt === null || maxResults === null) return null;
  const texts = { fields: listed(query, 'fields'), expand: listed(query, 'expand') };
  return { jql: query.get('jql') ?? '', startAt, maxResults, ...texts };
}

function ofBody(body: unknown): SearchRequest | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const given = body as Record<string, unknown>;
  const { jql = '', startAt = 0, maxResults = DEFAULT_PAGE, fields: names = [], expand = [] } = given;
  const known = ['jql', 'startAt', 'maxResults', 'fields', 'expand', 'validateQuery'];
  if (Object.keys(given).some((key) => !known.includes(key))) return null;
  if (!isText(jql) || !isTexts(names) || !isTexts(expand)) return null;
  if (!isCount(startAt) || !isCount(maxResults)) return null;
  return { jql, startAt, maxResults, fields: names, expand };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

const refused = (): Answer => ({
  status: 401,
  headers: {
    'Content-Type': 'text/html;charset=UTF-8',
    'WWW-Authenticate': 'OAuth realm="sandbox"',
    'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED',
  },
  body: '<html><head><title>Unauthorized (401)</title></head><body>Unauthorized (401)</body></html>',
});

const serverInfo = (origin: string, now: number, zone: Zone) => ({
  baseUrl: origin,
  version: '10.3.5',
  versionNumbers: [10, 3, 5],
  deploymentType: 'Server',
  buildNumber: 10_030_005,
  serverTime: zone.format(now),
  serverTitle: 'Jira',
});

const myself = ({ origin, zone }: Pen) => ({
  self: `${origin}/rest/api/2/user?username=${USER}`,
  key: 'JIRAUSER10100',
  name: USER,
  emailAddress: 'health@example.com',
  displayName: 'Health Score Reader',
  active: true,
  timeZone: zone.name,
});
