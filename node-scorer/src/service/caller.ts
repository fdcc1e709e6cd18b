import type { IncomingHttpHeaders } from 'node:http';
import { whichToken } from './bearer.ts';
import type { ProvenToken } from './jwt.ts';
import type { Replays, Use } from './replay.ts';

/** Who calls, as the log names it: `token 1`, or the issuer of a signed token. */
export interface Caller {
  readonly name: string;
  /** The one request that a signed token is good for; null for a bearer token, which is good for any. */
  readonly use: Use | null;
}

/** Why a caller is not let in. */
export interface Refused {
  /** 401: not proven. 403: proven, and not for this. 503: no room to remember the token. */
  readonly status: 401 | 403 | 503;
  /** For the log; the caller is told the status only. */
  readonly reason: string;
}

export interface AskedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly method: string;
  readonly url: string;
}

/** Decides who may call. */
export interface Auth {
  readonly check: (request: AskedRequest) => Promise<Caller | Refused>;
}

/** How callers prove themselves; at least one of the two ways. */
export interface AuthParts {
  /** SHA-256 of each bearer token that is valid; two during a rotation. */
  readonly tokens: readonly Buffer[];
  /** Check of signed tokens; null when none are accepted. */
  readonly jwt: ((token: string) => Promise<ProvenToken | string>) | null;
  readonly replays: Replays;
}

/** RFC 6750: what a bearer token may be written with. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * Checks `Authorization: Bearer …`: one of the configured tokens, or a signed token for the one request that it was
 * first used for (decision 0007).
 *
 * @throws RangeError without any way to prove oneself: a service must never be open by oversight
 * @example await makeAuth(parts).check(request) // => { status: 401, reason: 'no credentials' }
 */
export function makeAuth({ tokens, jwt, replays }: AuthParts): Auth {
  if (tokens.length === 0 && jwt === null) {
    throw new RangeError('found no way for callers to prove themselves, expected tokens or keys');
  }
  return {
    check: async (request) => {
      const given = request.rawHeaders.filter((name, i) => i % 2 === 0 && /^authorization$/i.test(name));
      if (given.length > 1) return { status: 401, reason: 'more than one set of credentials' };
      const header = request.headers.authorization;
      if (header === undefined) return { status: 401, reason: 'no credentials' };
      const token = BEARER.exec(header)?.[1];
      if (token === undefined) return { status: 401, reason: 'not a bearer token' };

      const position = whichToken(token, tokens);
      if (position >= 0) return { name: `token ${position + 1}`, use: null };
      if (jwt === null || token.split('.').length !== 3) return { status: 401, reason: 'unknown token' };
      const proven = await jwt(token);
      if (typeof proven === 'string') return { status: 401, reason: `JWT refused: ${proven}` };

      const use = replays.use(proven.id, `${request.method} ${request.url}`, proven.until);
      if (use === 'full') return { status: 503, reason: 'too many signed tokens at once' };
      if (use === 'another request') {
        return { status: 403, reason: `JWT of ${proven.issuer} was used for another request` };
      }
      return { name: proven.issuer, use };
    },
  };
}

/** Was the caller refused? */
export const isRefused = (verdict: Caller | Refused): verdict is Refused => 'status' in verdict;
