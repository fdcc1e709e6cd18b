import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Readable, Writable } from 'node:stream';
import { serve } from '../../node-scorer/src/cli/serve.ts';
import type { RunView } from '../../node-scorer/src/run/runs.ts';
import { ROOT } from '../e2e/harness.ts';
import { sha256, TOKEN } from './service-fixture.ts';

/** A service as `scorer serve` runs it, in this process. */
export interface Served {
  readonly address: string;
  readonly ask: (method: string, path: string, headers?: Record<string, string>) => Promise<Response>;
  /** Waits until a run is no longer Running. */
  readonly ended: (runId: string) => Promise<RunView>;
  /** Everything that went to stdout and stderr. */
  readonly output: () => string;
  /** SIGTERM; the exit code. */
  readonly terminate: () => Promise<number>;
}

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'scorer-service-'));

const POLL_MS = 25;

/**
 * @param env of the sandbox, and whatever a test changes
 * @param dataDir the journal's folder
 */
export async function startServing(
  env: Readonly<Record<string, string>>,
  dataDir = newDataDir(),
): Promise<Served> {
  let output = '';
  const sink = () =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        output += chunk.toString('utf8');
        done();
      },
    });
  const signals = new EventEmitter();
  const exit = serve(
    {},
    {
      stdin: Readable.from([]),
      stdout: sink(),
      stderr: sink(),
      env: {
        SCORER_TOKEN_SHA256: sha256(TOKEN).toString('hex'),
        SCORER_PORT: '0',
        SCORER_DATA_DIR: dataDir,
        ...env,
      },
      cwd: ROOT,
      now: Date.now,
    },
    signals,
  );
  let failure: unknown;
  exit.catch((error: unknown) => (failure = error));
  let address: string | undefined;
  while (address === undefined) {
    await sleep(POLL_MS);
    if (failure !== undefined) throw failure as Error;
    address = /scorer listens on (\S+)/.exec(output)?.[1];
  }
  const origin = address;
  const ask: Served['ask'] = (method, path, headers = { authorization: `Bearer ${TOKEN}` }) =>
    fetch(`${origin}${path}`, { method, headers });
  return {
    address: origin,
    ask,
    output: () => output,
    ended: async (runId) => {
      for (;;) {
        const run = (await (await ask('GET', `/v1/runs/${runId}`)).json()) as RunView;
        if (run.status !== 'Running') return run;
        await sleep(POLL_MS);
      }
    },
    terminate: () => {
      signals.emit('SIGTERM');
      return exit;
    },
  };
}
