/** A process of its own: reads one month of three vendors as `scorer run` does. Started by extract.bench.ts. */
import { join } from 'node:path';
import '../../bin/clean-up-early.mjs';
import { cwd, env, stderr, stdin, stdout } from 'node:process';
import { readMapping } from '../../src/cli/run.ts';
import { makeWorld } from '../../src/run/world.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { totalCalls, type CallCounts } from '../../src/http/calls.ts';
import { SOURCES } from '../../src/metrics/catalogue.ts';
import { notesOf, readingsOf } from '../../src/run/readings.ts';
import { extractAll } from '../../src/run/sources.ts';
import { windowFor } from '../../src/run/window.ts';
import type { Sums } from './stand-ins.ts';

export interface ExtractorOptions {
  readonly mappingFile: string;
  readonly period: string;
}

export interface ExtractorResult {
  readonly accounts: number;
  /** Seconds from the start of the process to the last reading. */
  readonly seconds: number;
  /** Of these, before the first call: loading code, settings and mapping. */
  readonly secondsToBegin: number;
  readonly cpuSeconds: number;
  /** The most memory that the process ever held, MB. */
  readonly peakMb: number;
  readonly calls: number;
  readonly counts: CallCounts;
  readonly sums: Sums;
  /** Codes of what the sources had to tell, with how often. */
  readonly notes: Readonly<Record<string, number>>;
}

process.once('message', (options: ExtractorOptions) => {
  void extractOnce(options).then((result) => {
    process.send?.(result);
    process.disconnect();
  });
});

async function extractOnce({ mappingFile, period }: ExtractorOptions): Promise<ExtractorResult> {
  const environment = readEnvironment(env);
  const world = makeWorld(() => environment.fixedNow ?? Date.now());
  const { sources } = await loadConfig(join(import.meta.dirname, '../../../config'));
  const io = { stdin, stdout, stderr, env, cwd: cwd(), now: world.now };
  const accounts = (await readMapping(mappingFile, io)) ?? [];
  const window = windowFor(period, world.now());
  const begun = sinceStart();
  const attempts = await extractAll(environment, sources, world, { accounts, window, now: world.now }, null);
  for (const source of SOURCES) {
    const attempt = attempts[source];
    if (source !== 'salesforce' && 'missing' in attempt) {
      throw new Error(`${source}: found ${attempt.missing}: ${attempt.notes[0]?.message ?? ''}`);
    }
  }
  const sums: Record<string, { values: number; sum: number }> = {};
  for (const { id } of accounts) {
    for (const [metric, { value }] of Object.entries(readingsOf(id, attempts, window))) {
      if (value === null) continue;
      const total = (sums[metric] ??= { values: 0, sum: 0 });
      total.values++;
      total.sum += value;
    }
  }
  const seconds = sinceStart();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const notes = Object.groupBy(notesOf(attempts), ({ code }) => code);
  const counts = world.calls.snapshot();
  return {
    accounts: accounts.length,
    seconds,
    secondsToBegin: begun,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMb: (maxRSS * 1_024) / 1e6,
    calls: totalCalls(counts),
    counts,
    sums,
    notes: Object.fromEntries(Object.entries(notes).map(([code, all]) => [code, all?.length ?? 0])),
  };
}

/** Seconds since this process began. */
const sinceStart = (): number => performance.now() / 1_000;
