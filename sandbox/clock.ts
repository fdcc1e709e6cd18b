/** One clock for all stand-ins: it stands still until it is moved. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly moveTo: (at: number) => void;
}

/**
 * A clock that stands at a moment and is only ever moved on.
 *
 * @param start milliseconds since 1970
 * @throws Error when it is moved back: what has happened stays
 * @example const clock = makeClock(0); clock.moveTo(5); clock.now() // => 5
 */
export function makeClock(start: number): Clock {
  let at = start;
  return {
    now: () => at,
    moveTo: (to) => {
      if (to < at)
        throw new Error(
          `found ${new Date(to).toISOString()}, expected a time from ${new Date(at).toISOString()} on: a clock runs forward`,
        );
      at = to;
    },
  };
}
