import { readEnvironment } from '../config/environment.ts';
import { makeClock } from '../run/clock.ts';
import type { RunsDeps } from '../run/start.ts';
import { makeRuns } from '../run/start.ts';
import type { Runs } from '../run/runs.ts';
import { makeMemoryStore } from '../run/store/memory-store.ts';
import { makeProcess, makeWorld } from '../run/world.ts';

export interface MemoryRunsOptions {
  /** As of .env.example, with secrets in place. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Folder of sources.yaml. */
  readonly configDir: string;
  /** Take the model of that folder, and not the org's. */
  readonly modelOfConfigDir?: boolean | undefined;
  /** The clock of this machine, milliseconds since the epoch. */
  readonly now: () => number;
  /** Asked at every safe point. */
  readonly shouldStop?: (() => boolean) | undefined;
  readonly progress?: RunsDeps['progress'] | undefined;
  readonly onEnd?: RunsDeps['onEnd'] | undefined;
  /** The id under which the next run was announced; without it the run gets one of its own. */
  readonly runId?: string | undefined;
}

/**
 * Runs that need no disk. Nothing of the journal is kept: what is half done shows in the run's record and in the
 * scores of the org, and the next start goes on from there (decision 0006).
 *
 * @throws ScorerError ENVIRONMENT_INVALID
 * @example const { ended } = await (await openMemoryRuns(options)).start({ mode: 'ensure', dryRun: false })
 */
export async function openMemoryRuns(options: MemoryRunsOptions): Promise<Runs> {
  const { variables, configDir, modelOfConfigDir = false, runId } = options;
  const environment = readEnvironment(variables);
  const clock = makeClock(environment, options.now);
  await clock.sync();
  const store = makeMemoryStore();
  return makeRuns({
    environment,
    configDir,
    // Without an org there is no model but the one of the folder.
    modelOfConfigDir: modelOfConfigDir || environment.salesforce === null,
    store: runId === undefined ? store : { ...store, begin: (run) => store.begin({ ...run, id: runId }) },
    ...makeProcess(),
    now: clock.now,
    makeWorld: () => makeWorld(clock.now),
    shouldStop: options.shouldStop ?? (() => false),
    progress: options.progress ?? (() => undefined),
    ...(options.onEnd === undefined ? {} : { onEnd: options.onEnd }),
  });
}
