import { allowanceOf, paceDelay, retryDelay, type Allowance, type Headers } from './retry-timing.ts';

/** Holds calls back before a limit is hit, and all of them while the vendor has asked one of them to wait. */
export interface Pace {
  /** Milliseconds to wait before the call that is about to begin; counts it. */
  readonly wait: () => number;
  /** Takes in what a response said of the limit. */
  readonly learn: (headers: Headers, status: number) => void;
}

/**
 * A pace that goes by the newest response. Calls that began since then are counted here, because that response
 * could not know of them: a burst must not run into the limit before its first answer is back.
 *
 * @param tick milliseconds that only ever grow, such as `performance.now`
 * @param inFlight how many calls are under way, the one that asks among them
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
  let heldMs = 0;
  let allowance: Allowance | null = null;
  let since = 0;
  return {
    wait: () => {
      const passed = tick() - since;
      if (heldMs > passed) return heldMs - passed;
      if (allowance === null || passed >= allowance.resetMs) return 0;
      const { limit, remaining, resetMs } = allowance;
      allowance = { limit, remaining: Math.max(0, remaining - 1), resetMs };
      return paceDelay({ limit, remaining, resetMs: resetMs - passed }, inFlight());
    },
    learn: (headers, status) => {
      since = tick();
      heldMs = status === 429 ? (retryDelay(headers, 1, { now: now(), random: 0 }) ?? 0) : 0;
      const read = allowanceOf(headers, now());
      // Those still under way will take their part of it.
      allowance = read && { ...read, remaining: Math.max(0, read.remaining - (inFlight() - 1)) };
    },
  };
}
