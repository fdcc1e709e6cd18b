import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { ALGORITHMS, type Algorithm, type CallerKey, type CallerKeys } from './jwt-keys.ts';

/** A token that was proven to be the issuer's, for us, and fresh. */
export interface ProvenToken {
  readonly issuer: string;
  /** Identifies the token; the token cannot be had from it. */
  readonly id: string;
  /** Milliseconds since the epoch after which it is worth nothing. */
  readonly until: number;
}

/** Seconds by which the clocks of caller and service may differ. */
const LEEWAY_S = 60;
/** Seconds since it was issued, at most. Salesforce gives its tokens two minutes by default. */
const MAX_AGE_S = 300;
const LONGEST = 4_096;
/** The reason for which the next key is tried. */
const SIGNATURE = 'signature';

/**
 * Makes the check of JSON Web Tokens. Keys come from configuration alone; algorithms are fixed, and each belongs to
 * a type of key. A token that says itself where its key is (`jku`, `x5u`, `jwk`) is refused.
 * Source: RFC 8725 (best practices), OWASP ASVS 5.0 chapter 9.
 *
 * @param now milliseconds since the epoch, the true time: callers sign with theirs
 * @returns a function from token to what it proves, or to the reason (for the log) why it proves nothing
 * @example await makeJwtCheck({ keys, audience: 'scorer', now: Date.now })('x.y.z') // => 'not a JSON Web Token'
 */
export function makeJwtCheck(options: {
  readonly keys: CallerKeys;
  readonly audience: string;
  readonly now: () => number;
}): (token: string) => Promise<ProvenToken | string> {
  const { keys, audience, now } = options;

  const verify = async (token: string, key: CallerKey, issuer: string): Promise<JWTPayload | string> => {
    try {
      const { payload } = await jwtVerify(token, key.key, {
        algorithms: [...key.algorithms],
        issuer,
        audience,
        clockTolerance: LEEWAY_S,
        maxTokenAge: MAX_AGE_S,
        requiredClaims: ['exp', 'iat'],
        currentDate: new Date(now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) return SIGNATURE;
      if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
        return `${error.claim}: ${error.reason}`;
      }
      return error instanceof errors.JOSEError ? error.code : 'unreadable';
    }
  };

  return async (token) => {
    if (token.length > LONGEST) return 'longer than 4,096 characters';
    const header = read(() => decodeProtectedHeader(token));
    const claims = read(() => decodeJwt(token));
    if (header === null || claims === null) return 'not a JSON Web Token';
    const { alg, typ, kid } = header;
    if (!ALGORITHMS.includes(alg as Algorithm)) return 'algorithm';
    if ('jku' in header || 'x5u' in header || 'jwk' in header) return 'brings its own key';
    if (typ !== undefined && typ.toUpperCase() !== 'JWT') return 'typ';
    const { iss } = claims;
    const ofIssuer = typeof iss === 'string' ? keys.get(iss) : undefined;
    if (iss === undefined || ofIssuer === undefined) return 'issuer';
    const named = ofIssuer.filter((key) => key.kid === null || kid === undefined || key.kid === kid);
    if (named.length === 0) return 'kid';
    const fit = named.filter(({ algorithms }) => algorithms.includes(alg as Algorithm));
    if (fit.length === 0) return 'algorithm of another key';
    const valid = fit.filter(({ validFrom, validUntil }) => validFrom <= now() && now() <= validUntil);
    if (valid.length === 0) return 'certificate is not valid now';

    for (const key of valid) {
      const outcome = await verify(token, key, iss);
      if (outcome === SIGNATURE) continue;
      if (typeof outcome === 'string') return outcome;
      return { issuer: iss, id: idOf(token), until: untilOf(outcome) };
    }
    return SIGNATURE;
  };
}

/**
 * Identity of a token: what is signed, not the whole of it. The signature itself can be written in more than one
 * way (unused bits of its last character, the two halves of ES256), so its hash would make one token look like two.
 */
const idOf = (token: string): string =>
  createHash('sha256')
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('base64url');

const untilOf = ({ exp = 0, iat = 0 }: JWTPayload): number =>
  (Math.min(exp, iat + MAX_AGE_S) + LEEWAY_S) * 1_000;

function read<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch {
    return null;
  }
}
