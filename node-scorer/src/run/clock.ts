import type { Environment } from '../config/environment.ts';
import { ScorerError } from '../errors.ts';

/** The clock of a process: the machine's, or the sandbox's. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Looks at the sandbox's clock again; nothing to do for any other. */
  readonly sync: () => Promise<void>;
}

/**
 * The clock that the environment names. The sandbox's stands still until somebody advances it.
 *
 * @param machine milliseconds since the epoch, of this machine
 * @param read asks the sandbox for its time
 * @example makeClock(environment, Date.now).now()
 */
export function makeClock(
  { fixedNow, clockUrl }: Pick<Environment, 'fixedNow' | 'clockUrl'>,
  machine: () => number,
  read: (url: string) => Promise<number> = readClock,
): Clock {
  let fixed = fixedNow;
  return {
    now: () => fixed ?? machine(),
    sync: async () => {
      if (clockUrl !== null) fixed = await read(clockUrl);
    },
  };
}

/** The sandbox says `{"now":"2026-11-21T09:00:00.000Z"}`. */
async function readClock(url: string): Promise<number> {
  try {
    const answer = (await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).json()) as {
      now?: unknown;
    };
    const now = Date.parse(String(answer.now));
    if (!Number.isNaN(now)) return now;
  } catch {
    // Said below.
  }
  throw new ScorerError(
    'SOURCE_DOWN',
    'SCORER_CLOCK_URL: found no time there, expected the clock of the sandbox; start the sandbox, or unset it',
  );
}
