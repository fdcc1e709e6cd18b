import { createHash } from 'node:crypto';

/** A page's place in an answer: opaque to the caller, good for one question only, and not for ever. */
export interface Place {
  /** Fingerprint of the question. */
  readonly query: string;
  /** How many elements lie before the page. */
  readonly from: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const LIFE = 7 * 86_400_000;

/** When a token made now expires: after seven days. */
export const endOfLife = (now: number): number => now + LIFE;

export const fingerprintOf = (question: string): string =>
  createHash('sha256').update(question).digest('base64url').slice(0, 16);

export const sealToken = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * Where the page of a token begins.
 *
 * @returns null for a token of another question, an expired one, and what is no token
 * @example openToken(sealToken({ query: 'a', from: 50, until: 2 }), 'a', 1) // => 50
 */
export function openToken(token: string, query: string, now: number): number | null {
  try {
    const place = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<Place> | null;
    return place?.query === query && Number(place.until) >= now ? (place.from ?? null) : null;
  } catch {
    return null;
  }
}
