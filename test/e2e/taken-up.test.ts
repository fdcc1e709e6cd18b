import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsAddUp, lasting, openWorld, unexplained, type Row, type World } from './harness.ts';
import { edit } from './people.ts';
import { startScorer } from './process.ts';

/** Three batches: a run may stop with some of its scores written. */
const ACCOUNTS = 440;
const BASE = { accounts: ACCOUNTS, months: 6 };
const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'health-journal-'));

let world: World;
let dataDir: string;
beforeEach(async () => {
  world = await openWorld(BASE);
  dataDir = newDataDir();
});
afterEach(() => world.sandbox.close());

/** A run in a process of its own that gets a signal when it has told a step. */
async function signalled(signal: NodeJS.Signals, step: string) {
  const env = { ...world.sandbox.env, SCORER_DATA_DIR: dataDir };
  // Long enough for the signal to arrive while the next batch is on its way.
  world.sandbox.org.faults.add({ kind: 'delay', ms: 300, match: /Health_Score__c\/Score_Key__c/ });
  const { child, onLine, ended } = startScorer(env, 'run', '--period', '2026-10');
  onLine((line) => line === `2026-10: ${step}` && child.kill(signal));
  const end = await ended;
  world.sandbox.org.faults.clear();
  return end;
}

/** The sandbox's clock stands still: a later start has a clock of its own. */
const at = (time: string): Record<string, string> => ({
  SCORER_NOW: `2026-11-21T${time}:00Z`,
  SCORER_CLOCK_URL: '',
});
const statuses = (): unknown[] => world.runs().map((row) => row['Status__c']);
const resume = (env: Record<string, string> = {}) => world.runIn(dataDir, env, '--period', '2026-10');

async function runUndisturbed(): Promise<Row[]> {
  const other = await openWorld(BASE);
  await other.run('--period', '2026-10');
  const rows = lasting(other.scores());
  await other.sandbox.close();
  return rows;
}

/** What a run that nothing stopped leaves: the same base each time, so it is run once. */
let rows: Promise<Row[]> | undefined;
const undisturbed = (): Promise<Row[]> => (rows ??= runUndisturbed());

describe('Ctrl-C', () => {
  it('ends a run at its next safe point with 75 and what to do; the next start goes on, under the same id', async () => {
    const stopped = await signalled('SIGINT', 'written 1/3');
    expect(stopped.exit).toBe(75);
    expect(stopped.stderr).toContain('stopping at the next safe point; Ctrl-C again ends at once\n');
    const id = /INTERRUPTED: run (\S+) was stopped at a safe point \((written \d\/3)\); start it again/.exec(
      stopped.stderr,
    );
    expect(id?.[2]).toMatch(/written [12]\/3/);
    const stored = world.scores().length;
    expect(stored).toBeGreaterThanOrEqual(200);
    expect(stored).toBeLessThanOrEqual(400);
    expect(world.runs()).toMatchObject([
      { Run_Key__c: id?.[1], Status__c: 'Running', Heartbeat_At__c: null },
    ]);

    const { exit, stderr, report } = await resume();
    expect([exit, report.status, report.runId, countsAddUp(report)]).toEqual([0, 'Finished', id?.[1], true]);
    expect(stderr).toContain(`2026-10: goes on with run ${String(id?.[1])}, which has ${String(id?.[2])}`);
    expect(report.counts.written).toBe(report.counts.accounts);
    expect([lasting(world.scores()), statuses()]).toEqual([await undisturbed(), ['Finished']]);
  });

  it('leaves a run that another machine, without its journal, takes up at once', async () => {
    await signalled('SIGINT', 'written 1/3');
    const [record] = world.runs();
    dataDir = newDataDir();
    const { exit, report } = await resume();
    expect([exit, report.status, report.runId]).toEqual([0, 'Finished', record?.['Run_Key__c']]);
    expect([lasting(world.scores()), statuses()]).toEqual([await undisturbed(), ['Finished']]);
  });
});

describe('a run that was killed', () => {
  it('is taken up by one of two processes that come for it at once; the other waits and tells the same', async () => {
    expect((await signalled('SIGKILL', 'written 1/3')).signal).toBe('SIGKILL');
    const [record] = world.runs();
    const env = { ...world.sandbox.env, SCORER_DATA_DIR: dataDir };
    const calls = world.sandbox.org.calls.length;
    // Slow enough that the second comes while the first is at work, whichever is faster to start.
    world.sandbox.org.faults.add({ kind: 'delay', ms: 2_000, match: /Health_Score__c\/Score_Key__c/ });
    const ends = await Promise.all(
      ['a', 'b'].map(() => startScorer(env, 'run', '--period', '2026-10').ended),
    );
    expect(ends.map(({ exit }) => exit)).toEqual([0, 0]);
    const expected = await undisturbed();
    expect([lasting(world.scores()), statuses()]).toEqual([expected, ['Finished']]);
    expect(world.runs()[0]?.['Run_Key__c']).toBe(record?.['Run_Key__c']);
    // One of the three batches was there before.
    const batches = world.sandbox.org.calls
      .slice(calls)
      .filter(({ method, path }) => method === 'PATCH' && path.includes('/Health_Score__c/'));
    expect(batches.length).toBeLessThanOrEqual(2);
  });
});

describe('a run whose journal is gone', () => {
  beforeEach(async () => {
    expect((await signalled('SIGKILL', 'written 1/3')).signal).toBe('SIGKILL');
    rmSync(dataDir, { recursive: true });
    dataDir = newDataDir();
  });

  it('is left alone for 30 minutes after its last sign of life: another machine may be at work on it', async () => {
    const before = world.scores();
    for (const time of ['09:00', '09:30']) {
      const { exit, stderr } = await world.scorer(['run', '--period', '2026-10'], {
        SCORER_DATA_DIR: dataDir,
        ...at(time),
      });
      expect([exit, stderr]).toEqual([
        75,
        expect.stringMatching(/^RUN_ELSEWHERE: 2026-10: found run \S+ at work on another machine/),
      ]);
    }
    expect([world.scores(), statuses()]).toEqual([before, ['Running']]);
  });

  it('is set Failed after that, and a new one does its work', async () => {
    const [dead] = world.runs();
    const { exit, report } = await resume(at('09:31'));
    expect([exit, report.status]).toEqual([0, 'Finished']);
    expect(report.runId).not.toBe(dead?.['Run_Key__c']);
    expect(world.runs()).toMatchObject([
      {
        Run_Key__c: dead?.['Run_Key__c'],
        Status__c: 'Failed',
        Error__c: expect.stringMatching(
          /^RUN_DEAD: found no sign of life since .*; run \S+ does its work/,
        ) as string,
      },
      { Run_Key__c: report.runId, Status__c: 'Finished' },
    ]);
    expect(lasting(world.scores())).toEqual(await undisturbed());
    expect(unexplained(world)).toEqual([]);
  });
});

describe('a model that changes between a stop and the next start', () => {
  const change = () =>
    edit(world, 'Health_Metric__mdt', 'messaging', {
      Green_Paid__c: 60,
      Green_Standard__c: 60,
      Yellow_Paid__c: 40,
      Yellow_Standard__c: 40,
    });

  it.each([
    ['SIGINT', 'the same journal', false],
    ['SIGINT', 'no journal', true],
    ['SIGKILL', 'the same journal', false],
  ] as const)(
    'after %s with %s: every row explains itself, by the model it was made by',
    async (signal, _what, gone) => {
      await signalled(signal, 'written 1/3');
      const [old] = world.runs();
      const written = new Set(world.scores().map((row) => row['Account__c']));
      change();
      // One that the org refuses keeps the score of the model before, and that must stay explained.
      const [refused] = [...written] as string[];
      world.sandbox.org.org.rowLocks.add({ match: new RegExp(`${String(refused)}:2026-10$`, 'i') });
      if (gone) dataDir = newDataDir();
      const { exit, report } = await resume();
      expect([exit, report.counts.failed, countsAddUp(report)]).toEqual([1, 1, true]);
      const runs = world.runs();
      expect(runs).toMatchObject([
        {
          Id: old?.['Id'],
          Status__c: 'Failed',
          Model__c: old?.['Model__c'],
          Error__c: expect.stringMatching(/^RUN_DEAD: found model \w+ in its place/) as string,
        },
        { Run_Key__c: report.runId, Status__c: 'Finished' },
      ]);
      expect(report.runId).not.toBe(old?.['Run_Key__c']);
      const kept = world.scores().filter((row) => row['Run__c'] === old?.['Id']);
      expect(kept.map((row) => row['Account__c'])).toEqual([refused]);
      expect(unexplained(world)).toEqual([]);
    },
  );
});
