import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../config/environment.ts';
import { problemsError, ScorerError, type Problem } from '../errors.ts';
import { beginToServe } from '../service/lifetime.ts';
import { openService } from '../service/open-service.ts';
import { readServiceSettings } from '../service/settings.ts';
import { dataDirOf } from './data-dir.ts';
import type { Io } from './io.ts';

export interface ServeOptions {
  readonly configDir?: string;
}

/** Where the wish to end comes from: process, or a test's own emitter. */
export interface Signals {
  readonly once: (signal: 'SIGTERM' | 'SIGINT', listener: () => void) => unknown;
}

/**
 * `scorer serve`: the HTTP service, until SIGTERM or Ctrl-C. Its log goes to stdout, one JSON object a line.
 *
 * @returns 0 once it has ended; 1 when runs did not reach a safe point in time (they are taken up at the next start)
 * @throws ScorerError ENVIRONMENT_INVALID with every problem, PORT_IN_USE
 */
export async function serve(options: ServeOptions, io: Io, signals: Signals): Promise<number> {
  const [settings, environment] = allOrEveryProblem(
    () => readServiceSettings(io.env, (file) => readFileSync(resolve(io.cwd, file), 'utf8')),
    () => readEnvironment(io.env),
  );
  const { app, runs, log, close } = await openService({
    settings,
    environment,
    variables: io.env,
    configDir: resolve(io.cwd, options.configDir ?? 'config'),
    modelOfConfigDir: options.configDir !== undefined,
    dataDir: dataDirOf(io),
    out: io.stdout,
    now: io.now,
  });
  try {
    const asked = new Promise<string>((wish) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) signals.once(signal, () => wish(signal));
    });
    const lifetime = await beginToServe(
      {
        app,
        runs,
        log,
        sleep: (ms) => sleep(ms, undefined, { ref: false }),
      },
      settings,
    );
    io.stderr.write(`scorer listens on ${lifetime.address}\n`);
    log.info({ signal: await asked }, 'asked to end');
    return (await lifetime.end()) ? 0 : 1;
  } finally {
    await app.close();
    await close();
  }
}

/** Both, or one error that lists what is wrong with either. */
function allOrEveryProblem<A, B>(first: () => A, second: () => B): [A, B] {
  const problems: Problem[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ScorerError) || error.code !== 'ENVIRONMENT_INVALID') throw error;
      problems.push(...error.problems);
      return null;
    }
  };
  const [a, b] = [attempt(first), attempt(second)];
  if (a === null || b === null) throw problemsError('ENVIRONMENT_INVALID', 'The environment', problems);
  return [a, b];
}
