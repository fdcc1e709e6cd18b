/**
 * `npm run bench run`: the monthly refresh end to end, as the command line does it, against stand-ins of all four
 * systems in a process of their own: a first month, the next one with its changes, the same again, and a running window.
 * Prints; fails only when a run fails.
 *
 * `node scripts/bench.mjs run -- --accounts 10000 --months 12 --node='--max-semi-space-size=2'`
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../src/run/report.ts';
import type { SandboxReady } from './run/sandbox.ts';

const GOAL = { seconds: 15, megabytes: 350 };
const { values: given } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    months: { type: 'string', default: '12' },
    node: { type: 'string' },
  },
});
const bin = join(import.meta.dirname, '../bin/scorer.mjs');
// What stands between `node` and `--` in the first line of the command: how it is run.
const shipped = /\bnode (.*?)--$/.exec(readFileSync(bin, 'utf8').split('\n', 1)[0] ?? '')?.[1] ?? '';
const nodeOptions = (given.node ?? shipped).split(' ').filter(Boolean);

const folder = mkdtempSync(join(tmpdir(), 'run-bench-'));
const sandbox = fork(join(import.meta.dirname, 'run/sandbox.ts'), {
  // Memory instead of clean-ups: the stand-ins share the two cores with what is measured.
  execArgv: [
    '--max-old-space-size=8000',
    '--max-semi-space-size=64',
    '--external-memory-accounted-in-global-limit',
    '--heap-growing-percent=400',
  ],
});
process.on('exit', () => {
  sandbox.kill();
  rmSync(folder, { recursive: true, force: true });
});
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const [cpu] = cpus();
say(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores (load ${(loadavg()[0] ?? 0).toFixed(1)}), ${platform()} ${release()}, Node ${process.version} ${nodeOptions.join(' ')}`,
);
sandbox.send({ accounts: Number(given.accounts), months: Number(given.months) });
const [ready] = (await Promise.race([
  once(sandbox, 'message'),
  once(sandbox, 'exit').then(() => Promise.reject(new Error('the sandbox ended before it was ready'))),
])) as [SandboxReady];
say(
  `${Number(given.accounts).toLocaleString('en')} accounts, ${given.months} months: sandbox ready in ${ready.seconds.toFixed(1)} s`,
);

/** Runs the command as a process of its own; the most memory that it ever held comes from the system. */
async function scorer(title: string, args: readonly string[]): Promise<void> {
  const file = join(folder, 'report.json');
  const peak = `process.on('exit',()=>{const r=process.resourceUsage();require('fs').writeFileSync(${JSON.stringify(join(folder, 'usage.json'))},JSON.stringify(r))})`;
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...nodeOptions,
      '--import',
      `data:text/javascript,import{createRequire}from'module';const require=createRequire('file:///');${peak}`,
      bin,
      'run',
      ...args,
      '--report',
      file,
    ],
    {
      env: { ...process.env, ...ready.env, SCORER_DATA_DIR: join(folder, 'journal') },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let told = '';
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  const seconds = (performance.now() - begun) / 1_000;
  if (code !== 0) throw new Error(`${title}: ended with ${code}, expected 0\n${told}`);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Report | Report[];
  const report = [read].flat()[0] as Report;
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(
    readFileSync(join(folder, 'usage.json'), 'utf8'),
  ) as NodeJS.ResourceUsage;
  const calls = Object.values(report.calls)
    .flatMap((endpoints) => Object.values(endpoints))
    .reduce((sum, n) => sum + n, 0);
  say(
    `${title.padEnd(34)} ${seconds.toFixed(1).padStart(5)} s, CPU ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s, peak ${((maxRSS * 1_024) / 1e6).toFixed(0)} MB, ${report.counts.accounts} accounts, ${report.counts.written} written, ${calls} calls`,
  );
}

say(`goal for a month: ${GOAL.seconds} s and ${GOAL.megabytes} MB`);
await scorer('first month', ['--from', '2026-09', '--to', '2026-09']);
await scorer('the next, with what changed', ['--from', '2026-10', '--to', '2026-10']);
await scorer('the same again (final, kept)', ['--period', '2026-10']);
await scorer('the same, read again', ['--period', '2026-10', '--force']);
sandbox.kill();
