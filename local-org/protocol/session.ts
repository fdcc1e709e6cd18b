// Source: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Answer } from '../http/server.ts';
import { OrgError } from '../errors.ts';
import type { OrgUser } from '../access.ts';
import type { Org } from '../org.ts';
import { checkAssertion } from './jwt.ts';

export interface SessionOptions {
  clientId: string;
  clientSecret: string;
  /** How long a token is good for, seconds. */
  tokenSeconds: number;
  /** PEM of the key that signs assertions of the JWT bearer flow; without it the flow is refused. */
  jwtPublicKey?: string;
  /** Password (with security token) of the integration user for SOAP login(); without it no password is right. */
  password?: string;
}

export interface Sessions {
  /** Answers POST /services/oauth2/token. */
  token: (form: URLSearchParams, url: string) => Answer;
  /** The user of an Authorization header. @throws OrgError 401 INVALID_SESSION_ID */
  userOf: (authorization: string | undefined) => OrgUser;
  /** A token for a user, as a login of his would give; for other people than the integration user. */
  issue: (userId: string) => string;
  /** A refresh token for a user, as the web server flow would give; good until {@link endAll}. */
  issueRefresh: (userId: string) => string;
  /** Id of the user whose name and password these are. */
  checkPassword: (username: string, password: string) => string | undefined;
  /** Ends every session at once, as an administrator may. */
  endAll: () => void;
}

const refuse = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * OAuth 2.0: client credentials, JWT bearer and refresh tokens, each really checked; access tokens expire and are refused
 * afterwards. No expires_in, and no refresh token for the first two, as Salesforce answers them.
 */
export function makeSessions(org: Org, options: SessionOptions): Sessions {
  const live = new Map<string, { userId: string; until: number }>();
  const refreshing = new Map<string, string>();
  const key = randomBytes(32);

  const issue = (userId: string): string => {
    // The Salesforce CLI accepts letters, digits, dots and underscores after the mark.
    const random = randomBytes(48).toString('base64url').replaceAll('-', '.');
    const token = `${org.organizationId.slice(0, 15)}!${random}`;
    live.set(token, { userId, until: org.clock() + options.tokenSeconds * 1000 });
    return token;
  };

  const grant = (userId: string, url: string): Answer => {
    const now = org.clock();
    const token = issue(userId);
    const id = `${url}/id/${org.organizationId}/${userId}`;
    const signature = createHmac('sha256', key).update(`${id}${now}`).digest('base64');
    return {
      status: 200,
      body: {
        access_token: token,
        signature,
        scope: 'api',
        instance_url: url,
        id,
        token_type: 'Bearer',
        issued_at: String(now),
      },
    };
  };

  const jwtBearer = (form: URLSearchParams, url: string): Answer => {
    if (options.jwtPublicKey === undefined)
      return refuse(400, 'invalid_grant', 'no certificate was uploaded for this app');
    const rules = { clientId: options.clientId, publicKey: options.jwtPublicKey, url, now: org.clock() };
    const verdict = checkAssertion(form.get('assertion') ?? '', rules);
    if ('error' in verdict) return refuse(400, verdict.error, verdict.description);
    const userId = idOfUser(verdict.username);
    return userId === undefined
      ? refuse(400, 'invalid_grant', 'user hasn’t approved this consumer')
      : grant(userId, url);
  };

  const idOfUser = (username: string): string | undefined => {
    const [found] = org.store.rows('SELECT "Id" FROM "User" WHERE "Username" = ? AND "IsActive" = 1', [
      username,
    ]);
    return found && String(found[0]);
  };

  const clientProblem = (form: URLSearchParams): Answer | undefined => {
    if (form.get('client_id') !== options.clientId)
      return refuse(400, 'invalid_client_id', 'client identifier invalid');
    if (!same(form.get('client_secret') ?? '', options.clientSecret))
      return refuse(401, 'invalid_client', 'invalid client credentials');
    return undefined;
  };

  return {
    token: (form, url) => {
      switch (form.get('grant_type') ?? '') {
        case 'client_credentials':
          return clientProblem(form) ?? grant(org.integrationUser.id, url);
        case 'refresh_token': {
          const userId = refreshing.get(form.get('refresh_token') ?? '');
          if (userId === undefined) return refuse(400, 'invalid_grant', 'expired access/refresh token');
          return clientProblem(form) ?? grant(userId, url);
        }
        case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
          return jwtBearer(form, url);
        default:
          return refuse(400, 'unsupported_grant_type', 'grant type not supported by the local org');
      }
    },
    userOf: (authorization) => {
      const token = /^(?:Bearer|OAuth) (.+)$/i.exec(authorization ?? '')?.[1];
      const session = token === undefined ? undefined : live.get(token);
      if (!session || session.until <= org.clock())
        throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      return org.user(session.userId);
    },
    issue,
    issueRefresh: (userId) => {
      const token = `5Aep${randomBytes(40).toString('hex')}`;
      refreshing.set(token, userId);
      return token;
    },
    checkPassword: (username, password) => {
      const right = options.password !== undefined && same(password, options.password);
      return right && username === org.integrationUser.username ? org.integrationUser.id : undefined;
    },
    endAll: () => {
      live.clear();
      refreshing.clear();
    },
  };
}
