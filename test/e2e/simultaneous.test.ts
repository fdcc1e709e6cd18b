import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../node-scorer/src/run/store/sqlite-store.ts';
import { openWorld, ROOT, unexplained, type World } from './harness.ts';
import { startScorer } from './process.ts';
import { openRuns, startAtOnce, type Start } from './starts.ts';

const ACCOUNTS = 20;

let world: World;
let dataDir: string;
beforeEach(async () => {
  world = await openWorld({ accounts: ACCOUNTS, months: 6 });
  dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
});
afterEach(() => world.sandbox.close());

const writesOf = (object: string): number =>
  world.sandbox.org.calls.filter(({ method, path }) => method === 'PATCH' && path.includes(`/${object}/`))
    .length;

/** All starts came to the same run, and the org has seen one. */
function expectOneRun(starts: readonly Start[]): void {
  expect(new Set(starts.map(({ runId }) => runId)).size).toBe(1);
  expect(new Set(starts.map(({ status }) => status))).toEqual(new Set(['Finished']));
  expect(world.runs()).toMatchObject([{ Run_Key__c: starts[0]?.runId, Status__c: 'Finished' }]);
  // One beginning and one end; one batch of scores.
  expect([writesOf('Health_Score_Run__c'), writesOf('Health_Score__c')]).toEqual([2, 1]);
  expect(world.scores().length).toBeGreaterThan(15);
  expect(unexplained(world)).toEqual([]);
}

describe('50 starts at once', () => {
  it.each(['ensure', 'refresh'] as const)('to %s the month are one run', async (mode) => {
    const store = openSqliteStore(dataDir);
    const starts = await startAtOnce(openRuns(world.sandbox.env, store), 50, mode);
    await store.close();
    expect(starts).toHaveLength(50);
    expectOneRun(starts);
  });

  it('to ensure the month, from four processes that share a journal, are one run', async () => {
    const at = Date.now() + 2_000;
    const processes = [13, 13, 12, 12].map((count) =>
      promisify(execFile)(process.execPath, [join(ROOT, 'test/e2e/starts.ts'), String(count), String(at)], {
        env: { ...process.env, ...world.sandbox.env, SCORER_DATA_DIR: dataDir },
      }),
    );
    const answers = await Promise.all(processes);
    const starts = answers.flatMap(({ stdout }) => JSON.parse(stdout) as Start[]);
    expect(starts).toHaveLength(50);
    expectOneRun(starts);
  });

  it('of the command line and the service meet in one run too', async () => {
    const store = openSqliteStore(dataDir);
    const runs = openRuns(world.sandbox.env, store);
    // The sources take their time, so that the command line comes while the service is at work.
    world.sandbox.intercom.faults.add({ kind: 'delay', ms: 4_000, times: 1 });
    const { runId, ended } = await runs.start({ period: '2026-10', mode: 'ensure', dryRun: false });
    const env = { ...world.sandbox.env, SCORER_DATA_DIR: dataDir };
    const shell = await startScorer(env, 'run', '--period', '2026-10').ended;
    const { status } = await ended;
    await store.close();
    expect(shell).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining(`2026-10: goes on with run ${runId}`) as string,
    });
    expectOneRun([{ runId, status }]);
  });

  it('to ensure a month that is done find the run that has done it', async () => {
    const store = openSqliteStore(dataDir);
    const runs = openRuns(world.sandbox.env, store);
    const [first] = await startAtOnce(runs, 1, 'ensure');
    const calls = world.sandbox.org.calls.length;
    const starts = await startAtOnce(runs, 50, 'ensure');
    await store.close();
    expectOneRun([...starts, ...(first ? [first] : [])]);
    expect(world.sandbox.org.calls).toHaveLength(calls);
  });
});
