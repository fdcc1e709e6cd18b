/**
 * `npm run bench extract`: one month of three vendors, read from stand-ins in a process of their own. Each run of
 * the extractor is a fresh process, as a monthly run is, with the options of Node and the cache of compiled code that
 * `bin/scorer.mjs` has. With another checkout, that one's extractor and this one's take turns, and ratios are printed.
 * Fails only when a reading is wrong.
 *
 * `node scripts/bench.mjs extract -- --accounts 10000 --months 24 --runs 3 --intercom-limit 1666 --against ../before`
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BoundVendor } from './extract/bound.ts';
import type { ExtractorOptions, ExtractorResult } from './extract/extractor.ts';
import type { StandInOptions, StandInsReady, Sums } from './extract/stand-ins.ts';
import { commandOf, MOST_TIMES, ratioOf, sidesOf, type Side } from './sides.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const PERIOD = '2026-10';
const MONTH = { start: Date.parse('2026-10-01T00:00:00Z'), end: Date.parse('2026-11-01T00:00:00Z') };
const SMALL = { accounts: 50, delayMs: 50 };
/** The Python pipeline for 50 accounts. */
const PYTHON = { calls: 708, seconds: 38 };
/** Intercom's limit counts in windows of so many milliseconds: a run begins with a whole one. */
const RATE_WINDOW_MS = 10_000;
const VENDORS: readonly BoundVendor[] = ['intercom', 'jira', 'looker'];

const { values: given } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    months: { type: 'string', default: '24' },
    runs: { type: 'string', default: '3' },
    'intercom-limit': { type: 'string' },
    against: { type: 'string' },
  },
});
const [accounts, months, runs] = [given.accounts, given.months, given.runs].map(Number) as [
  number,
  number,
  number,
];
const intercomLimit = given['intercom-limit'] === undefined ? null : Number(given['intercom-limit']);

const sides = sidesOf(given.against);

const folder = mkdtempSync(join(tmpdir(), 'extract-bench-'));
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** Starts a file, tells it what to do and waits for its answer. */
async function ask<R>(
  path: string,
  options: unknown,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Promise<{ answer: R; child: ChildProcess }> {
  const child = fork(path, { env: { ...process.env, ...env }, execArgv: [...execArgv] });
  children.add(child);
  const ended = once(child, 'exit').then(() => children.delete(child));
  child.send(options as object);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`${path} ended without an answer`))),
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
  const path = join(import.meta.dirname, 'extract/stand-ins.ts');
  const { answer: ready, child } = await ask<StandInsReady>(path, options);
  return { ready, mappingFile, stop: () => void child.kill() };
}

async function extractOnce({ ready, mappingFile }: Vendors, side: Side): Promise<ExtractorResult> {
  const options: ExtractorOptions = { mappingFile, period: PERIOD };
  const env = { ...ready.env, NODE_COMPILE_CACHE: join(folder, side.label) };
  const { answer } = await ask<ExtractorResult>(
    join(side.dir, 'node-scorer/bench/extract/extractor.ts'),
    options,
    env,
    commandOf(side).nodeOptions,
  );
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

/** Runs each side's extractor several times and prints every run: what one of them alone says is chance. */
async function extractOften(vendors: Vendors, waitMs: number): Promise<ExtractorResult[]> {
  const results = new Map<Side, ExtractorResult[]>(sides.map((side) => [side, []]));
  // One run before, uncounted: the stand-ins keep what they have searched, Node what it has compiled.
  for (const side of sides) await extractOnce(vendors, side);
  for (let run = 1; run <= runs; run++) {
    for (const [side, own] of results) {
      await sleep(waitMs);
      const result = await extractOnce(vendors, side);
      const { seconds, secondsToBegin, cpuSeconds, peakMb, calls } = result;
      say(
        `  run ${run} ${side.label.padEnd(6)} ${fixed(seconds, 2)} s (${fixed(secondsToBegin, 2)} s before the first call), CPU ${fixed(cpuSeconds, 2)} s, peak ${fixed(peakMb, 0)} MB, ${calls} calls`,
      );
      own.push(result);
    }
  }
  const medians = (of: (result: ExtractorResult) => number): number[] =>
    [...results.values()].map((own) => median(own.map(of)));
  const [cpus, peaks] = [medians(({ cpuSeconds }) => cpuSeconds), medians(({ peakMb }) => peakMb)];
  say(
    `  median CPU ${fixed(cpus.at(-1) ?? Number.NaN, 2)} s, ${fixed(peaks.at(-1) ?? Number.NaN, 0)} MB ${ratioOf('CPU', cpus)} (goal ${MOST_TIMES}) ${ratioOf('memory', peaks)}`,
  );
  return [...results.values()].at(-1) ?? [];
}

/** Calls of a client that asks account by account: company, search and each conversation; five JQL; two per explore. */
const perAccountCalls = (size: number, conversations: number): Record<BoundVendor, number> => ({
  intercom: 2 * size + conversations,
  jira: 5 * size,
  looker: 6 * size,
});

const [cpu] = cpus();
say(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores (load ${fixed(loadavg()[0] ?? 0)}), ${platform()} ${release()}, Node ${process.version}`,
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
  const results = await extractOften(vendors, RATE_WINDOW_MS);
  const [first] = results as [ExtractorResult];
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
  const results = await extractOften(vendors, 0);
  const seconds = median(results.map((result) => result.seconds));
  const calls = results[0]?.calls ?? Number.NaN;
  say(
    `  median ${fixed(seconds, 2)} s; Python ${PYTHON.seconds} s, ${fixed(PYTHON.seconds / seconds, 0)} times as long`,
  );
  say(`  ${calls} calls; Python ${PYTHON.calls}, ${fixed(PYTHON.calls / calls, 0)} times as many`);
  vendors.stop();
}
