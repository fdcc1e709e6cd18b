const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const GROWTH = 1.3;
const MOST_TIMES = 125;

/**
 * Asks for a job until it is over.
 *
 * @param ask null while the job goes on
 * @returns what the last question gave; null when that was not the end
 */
export type JobPoller = <T>(ask: () => Promise<T | null>) => Promise<T | null>;

/**
 * Asks ever more slowly, for about twenty minutes: each question is a call of the org's daily allowance. Not at once,
 * when no job can be over.
 *
 * @example await makeJobPoller(sleep)(ask); // waits 250, 325, 423, … ms, 10 s at most, before it asks
 */
export function makeJobPoller(sleep: (ms: number) => Promise<void>): JobPoller {
  return async (ask) => {
    let wait = FIRST_MS;
    for (let n = 1; n <= MOST_TIMES; n++) {
      await sleep(wait);
      const found = await ask();
      if (found !== null) return found;
      wait = Math.min(wait * GROWTH, LONGEST_MS);
    }
    return null;
  };
}
