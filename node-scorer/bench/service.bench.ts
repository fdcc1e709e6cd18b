/**
 * `npm run bench service`: the service as `scorer serve` starts it, in a process of its own: its memory at rest, and
 * 200 refreshes asked for each second for 30 s while one run is under way. The org, the vendors and whoever asks share
 * the machine with it. With another checkout, that one's service is measured before, and ratios are printed. Proves
 * nothing by time.
 *
 * `node scripts/bench.mjs service -- --seconds 30 --rate 200 --against ../before`; `--bundle FILE` for the file that
 * the release build made.
 */
import autocannon from 'autocannon';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { commandOf, ratioOf, sidesOf, type Side } from './sides.ts';

const REST_MS = 3_000;
const CONNECTIONS = 20;
const GOAL = { restMb: 150, p99Ms: 150 };
const { values: given } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '200' },
    against: { type: 'string' },
    bundle: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

const started: ChildProcess[] = [];
const keep = (child: ChildProcess): ChildProcess => {
  started.push(child);
  return child;
};

async function startStandIns(): Promise<Record<string, string>> {
  const child = keep(fork(join(import.meta.dirname, 'service/stand-ins.ts')));
  const [env] = (await once(child, 'message')) as [Record<string, string>];
  return env;
}

/** Starts the service; its address is on stderr, its log is counted and thrown away. */
async function startService(
  side: Side,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; address: string }> {
  const { bin, nodeOptions } = commandOf(side);
  const bundled = side.label === 'now' ? given.bundle : undefined;
  const command = bundled === undefined ? [bin, 'serve'] : [bundled];
  const child = keep(
    spawn(process.execPath, [...nodeOptions, ...command], {
      cwd: side.dir,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  child.stdout?.resume();
  let said = '';
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const address = /listens on (\S+)/.exec(said)?.[1];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`the service ended before it listened: ${said}`);
}

/** Processor time used so far, ms: the kernel counts in hundredths of a second. */
function processorMs({ pid = 0 }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory and its peak, MB. */
function memory({ pid = 0 }: ChildProcess): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

interface Figures {
  readonly restMb: number;
  readonly peakMb: number;
  readonly cpuMs: number;
}

async function measure(side: Side): Promise<Figures> {
  const token = randomBytes(24).toString('base64url');
  const { child, address } = await startService(side, {
    ...(await startStandIns()),
    SCORER_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    SCORER_PORT: '0',
    SCORER_DATA_DIR: mkdtempSync(join(tmpdir(), 'scorer-bench-')),
  });
  await sleep(REST_MS);
  const restMb = memory(child).now;
  const runs = new Set<string>();
  const before = processorMs(child);
  const { latency, requests, duration, non2xx, errors, timeouts } = await autocannon({
    url: `${address}/v1/runs?mode=refresh`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    connections: CONNECTIONS,
    overallRate: Number(given.rate),
    duration: Number(given.seconds),
    setupClient: (client) => client.on('body', (body) => runs.add(body.toString())),
  });
  const cpuMs = (processorMs(child) - before) / requests.total;
  const peakMb = memory(child).peak;
  say(`${side.label}: ${requests.total} refreshes in ${duration} s, from the first request on`);
  say(`  at rest                     ${restMb} MB (goal ${GOAL.restMb})`);
  say(
    `  p50, p99, slowest           ${latency.p50}, ${latency.p99}, ${latency.max} ms (goal p99 ${GOAL.p99Ms})`,
  );
  say(`  errors, timeouts, not 202   ${errors}, ${timeouts}, ${non2xx} (goal 0)`);
  say(`  runs                        ${runs.size} (goal 1)`);
  say(`  processor time each         ${cpuMs.toFixed(2)} ms, the run included; peak ${peakMb} MB`);
  for (const each of started.splice(0)) each.kill();
  return { restMb, peakMb, cpuMs };
}

try {
  const figures: Figures[] = [];
  for (const side of sidesOf(given.against)) figures.push(await measure(side));
  const ratios = (['restMb', 'peakMb', 'cpuMs'] as const).map(
    (name) =>
    ratioOf(name, figures.map((each) => each[name])), // prettier-ignore
  );
  if (figures.length > 1) say(ratios.join(', '));
} finally {
  for (const child of started) child.kill();
}
