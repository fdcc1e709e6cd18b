/**
 * The service as `scorer serve` starts it, in a process of its own: its memory at rest, and 200 refreshes asked for
 * each second for 30 s while one run is under way. The org, the vendors and whoever asks share the machine with it.
 * Prints figures; proves nothing by time. Arguments: seconds, requests a second, and `--bundle FILE` for the file
 * that the release build made.
 */
import autocannon from 'autocannon';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REST_MS = 3_000;
const CONNECTIONS = 20;
const AGAIN_S = 10;
const root = join(import.meta.dirname, '../..');
const given = process.argv.slice(2);
const cut = given.indexOf('--bundle');
const command = cut < 0 ? [join(root, 'node-scorer/bin/scorer.mjs'), 'serve'] : [given[cut + 1] ?? ''];
const [seconds = 30, perSecond = 200] = given.slice(0, cut < 0 ? undefined : cut).map(Number);
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
async function startService(env: Record<string, string>): Promise<{ child: ChildProcess; address: string }> {
  const child = keep(
    spawn(process.execPath, ['--max-semi-space-size=8', ...command], {
      cwd: root,
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

try {
  const token = randomBytes(24).toString('base64url');
  const { child, address } = await startService({
    ...(await startStandIns()),
    SCORER_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    SCORER_PORT: '0',
    SCORER_DATA_DIR: mkdtempSync(join(tmpdir(), 'scorer-bench-')),
  });
  await sleep(REST_MS);
  say(`at rest                       ${memory(child).now} MB (goal 90)`);

  const runs = new Set<string>();
  const ask = async (label: string, forSeconds: number): Promise<void> => {
    const before = processorMs(child);
    const { latency, requests, duration, non2xx, errors, timeouts } = await autocannon({
      url: `${address}/v1/runs?mode=refresh`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      connections: CONNECTIONS,
      overallRate: perSecond,
      duration: forSeconds,
      setupClient: (client) => client.on('body', (body) => runs.add(body.toString())),
    });
    const each = (processorMs(child) - before) / requests.total;
    say(`${label.padEnd(30)}${requests.total} refreshes in ${duration} s`);
    say(`  p50, p99, slowest           ${latency.p50}, ${latency.p99}, ${latency.max} ms (goal p99 150)`);
    say(`  errors, timeouts, not 202   ${errors}, ${timeouts}, ${non2xx} (goal 0)`);
    say(`  processor time each         ${each.toFixed(2)} ms, the run included`);
  };
  // The first start loads the clients of the other systems, which holds everybody up once in a process's life.
  await ask('from the first request on', seconds);
  await ask('once all is loaded', AGAIN_S);
  say(`runs                          ${runs.size} (goal 1)`);
  say(`at the end, peak              ${memory(child).now}, ${memory(child).peak} MB`);
} finally {
  for (const child of started) child.kill();
}
