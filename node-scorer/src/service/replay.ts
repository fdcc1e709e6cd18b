/** What is answered to a start; the same again when its token comes again. */
export interface StartAnswer {
  readonly runId: string;
  readonly status: string;
  readonly period: string;
}

/** The one request that a token was used for. */
export interface Use {
  /** Does it the first time and gives the same answer after that; a failure is forgotten, so that it can be tried again. */
  readonly once: (start: () => Promise<StartAnswer>) => Promise<StartAnswer>;
}

export interface Replays {
  /**
   * A token is used.
   *
   * @param token what identifies it, never the token itself
   * @param request method and address
   * @param until milliseconds since the epoch after which the token is worth nothing
   */
  readonly use: (token: string, request: string, until: number) => Use | 'another request' | 'full';
}

interface Seen {
  readonly request: string;
  readonly until: number;
  answer: Promise<StartAnswer> | null;
}

/**
 * Remembers which request a signed token was used for, as long as the token lives: whoever copies a token can at
 * most ask the same again and gets the same answer (decision 0007). Kept in memory: after a restart a copied token
 * is good for one other request, until it expires within minutes.
 *
 * @param limit tokens remembered at most; above that new ones are refused rather than old ones forgotten
 * @example makeReplays(Date.now, 100_000).use('hash', 'POST /v1/runs', Date.now() + 1_000)
 */
export function makeReplays(now: () => number, limit: number): Replays {
  const seen = new Map<string, Seen>();
  // No timer: a service at rest has nothing to forget. The oldest come first, and all live for minutes only, so
  // stopping at the first that is still good leaves little behind.
  const forget = (): void => {
    for (const [token, { until }] of seen) {
      if (until >= now()) return;
      seen.delete(token);
    }
  };
  return {
    use: (token, request, until) => {
      forget();
      const before = seen.get(token);
      if (before !== undefined) return before.request === request ? useOf(before) : 'another request';
      if (seen.size >= limit) return 'full';
      const entry: Seen = { request, until, answer: null };
      seen.set(token, entry);
      return useOf(entry);
    },
  };
}

const useOf = (entry: Seen): Use => ({
  once: (start) => {
    entry.answer ??= start().catch((error: unknown) => {
      entry.answer = null;
      throw error;
    });
    return entry.answer;
  },
});
