import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Which of the configured tokens is this? Every configured hash is compared in full, so that the time taken says
 * nothing of how near a guess was, nor of which token is in use.
 *
 * @param hashes SHA-256 of each valid token
 * @returns its position; -1 when it is none of them
 * @example whichToken('wrong', [createHash('sha256').update('right').digest()]) // => -1
 */
export function whichToken(token: string, hashes: readonly Buffer[]): number {
  const given = createHash('sha256').update(token).digest();
  let found = -1;
  hashes.forEach((hash, index) => {
    if (timingSafeEqual(given, hash)) found = index;
  });
  return found;
}
