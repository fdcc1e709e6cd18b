import { ScorerError } from '../errors.ts';
import type { Fields } from '../load/health-score.ts';
import { toCsv } from '../load/csv.ts';
import { DEAD_AFTER_MS } from './org-runs.ts';
import type { Refreshed } from './refresh.ts';
import type { RunHandle } from './request.ts';
import { describeError } from './run-row.ts';
import { machineError } from './store/journal-error.ts';
import type { NewRun, RunStore, StoredRun } from './store/run-store.ts';

/** What carrying out runs takes of the process it happens in. */
export interface ExecutorDeps {
  readonly store: RunStore;
  /** Names this process among all that share the journal. */
  readonly owner: string;
  /** Is another owner known to be gone? Of one on another machine nothing is known. */
  readonly isGone: (owner: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Asked at every safe point. */
  readonly shouldStop: () => boolean;
  /** Told of every step. */
  readonly progress: (run: StoredRun, step: string) => void;
}

/** How a run ended for whoever waited for it. */
export interface Ended {
  readonly run: StoredRun;
  /** Records of a dry run that was carried out here. */
  readonly rows: readonly Fields[];
  /** Why it ended without a report; null otherwise. */
  readonly error: Error | null;
}

export interface ExecutedRun {
  readonly run: StoredRun;
  /** False when it was there already: running, or as good as done. */
  readonly begun: boolean;
  /** Never rejects. */
  readonly ended: Promise<Ended>;
}

const LOOK_EVERY_MS = 500;

/**
 * Begins a run and carries it out; or joins the one that is at work on the same; or takes up one that nobody works
 * on any more. Of many that come at once, one carries it out.
 *
 * @param perform carries out the work, telling each step
 * @throws ScorerError RUN_BUSY when another run of the same is at work with other settings
 */
export async function executeRun(
  deps: ExecutorDeps,
  wanted: NewRun,
  perform: (handle: RunHandle) => Promise<Refreshed>,
): Promise<ExecutedRun> {
  const { run, begun } = await deps.store.begin(wanted);
  if (begun) return { run, begun, ended: carryOut(deps, run, null, perform) };
  if (run.status !== 'Running') return { run, begun, ended: Promise.resolve({ run, rows: [], error: null }) };
  if (await takeUp(deps, run)) return { run, begun, ended: carryOut(deps, run, run.step, perform) };
  if (run.request !== wanted.request) {
    throw new ScorerError(
      'RUN_BUSY',
      `${run.period}: found run ${run.id} at work with other settings, expected none or the same; wait until it has ended`,
    );
  }
  const ended = join(deps, run, perform).catch((thrown: unknown): Ended => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { run: failed(run, error), rows: [], error };
  });
  return { run, begun, ended };
}

/**
 * Does nobody work on a Running run any more?
 *
 * @example isOrphan(run, { isGone: () => true, now: Date.now }) // => true
 */
export const isOrphan = (
  { owner, heartbeatAt }: StoredRun,
  { isGone, now }: Pick<ExecutorDeps, 'isGone' | 'now'>,
): boolean => owner === null || isGone(owner) || now() - heartbeatAt > DEAD_AFTER_MS;

/** Takes up a run that nobody works on; false while somebody does. */
async function takeUp(deps: ExecutorDeps, run: StoredRun): Promise<boolean> {
  return isOrphan(run, deps) && deps.store.takeUp(run, deps.owner, deps.now());
}

/** Waits for a run that somebody else carries out, and takes it up should he die. */
async function join(
  deps: ExecutorDeps,
  joined: StoredRun,
  perform: (handle: RunHandle) => Promise<Refreshed>,
): Promise<Ended> {
  let shown = joined.step;
  for (;;) {
    await deps.sleep(LOOK_EVERY_MS);
    const run = (await deps.store.find(joined.id)) ?? joined;
    if (run.status !== 'Running') return { run, rows: [], error: null };
    if (run.step !== shown) deps.progress(run, run.step);
    shown = run.step;
    if (deps.shouldStop()) return { run, rows: [], error: stopped(run, 'waiting') };
    if (await takeUp(deps, run)) return carryOut(deps, run, run.step, perform);
  }
}

async function carryOut(
  { store, now, shouldStop, progress }: ExecutorDeps,
  run: StoredRun,
  resumedAfter: string | null,
  perform: (handle: RunHandle) => Promise<Refreshed>,
): Promise<Ended> {
  const { id, startedAt, dryRun } = run;
  const end = async (error: Error | null, rows: readonly Fields[] = []): Promise<Ended> => ({
    // A journal that cannot be read must not keep anybody from hearing how the run ended.
    run: (await store.find(id).catch(() => null)) ?? failed(run, error),
    rows,
    error,
  });
  try {
    const { report, rows } = await perform({
      id,
      startedAt,
      resumedAfter,
      step: async (name) => {
        await store.step(id, name, now());
        progress(run, name);
        if (shouldStop()) throw stopped(run, name);
      },
    });
    if (dryRun) await store.keepCsv(id, toCsv(rows), now());
    await store.finish(id, { status: report.status, report, error: null }, now());
    return await end(null, rows);
  } catch (thrown) {
    const error = machineError(thrown, `run ${id}`);
    // Whoever began it says the rest: one that cannot even be let go of is taken up once its heartbeat is old.
    if (error instanceof ScorerError && error.code === 'INTERRUPTED')
      await store.release(id, now()).catch(() => undefined);
    else await store.finish(id, { status: 'Failed', report: null, error: describeError(error, id) }, now());
    return end(error instanceof Error ? error : new Error(String(error)));
  }
}

const failed = (run: StoredRun, error: Error | null): StoredRun =>
  error === null ? run : { ...run, status: 'Failed', error: describeError(error, run.id) };

const stopped = ({ id }: StoredRun, after: string): ScorerError =>
  new ScorerError(
    'INTERRUPTED',
    `run ${id} was stopped at a safe point (${after}); start it again and it goes on from there`,
  );
