import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
// Loaded with the service: whoever asks for its first run, or while it begins, must not wait for that.
import 'jsforce';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { makeClock } from '../run/clock.ts';
import type { Runs } from '../run/runs.ts';
import { makeRuns } from '../run/start.ts';
import { openSqliteStore } from '../run/store/sqlite-store.ts';
import { windowFor } from '../run/window.ts';
import { makeProcess, makeWorld } from '../run/world.ts';
import { makeAuth } from './caller.ts';
import { makeLog } from './log.ts';
import { makeServiceMetrics } from './metrics.ts';
import { makeReplays } from './replay.ts';
import { isFault, reportError } from './report-errors.ts';
import { oneOfTheSame } from './same-start.ts';
import { makeScrubber } from './scrub.ts';
import { makeService } from './service.ts';
import type { ServiceSettings } from './settings.ts';

/** Signed tokens remembered at most: some 270 a second, for the six minutes that each may live. */
const TOKENS_REMEMBERED = 100_000;

export interface OpenServiceOptions {
  readonly settings: ServiceSettings;
  readonly environment: Environment;
  /** As of .env.example, so that their secrets can be kept out of the log. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Folder of sources.yaml. */
  readonly configDir: string;
  /** Take the model of that folder, and not the org's. */
  readonly modelOfConfigDir: boolean;
  /** Folder of the journal. */
  readonly dataDir: string;
  /** Takes the log. */
  readonly out: Writable;
  /** Milliseconds since the epoch, of this machine. */
  readonly now: () => number;
}

export interface OpenedService {
  readonly app: FastifyInstance;
  readonly runs: Runs;
  readonly log: Logger;
  /** Closes the journal. */
  readonly close: () => Promise<void>;
}

/**
 * Puts the service together: the journal on disk, the runs over it, who may call, log and metrics.
 *
 * @throws ScorerError ENVIRONMENT_INVALID when the journal's folder cannot be written
 * @example const { app, runs } = await openService(options)
 */
export async function openService(options: OpenServiceOptions): Promise<OpenedService> {
  const { settings, environment, variables, now } = options;
  const log = makeLog(options.out, makeScrubber(variables));
  const clock = makeClock(environment, now);
  await clock.sync();
  const metrics = makeServiceMetrics(clock.now);
  const store = openSqliteStore(options.dataDir);
  const made = makeRuns({
    environment,
    configDir: options.configDir,
    // Without an org there is no model but the one of the folder.
    modelOfConfigDir: options.modelOfConfigDir || environment.salesforce === null,
    store,
    ...makeProcess(),
    now: clock.now,
    makeWorld: () => makeWorld(clock.now),
    progress: ({ id }, step) => log.info({ runId: id, step }, 'step'),
    onEnd: (run, error) => {
      const { runId, period, scope, status, error: why } = run;
      // Everyone who asked for the run is told of its end; it is one end.
      if (metrics.runEnded(run)) {
        log.info({ runId, period, scope, status, ...(why === null ? {} : { why }) }, 'run ended');
      }
      if (error != null) {
        log[isFault(error) ? 'error' : 'warn']({ runId, err: error }, 'run failed');
        void reportError(error, 'service', variables);
      }
    },
  });
  const start = oneOfTheSame(made.start, (period) => windowFor(period, clock.now()).period);
  const runs: Runs = {
    ...made,
    start: async (request) => {
      // The sandbox's clock may have moved; for any other this is nothing.
      await clock.sync();
      return start(request);
    },
  };
  const app = await makeService({
    runs,
    // Callers sign by the true time, whatever the clock of the sandbox says.
    auth: makeAuth({
      tokens: settings.tokens,
      jwt: await jwtCheck(settings, now),
      replays: makeReplays(now, TOKENS_REMEMBERED),
    }),
    log,
    metrics,
    tick: () => performance.now(),
    newId: randomUUID,
    onDefect: (error) => void reportError(error, 'service', variables),
  });
  return { app, runs, log, close: () => store.close() };
}

/** Loaded only where signed tokens are accepted. */
async function jwtCheck({ jwt }: ServiceSettings, now: () => number) {
  if (jwt === null) return null;
  const { makeJwtCheck } = await import('./jwt.ts');
  return makeJwtCheck({ ...jwt, now });
}
