const FIRST_MS = 250;
const SHORTEST_MS = 50;
const LONGEST_MS = 10_000;
const GROWTH = 1.3;
const MOST_LOOKS = 125;
/** A job that is over at the first look was over a little earlier: the next one is looked at so much sooner. */
const SOONER = 0.9;
/** Past the time that a job was expected to take, looks begin this close to each other. */
const CLOSE = 0.15;

/**
 * Asks for a job until it is over.
 *
 * @param kind of jobs that take alike
 * @param rows of the job: of one kind, time goes by rows
 * @param look null while the job goes on
 * @returns what the last look gave; null when that was not the end
 */
export type Looks = <T>(kind: string, rows: number, look: () => Promise<T | null>) => Promise<T | null>;

/**
 * Looks at jobs first when they should be over, judged by the last of their kind, then ever more slowly; not at once,
 * when none can be. Each look is a call of the org's daily allowance, and each late one is time lost: with waits of
 * fixed lengths a run of 10,000 accounts lost 0.3 s a job.
 *
 * A job's time is the sum of the waits, so that no clock is needed: what looks take beside it is small.
 *
 * @example const looks = makeLooks(sleep);
 * await looks('upsert Account', 2_000, look); // waits 250, 325, 423, … ms
 * await looks('upsert Account', 2_000, look); // waits what that took, then a seventh of it, ever longer
 */
export function makeLooks(sleep: (ms: number) => Promise<void>): Looks {
  const msPerRow = new Map<string, number>();
  return async (kind, rows, look) => {
    const known = msPerRow.get(kind);
    const first = known === undefined ? FIRST_MS : within(known * rows);
    let [wait, waited, before] = [first, 0, 0];
    for (let n = 1; n <= MOST_LOOKS; n++) {
      await sleep(wait);
      [before, waited] = [waited, waited + wait];
      const found = await look();
      if (found !== null) {
        const took = n === 1 ? SOONER * waited : (before + waited) / 2;
        msPerRow.set(kind, took / rows);
        return found;
      }
      wait = within(n === 1 && known !== undefined ? first * CLOSE : wait * GROWTH);
    }
    return null;
  };
}

const within = (ms: number): number => Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
