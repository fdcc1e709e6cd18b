/** A process of its own that starts runs as the service does: so many at once, over a journal that others share. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../node-scorer/src/config/environment.ts';
import type { Runs } from '../../node-scorer/src/run/runs.ts';
import { makeRuns } from '../../node-scorer/src/run/start.ts';
import type { RunStore } from '../../node-scorer/src/run/store/run-store.ts';
import { openSqliteStore } from '../../node-scorer/src/run/store/sqlite-store.ts';
import { makeProcess, makeWorld } from '../../node-scorer/src/run/world.ts';

/** What a start came to. */
export interface Start {
  readonly runId: string;
  readonly status: string;
}

const CONFIG = fileURLToPath(new URL('../../config', import.meta.url));

/** Runs as the service has them, over the stand-ins that the environment names. */
export function openRuns(env: Readonly<Record<string, string | undefined>>, store: RunStore): Runs {
  const environment = readEnvironment(env);
  const now = () => environment.fixedNow ?? Date.now();
  return makeRuns({
    ...makeProcess(),
    environment,
    store,
    now,
    configDir: CONFIG,
    modelOfConfigDir: false,
    makeWorld: () => makeWorld(now),
    progress: () => undefined,
  });
}

/** So many starts of October at the same moment, each waited for to its end. */
export const startAtOnce = (runs: Runs, count: number, mode: 'ensure' | 'refresh'): Promise<Start[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const { runId, ended } = await runs.start({ period: '2026-10', mode, dryRun: false });
      return { runId, status: (await ended).status };
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, at] = process.argv.slice(2).map(Number) as [number, number];
  const store = openSqliteStore(String(process.env['SCORER_DATA_DIR']));
  const runs = openRuns(process.env, store);
  // Whoever loads faster waits, so that all come in the same moment.
  await sleep(Math.max(0, at - Date.now()));
  process.stdout.write(JSON.stringify(await startAtOnce(runs, count, 'ensure')));
  await store.close();
}
