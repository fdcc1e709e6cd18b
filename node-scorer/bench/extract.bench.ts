/**
 * `npm run bench extract`: one month of three vendors, read from stand-ins in a process of their own. Each run of
 * the extractor is a fresh process, as a monthly run is, with the options of Node and the cache of compiled code that
 * `bin/scorer.mjs` has. Prints; fails only when a reading is wrong.
 *
 * `node scripts/bench.mjs extract -- --accounts 10000 --months 24 --runs 3 --intercom-limit 1666 --node='--flag'`
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BoundVendor } from './extract/bound.ts';
import type { ExtractorOptions, ExtractorResult } from './extract/extractor.ts';
import type { StandInOptions, StandInsReady, Sums } from './extract/stand-ins.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const PERIOD = '2026-10';
const MONTH = { start: Date.parse('2026-10-01T00:00:00Z'), end: Date.parse('2026-11-01T00:00:00Z') };
const GOAL = { accounts: 10_000, seconds: 10, megabytes: 250 };
const SMALL = { accounts: 50, delayMs: 50, seconds: 2 };
/** The Python pipeline for 50 accounts. */
const PYTHON = { calls: 708, seconds: 38 };
/** Intercom's limit counts in windows of so many milliseconds: a run begins with a whole one. */
const RATE_WINDOW_MS = 10_000;
const VENDORS: readonly BoundVendor[] = ['intercom', 'jira', 'looker'];

const { values: given } = parseArgs({
  options: {
    accounts: { type: 'string', default: String(GOAL.accounts) },
    months: { type: 'string', default: '24' },
    runs: { type: 'string', default: '3' },
    'intercom-limit': { type: 'string' },
    node: { type: 'string' },
  },
});
const [accounts, months, runs] = [given.accounts, given.months, given.runs].map(Number) as [
  number,
  number,
  number,
];
const intercomLimit = given['intercom-limit'] === undefined ? null : Number(given['intercom-limit']);

/** What stands between `node` and `--` in the first line of the command: how it is run. */
const shipped = readFileSync(join(import.meta.dirname, '../bin/scorer.mjs'), 'utf8').split('\n', 1)[0] ?? '';
const nodeOptions = (given.node ?? /\bnode (.*?)--$/.exec(shipped)?.[1] ?? '').split(' ').filter(Boolean);

const folder = mkdtempSync(join(tmpdir(), 'extract-bench-'));
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Starts a file of ./extract, tells it what to do and waits for its answer. */
async function ask<R>(
  file: string,
  options: unknown,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Promise<{ answer: R; child: ChildProcess }> {
  const path = join(import.meta.dirname, 'extract', file);
  const child = fork(path, { env: { ...process.env, ...env }, execArgv: [...execArgv] });
  children.add(child);
  const ended = once(child, 'exit').then(() => children.delete(child));
  child.send(options as object);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`${file} ended without an answer`))),
  ])) as [R];
  return { answer, child };
}

interface Vendors {
  readonly ready: StandInsReady;
  readonly mappingFile: string;
  readonly stop: () => void;
}

async function startVendors(size: number, history: number): Promise<Vendors> {
  const mappingFile = join(folder, `mapping-${size}.csv`);
  const options: StandInOptions = {
    accounts: size,
    months: history,
    now: NOW,
    period: PERIOD,
    month: MONTH,
    mappingFile,
    intercomLimit,
  };
  // Hundreds of megabytes that stay: a bigger nursery saves moving them about.
  const { answer: ready, child } = await ask<StandInsReady>('stand-ins.ts', options, {}, [
    '--max-semi-space-size=64',
  ]);
  return { ready, mappingFile, stop: () => void child.kill() };
}

async function extractOnce({ ready, mappingFile }: Vendors): Promise<ExtractorResult> {
  const options: ExtractorOptions = { mappingFile, period: PERIOD };
  const env = { ...ready.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const { answer } = await ask<ExtractorResult>('extractor.ts', options, env, nodeOptions);
  check(answer.sums, ready.truth);
  return answer;
}

/** A fast wrong answer is none: values and sums of every metric have to be those that the plan comes to. */
function check(sums: Sums, truth: Sums): void {
  for (const [metric, { values, sum }] of Object.entries(sums)) {
    const expected = truth[metric];
    if (expected?.values !== values || Math.abs(expected.sum - sum) > 1e-6 * Math.max(1, Math.abs(sum))) {
      throw new Error(
        `${metric}: found ${values} values with sum ${sum}, expected ${expected?.values} with ${expected?.sum}`,
      );
    }
  }
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const fixed = (value: number, digits = 1): string => value.toFixed(digits);

/** Runs the extractor several times and prints every run: what one of them alone says is chance. */
async function extractOften(vendors: Vendors, waitMs: number): Promise<ExtractorResult[]> {
  const results: ExtractorResult[] = [];
  for (let run = 1; run <= runs; run++) {
    await sleep(waitMs);
    const result = await extractOnce(vendors);
    const { seconds, secondsToBegin, cpuSeconds, peakMb, calls } = result;
    say(
      `  run ${run}: ${fixed(seconds, 2)} s (${fixed(secondsToBegin, 2)} s before the first call), CPU ${fixed(cpuSeconds, 2)} s, peak ${fixed(peakMb, 0)} MB, ${calls} calls`,
    );
    results.push(result);
  }
  return results;
}

/** Calls of a client that asks account by account: company, search and each conversation; five JQL; two per explore. */
const perAccountCalls = (size: number, conversations: number): Record<BoundVendor, number> => ({
  intercom: 2 * size + conversations,
  jira: 5 * size,
  looker: 6 * size,
});

const [cpu] = cpus();
say(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores (load ${fixed(loadavg()[0] ?? 0)}), ${platform()} ${release()}, Node ${process.version} ${nodeOptions.join(' ')}`,
);
say(
  `Intercom's stand-in allows ${intercomLimit ?? 'the vendor’s 1,666'} calls in 10 s; Jira's 100 a second and endpoint`,
);

{
  const vendors = await startVendors(accounts, months);
  const { ready } = vendors;
  say(
    `\n${accounts.toLocaleString('en')} accounts, ${months} months: generated in ${fixed(ready.generateMs / 1_000)} s, stand-ins up in ${fixed(ready.startMs / 1_000)} s, ${fixed(ready.rssMb, 0)} MB there`,
  );
  say(`${ready.conversations.toLocaleString('en')} conversations in ${PERIOD}`);
  await extractOnce(vendors);
  say('  (one run before, uncounted: the stand-ins keep what they have searched)');
  const results = await extractOften(vendors, RATE_WINDOW_MS);
  const [first] = results as [ExtractorResult];
  const seconds = median(results.map((result) => result.seconds));
  const peak = median(results.map((result) => result.peakMb));
  const cpuSeconds = median(results.map((result) => result.cpuSeconds));
  say(
    `  median ${fixed(seconds, 2)} s, goal ${GOAL.seconds} s; CPU ${fixed(cpuSeconds, 2)} s; ${fixed(peak, 0)} MB, goal ${GOAL.megabytes} MB`,
  );
  say(`  notes: ${JSON.stringify(first.notes)}`);
  const naive = perAccountCalls(ready.customers, ready.conversations);
  for (const vendor of VENDORS) {
    const made = Object.values(first.counts[vendor] ?? {}).reduce((sum, count) => sum + count, 0);
    say(
      `  ${vendor.padEnd(9)} ${String(made).padStart(5)} calls ${JSON.stringify(first.counts[vendor])}: ${fixed(made / ready.bound[vendor], 3)} × the fewest (${ready.bound[vendor]}); account by account ${naive[vendor].toLocaleString('en')}, ${fixed(naive[vendor] / made, 0)} times as many`,
    );
  }
  const all = VENDORS.reduce((sum, vendor) => sum + naive[vendor], 0);
  say(
    `  together  ${first.calls} calls; account by account ${all.toLocaleString('en')}, ${fixed(all / first.calls, 0)} times as many`,
  );
  vendors.stop();
}

{
  const vendors = await startVendors(SMALL.accounts, months);
  const { ready } = vendors;
  for (const name of ['INTERCOM', 'JIRA', 'LOOKER']) {
    await fetch(`${ready.env[`${name}_BASE_URL`]}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'delay', ms: SMALL.delayMs }),
    });
  }
  say(`\n${SMALL.accounts} accounts, every call answered ${SMALL.delayMs} ms later`);
  await extractOnce(vendors);
  const results = await extractOften(vendors, 0);
  const seconds = median(results.map((result) => result.seconds));
  const calls = results[0]?.calls ?? Number.NaN;
  say(
    `  median ${fixed(seconds, 2)} s, goal ${SMALL.seconds} s; Python ${PYTHON.seconds} s, ${fixed(PYTHON.seconds / seconds, 0)} times as long`,
  );
  say(`  ${calls} calls; Python ${PYTHON.calls}, ${fixed(PYTHON.calls / calls, 0)} times as many`);
  vendors.stop();
}
