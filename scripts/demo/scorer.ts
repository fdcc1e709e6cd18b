/** The scorer as its users run it: as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../node-scorer/src/run/report.ts';

const bin = join(import.meta.dirname, '../../node-scorer/bin/scorer.mjs');
const root = join(import.meta.dirname, '../..');

export type Variables = Readonly<Record<string, string>>;

// The journal of the demo goes with it: the org that it speaks of does too.
const folder = mkdtempSync(join(tmpdir(), 'customer-health-demo-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const start = (args: readonly string[], env: Variables): ChildProcess =>
  spawn(process.execPath, [bin, ...args], {
    cwd: root,
    env: { ...process.env, ...env, SCORER_DATA_DIR: join(folder, 'journal') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs a command to its end and gives back its reports. */
async function run(args: readonly string[], env: Variables): Promise<Report[]> {
  const file = join(folder, 'report.json');
  const child = start(['run', ...args, '--report', file], env);
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (told += text.toString()));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) {
    throw new Error(`scorer run ${args.join(' ')} ended with ${String(code)}, expected 0; it said:\n${told}`);
  }
  return [JSON.parse(readFileSync(file, 'utf8')) as Report | Report[]].flat();
}

const calls = (report: Report): number =>
  Object.values(report.calls)
    .flatMap((endpoints) => Object.values(endpoints))
    .reduce((sum, count) => sum + count, 0);

/** One line about a run. */
function lineOf(report: Report): string {
  const { accounts, scored, unchanged, failed, written } = report.counts;
  return `${report.period} ${report.status}: ${accounts} accounts, ${scored} scored, ${unchanged} unchanged, ${failed} failed; ${written} rows written, ${calls(report)} calls, ${report.seconds.toFixed(1)} s`;
}

/** Fills in months, oldest first; a line a month. */
export const backfill = async (env: Variables, from: string, to: string): Promise<string[]> =>
  (await run(['--from', from, '--to', to], env)).map(lineOf);

/** Refreshes one month; a line about it. */
export async function refresh(env: Variables, period: string): Promise<string> {
  const [report] = await run(['--period', period], env);
  return lineOf(report as Report);
}

/** Releases a run that is held; a line about what it has done then. */
export async function release(env: Variables, runId: string): Promise<string> {
  const [report] = await run(['--confirm', runId], env);
  return lineOf(report as Report);
}

export interface Service {
  readonly url: string;
  /** What callers prove themselves with; made up anew for every start. */
  readonly token: string;
  readonly end: () => Promise<void>;
}

/** Starts the HTTP service on any free port. */
export async function startService(env: Variables): Promise<Service> {
  const token = randomBytes(24).toString('hex');
  const hash = createHash('sha256').update(token).digest('hex');
  const child = start(['serve'], { ...env, SCORER_TOKEN_SHA256: hash, SCORER_PORT: '0' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let told = '';
    child.stderr?.on('data', (text: Buffer) => {
      told += text.toString();
      const found = /listens on (\S+)/.exec(told);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`scorer serve ended with ${code}, expected it to serve:\n${told}`)),
    );
    // Read, or it stops when the pipe is full.
    child.stdout?.resume();
  });
  return {
    url,
    token,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
