// Local: serves the org on the loopback address.

import { startServer } from './http/server.ts';
import type { Answer, Request, StandIn } from './http/server.ts';
import { OrgError } from './errors.ts';
import { openOrg } from './org.ts';
import type { Org, OrgOptions } from './org.ts';
import { makeClockControl } from './protocol/clock.ts';
import { makeDeploys } from './protocol/deploys.ts';
import { makeFlowInterviews } from './protocol/flow-interviews.ts';
import { soapLogin } from './protocol/login-soap.ts';
import { metadataSoap } from './protocol/metadata-soap.ts';
import { makeRest } from './protocol/rest.ts';
import type { Usage } from './protocol/rest.ts';
import { makeSessions } from './protocol/session.ts';
import type { Sessions } from './protocol/session.ts';
import { versions } from './protocol/versions.ts';

export interface StartOptions extends OrgOptions {
  clientId: string;
  clientSecret: string;
  /** PEM of the key for the JWT bearer flow; the user named in an assertion logs in. */
  jwtPublicKey?: string;
  /** Password (with security token) of the integration user for SOAP login(). */
  password?: string;
  /** Sets the clock that `clock` tells; without it the clock cannot be moved from outside. */
  moveClock?: (at: number) => void;
  /** 0 for any free one. */
  port?: number;
  /** How long a token is good for; 7,200 s when absent. */
  tokenSeconds?: number;
  /** API calls a day; 100,000 when absent. Beyond it every call is refused with 403 REQUEST_LIMIT_EXCEEDED. */
  dailyApiCalls?: number;
}

export type RunningOrg = StandIn & { org: Org; sessions: Sessions; usage: Usage };

const refusal = (error: OrgError): Answer => ({
  status: error.status,
  body: [
    {
      message: error.message,
      errorCode: error.code,
      ...(error.fields.length > 0 ? { fields: error.fields } : {}),
    },
  ],
});

function identity(org: Org, request: Request, sessions: Sessions): Answer {
  const user = sessions.userOf(request.headers['authorization']);
  const host = `http://${request.headers['host'] ?? ''}`;
  return {
    status: 200,
    body: {
      id: `${host}/id/${org.organizationId}/${user.id}`,
      sub: `${host}/id/${org.organizationId}/${user.id}`,
      user_id: user.id,
      organization_id: org.organizationId,
      username: user.username,
      preferred_username: user.username,
      display_name: user.username,
      active: true,
      urls: {
        rest: `${host}/services/data/v{version}/`,
        sobjects: `${host}/services/data/v{version}/sobjects/`,
      },
    },
  };
}

/**
 * Starts the local Salesforce org on the loopback address.
 *
 * @throws Error when metadata or records cannot be taken in, or the port is in use.
 * @example
 * const org = await startOrg({ metadataDirs: ['force-app'], records: [], clock: Date.now, clientId: 'id', clientSecret: 'secret' });
 * org.url // => 'http://127.0.0.1:…'
 */
export async function startOrg(options: StartOptions): Promise<RunningOrg> {
  const org = openOrg(options);
  const sessions = makeSessions(org, { ...options, tokenSeconds: options.tokenSeconds ?? 7200 });
  const usage: Usage = { used: 0, daily: options.dailyApiCalls ?? 100_000 };
  const deploys = makeDeploys(org);
  const rest = makeRest(org, usage, deploys);
  const soap = metadataSoap(org, deploys, (token) =>
    sessions.userOf(token === undefined ? undefined : `Bearer ${token}`),
  );

  const answer = (request: Request): Answer | Promise<Answer> => {
    const { method, path } = request;
    if (path === '/services/oauth2/token')
      return method === 'POST'
        ? sessions.token(request.form(), `http://${request.headers['host'] ?? ''}`)
        : { status: 405, body: { error: 'invalid_request', error_description: 'must use HTTP POST' } };
    if (/^\/services\/data\/?$/.test(path)) return { status: 200, body: versions() };
    if (/^\/services\/Soap\/u\/\d+\.0/.test(path))
      return soapLogin(request, {
        check: sessions.checkPassword,
        issue: sessions.issue,
        organizationId: org.organizationId,
      });
    if (/^\/services\/Soap\/m\/\d+\.0/.test(path)) return soap(request);
    if (path === '/services/oauth2/userinfo' || path.startsWith('/id/'))
      return identity(org, request, sessions);
    if (!path.startsWith('/services/data/v'))
      throw new OrgError(404, 'NOT_FOUND', `The local org does not model ${method} ${path}`);
    const user = sessions.userOf(request.headers['authorization']);
    if (usage.used >= usage.daily)
      throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    usage.used += 1;
    return rest(request, user);
  };

  const interviews = makeFlowInterviews(org, sessions.userOf);
  const clockControl = makeClockControl(org, options.moveClock);
  const ownControl = async (request: Request): Promise<Answer | undefined> => {
    try {
      return await (interviews(request) ?? clockControl(request));
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      return refusal(error);
    }
  };

  const handle = async (request: Request): Promise<Answer> => {
    const headers = (): Record<string, string> => ({
      'Sforce-Limit-Info': `api-usage=${usage.used}/${usage.daily}`,
    });
    try {
      const { status, body, headers: own } = await answer(request);
      return { status, body, headers: { ...headers(), ...own } };
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      return { ...refusal(error), headers: headers() };
    }
  };

  try {
    const server = await startServer({
      name: 'Salesforce',
      handle,
      ownControl,
      clock: options.clock,
      ...(options.port === undefined ? {} : { port: options.port }),
    });
    const close = async (): Promise<void> => {
      await server.close();
      org.close();
    };
    return { ...server, close, org, sessions, usage };
  } catch (error) {
    org.close();
    throw error;
  }
}
