import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

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
const CLAIMS: JWTPayload = { iss: ORG, aud: AUDIENCE, sub: 'flow', iat: NOW_S, nbf: NOW_S, exp: NOW_S + 120 };

/** Claims that differ from those. */
export type Claims = { readonly [name in keyof JWTPayload]: JWTPayload[name] | undefined };

/** Signs a token; a claim given as undefined is left out. */
export function sign(
  key: KeyObject | Uint8Array,
  claims: Claims = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token put together by hand, as an attacker would. */
export const forge = (header: object, claims: Claims = {}, signature = ''): string =>
  `${encode(header)}.${encode({ ...CLAIMS, ...claims })}.${signature}`;
