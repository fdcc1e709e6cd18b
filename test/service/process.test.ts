import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../node-scorer/src/run/runs.ts';
import { openWorld, ROOT, type World } from '../e2e/harness.ts';
import { newDataDir } from './serve-fixture.ts';
import { BEARER, sha256, TOKEN } from './service-fixture.ts';

let world: World;
let children: ChildProcess[] = [];
beforeEach(async () => {
  world = await openWorld({ accounts: 20, months: 6 });
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await world.sandbox.close();
});

interface Process {
  readonly child: ChildProcess;
  readonly address: string;
}

/** `scorer serve` as a user starts it. */
async function startProcess(dataDir: string): Promise<Process> {
  const child = spawn(process.execPath, [join(ROOT, 'node-scorer/bin/scorer.mjs'), 'serve'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      ...world.sandbox.env,
      SCORER_TOKEN_SHA256: sha256(TOKEN).toString('hex'),
      SCORER_PORT: '0',
      SCORER_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let said = '';
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const address = /listens on (\S+)/.exec(said)?.[1];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`the service ended before it listened: ${said}`);
}

const startRun = async ({ address }: Process): Promise<string> => {
  const answer = await fetch(`${address}/v1/runs`, { method: 'POST', headers: BEARER });
  return ((await answer.json()) as { runId: string }).runId;
};
const look = async ({ address }: Process, runId: string): Promise<RunView> =>
  (await (await fetch(`${address}/v1/runs/${runId}`, { headers: BEARER })).json()) as RunView;

async function ended(service: Process, runId: string): Promise<RunView> {
  for (;;) {
    const run = await look(service, runId);
    if (run.status !== 'Running') return run;
    await sleep(50);
  }
}

describe('the service as a process', () => {
  it('killed in the middle of a run, takes it up when it is started again', async () => {
    const dataDir = newDataDir();
    const first = await startProcess(dataDir);
    world.sandbox.jira.faults.add({ kind: 'hang' });
    const runId = await startRun(first);
    while ((await look(first, runId)).step === 'begun') await sleep(20);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    world.sandbox.jira.faults.clear();

    const second = await startProcess(dataDir);
    expect(await ended(second, runId)).toMatchObject({ runId, status: 'Finished', error: null });
    expect(world.scores().length).toBeGreaterThan(10);
    expect(world.runs()).toHaveLength(1);
  });

  it('asked to end, ends with 0', async () => {
    const { child } = await startProcess(newDataDir());
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('without any way for callers to prove themselves, does not start', async () => {
    const { exit, stderr } = await world.scorer(['serve']);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/SCORER_TOKEN_SHA256: found nothing.*sha256sum/);
  });

  it('lists what is wrong with its settings and with those of the sources together', async () => {
    const { exit, stderr } = await world.scorer(['serve'], { SCORER_PORT: 'x', JIRA_BASE_URL: 'nowhere' });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/3 problems/);
    for (const name of ['SCORER_TOKEN_SHA256', 'SCORER_PORT', 'JIRA_BASE_URL'])
      expect(stderr).toContain(name);
  });
});
