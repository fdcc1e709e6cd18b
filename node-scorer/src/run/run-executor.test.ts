import { describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { executeRun, type ExecutorDeps } from './run-executor.ts';
import type { Refreshed } from './refresh.ts';
import type { RunHandle } from './request.ts';
import { makeMemoryStore } from './store/memory-store.ts';
import type { NewRun } from './store/run-store.ts';

const MINUTE = 60_000;
const REPORT = { status: 'Finished', counts: { accounts: 1 } } as unknown as Refreshed['report'];
const done = (): Promise<Refreshed> => Promise.resolve({ report: REPORT, rows: [] });

const wanted = (id: string, changed: Partial<NewRun> = {}): NewRun => ({
  id,
  org: 'org.example.com',
  period: '2026-10',
  scope: 'all',
  window: 'complete',
  dryRun: false,
  mode: 'refresh',
  owner: id,
  now: 0,
  request: '{}',
  ...changed,
});

/** Processes that share a journal and a clock; sleeping lets the others work and moves the clock. */
function machine() {
  const store = makeMemoryStore();
  const gone = new Set<string>();
  const clock = { now: 0 };
  const told: string[] = [];
  const process = (owner: string, changed: Partial<ExecutorDeps> = {}): ExecutorDeps => ({
    store,
    owner,
    isGone: (other) => gone.has(other),
    now: () => clock.now,
    sleep: async (ms) => {
      clock.now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    shouldStop: () => false,
    progress: (_run, step) => void told.push(`${owner}: ${step}`),
    ...changed,
  });
  return { store, gone, clock, told, process };
}

/** Work that stands still after its first step until it is let go. */
function standing(): { readonly perform: (run: RunHandle) => Promise<Refreshed>; readonly go: () => void } {
  let go = (): void => undefined;
  const wait = new Promise<void>((resolve) => (go = resolve));
  return {
    perform: async ({ step }) => {
      await step('scored');
      await wait;
      return done();
    },
    go: () => go(),
  };
}

describe('a run', () => {
  it('is carried out by whoever begins it, step by step, to its report', async () => {
    const { process, told, store } = machine();
    const { begun, ended } = await executeRun(process('a'), wanted('a'), async ({ step, resumedAfter }) => {
      expect(resumedAfter).toBeNull();
      await step('scored');
      return done();
    });
    expect([begun, (await ended).run.status, (await ended).error, told]).toEqual([
      true,
      'Finished',
      null,
      ['a: scored'],
    ]);
    expect((await store.find('a'))?.report).toEqual(REPORT);
  });

  it('that meets a fault of the program says where the log has it', async () => {
    const { process, store } = machine();
    const { ended } = await executeRun(process('a'), wanted('a'), () =>
      Promise.reject(new TypeError('x is undefined')),
    );
    const { run, error } = await ended;
    expect([run.status, run.error, error]).toEqual([
      'Failed',
      'DEFECT: see the log, "run failed" of runId a',
      new TypeError('x is undefined'),
    ]);
    expect((await store.find('a'))?.error).toContain('runId a');
  });

  it('ends for whoever waits for it, also when the journal cannot be read any more', async () => {
    const { process, store } = machine();
    const lost = Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    const broken = { ...store, find: () => Promise.reject(lost), step: () => Promise.reject(lost) };
    const { ended } = await executeRun(process('a', { store: broken }), wanted('a'), async ({ step }) => {
      await step('scored');
      return done();
    });
    expect((await ended).run).toMatchObject({
      status: 'Failed',
      error: expect.stringContaining('EMFILE') as string,
    });
    // One who has joined hears of it as well.
    await store.begin(wanted('b', { period: '2026-09' }));
    const joined = await executeRun(
      process('c', { store: broken }),
      wanted('c', { period: '2026-09' }),
      done,
    );
    expect((await joined.ended).error).toBe(lost);
  });

  it('is joined by who comes second, who is told of its steps and gets its report', async () => {
    const { process, told } = machine();
    const { perform, go } = standing();
    const first = await executeRun(process('a'), wanted('a'), perform);
    const second = await executeRun(process('b'), wanted('b'), () => Promise.reject(new Error('never')));
    go();
    expect([second.begun, second.run.id, (await second.ended).run.report]).toEqual([false, 'a', REPORT]);
    await first.ended;
    expect(told).toContain('a: scored');
  });

  it('with other settings cannot be joined: the second is told to wait', async () => {
    const { process } = machine();
    const { perform, go } = standing();
    const first = await executeRun(process('a'), wanted('a'), perform);
    const other = executeRun(process('b'), wanted('b', { request: '{"force":true}' }), done);
    await expect(other).rejects.toMatchObject({ code: 'RUN_BUSY' });
    go();
    await first.ended;
  });

  it('whose process is gone is taken up at once, from where it stood', async () => {
    const { process, gone, store } = machine();
    await executeRun(process('a'), wanted('a'), standing().perform);
    await new Promise((resolve) => setImmediate(resolve));
    gone.add('a');
    const { run, ended } = await executeRun(process('b'), wanted('b'), ({ id, resumedAfter }) => {
      expect([id, resumedAfter]).toEqual(['a', 'scored']);
      return done();
    });
    expect([run.id, (await ended).run.status, await store.unfinished()]).toEqual(['a', 'Finished', []]);
  });

  it.each([
    [30, false],
    [30.001, true],
  ])('of which nothing was heard for %d minutes is taken up: %s', async (minutes, taken) => {
    const { process, clock } = machine();
    await executeRun(process('elsewhere'), wanted('a'), standing().perform);
    await new Promise((resolve) => setImmediate(resolve));
    clock.now = minutes * MINUTE;
    let worked = false;
    await executeRun(process('b', { sleep: () => new Promise(() => undefined) }), wanted('b'), () => {
      worked = true;
      return done();
    });
    expect(worked).toBe(taken);
  });

  it('whose process dies while another waits for it is taken up by the one that waits', async () => {
    const { process, gone } = machine();
    await executeRun(process('a'), wanted('a'), standing().perform);
    const { ended } = await executeRun(process('b'), wanted('b'), done);
    gone.add('a');
    expect((await ended).run).toMatchObject({ id: 'a', status: 'Finished' });
  });

  it('that is asked to stop is let go at its next safe point, and goes on at the next start', async () => {
    const { process, store } = machine();
    const stopped = await executeRun(
      process('a', { shouldStop: () => true }),
      wanted('a'),
      standing().perform,
    );
    expect((await stopped.ended).error).toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('run a was stopped at a safe point (scored)') as string,
    });
    expect(await store.find('a')).toMatchObject({ status: 'Running', owner: null });
    const next = await executeRun(process('b'), wanted('b'), done);
    expect((await next.ended).run).toMatchObject({ id: 'a', status: 'Finished' });
  });

  it('is not waited for any longer by who is asked to stop, and goes on without him', async () => {
    const { process, store } = machine();
    const { perform, go } = standing();
    const first = await executeRun(process('a'), wanted('a'), perform);
    const second = await executeRun(process('b', { shouldStop: () => true }), wanted('b'), done);
    expect((await second.ended).error).toMatchObject({ code: 'INTERRUPTED' });
    expect(await store.find('a')).toMatchObject({ status: 'Running', owner: 'a' });
    go();
    expect((await first.ended).run.status).toBe('Finished');
  });

  it.each([
    [new ScorerError('SOURCE_DOWN', 'Salesforce: status 503'), 'SOURCE_DOWN: Salesforce: status 503'],
    [new TypeError('token abc is not iterable'), 'DEFECT: see the log, "run failed" of runId a'],
  ])('that fails by %s is Failed, with what may be told of it', async (error, told) => {
    const { process, store } = machine();
    const { ended } = await executeRun(process('a'), wanted('a'), () => Promise.reject(error));
    expect((await ended).error).toBe(error);
    expect(await store.find('a')).toMatchObject({ status: 'Failed', error: told, report: null });
  });

  it('keeps the rows of a dry run as CSV', async () => {
    const { process, store } = machine();
    const rows = [{ Score_Key__c: '001:2026-10' }];
    const { ended } = await executeRun(process('a'), wanted('a', { dryRun: true }), () =>
      Promise.resolve({ report: REPORT, rows }),
    );
    expect((await ended).rows).toEqual(rows);
    expect(await store.csv('a', 0)).toContain('001:2026-10');
  });
});
