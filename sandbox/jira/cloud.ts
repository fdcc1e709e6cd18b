import type { Answer, Request } from 'local-org/http';
import { failure, notFound, notModelled, removed } from './answers.ts';
import { bulkChangelog, issueChangelog } from './changelog.ts';
import type { makeFind } from './find.ts';
import { fields, projectComponents, searchPriorities, searchProjects } from './metadata.ts';
import type { Quirks } from './quirks.ts';
import { renderStatus, renderType, type Pen } from './render.ts';
import { countIssues, searchCloud, type PageCaps } from './search.ts';
import { ISSUE_TYPES, PRIORITIES, STATUSES, type Site } from './site.ts';
import type { Zone } from './zone.ts';

export interface CloudOptions {
  readonly siteAt: (at: number) => Site;
  readonly find: ReturnType<typeof makeFind>;
  readonly clock: () => number;
  readonly zone: Zone;
  readonly email: string;
  readonly token: string;
  readonly caps: PageCaps;
  /** The token is a scoped one: the site's own address refuses it, the gateway takes it. */
  readonly scoped: boolean;
  readonly quirks: Quirks;
}

/** What the gateway of scoped tokens calls this site. */
export const CLOUD_ID = '11223344-a1b2-3b33-c444-def123456789';

const GATEWAY = `/ex/jira/${CLOUD_ID}`;
const NOT_SIGNED_IN = 'You are not authenticated. Authentication required to perform this operation.';

/** Jira Cloud: which question has which answer, and who may ask it. */
export function makeCloud(options: CloudOptions): (request: Request) => Answer {
  const { siteAt, find, clock, zone, email, token, caps, scoped, quirks } = options;
  const expected = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;

  return (request) => {
    const origin = `http://${request.headers['host'] ?? 'localhost'}`;
    if (request.path === '/_edge/tenant_info') return { status: 200, body: { cloudId: CLOUD_ID } };
    const viaGateway = request.path.startsWith(`${GATEWAY}/`);
    const path = viaGateway ? request.path.slice(GATEWAY.length) : request.path;
    const [, version = '', rest = ''] = /^\/rest\/api\/(2|3)\/(.*)$/.exec(path) ?? [];
    if (version === '') return notFound(origin, path);
    const pen: Pen = { origin, version, zone };
    const now = clock();
    const site = siteAt(now);
    const signedIn = request.headers['authorization'] === expected;
    if (signedIn && scoped && !viaGateway) return failure(401, [NOT_SIGNED_IN]);
    const context = { site: siteAt(now - quirks.indexLagSeconds * 1_000), zone, now };
    const searching = {
      context,
      pen,
      caps,
      quirks,
      find: (jql: string) => find(jql, { context, seesAll: signedIn, boundedOnly: true }),
    };
    const line = `${request.method} ${rest}`;
    const [, project] = /^GET project\/([^/]+)\/components$/.exec(line) ?? [];
    const [, issue] = /^GET issue\/([^/]+)\/changelog$/.exec(line) ?? [];

    if (rest === 'search') return removed();
    if (project !== undefined) {
      return projectComponents(project, { projects: signedIn ? site.projects : [] }, pen);
    }
    if (issue !== undefined) {
      const found = signedIn ? site.issue(issue) : undefined;
      return found === undefined
        ? failure(404, ['Issue does not exist or you do not have permission to see it.'])
        : issueChangelog(request, found, pen);
    }
    switch (line) {
      case 'GET serverInfo':
        return { status: 200, body: serverInfo(origin, now, zone) };
      case 'GET myself':
        return signedIn ? { status: 200, body: myself(pen, email) } : refused();
      case 'GET status':
        return { status: 200, body: Object.values(STATUSES).map((each) => renderStatus(each, pen)) };
      case 'GET field':
        return fields();
      // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-types/#api-rest-api-3-issuetype-get
      case 'GET issuetype':
        return { status: 200, body: (signedIn ? ISSUE_TYPES : []).map((each) => renderType(each, pen)) };
      case 'GET project/search':
        return searchProjects(request, signedIn ? site.projects : [], pen);
      case 'GET priority/search':
        return signedIn ? searchPriorities(request, PRIORITIES, pen) : failure(401, [NOT_SIGNED_IN]);
      case 'GET search/jql':
      case 'POST search/jql':
        return searchCloud(request, searching);
      case 'POST search/approximate-count':
        return countIssues(request, searching);
      case 'POST changelog/bulkfetch':
        return bulkChangelog(request, { site, seesAll: signedIn, now, pen, quirks });
      // Its answer is the syntax tree of the query: the stand-in reads JQL for itself, and half a tree would mislead.
      case 'POST jql/parse':
        return notModelled(line);
      default:
        return notFound(origin, path);
    }
  };
}

/** A question that only a user can ask: here, and only here, bad credentials are said to be bad. */
const refused = (): Answer => ({
  status: 401,
  headers: {
    'Content-Type': 'text/html;charset=UTF-8',
    'WWW-Authenticate': 'OAuth realm="sandbox"',
    'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED',
  },
  body: 'Client must be authenticated to access this resource.',
});

const serverInfo = (origin: string, now: number, zone: Zone) => ({
  baseUrl: origin,
  version: '1001.0.0-SNAPSHOT',
  versionNumbers: [1001, 0, 0],
  deploymentType: 'Cloud',
  buildNumber: 100_290,
  buildDate: zone.format(now - 86_400_000),
  serverTime: zone.format(now),
  serverTimeZone: zone.name,
  serverTitle: 'Jira',
  defaultLocale: { locale: 'en_GB' },
});

const myself = ({ origin, version, zone }: Pen, email: string) => ({
  self: `${origin}/rest/api/${version}/user?accountId=5b10a2844c20165700ede21g`,
  accountId: '5b10a2844c20165700ede21g',
  accountType: 'atlassian',
  emailAddress: email,
  displayName: 'Health Score Reader',
  active: true,
  timeZone: zone.name,
  locale: 'en_GB',
});
