import { constants, createSign, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';

/** Ids of two orgs that do not exist, as issuers. */
export const ORG = '00D000000000001AAA';
export const OTHER_ORG = '00D000000000002AAA';
export const AUDIENCE = 'https://scorer.example.test';
/** The clock of these tests, seconds. */
export const NOW_S = Date.parse('2026-11-21T09:00:00Z') / 1_000;

export interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
export const rsa = (bits = 2_048): Pair => generateKeyPairSync('rsa', { modulusLength: bits });
export const p256 = (): Pair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
export const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** Claims as Salesforce sets them. */
const CLAIMS = { iss: ORG, aud: AUDIENCE, sub: 'flow', iat: NOW_S, nbf: NOW_S, exp: NOW_S + 120 };
type Claims = Readonly<Record<string, unknown>>;

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** How each algorithm signs; by Node alone, so that a mistake of the library that checks would show. */
const SIGNED: Readonly<Record<string, (text: Buffer, key: KeyObject) => Buffer>> = {
  RS256: (text, key) => signBytes('sha256', text, key),
  RS384: (text, key) => signBytes('sha384', text, key),
  RS512: (text, key) => signBytes('sha512', text, key),
  PS256: (text, key) => signBytes('sha256', text, { key, ...PSS }),
  ES256: (text, key) => signBytes('sha256', text, { key, dsaEncoding: 'ieee-p1363' }),
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token put together by hand, as an attacker would; a claim given as undefined is left out. */
export const forge = (header: object, claims: Claims = {}, signature = ''): string =>
  `${encode(header)}.${encode({ ...CLAIMS, ...claims })}.${signature}`;

/** A signed token (RFC 7515). */
export function sign(
  key: KeyObject,
  claims: Claims = {},
  header: { readonly alg?: string; readonly [name: string]: unknown } = {},
): string {
  const whole = { alg: 'RS256', ...header };
  const token = forge(whole, claims).slice(0, -1);
  const signature = SIGNED[whole.alg]?.(Buffer.from(token), key);
  if (signature === undefined) throw new RangeError(`found ${whole.alg}, expected an algorithm of this file`);
  return `${token}.${signature.toString('base64url')}`;
}

/**
 * A self-signed certificate, as an org makes one: X.509 (RFC 5280) with nothing in it but what must be.
 *
 * @param from,to milliseconds since the epoch
 */
export function certificate({ publicKey, privateKey }: Pair, from: number, to: number): string {
  const der = (tag: number, ...parts: Buffer[]): Buffer => {
    const content = Buffer.concat(parts);
    const { length } = content;
    const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
  };
  const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  const time = (ms: number): Buffer =>
    der(
      0x17,
      Buffer.from(
        `${new Date(ms)
          .toISOString()
          .replaceAll(/[-:T]|\.\d+/g, '')
          .slice(2, 14)}Z`,
      ),
    );
  const sha256WithRsa = sequence(hex('06092a864886f70d01010b'), hex('0500'));
  const name = sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from('Scorer_Cert')))));
  const body = sequence(
    der(0xa0, hex('020102')),
    hex('020101'),
    sha256WithRsa,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('RSA-SHA256').update(body).sign(privateKey);
  const whole = sequence(body, sha256WithRsa, der(0x03, hex('00'), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
