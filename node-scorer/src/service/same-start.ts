import type { Runs, StartedRun, StartRequest } from '../run/runs.ts';

/**
 * Answers whoever asks for what is already under way here with the run that is under way, without a look at the
 * journal or the settings: a hundred people who press a button are one question. Across processes the journal
 * decides, as ever.
 *
 * @param periodOf the month that a request means; without it a request of last month's last second would answer one
 *   of this month's first
 * @example const start = oneOfTheSame(runs.start, (period) => windowFor(period, now()).period)
 */
export function oneOfTheSame(
  start: Runs['start'],
  periodOf: (period: string | undefined) => string,
): Runs['start'] {
  const underWay = new Map<string, Promise<StartedRun>>();
  return (request: StartRequest) => {
    const { period, accountId, mode, dryRun, force, confirm } = request;
    // A Held run knows its period itself.
    const month = confirm === undefined ? periodOf(period) : period;
    const key = JSON.stringify([month, accountId, mode, dryRun, force ?? false, confirm]);
    const before = underWay.get(key);
    if (before !== undefined) return before;
    const started = start(request);
    underWay.set(key, started);
    const forget = (): void => void underWay.delete(key);
    started.then(({ ended }) => ended.then(forget, forget), forget);
    return started;
  };
}
