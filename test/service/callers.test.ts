import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../node-scorer/src/errors.ts';
import { makeJwtCheck } from '../../node-scorer/src/service/jwt.ts';
import { readCallerKeys } from '../../node-scorer/src/service/jwt-keys.ts';
import type { ProblemDocument } from '../../node-scorer/src/service/problem.ts';
import { makeReplays } from '../../node-scorer/src/service/replay.ts';
import { openService, sha256, TOKEN, type Opened } from './service-fixture.ts';
import { AUDIENCE, certificate, forge, NOW_S, ORG, OTHER_ORG, p256, pem, rsa, sign } from './tokens.ts';

const OLD_TOKEN = 'planted-older-token-Kd83hFs1';
const [ours, second, other, attacker, curve, certified] = [rsa(), rsa(), rsa(), rsa(), p256(), rsa()];
const CERTIFIED_ORG = '00D000000000003AAA';
const DAY_MS = 86_400_000;
const { publicKey } = ours;

let service: Opened;
let now = NOW_S * 1_000;
beforeAll(async () => {
  const files: Record<string, string> = {
    'keys.json': JSON.stringify({
      [CERTIFIED_ORG]: { pem: 'org.crt' },
      [ORG]: { pem: ['org.pem', 'next.pem', 'curve.pem'] },
      [OTHER_ORG]: { keys: [{ ...other.publicKey.export({ format: 'jwk' }), kid: 'other-1', alg: 'RS256' }] },
    }),
    'org.pem': pem(publicKey),
    'org.crt': certificate(certified, NOW_S * 1_000 - DAY_MS, NOW_S * 1_000 + DAY_MS),
    'next.pem': pem(second.publicKey),
    'curve.pem': pem(curve.publicKey),
  };
  const problems: Problem[] = [];
  const keys = readCallerKeys('keys.json', (file) => files[file.split('/').at(-1) ?? ''] ?? '', problems);
  expect(problems).toEqual([]);
  service = await openService({
    auth: {
      tokens: [sha256(TOKEN), sha256(OLD_TOKEN)],
      jwt: makeJwtCheck({ keys, audience: AUDIENCE, now: () => now }),
      replays: makeReplays(() => now, 1_000),
    },
  });
});
beforeEach(() => (now = NOW_S * 1_000));
afterAll(() => service.app.close());

const start = (authorization: string | undefined, url = '/v1/runs') =>
  service.app.inject({
    method: 'POST',
    url,
    headers: authorization === undefined ? {} : { authorization },
  });

describe('a caller is let in', () => {
  let n = 0;
  // A claim of its own makes each token another one.
  const own = () => ({ jti: `own-${++n}` });
  it.each([
    ['with the token', () => `Bearer ${TOKEN}`, 'token 1'],
    ['with the one before it, during a rotation', () => `Bearer ${OLD_TOKEN}`, 'token 2'],
    ['whatever the case of the scheme', () => `bearer ${TOKEN}`, 'token 1'],
    ['with RS256', () => `Bearer ${sign(ours.privateKey, own())}`, ORG],
    ['with RS512', () => `Bearer ${sign(ours.privateKey, own(), { alg: 'RS512' })}`, ORG],
    ['with ES256', () => `Bearer ${sign(curve.privateKey, own(), { alg: 'ES256' })}`, ORG],
    ['with the next key of a rotation', () => `Bearer ${sign(second.privateKey, own())}`, ORG],
    [
      'with a name for a key that has none here',
      () => `Bearer ${sign(ours.privateKey, own(), { kid: 'Scorer_Cert', typ: 'JWT' })}`,
      ORG,
    ],
    [
      'as another org, with its own key',
      () => `Bearer ${sign(other.privateKey, { ...own(), iss: OTHER_ORG }, { kid: 'other-1' })}`,
      OTHER_ORG,
    ],
    [
      'with the certificate of an org',
      () => `Bearer ${sign(certified.privateKey, { ...own(), iss: CERTIFIED_ORG })}`,
      CERTIFIED_ORG,
    ],
    [
      'with a clock 50 s ahead',
      () => `Bearer ${sign(ours.privateKey, { ...own(), iat: NOW_S + 50, nbf: NOW_S + 50 })}`,
      ORG,
    ],
    [
      '50 s after the token expired',
      () => `Bearer ${sign(ours.privateKey, { ...own(), iat: NOW_S - 170, exp: NOW_S - 50 })}`,
      ORG,
    ],
    [
      'for one of several audiences',
      () => `Bearer ${sign(ours.privateKey, { ...own(), aud: ['x', AUDIENCE] })}`,
      ORG,
    ],
  ])('%s', async (_name, authorization, caller) => {
    const answer = await start(authorization());
    expect(answer.statusCode).toBe(202);
    expect(service.lines().at(-1)).toMatchObject({ caller });
  });
});

/** Every way in that must stay shut, with the reason that the log gives. */
const REFUSED: readonly [string, () => string | undefined, RegExp][] = [
  ['no credentials', () => undefined, /^no credentials$/],
  ['an empty header', () => '', /not a bearer token/],
  ['a scheme without a token', () => 'Bearer', /not a bearer token/],
  ['user and password', () => `Basic ${Buffer.from(`user:${TOKEN}`).toString('base64')}`, /not a bearer/],
  ['the token without a scheme', () => TOKEN, /not a bearer token/],
  ['a wrong token', () => 'Bearer wrong', /unknown token/],
  ['the beginning of the token', () => `Bearer ${TOKEN.slice(0, -1)}`, /unknown token/],
  ['the token and more', () => `Bearer ${TOKEN}0`, /unknown token/],
  ['the token twice', () => `Bearer ${TOKEN} ${TOKEN}`, /not a bearer token/],
  ['the token in another case', () => `Bearer ${TOKEN.toUpperCase()}`, /unknown token/],
  ['the hash in place of the token', () => `Bearer ${sha256(TOKEN).toString('hex')}`, /unknown token/],
  ['the token in quotes', () => `Bearer "${TOKEN}"`, /not a bearer token/],
  ['three parts that are no token', () => 'Bearer a.b.c', /not a JSON Web Token/],
  ['a very long token', () => `Bearer ${'a'.repeat(5_000)}.b.c`, /longer than/],
  ['alg none', () => `Bearer ${forge({ alg: 'none' })}`, /unknown token|not a bearer|algorithm/],
  ['alg none with something for a signature', () => `Bearer ${forge({ alg: 'none' }, {}, 'x')}`, /algorithm/],
  ['alg NoNe', () => `Bearer ${forge({ alg: 'NoNe' }, {}, 'x')}`, /algorithm/],
  ['no alg at all', () => `Bearer ${forge({}, {}, 'x')}`, /algorithm/],
  [
    'HS256 with the public key as its secret',
    () => {
      const [head, body] = forge({ alg: 'HS256', typ: 'JWT' }).split('.');
      const signature = createHmac('sha256', pem(publicKey)).update(`${head}.${body}`).digest('base64url');
      return `Bearer ${head}.${body}.${signature}`;
    },
    /algorithm/,
  ],
  ['RS384, which is not ours', () => bearer(sign(ours.privateKey, {}, { alg: 'RS384' })), /algorithm/],
  ['PS256, which is not ours', () => bearer(sign(ours.privateKey, {}, { alg: 'PS256' })), /algorithm/],
  [
    'an algorithm that its key is not configured for',
    () => bearer(sign(other.privateKey, { iss: OTHER_ORG }, { alg: 'RS512', kid: 'other-1' })),
    /algorithm of another key/,
  ],
  ['a key that nobody configured', () => bearer(sign(attacker.privateKey)), /signature/],
  [
    'a curve that nobody configured',
    () => bearer(sign(p256().privateKey, {}, { alg: 'ES256' })),
    /signature/,
  ],
  ["another org's key", () => bearer(sign(other.privateKey)), /signature/],
  [
    'our key in the name of another org',
    () => bearer(sign(ours.privateKey, { iss: OTHER_ORG }, { kid: 'other-1' })),
    /signature/,
  ],
  ['an unknown issuer', () => bearer(sign(ours.privateKey, { iss: '00D000000000009AAA' })), /issuer/],
  ['no issuer', () => bearer(sign(ours.privateKey, { iss: undefined })), /issuer/],
  [
    'an issuer named like a property of every object',
    () => bearer(sign(ours.privateKey, { iss: '__proto__' })),
    /issuer/,
  ],
  ['an unknown kid', () => bearer(sign(other.privateKey, { iss: OTHER_ORG }, { kid: 'other-2' })), /kid/],
  ['another audience', () => bearer(sign(ours.privateKey, { aud: 'https://else.example.test' })), /aud/],
  [
    'an audience that only begins like ours',
    () => bearer(sign(ours.privateKey, { aud: `${AUDIENCE}.evil` })),
    /aud/,
  ],
  ['no audience', () => bearer(sign(ours.privateKey, { aud: undefined })), /aud/],
  ['an expired token', () => bearer(sign(ours.privateKey, { iat: NOW_S - 190, exp: NOW_S - 61 })), /exp/],
  ['no expiry', () => bearer(sign(ours.privateKey, { exp: undefined })), /exp/],
  ['a token not valid yet', () => bearer(sign(ours.privateKey, { nbf: NOW_S + 61 })), /nbf/],
  ['a token issued in the future', () => bearer(sign(ours.privateKey, { iat: NOW_S + 61 })), /iat/],
  ['no time of issue', () => bearer(sign(ours.privateKey, { iat: undefined })), /iat/],
  [
    'a token issued more than five minutes ago that lives for years',
    () => bearer(sign(ours.privateKey, { iat: NOW_S - 361, nbf: NOW_S - 361, exp: NOW_S + 1e8 })),
    /iat/,
  ],
  ['a time of expiry that is text', () => bearer(sign(ours.privateKey, { exp: '9999999999' })), /exp/],
  [
    'a key that it names by address (jku)',
    () => bearer(sign(attacker.privateKey, {}, { jku: 'https://evil.example.test/keys' })),
    /own key/,
  ],
  [
    'a certificate that it names by address (x5u)',
    () => bearer(sign(attacker.privateKey, {}, { x5u: 'https://evil.example.test/c' })),
    /own key/,
  ],
  [
    'a key that it brings along (jwk)',
    () => bearer(sign(attacker.privateKey, {}, { jwk: attacker.publicKey.export({ format: 'jwk' }) })),
    /own key/,
  ],
  ['a critical extension', () => bearer(critical()), /ERR_JOSE_NOT_SUPPORTED|ERR_JWS_INVALID/],
  ['another type of token', () => bearer(sign(ours.privateKey, {}, { typ: 'logout+jwt' })), /typ/],
  [
    'changed claims under a good signature',
    () => changed(1, { iss: ORG, aud: AUDIENCE, iat: NOW_S, exp: NOW_S + 900 }),
    /signature/,
  ],
  ['a changed header under a good signature', () => changed(0, { alg: 'RS256', kid: 'x' }), /signature/],
  ['a cut signature', () => bearer(sign(ours.privateKey)).slice(0, -8), /signature/],
  ['an encrypted token of five parts', () => 'Bearer a.b.c.d.e', /unknown token/],
];
const bearer = (token: string): string => `Bearer ${token}`;

/** A good signature over a header that wants an extension understood. */
const critical = (): string => sign(ours.privateKey, {}, { crit: ['exp'], exp: NOW_S });

function changed(part: 0 | 1, content: object): string {
  const parts = sign(ours.privateKey).split('.');
  parts[part] = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `Bearer ${parts.join('.')}`;
}

describe('a caller is refused', () => {
  it.each(REFUSED)('with %s', async (_name, authorization, reason) => {
    const header = authorization();
    const asked = service.runs.asked.length;
    const answer = await start(header);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      header === undefined ? 'Bearer realm="scorer"' : 'Bearer realm="scorer", error="invalid_token"',
    );
    expect(answer.headers.connection).toBe('close');
    const problem = answer.json<ProblemDocument>();
    expect(problem).toMatchObject({ status: 401, code: 'CALLER_REFUSED', errors: [] });
    expect(service.runs.asked.length).toBe(asked);
    const line = service
      .lines()
      .find(({ reqId, reason: why }) => reqId === problem.requestId && why !== undefined);
    expect(line).toMatchObject({ level: 'warn', msg: 'caller refused', status: 401 });
    expect(line?.['reason']).toMatch(reason);
    if (header !== undefined && header.length > 12) {
      expect(service.logText() + answer.body).not.toContain(header.slice(7));
    }
  });

  it.each([
    ['the day after its certificate ended', 2],
    ['the day before its certificate begins', -2],
  ])('%s', async (_name, days) => {
    now = NOW_S * 1_000 + days * DAY_MS;
    const at = NOW_S + (days * DAY_MS) / 1_000;
    const token = sign(certified.privateKey, { iss: CERTIFIED_ORG, iat: at, nbf: at, exp: at + 120 });
    expect((await start(`Bearer ${token}`)).statusCode).toBe(401);
    expect(service.lines().at(-2)).toMatchObject({ reason: 'JWT refused: certificate is not valid now' });
  });

  it('covers the table of attacks', () => expect(REFUSED.length).toBeGreaterThanOrEqual(30));

  it('with two sets of credentials, of which one is good', async () => {
    const address = await service.app.listen({ host: '127.0.0.1', port: 0 });
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        `${address}/v1/runs`,
        {
          method: 'POST',
          headers: ['Authorization', `Bearer ${TOKEN}`, 'Authorization', 'Bearer wrong', 'Host', 'x'],
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(401);
  });
});

describe('a signed token that comes again', () => {
  it('is answered the same for the same request, though a refresh would begin another run', async () => {
    const authorization = `Bearer ${sign(ours.privateKey, { jti: 'replay-1' })}`;
    const url = '/v1/runs?mode=refresh&period=2026-05';
    const first = (await start(authorization, url)).json<object>();
    service.runs.finish();
    const again = await start(authorization, url);
    expect(again.statusCode).toBe(202);
    expect(again.json()).toEqual(first);
    const fresh = `Bearer ${sign(ours.privateKey, { jti: 'replay-2' })}`;
    expect((await start(fresh, url)).json()).not.toEqual(first);
  });

  it.each([
    [
      'another period',
      'POST',
      '/v1/runs?mode=refresh&period=2026-05',
      '/v1/runs?mode=refresh&period=2026-06',
    ],
    ['another account', 'POST', '/v1/runs', '/v1/runs?accountId=001000000000001AAA'],
    ['a confirmation', 'POST', '/v1/runs', '/v1/runs?confirm=some-held-run'],
  ] as const)('is refused for %s', async (name, method, url, secondUrl) => {
    const token = sign(ours.privateKey, { jti: `again ${name}` });
    const headers = { authorization: `Bearer ${token}` };
    expect((await service.app.inject({ method, url, headers })).statusCode).toBe(202);
    const asked = service.runs.asked.length;
    const answer = await service.app.inject({ method, url: secondUrl, headers });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
    expect(service.runs.asked.length).toBe(asked);
    expect(service.logText()).not.toContain(token);
  });

  it('is refused for another method', async () => {
    const headers = { authorization: `Bearer ${sign(ours.privateKey, { jti: 'method' })}` };
    await service.app.inject({ method: 'POST', url: '/v1/runs', headers });
    expect((await service.app.inject({ method: 'GET', url: '/v1/runs', headers })).statusCode).toBe(403);
  });

  it('is known again though its signature is written in another way', async () => {
    const token = sign(ours.privateKey, { jti: 'malleable' });
    // The last character of 256 bytes in Base64 holds two bits; the other four say nothing.
    const last = token.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = token.slice(0, -1) + (alphabet[alphabet.indexOf(last) ^ 1] ?? '');
    expect((await start(`Bearer ${token}`, '/v1/runs?period=2026-03')).statusCode).toBe(202);
    expect([401, 403]).toContain((await start(`Bearer ${twin}`, '/v1/runs?period=2026-04')).statusCode);
  });

  it('is tried again when the first attempt failed', async () => {
    const authorization = `Bearer ${sign(ours.privateKey, { jti: 'failed' })}`;
    service.runs.fail(new Error('for now'));
    expect((await start(authorization)).statusCode).toBe(500);
    service.runs.fail(null);
    expect((await start(authorization)).statusCode).toBe(202);
  });
});

describe('what is remembered of tokens', () => {
  const room = (limit: number) => makeReplays(() => now, limit);
  it('is forgotten once they have expired', () => {
    const replays = room(2);
    replays.use('a', 'POST /x', now + 10);
    replays.use('b', 'POST /x', now + 20);
    expect(replays.use('c', 'POST /x', now + 30)).toBe('full');
    now += 15;
    expect(replays.use('c', 'POST /x', now + 30)).toHaveProperty('once');
    expect(replays.use('b', 'POST /y', now + 30)).toBe('another request');
  });

  it('is one answer for attempts at the same time', async () => {
    const replays = room(1);
    let started = 0;
    const make = async () => {
      started++;
      await Promise.resolve();
      return { runId: `run-${started}`, status: 'Running', period: '2026-10' };
    };
    const uses = [replays.use('a', 'r', now + 1), replays.use('a', 'r', now + 1)];
    const answers = await Promise.all(
      uses.map((use) => (typeof use === 'string' ? Promise.reject(new Error(use)) : use.once(make))),
    );
    expect(answers.map(({ runId }) => runId)).toEqual(['run-1', 'run-1']);
  });
});
