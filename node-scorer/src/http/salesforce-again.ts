import { ScorerError } from '../errors.ts';
import type { RequestDeps } from './salesforce-request.ts';
import { retryDelay } from './retry-timing.ts';

const MAX_TRIES = 3;

/** Errors with which an org answers a right question at a wrong moment; asked again they may well be gone. */
const WORTH_ANOTHER = new Set([
  'QUERY_TIMEOUT',
  'INVALID_QUERY_LOCATOR',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
]);

/** Reads something again from its beginning while the answers make no sense. */
export type Again = <T>(what: string, read: () => Promise<T>) => Promise<T>;

/**
 * Up to three times, within the run's budget of retries: an answer that does not fit, that contradicts itself, or whose
 * pages are gone. What did not answer at all was tried again by the request already.
 */
export function makeAgain({
  retries,
  now,
  random,
  sleep,
}: Pick<RequestDeps, 'retries' | 'now' | 'random' | 'sleep'>): Again {
  return async (_what, read) => {
    for (let tries = 1; ; tries++) {
      try {
        return await read();
      } catch (error) {
        if (tries >= MAX_TRIES || !isWorthAnother(error) || !retries.take()) throw error;
        await sleep(retryDelay({}, tries, { now: now(), random: random() }) ?? 0);
      }
    }
  };
}

function isWorthAnother(error: unknown): boolean {
  if (error instanceof ScorerError) return error.code === 'SOURCE_UNEXPECTED';
  const { errorCode, name } = (error ?? {}) as { errorCode?: unknown; name?: unknown };
  return WORTH_ANOTHER.has(String(errorCode ?? name));
}
