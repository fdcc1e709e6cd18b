import { timingSafeEqual } from 'node:crypto';
import { startServer } from 'local-org/http';
import type { Answer, Request, StandIn } from 'local-org/http';
import type { Base } from '../data/customer.ts';
import { makeLimit, VENDOR_LIMIT_PER_WINDOW } from './limit.ts';
import { noQuirks, type Quirks } from './quirks.ts';
import { notFound, Refusal, refuse } from './refusal.ts';
import { makeRoutes } from './routes.ts';
import { DEFAULT_VERSION, minorVersion } from './version.ts';
import { makeWorkspace } from './workspace.ts';

export interface IntercomOptions {
  readonly base: Base;
  /** Milliseconds since the epoch; what lies after it has not happened. It may stand still. */
  readonly clock: () => number;
  readonly token: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** What the app's settings say, for calls without an Intercom-Version header. */
  readonly defaultVersion?: string;
  /** Calls per window of 10 seconds; the vendor's 1,666 when absent. */
  readonly rateLimit?: { readonly perWindow: number };
  /** Kept and read at every call: change it while the stand-in runs. */
  readonly quirks?: Quirks;
}

/**
 * Starts a stand-in of Intercom's REST API over a customer base. It checks token, version, types, nesting and
 * page sizes as the vendor does, counts calls per window of 10 seconds, and refuses what it does not model.
 *
 * @throws Error when the port is in use
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io
 * @example
 * const intercom = await startIntercom({ base, clock: () => base.now, token: 'sandbox-token' });
 * await fetch(`${intercom.url}/me`, { headers: { Authorization: 'Bearer sandbox-token' } }) // => 200
 */
export async function startIntercom({
  base,
  clock,
  token,
  port = 0,
  defaultVersion = DEFAULT_VERSION,
  rateLimit = { perWindow: VENDOR_LIMIT_PER_WINDOW },
  quirks = noQuirks(),
}: IntercomOptions): Promise<StandIn> {
  const workspace = makeWorkspace(base);
  // Limits have to end in real time even where the workspace's clock stands still.
  const ticking = tickingFrom(clock());
  const count = makeLimit(rateLimit.perWindow, ticking);
  const routes = makeRoutes(quirks, ticking);

  function handle(request: Request): Answer {
    if (!tokenFits(request.headers['authorization'], token)) {
      return refuse(new Refusal(401, 'unauthorized', 'Access Token Invalid'));
    }
    const { allowed, headers: limits } = count();
    // The reset is a moment of this clock, so the date has to be too.
    const headers = { ...limits, Date: new Date(ticking()).toUTCString() };
    if (!allowed) {
      return { ...refuse(new Refusal(429, 'rate_limit_exceeded', 'Exceeded rate limit')), headers };
    }
    try {
      const version = minorVersion(request.headers['intercom-version'], defaultVersion);
      const view = { workspace, now: Math.floor(clock() / 1_000), version };
      for (const { method, path, answer } of routes) {
        const match = method === request.method ? path.exec(request.path) : null;
        if (match) return { status: 200, headers, body: answer(request, view, match[1] ?? '') };
      }
      throw notFound(`${request.method} ${request.path} is not an address that this stand-in models`);
    } catch (error) {
      if (error instanceof Refusal) return { ...refuse(error), headers };
      throw error;
    }
  }

  return startServer({ name: 'Intercom', port, clock, handle });
}

function tickingFrom(start: number): () => number {
  const begun = performance.now();
  return () => start + (performance.now() - begun);
}

function tokenFits(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
