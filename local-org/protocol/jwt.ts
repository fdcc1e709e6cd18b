// Source: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm

import { createPublicKey, verify } from 'node:crypto';

/** Audiences that a Salesforce token endpoint takes besides its own address. */
const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** How far in the future a JWT may expire; the page says three minutes, which no live org has confirmed to us. */
const LONGEST_SECONDS = 180;

export interface JwtRules {
  clientId: string;
  /** PEM of the public key or certificate that the app was given. */
  publicKey: string;
  /** Address of this org. */
  url: string;
  /** Milliseconds since 1970. */
  now: number;
}

export type JwtVerdict = { username: string } | { error: string; description: string };

const json = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

/**
 * Checks an assertion of the OAuth 2.0 JWT bearer flow: signature by the app's key, issuer, audience and expiry.
 *
 * @example checkAssertion('x.y.z', rules) // => { error: 'invalid_grant', description: 'invalid assertion' }
 */
export function checkAssertion(assertion: string, { clientId, publicKey, url, now }: JwtRules): JwtVerdict {
  const invalid = (description: string): JwtVerdict => ({ error: 'invalid_grant', description });
  const [header = '', claims = '', signature = '', ...more] = assertion.split('.');
  let head: Record<string, unknown>;
  let body: Record<string, unknown>;
  try {
    [head, body] = [json(header), json(claims)];
  } catch {
    return invalid('invalid assertion');
  }
  if (more.length > 0 || head['alg'] !== 'RS256') return invalid('invalid assertion');
  if (body['iss'] !== clientId)
    return { error: 'invalid_client_id', description: 'client identifier invalid' };
  const signed = Buffer.from(`${header}.${claims}`);
  if (!verify('sha256', signed, createPublicKey(publicKey), Buffer.from(signature, 'base64url')))
    return invalid('invalid assertion');
  const audience =
    typeof body['aud'] === 'string' ? body['aud'].replace(/\/(services\/oauth2\/token)?$/, '') : '';
  if (![...AUDIENCES, url].includes(audience)) return invalid('audience is invalid');
  const expiry = Number(body['exp']) * 1000;
  if (!(expiry > now)) return invalid('expired authorization code');
  if (expiry > now + LONGEST_SECONDS * 1000) return invalid('expiration is too far in the future');
  const { sub } = body;
  return typeof sub === 'string' ? { username: sub } : invalid('user hasn’t approved this consumer');
}
