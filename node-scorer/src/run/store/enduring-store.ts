import { machineError } from './journal-error.ts';
import type { RunStore, StoredRun } from './run-store.ts';

type End = Parameters<RunStore['finish']>[1];

/**
 * A journal that a full disk does not stop for good. An end that cannot be written is kept in mind and told to
 * whoever asks; it is written before the next run begins. Without that, the run would seem to be at work for ever,
 * in the care of a process that lives. Every other fault of the journal is told as what a person has to mend.
 *
 * @example const store = makeEnduringStore(openSqliteStore('.scorer'))
 */
export function makeEnduringStore(store: RunStore): RunStore {
  const unwritten = new Map<string, { readonly end: End; readonly now: number }>();
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw machineError(error, 'SCORER_DATA_DIR, the journal of runs');
    }
  };
  const asEnded = (run: StoredRun | null): StoredRun | null => {
    const kept = run && unwritten.get(run.id);
    return run && (kept ? { ...run, ...kept.end, owner: null } : run);
  };
  const writeEnds = async (): Promise<void> => {
    for (const [id, { end, now }] of unwritten) {
      await store.finish(id, end, now);
      unwritten.delete(id);
    }
  };
  return {
    ...store,
    begin: (run) =>
      told(async () => {
        await writeEnds();
        return store.begin(run);
      }),
    takeUp: (run, owner, now) => told(() => store.takeUp(run, owner, now)),
    step: (id, step, now) => told(() => store.step(id, step, now)),
    release: (id, now) => told(() => store.release(id, now)),
    keepCsv: (id, csv, now) => told(() => store.keepCsv(id, csv, now)),
    finish: async (id, end, now) => {
      try {
        await store.finish(id, end, now);
        unwritten.delete(id);
      } catch {
        unwritten.set(id, { end, now });
      }
    },
    find: (id) => told(async () => asEnded(await store.find(id))),
    unfinished: () => told(async () => (await store.unfinished()).filter(({ id }) => !unwritten.has(id))),
  };
}
