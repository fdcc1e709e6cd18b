import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { readServiceSettings } from './settings.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1_024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const PUBLIC = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PRIVATE = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const FILES: Record<string, string> = {
  'public.pem': PUBLIC,
  'two.pem': `${PUBLIC}\nbetween\n${PUBLIC}`,
  'private.pem': PRIVATE,
  'small.pem': small.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'curve.pem': curve.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'empty.pem': '',
  'broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
};

/** Reads settings with a keys file of this content. */
function read(variables: Record<string, string>, keys: unknown = {}): ReturnType<typeof readServiceSettings> {
  return readServiceSettings(variables, (file) => {
    const name = file.split('/').at(-1) ?? '';
    const text =
      name === 'keys.json' ? (typeof keys === 'string' ? keys : JSON.stringify(keys)) : FILES[name];
    if (text === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
    return text;
  });
}
const withKeys = (keys: unknown) =>
  read({ SCORER_JWT_KEYS_FILE: 'conf/keys.json', SCORER_JWT_AUDIENCE: 'scorer' }, keys);

function problemsOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ScorerError && error.code === 'ENVIRONMENT_INVALID') return error.message;
    throw error;
  }
  throw new Error('found settings, expected problems');
}

describe('settings of the service', () => {
  it('listen on this machine alone, unless told otherwise', () => {
    expect(read({ SCORER_TOKEN_SHA256: hash('a') })).toEqual({
      host: '127.0.0.1',
      port: 8_080,
      tokens: [Buffer.from(hash('a'), 'hex')],
      jwt: null,
    });
    const set = { SCORER_TOKEN_SHA256: hash('a'), SCORER_HOST: '0.0.0.0', SCORER_PORT: '0' };
    expect(read(set)).toMatchObject({ host: '0.0.0.0', port: 0 });
  });

  it('take two tokens during a rotation, in any case and spacing', () => {
    const { tokens } = read({ SCORER_TOKEN_SHA256: `${hash('a').toUpperCase()} , ${hash('b')}` });
    expect(tokens.map((token) => token.toString('hex'))).toEqual([hash('a'), hash('b')]);
  });

  it.each([
    ['nothing', {}, /SCORER_TOKEN_SHA256: found nothing, and no SCORER_JWT_KEYS_FILE either/],
    ['blanks', { SCORER_TOKEN_SHA256: '  ' }, /found nothing/],
    ['three tokens', { SCORER_TOKEN_SHA256: [1, 2, 3].map((n) => hash(`${n}`)).join(',') }, /found 3 hashes/],
    ['a comma too many', { SCORER_TOKEN_SHA256: `${hash('a')},` }, /found 0 characters that are no hash/],
    ['the hash of nothing', { SCORER_TOKEN_SHA256: hash('') }, /found the hash of nothing/],
    ['an audience without keys', { SCORER_JWT_AUDIENCE: 'x' }, /SCORER_JWT_KEYS_FILE: found nothing/],
    ['keys without an audience', { SCORER_JWT_KEYS_FILE: 'keys.json' }, /SCORER_JWT_AUDIENCE: found nothing/],
    [
      'a port that is none',
      { SCORER_TOKEN_SHA256: hash('a'), SCORER_PORT: 'http' },
      /SCORER_PORT: found http/,
    ],
    ['a port too high', { SCORER_TOKEN_SHA256: hash('a'), SCORER_PORT: '65536' }, /SCORER_PORT: found 65536/],
  ])('refuse %s', (_name, variables, message) => {
    expect(problemsOf(() => read(variables))).toMatch(message);
  });

  it('do not repeat a token that stands in the place of its hash', () => {
    const message = problemsOf(() => read({ SCORER_TOKEN_SHA256: 'planted-token-Ab12' }));
    expect(message).toContain('found 18 characters that are no hash');
    expect(message).not.toContain('planted');
  });

  it('list every problem at once', () => {
    const message = problemsOf(() => read({ SCORER_PORT: '-1', SCORER_JWT_AUDIENCE: 'x' }));
    expect(message).toMatch(/^The service: 3 problems/);
  });
});

describe('keys of callers', () => {
  it.each([
    ['one file', { org: { pem: 'public.pem' } }, 1],
    ['a file with two', { org: { pem: 'two.pem' } }, 2],
    ['two files', { org: { pem: ['public.pem', 'public.pem'] } }, 2],
    ['a JWKS', { org: { keys: [publicKey.export({ format: 'jwk' })] } }, 1],
  ])('are read from %s', (_name, keys, count) => {
    expect(withKeys(keys).jwt?.keys.get('org')).toHaveLength(count);
  });

  it.each([
    ['no JSON', '{', /keys.json: found no JSON/],
    ['a list', [], /found a list/],
    ['no issuer', {}, /found no issuer/],
    ['an entry of another form', { org: 'public.pem' }, /found something else/],
    ['an entry of both forms', { org: { pem: 'public.pem', keys: [{}] } }, /found something else/],
    ['an empty JWKS', { org: { keys: [] } }, /found something else/],
    ['an address', { org: { jwks_uri: 'https://keys.example.test' } }, /unknown entry jwks_uri/],
    ['a file that is not there', { org: { pem: 'none.pem' } }, /none.pem: found ENOENT/],
    ['an empty file', { org: { pem: 'empty.pem' } }, /found no PEM block/],
    ['a broken certificate', { org: { pem: 'broken.pem' } }, /found a block that cannot be read/],
    ['a private key', { org: { pem: 'private.pem' } }, /found a private key/],
    ['a private JWK', { org: { keys: [privateKey.export({ format: 'jwk' })] } }, /found a secret key/],
    ['a shared secret', { org: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, /found a secret key/],
    ['a weak key', { org: { pem: 'small.pem' } }, /found an RSA key of 1024 bits/],
    ['another curve', { org: { pem: 'curve.pem' } }, /found a key of type ec/],
    [
      'another algorithm',
      { org: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'PS256' }] } },
      /another algorithm/,
    ],
    ['a key that is none', { org: { keys: [{ kty: 'RSA' }] } }, /cannot be read/],
    ['nine keys', { org: { pem: Array.from({ length: 9 }, () => 'public.pem') } }, /found 9 keys/],
  ])('are refused with %s', (_name, keys, message) => {
    const text = problemsOf(() => withKeys(keys));
    expect(text).toMatch(message);
    expect(text).not.toContain(PRIVATE.split('\n')[1]);
  });
});
