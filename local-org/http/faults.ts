// Local: a server that answers by a function, with faults to switch on.
/** Ways in which a real vendor fails, to be switched on for some calls. */
export interface Fault {
  readonly kind:
    'status' | 'reset' | 'hang' | 'drip' | 'truncated' | 'cut' | 'html' | 'empty' | 'delay' | 'changed';
  /** Calls that it meets, tested on `METHOD /path`; all when absent. */
  readonly match?: RegExp;
  /** Also tested on the query string and body, when given. */
  readonly content?: RegExp;
  /** For `status`. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** For `changed`: what becomes of the body of the true answer; not from outside. */
  readonly change?: (body: unknown) => unknown;
  /** For `delay` and `drip`, milliseconds. */
  readonly ms?: number;
  /** How many calls it meets before it is over; without end when absent. */
  readonly times?: number;
  /** How many matching calls pass before it begins. */
  readonly after?: number;
  /** Share of the matching calls that it meets, 0 to 1, by a seeded draw. */
  readonly share?: number;
  readonly seed?: number;
}

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The fault that meets a call; null for none. Counts the call. */
  readonly meet: (call: { readonly line: string; readonly content: () => string }) => Fault | null;
}

/**
 * Switchable faults. Seeded: the same calls in the same order meet the same faults.
 *
 * @example
 * const faults = makeFaults();
 * faults.add({ kind: 'status', status: 503, match: /^POST .*search/, times: 1 });
 * faults.meet({ line: 'POST /conversations/search', content: () => '' })?.status // => 503
 */
export function makeFaults(): Faults {
  let active: { fault: Fault; seen: number; met: number; draw: () => number }[] = [];
  return {
    add: (fault) => active.push({ fault, seen: 0, met: 0, draw: seeded(fault.seed ?? 1) }),
    clear: () => {
      active = [];
    },
    meet: ({ line, content }) => {
      for (const state of active) {
        const { fault } = state;
        if (fault.match && !fault.match.test(line)) continue;
        if (fault.content && !fault.content.test(content())) continue;
        state.seen++;
        if (state.seen <= (fault.after ?? 0)) continue;
        if (fault.share !== undefined && state.draw() >= fault.share) continue;
        if (state.met >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
        state.met++;
        return fault;
      }
      return null;
    },
  };
}

/** A small seeded generator (mulberry32): numbers from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
