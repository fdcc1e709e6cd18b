import { createSign } from 'node:crypto';
import type { Connection } from 'jsforce';

/** Ways to sign in to an org, in the order in which they are preferred. */
export type SalesforceCredentials =
  | {
      readonly method: 'client_credentials';
      readonly loginUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly method: 'jwt';
      readonly loginUrl: string;
      readonly clientId: string;
      readonly username: string;
      /** PEM of the private key whose certificate the app holds. */
      readonly privateKey: string;
    }
  | { readonly method: 'access_token'; readonly instanceUrl: string; readonly accessToken: string }
  | {
      readonly method: 'soap';
      readonly loginUrl: string;
      readonly username: string;
      /** Password and security token in one, as login() takes them. */
      readonly password: string;
    };

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Salesforce takes no assertion that lives longer than three minutes. */
const JWT_SECONDS = 180;
/** login() is absent from API version 65.0 on. */
export const SOAP_VERSION = '64.0';

/**
 * A signed assertion of the JWT bearer flow.
 *
 * @param now milliseconds since the epoch
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 * @example makeAssertion({ clientId, username, loginUrl, privateKey }, Date.now()).split('.').length // => 3
 */
export function makeAssertion(
  { clientId, username, loginUrl, privateKey }: Extract<SalesforceCredentials, { method: 'jwt' }>,
  now: number,
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: clientId, sub: username, aud: loginUrl, exp: Math.floor(now / 1_000) + JWT_SECONDS };
  const unsigned = `${part({ alg: 'RS256' })}.${part(claims)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
}

/**
 * Signs a connection in, or in again. An access token that was handed in cannot be renewed.
 *
 * @throws what jsforce throws; the caller explains it
 */
export async function signIn(
  connection: Connection,
  credentials: SalesforceCredentials,
  now: number,
): Promise<void> {
  switch (credentials.method) {
    case 'client_credentials':
      await connection.authorize({ grant_type: 'client_credentials' });
      return;
    case 'jwt':
      await connection.authorize({ grant_type: JWT_GRANT, assertion: makeAssertion(credentials, now) });
      return;
    case 'access_token': {
      const error = new Error('the access token has expired, and only a person can get another one');
      error.name = 'INVALID_SESSION_ID';
      if (connection.accessToken === credentials.accessToken) throw error;
      Object.assign(connection, { accessToken: credentials.accessToken });
      return;
    }
    case 'soap': {
      const { version } = connection;
      connection.version = SOAP_VERSION;
      try {
        await connection.login(credentials.username, credentials.password);
      } finally {
        connection.version = version;
      }
    }
  }
}
