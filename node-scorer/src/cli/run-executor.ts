import { executeRun, type Ended } from '../run/run-executor.ts';
import { refresh, type Refreshed } from '../run/refresh.ts';
import type { RefreshRequest } from '../run/request.ts';
import { newRun } from '../run/start.ts';
import { makeMemoryStore } from '../run/store/memory-store.ts';
import { openSqliteStore } from '../run/store/sqlite-store.ts';
import { makeProcess, makeWorld } from '../run/world.ts';
import { isFault } from '../service/report-errors.ts';
import { dataDirOf } from './data-dir.ts';
import type { Io } from './io.ts';
import { makeProgress } from './progress.ts';

/** Carries out the runs of one command. */
export interface RunExecutor {
  /** @throws whatever ended the run without a report */
  readonly carryOut: (request: RefreshRequest, asked: string) => Promise<Refreshed>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the journal and listens for Ctrl-C: the run then ends at its next safe point, and a second Ctrl-C ends the
 * program at once. A dry run leaves no trace, not even in the journal.
 *
 * @throws ScorerError ENVIRONMENT_INVALID when the journal's folder cannot be written
 */
export function openRunExecutor(io: Io, now: () => number, dryRun: boolean): RunExecutor {
  const store = dryRun ? makeMemoryStore() : openSqliteStore(dataDirOf(io));
  const progress = makeProgress(io.stderr);
  let stopping = false;
  const forget = io.onInterrupt?.(() => {
    stopping = true;
    // Nobody listens any more: the next one ends the program.
    forget?.();
    progress.say('stopping at the next safe point; Ctrl-C again ends at once');
  });
  const deps = {
    ...makeProcess(),
    store,
    now,
    shouldStop: () => stopping,
    progress: ({ period }: { readonly period: string }, step: string) => progress.show(`${period}: ${step}`),
  };
  return {
    carryOut: async (request, asked) => {
      const wanted = newRun(request, { now, owner: deps.owner, makeWorld: () => makeWorld(now) }, asked);
      const { run, begun, ended } = await executeRun(deps, wanted, (handle) =>
        refresh(request, makeWorld(now), handle),
      );
      if (!begun) progress.say(`${run.period}: goes on with run ${run.id}, which has ${run.step}`);
      const end = await ended;
      progress.clear();
      // What its record in the org points to.
      if (end.error !== null && isFault(end.error)) progress.say(`run failed, runId ${end.run.id}`);
      return refreshed(end);
    },
    close: async () => {
      forget?.();
      await store.close();
    },
  };
}

function refreshed({ run, rows, error }: Ended): Refreshed {
  if (error !== null) throw error;
  if (run.report !== null) return { report: run.report, rows };
  throw new Error(`run ${run.id}: found no report, expected one; it ended ${run.status}: ${run.error ?? ''}`);
}
