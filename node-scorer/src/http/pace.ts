import { paceDelay, retryDelay, type Headers } from './retry-timing.ts';

/** Holds calls back before a limit is hit, and all of them while the vendor has asked one of them to wait. */
export interface Pace {
  /** Milliseconds to wait before the next call. */
  readonly wait: () => number;
  /** Takes in what a response said of the limit. */
  readonly learn: (headers: Headers, status: number) => void;
}

/**
 * A pace without memory but the newest response: simple, and right again after the limit's window has passed.
 *
 * @param tick milliseconds that only ever grow, such as `performance.now`
 * @param inFlight how many calls share what is left of the limit
 * @example
 * const pace = makePace({ now: () => 0, tick: () => 0, inFlight: () => 1 });
 * pace.learn({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' }, 200);
 * pace.wait() // => 1000
 */
export function makePace({
  now,
  tick,
  inFlight,
}: {
  readonly now: () => number;
  readonly tick: () => number;
  readonly inFlight: () => number;
}): Pace {
  let pauseMs = 0;
  let since = 0;
  return {
    wait: () => Math.max(0, pauseMs - (tick() - since)),
    learn: (headers, status) => {
      pauseMs =
        status === 429
          ? (retryDelay(headers, 1, { now: now(), random: 0 }) ?? 0)
          : paceDelay(headers, now(), inFlight());
      since = tick();
    },
  };
}
