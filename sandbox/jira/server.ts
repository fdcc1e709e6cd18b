import { startServer } from 'local-org/http';
import type { StandIn } from 'local-org/http';
import type { Base } from '../data/customer.ts';
import { makeCloud } from './cloud.ts';
import { makeDataCenter } from './datacenter.ts';
import { makeFind } from './find.ts';
import { makeLimiter, type Limit } from './limits.ts';
import { noQuirks, type Quirks } from './quirks.ts';
import { PAGE_CAPS, type PageCaps } from './search.ts';
import { makeSite } from './site.ts';
import { makeZone } from './zone.ts';

interface CommonOptions {
  readonly base: Base;
  /** Milliseconds since the epoch: what happens later is not there yet. */
  readonly clock: () => number;
  /** 0 for any free one. */
  readonly port?: number;
  /** The IANA zone in which dates of JQL are read and timestamps are written. Not UTC: nobody's is, for half the year. */
  readonly userTimeZone?: string;
  readonly limit?: Limit;
  readonly quirks?: Quirks;
  /** Milliseconds that always go on, for the rate limit. */
  readonly tick?: () => number;
}

export interface CloudJira extends CommonOptions {
  readonly edition?: 'cloud';
  readonly email: string;
  readonly token: string;
  /** The token is a scoped one, which only `/ex/jira/{cloudId}` takes. */
  readonly scoped?: boolean;
  readonly pageCaps?: Partial<PageCaps>;
}

export interface DataCenterJira extends CommonOptions {
  readonly edition: 'datacenter';
  /** Personal access token. */
  readonly pat: string;
  /** `jira.search.views.default.max`. */
  readonly searchMax?: number;
}

const CLOUD_LIMIT: Limit = { size: 100, perSecond: 100 };
const DATA_CENTER_LIMIT: Limit = { size: 70, perSecond: 5 };
const DATA_CENTER_SEARCH_MAX = 1_000;

/**
 * Starts Jira over a customer base: Cloud, or Data Center.
 *
 * Five statuses in three categories; a refused issue ("Won't Fix") is done without a resolution. Priorities may be
 * empty. JQL is a subset; whatever it does not know is refused as Jira refuses it. Wrong credentials are served as
 * nobody's, except by `myself`.
 *
 * @throws Error naming the stand-in and port when the port is in use; RangeError for an unknown time zone
 * @example
 * const jira = await startJira({ base, clock, email: 'health@example.com', token: 'secret' });
 * await fetch(`${jira.url}/rest/api/2/serverInfo`) // => 200, deploymentType: 'Cloud'
 */
export async function startJira(options: CloudJira | DataCenterJira): Promise<StandIn> {
  const { base, clock, port = 0, userTimeZone = 'Europe/London' } = options;
  const { tick = () => performance.now(), quirks = noQuirks() } = options;
  const zone = makeZone(userTimeZone);
  const common = { siteAt: makeSite(base), find: makeFind(), clock, zone, quirks };
  const isCloud = options.edition !== 'datacenter';
  const handle = isCloud
    ? makeCloud({
        ...common,
        email: options.email,
        token: options.token,
        scoped: options.scoped ?? false,
        caps: { ...PAGE_CAPS, ...options.pageCaps },
      })
    : makeDataCenter({ ...common, pat: options.pat, searchMax: options.searchMax ?? DATA_CENTER_SEARCH_MAX });
  const take = makeLimiter(
    isCloud ? 'cloud' : 'datacenter',
    options.limit ?? (isCloud ? CLOUD_LIMIT : DATA_CENTER_LIMIT),
    tick,
    clock,
  );
  return startServer({
    name: 'Jira',
    port,
    clock,
    handle: (request) => {
      if (/\/serverInfo$/.test(request.path)) return handle(request);
      // Cloud counts by method and endpoint, Data Center by user.
      const endpoint = isCloud
        ? `${request.method} ${request.path.replace(/\/(issue|project)\/[^/]+\//, '/$1/*/')}`
        : '*';
      const { headers, refusal } = take(endpoint);
      if (refusal !== null) return refusal;
      const answer = handle(request);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  });
}
