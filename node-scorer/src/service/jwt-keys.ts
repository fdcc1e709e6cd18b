import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { isMap } from '../config/schema-parts.ts';
import type { Problem } from '../errors.ts';

export const ALGORITHMS = ['RS256', 'RS512', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A public key that an org may sign with. */
export interface CallerKey {
  /** Only for tokens that name this key; null for any token of the issuer. */
  readonly kid: string | null;
  readonly algorithms: readonly Algorithm[];
  readonly key: KeyObject;
  /** Milliseconds since the epoch, of a certificate. */
  readonly validFrom: number;
  readonly validUntil: number;
}

/** Keys by the `iss` claim of the tokens that they sign. */
export type CallerKeys = ReadonlyMap<string, readonly CallerKey[]>;

/** Tried one after the other, so there must not be many. */
const MOST_KEYS = 8;
const FEWEST_RSA_BITS = 2_048;
const FORMS = 'a JWKS {"keys": […]} or {"pem": "file"} of certificates or public keys';

/**
 * Reads the keys of callers: a JSON object with one entry for each issuer (each org), either a JWKS (RFC 7517) or
 * the name of a PEM file beside it, or several; a file may hold more than one certificate. Never an address: what
 * a token is checked against must not depend on what answers at some URL.
 *
 * @param file as configured
 * @param readFile throws when it cannot
 * @param problems takes everything that is wrong
 * @example readCallerKeys('keys.json', read, problems) // keys.json: {"00D000000000001AAA": {"pem": "org.crt"}}
 */
export function readCallerKeys(
  file: string,
  readFile: (file: string) => string,
  problems: Problem[],
): CallerKeys {
  const keys = new Map<string, readonly CallerKey[]>();
  const content = parse(file, readFile, problems);
  if (content === null) return keys;
  for (const [issuer, entry] of Object.entries(content)) {
    const where = `${file} ${issuer}`;
    const found = keysOf(entry, where, dirname(file), readFile, problems);
    if (found.length > MOST_KEYS) {
      problems.push({ where, found: `${found.length} keys`, expected: `${MOST_KEYS} at most` });
    }
    keys.set(issuer, found);
  }
  if (keys.size === 0) {
    problems.push({ where: file, found: 'no issuer', expected: `at least one, with ${FORMS}` });
  }
  return keys;
}

function parse(
  file: string,
  readFile: (file: string) => string,
  problems: Problem[],
): Record<string, unknown> | null {
  const expected = `a JSON object: for each issuer ${FORMS}`;
  const text = read(file, `SCORER_JWT_KEYS_FILE ${file}`, readFile, problems);
  if (text === null) return null;
  try {
    const content: unknown = JSON.parse(text);
    if (isMap(content)) return content;
    problems.push({ where: file, found: Array.isArray(content) ? 'a list' : typeof content, expected });
  } catch {
    // What stands there is not repeated: it may be a private key.
    problems.push({ where: file, found: 'no JSON', expected });
  }
  return null;
}

function keysOf(
  entry: unknown,
  where: string,
  folder: string,
  readFile: (file: string) => string,
  problems: Problem[],
): CallerKey[] {
  const { keys, pem, ...others } = isMap(entry) ? entry : {};
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    problems.push({ where, found: `the unknown entry ${unknown[0] ?? ''}`, expected: FORMS });
  }
  if (Array.isArray(keys) && keys.length > 0 && pem === undefined) {
    return keys.flatMap((jwk: unknown, i) => keyOfJwk(jwk, `${where} keys[${i}]`, problems));
  }
  const files: unknown[] = Array.isArray(pem) ? pem : [pem];
  if (keys !== undefined || files.length === 0 || !files.every((name) => typeof name === 'string')) {
    problems.push({ where, found: 'something else', expected: FORMS });
    return [];
  }
  return files.flatMap((name) => {
    const path = resolve(folder, name);
    const text = read(path, `${where} ${name}`, readFile, problems);
    return text === null ? [] : keysOfPem(text, `${where} ${name}`, problems);
  });
}

function keysOfPem(text: string, where: string, problems: Problem[]): CallerKey[] {
  if (text.includes('PRIVATE KEY')) {
    problems.push({ where, found: 'a private key', expected: 'the public half only', fix: REPLACE });
    return [];
  }
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g) ?? [];
  if (blocks.length === 0) {
    problems.push({ where, found: 'no PEM block', expected: 'a certificate or public key' });
  }
  return blocks.flatMap((block, i) => {
    const at = blocks.length === 1 ? where : `${where} block ${i + 1}`;
    try {
      if (!block.startsWith('-----BEGIN CERTIFICATE-----')) {
        return checked(createPublicKey(block), null, null, at, problems);
      }
      const certificate = new X509Certificate(block);
      return checked(certificate.publicKey, null, null, at, problems).map((key) => ({
        ...key,
        validFrom: certificate.validFromDate.getTime(),
        validUntil: certificate.validToDate.getTime(),
      }));
    } catch {
      problems.push({ where: at, found: 'a block that cannot be read', expected: 'a certificate or key' });
      return [];
    }
  });
}

function keyOfJwk(jwk: unknown, where: string, problems: Problem[]): CallerKey[] {
  if (!isMap(jwk)) {
    problems.push({ where, found: typeof jwk, expected: 'a key as RFC 7517 has it' });
    return [];
  }
  if ('d' in jwk || jwk['kty'] === 'oct') {
    problems.push({ where, found: 'a secret key', expected: 'the public half only', fix: REPLACE });
    return [];
  }
  const { kid, alg } = jwk;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return checked(key, typeof kid === 'string' ? kid : null, alg ?? null, where, problems);
  } catch {
    problems.push({ where, found: 'a key that cannot be read', expected: 'an RSA or EC public key' });
    return [];
  }
}

const REPLACE = 'take it out of this file, and replace it where it is used: it has been shown';

/** The key if it is strong enough for one of our algorithms. */
function checked(
  key: KeyObject,
  kid: string | null,
  alg: unknown,
  where: string,
  problems: Problem[],
): CallerKey[] {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  if (type === 'rsa' && modulusLength < FEWEST_RSA_BITS) {
    problems.push({
      where,
      found: `an RSA key of ${modulusLength} bits`,
      expected: `${FEWEST_RSA_BITS} bits at least`,
    });
    return [];
  }
  const fit: readonly Algorithm[] =
    type === 'rsa' ? ['RS256', 'RS512'] : type === 'ec' && namedCurve === 'prime256v1' ? ['ES256'] : [];
  const algorithms = alg === null ? fit : fit.filter((each) => each === alg);
  if (algorithms.length === 0) {
    const found = alg === null ? `a key of type ${type ?? 'unknown'}` : 'another algorithm';
    problems.push({ where, found, expected: `a key for ${ALGORITHMS.join(', ')}` });
    return [];
  }
  return [{ kid, algorithms, key, validFrom: -Infinity, validUntil: Infinity }];
}

function read(
  path: string,
  where: string,
  readFile: (file: string) => string,
  problems: Problem[],
): string | null {
  try {
    return readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    problems.push({ where, found: code, expected: 'a readable file' });
    return null;
  }
}
