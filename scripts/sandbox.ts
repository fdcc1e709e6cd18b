/** `npm run sandbox`: all stand-ins until Ctrl-C; `.sandbox/env` holds what a client needs to reach them,
 * and beside it stand the readings that a scorer must come to for the last complete month. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { expectedReadings } from '../sandbox/data/truth.ts';
import { startSandbox, type SandboxOptions } from '../sandbox/start.ts';

const USAGE =
  'npm run sandbox [-- --port 4610 --accounts 60 --months 24 --seed 1 --now 2026-11-21T09:00:00Z]';

function readOptions(): SandboxOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      accounts: { type: 'string' },
      months: { type: 'string' },
      seed: { type: 'string' },
      now: { type: 'string' },
    },
  });
  const numbers = (['port', 'accounts', 'months', 'seed'] as const).flatMap((name) => {
    const text = values[name];
    if (text === undefined) return [];
    if (!/^\d+$/.test(text)) throw new Error(`--${name}: found ${text}, expected a whole number`);
    return [[name, Number(text)]];
  });
  const now = values.now === undefined ? {} : { now: Date.parse(values.now) };
  if (Number.isNaN(now.now)) throw new Error(`--now: found ${values.now}, expected an ISO time`);
  return { ...(Object.fromEntries(numbers) as SandboxOptions), ...now };
}

try {
  const sandbox = await startSandbox(readOptions());
  const folder = join(import.meta.dirname, '../.sandbox');
  mkdirSync(folder, { recursive: true });
  const lines = Object.entries(sandbox.env).map(([name, value]) => `${name}=${value}\n`);
  // The secrets are made up, but whoever reads the habit should learn the right one.
  writeFileSync(join(folder, 'env'), lines.join(''), { mode: 0o600 });
  const period = sandbox.base.months.at(-2) ?? '';
  const expected = [...expectedReadings(sandbox.base, period)].map(([accountId, readings]) =>
    JSON.stringify({ accountId, period, readings }),
  );
  writeFileSync(join(folder, `expected-${period}.jsonl`), `${expected.join('\n')}\n`);
  for (const { name, url } of [sandbox.org, sandbox.intercom, sandbox.jira, sandbox.looker]) {
    process.stdout.write(`${name.padEnd(12)} ${url}\n`);
  }
  process.stdout.write('To use it: npx scorer run --env-file .sandbox/env\nsandbox ready\n');
  process.once('SIGINT', () => void sandbox.close());
  process.once('SIGTERM', () => void sandbox.close());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
}
