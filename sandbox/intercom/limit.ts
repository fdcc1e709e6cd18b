/** 10,000 calls a minute per app, spread over windows of 10 seconds. */
export const VENDOR_LIMIT_PER_WINDOW = 1_666;
const WINDOW_SECONDS = 10;

export interface Allowance {
  readonly allowed: boolean;
  /** The headers that every response carries; the reset is in UNIX seconds. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Counts calls per window of 10 seconds.
 *
 * @param perWindow calls that a window allows
 * @param clock milliseconds since the epoch; it has to tick, or a used-up window never ends
 * @see https://developers.intercom.com/docs/references/rest-api/errors/rate-limiting
 * @example
 * const count = makeLimit(1, () => 1_000);
 * count().headers // => { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '10' }
 * count().allowed // => false
 */
export function makeLimit(perWindow: number, clock: () => number): () => Allowance {
  let window = Number.NaN;
  let used = 0;
  return () => {
    const current = Math.floor(clock() / 1_000 / WINDOW_SECONDS);
    if (current !== window) {
      window = current;
      used = 0;
    }
    const allowed = used < perWindow;
    if (allowed) used++;
    return {
      allowed,
      headers: {
        'X-RateLimit-Limit': String(perWindow),
        'X-RateLimit-Remaining': String(perWindow - used),
        'X-RateLimit-Reset': String((current + 1) * WINDOW_SECONDS),
      },
    };
  };
}
