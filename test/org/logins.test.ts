import { generateKeyPairSync, sign } from 'node:crypto';
import jsforce from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningOrg } from 'local-org';
import { accounts, CREDENTIALS, NOW, startWith } from './org-fixture.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const stranger = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function assertion(claims: Record<string, unknown>, { key = privateKey, alg = 'RS256' } = {}): string {
  const signed = `${base64({ alg })}.${base64(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

describe('logging in to the local org', () => {
  let org: RunningOrg;
  let now = NOW;
  beforeAll(async () => {
    org = await startWith(accounts(1), {
      jwtPublicKey: publicKey,
      password: 'secret+token',
      tokenSeconds: 60,
      clock: () => now,
    });
  });
  afterAll(() => org.close());

  const claims = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    iss: CREDENTIALS.clientId,
    sub: 'integration@org.example',
    aud: 'https://login.salesforce.com',
    exp: NOW / 1000 + 120,
    ...more,
  });
  const token = async (
    form: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, string> }> => {
    const response = await fetch(`${org.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const bearer = (text: string) =>
    token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: text });

  it('takes a signed assertion from jsforce', async () => {
    const connection = new jsforce.Connection({ loginUrl: org.url, instanceUrl: org.url, version: '66.0' });
    await connection.authorize({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion(claims()),
    });
    expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
  });

  it.each([
    [
      'signed by another key',
      assertion(claims(), { key: stranger.privateKey }),
      'invalid_grant',
      'invalid assertion',
    ],
    ['of another algorithm', assertion(claims(), { alg: 'none' }), 'invalid_grant', 'invalid assertion'],
    ['of another app', assertion(claims({ iss: 'other' })), 'invalid_client_id', 'client identifier invalid'],
    [
      'for another audience',
      assertion(claims({ aud: 'https://example.com' })),
      'invalid_grant',
      'audience is invalid',
    ],
    [
      'that has expired',
      assertion(claims({ exp: NOW / 1000 - 1 })),
      'invalid_grant',
      'expired authorization code',
    ],
    [
      'that lives an hour',
      assertion(claims({ exp: NOW / 1000 + 3600 })),
      'invalid_grant',
      'expiration is too far in the future',
    ],
    [
      'of an unknown user',
      assertion(claims({ sub: 'nobody@org.example' })),
      'invalid_grant',
      'user hasn’t approved this consumer',
    ],
    ['that is none', 'x.y.z', 'invalid_grant', 'invalid assertion'],
  ])('refuses an assertion %s', async (_, text, error, description) => {
    expect(await bearer(text)).toEqual({ status: 400, body: { error, error_description: description } });
  });

  it('gives a new access token for a refresh token, and jsforce uses it when the old one has expired', async () => {
    const connection = new jsforce.Connection({
      instanceUrl: org.url,
      version: '66.0',
      oauth2: { ...CREDENTIALS, loginUrl: org.url },
      accessToken: org.sessions.issue(org.org.integrationUser.id),
      refreshToken: org.sessions.issueRefresh(org.org.integrationUser.id),
    });
    now += 61_000;
    expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
    now = NOW;
    expect(
      (await token({ grant_type: 'refresh_token', refresh_token: 'x', client_id: CREDENTIALS.clientId }))
        .body['error'],
    ).toBe('invalid_grant');
  });

  it('takes user name and password over SOAP until version 64, as the last resort', async () => {
    const login = (version: string, password: string) =>
      new jsforce.Connection({ loginUrl: org.url, version, logLevel: 'NONE' }).login(
        'integration@org.example',
        password,
      );
    expect(await login('64.0', 'secret+token')).toMatchObject({ id: org.org.integrationUser.id });
    await expect(login('64.0', 'wrong')).rejects.toThrow('INVALID_LOGIN');
    await expect(login('66.0', 'secret+token')).rejects.toThrow('UNSUPPORTED_API_VERSION');
  });

  it('refuses grants that it does not model', async () => {
    expect((await token({ grant_type: 'password' })).body['error']).toBe('unsupported_grant_type');
  });
});
