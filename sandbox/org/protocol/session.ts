import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Answer } from '../../http/server.ts';
import { OrgError } from '../errors.ts';
import type { Org, OrgUser } from '../org.ts';

export interface SessionOptions {
  clientId: string;
  clientSecret: string;
  /** How long a token is good for, seconds. */
  tokenSeconds: number;
}

export interface Sessions {
  /** Answers POST /services/oauth2/token. */
  token: (form: URLSearchParams, url: string) => Answer;
  /** The user of an Authorization header. @throws OrgError 401 INVALID_SESSION_ID */
  userOf: (authorization: string | undefined) => OrgUser;
  /** A token for a user, as a login of his would give; for other people than the integration user. */
  issue: (userId: string) => string;
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
 * OAuth 2.0 client credentials: a real check of id and secret, tokens that expire and are refused afterwards. No refresh
 * token and no expires_in, as Salesforce answers this grant.
 */
export function makeSessions(org: Org, options: SessionOptions): Sessions {
  const live = new Map<string, { userId: string; until: number }>();
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

  return {
    token: (form, url) => {
      const type = form.get('grant_type');
      if (type !== 'client_credentials')
        return refuse(
          400,
          'unsupported_grant_type',
          `grant type not supported by the local org: ${type ?? '(none)'}`,
        );
      if (form.get('client_id') !== options.clientId)
        return refuse(400, 'invalid_client_id', 'client identifier invalid');
      if (!same(form.get('client_secret') ?? '', options.clientSecret))
        return refuse(401, 'invalid_client', 'invalid client credentials');
      return grant(org.integrationUser.id, url);
    },
    userOf: (authorization) => {
      const token = /^(?:Bearer|OAuth) (.+)$/i.exec(authorization ?? '')?.[1];
      const session = token === undefined ? undefined : live.get(token);
      if (!session || session.until <= org.clock())
        throw new OrgError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      return org.user(session.userId);
    },
    issue,
    endAll: () => live.clear(),
  };
}
