/**
 * `npm run bench run`: the monthly refresh end to end, as the command line does it, against stand-ins of all four
 * systems in processes of their own: a first month, the next one with its changes, the same again, and read again.
 * With another checkout, each step is made by that one and by this one in turn, and ratios are printed. Fails only
 * when a run fails.
 *
 * `node scripts/bench.mjs run -- --accounts 10000 --months 12 --against ../before --node='--max-semi-space-size=2'`
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../src/run/report.ts';
import type { SandboxReady } from './run/sandbox.ts';
import { commandOf, MOST_TIMES, ratioOf, runMeasured, sidesOf, type Measured, type Side } from './sides.ts';

const MOST_MEGABYTES = 500;
const { values: given } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    months: { type: 'string', default: '12' },
    against: { type: 'string' },
    // Options of Node for this checkout, in place of its own.
    node: { type: 'string' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'run-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Each side writes into an org of its own. */
async function startSandbox(): Promise<SandboxReady> {
  const sandbox = fork(join(import.meta.dirname, 'run/sandbox.ts'), {
    execArgv: ['--max-old-space-size=8000'],
  });
  process.on('exit', () => sandbox.kill());
  sandbox.send({ accounts: Number(given.accounts), months: Number(given.months) });
  const [ready] = (await Promise.race([
    once(sandbox, 'message'),
    once(sandbox, 'exit').then(() => Promise.reject(new Error('the sandbox ended before it was ready'))),
  ])) as [SandboxReady];
  sandbox.unref();
  sandbox.channel?.unref();
  return ready;
}

const [cpu] = cpus();
say(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores (load ${(loadavg()[0] ?? 0).toFixed(1)}), ${platform()} ${release()}, Node ${process.version}`,
);
say(
  `${Number(given.accounts).toLocaleString('en')} accounts, ${given.months} months; goal for a month: ${MOST_TIMES} × the processor time of before, ${MOST_MEGABYTES} MB`,
);
const sides: { readonly side: Side; readonly ready: SandboxReady }[] = [];
for (const side of sidesOf(given.against)) sides.push({ side, ready: await startSandbox() });

async function scorer(title: string, args: readonly string[], { side, ready }: (typeof sides)[number]) {
  const file = join(folder, 'report.json');
  const { bin, nodeOptions } = commandOf(side);
  const own =
    given.node === undefined || side.label !== 'now' ? nodeOptions : given.node.split(' ').filter(Boolean);
  const measured: Measured = await runMeasured([...own, bin, 'run', ...args, '--report', file], {
    env: { ...ready.env, SCORER_DATA_DIR: join(folder, side.label) },
    cwd: side.dir,
  });
  const read = JSON.parse(readFileSync(file, 'utf8')) as Report | Report[];
  const { counts, calls } = [read].flat()[0] as Report;
  const made = Object.values(calls).flatMap((endpoints) => Object.values(endpoints));
  say(
    `${title.padEnd(28)} ${side.label.padEnd(6)} CPU ${measured.cpuSeconds.toFixed(1)} s, peak ${measured.peakMb.toFixed(0)} MB, ${measured.seconds.toFixed(1)} s, ${counts.accounts} accounts, ${counts.written} written, ${made.reduce((sum, n) => sum + n, 0)} calls`,
  );
  return measured;
}

for (const [title, ...args] of [
  ['first month', '--from', '2026-09', '--to', '2026-09'],
  ['the next, with what changed', '--from', '2026-10', '--to', '2026-10'],
  ['the same again (final, kept)', '--period', '2026-10'],
  ['the same, read again', '--period', '2026-10', '--force'],
] as const) {
  const figures: Measured[] = [];
  for (const each of sides) figures.push(await scorer(title, args, each));
  const cpuRatio = ratioOf('CPU', figures.map(({ cpuSeconds }) => cpuSeconds)); // prettier-ignore
  const memoryRatio = ratioOf('memory', figures.map(({ peakMb }) => peakMb)); // prettier-ignore
  if (cpuRatio !== '') say(`${''.padEnd(35)} ${cpuRatio}, ${memoryRatio}`);
}
