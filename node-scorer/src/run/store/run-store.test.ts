import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeMemoryStore } from './memory-store.ts';
import type { NewRun, RunStatus, RunStore } from './run-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'health-journal-'));
const NOW = Date.parse('2026-11-03T05:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const wanted = (changed: Partial<NewRun> = {}): NewRun => ({
  id: 'first',
  org: 'org.example.com',
  period: '2026-10',
  scope: 'all',
  window: 'complete',
  dryRun: false,
  mode: 'refresh',
  owner: 'worker-1 4711 k3j9',
  now: NOW,
  request: '{}',
  ...changed,
});

let store: RunStore;
afterEach(() => store.close());

const ended = async (status: RunStatus, changed: Partial<NewRun> = {}): Promise<void> => {
  await store.begin(wanted(changed));
  await store.finish(changed.id ?? 'first', { status, report: null, error: null }, NOW + MINUTE);
};

describe.each([
  ['in memory', makeMemoryStore],
  ['of SQLite', () => openSqliteStore(folder())],
] as const)('the journal %s', (_name, open) => {
  it('begins a run, and the next one of the same joins it', async () => {
    store = open();
    const { run, begun } = await store.begin(wanted());
    expect(begun).toBe(true);
    const { owner, now, ...asked } = wanted();
    expect(run).toEqual({
      ...asked,
      owner,
      status: 'Running',
      step: 'begun',
      startedAt: now,
      heartbeatAt: now,
      report: null,
      error: null,
    });
    expect(await store.begin(wanted({ id: 'second', owner: 'another' }))).toEqual({ run, begun: false });
    expect(await store.unfinished()).toEqual([run]);
  });

  it.each([
    [{ org: 'other.example.com' }],
    [{ period: '2026-09' }],
    [{ scope: '001000000000001AAA' }],
    [{ window: 'running' }],
    [{ dryRun: true }],
  ] as const)('%j makes it another run', async (other) => {
    store = open();
    await store.begin(wanted());
    expect((await store.begin(wanted({ id: 'second', ...other }))).begun).toBe(true);
    expect(await store.unfinished()).toHaveLength(2);
  });

  it.each([
    ['ensure', 'Finished', {}, false],
    ['ensure', 'Held', {}, false],
    ['ensure', 'Degraded', {}, true],
    ['ensure', 'Failed', {}, true],
    ['refresh', 'Finished', {}, true],
    ['refresh', 'Held', {}, true],
    ['ensure', 'Finished', { window: 'running' }, true],
    ['ensure', 'Finished', { scope: '001000000000001AAA' }, true],
    ['ensure', 'Finished', { dryRun: true }, true],
  ] as const)('%s after one that ended %s %j: a new one? %s', async (mode, status, of, anew) => {
    store = open();
    await ended(status, of);
    const { run, begun } = await store.begin(wanted({ id: 'second', mode, ...of, now: NOW + HOUR }));
    expect([begun, run.id, run.status]).toEqual(
      anew ? [true, 'second', 'Running'] : [false, 'first', status],
    );
  });

  it('returns the newest of two that ended', async () => {
    store = open();
    await ended('Finished');
    await ended('Held', { id: 'second', now: NOW + HOUR });
    const { run } = await store.begin(wanted({ id: 'third', mode: 'ensure', now: NOW + 2 * HOUR }));
    expect(run.id).toBe('second');
  });

  it('gives a run that died to one of two who come for it at once', async () => {
    store = open();
    const { run } = await store.begin(wanted());
    const later = NOW + 31 * MINUTE;
    expect([await store.takeUp(run, 'b', later), await store.takeUp(run, 'c', later)]).toEqual([true, false]);
    expect(await store.find('first')).toMatchObject({ owner: 'b', heartbeatAt: later, startedAt: NOW });
  });

  it('gives no run to two who come in the very millisecond of its last heartbeat', async () => {
    store = open();
    const { run } = await store.begin(wanted());
    expect([await store.takeUp(run, 'b', NOW), await store.takeUp(run, 'c', NOW)]).toEqual([true, false]);
  });

  it('gives no run away whose heart has beaten since, nor one that has ended', async () => {
    store = open();
    const { run } = await store.begin(wanted());
    await store.step('first', 'scored', NOW + MINUTE);
    expect(await store.takeUp(run, 'b', NOW + HOUR)).toBe(false);
    await store.finish('first', { status: 'Finished', report: null, error: null }, NOW + HOUR);
    const end = await store.find('first');
    expect(end && (await store.takeUp(end, 'b', NOW + 2 * HOUR))).toBe(false);
  });

  it('remembers steps, and lets go of a run that was stopped at a safe point', async () => {
    store = open();
    await store.begin(wanted());
    await store.step('first', 'written 3/12', NOW + MINUTE);
    expect(await store.find('first')).toMatchObject({ step: 'written 3/12', heartbeatAt: NOW + MINUTE });
    await store.release('first', NOW + 2 * MINUTE);
    expect(await store.find('first')).toMatchObject({ status: 'Running', owner: null, step: 'written 3/12' });
    expect(await store.unfinished()).toHaveLength(1);
  });

  it('keeps how a run ended, and nobody works on it any more', async () => {
    store = open();
    await store.begin(wanted());
    await store.finish('first', { status: 'Failed', report: null, error: 'SOURCE_DOWN: …' }, NOW + MINUTE);
    expect(await store.find('first')).toMatchObject({
      status: 'Failed',
      error: 'SOURCE_DOWN: …',
      owner: null,
      heartbeatAt: NOW + MINUTE,
    });
    expect(await store.unfinished()).toEqual([]);
  });

  it('lets a Held run that is released go on under its own id', async () => {
    store = open();
    await ended('Held');
    const { run, begun } = await store.begin(wanted({ owner: 'b', now: NOW + HOUR }));
    expect(begun).toBe(true);
    expect(run).toMatchObject({ id: 'first', status: 'Running', owner: 'b', startedAt: NOW });
    expect(run.heartbeatAt).toBe(NOW + HOUR);
    expect(await store.unfinished()).toHaveLength(1);
  });

  it('knows nothing of runs that it was not told of', async () => {
    store = open();
    expect([await store.find('first'), await store.csv('first', NOW)]).toEqual([null, null]);
  });

  it.each([
    [0, 'a,b\r\n'],
    [24, 'a,b\r\n'],
    [24.001, null],
  ])('%s h after a dry run its rows are %j', async (hours, rows) => {
    store = open();
    await store.begin(wanted({ dryRun: true }));
    await store.keepCsv('first', 'a,b\r\n', NOW);
    expect(await store.csv('first', NOW + hours * HOUR)).toBe(rows);
  });
});

describe('the journal of SQLite', () => {
  it('is there again for the next process', async () => {
    const where = folder();
    store = openSqliteStore(where);
    await store.begin(wanted());
    await store.step('first', 'scored', NOW + MINUTE);
    await store.close();
    store = openSqliteStore(where);
    expect(await store.find('first')).toMatchObject({ status: 'Running', step: 'scored', startedAt: NOW });
  });

  it('begins one run for two processes that share it', async () => {
    const where = folder();
    store = openSqliteStore(where);
    const other = openSqliteStore(where);
    const begun = [await store.begin(wanted()), await other.begin(wanted({ id: 'second', owner: 'other' }))];
    expect(begun.map(({ run }) => run.id)).toEqual(['first', 'first']);
    await other.close();
  });

  it('forgets ended runs after 400 days, and never one that is Running', async () => {
    store = openSqliteStore(folder());
    await ended('Finished');
    await store.begin(wanted({ id: 'second', period: '2026-09' }));
    const later = NOW + 401 * 24 * HOUR;
    await store.begin(wanted({ id: 'third', now: later }));
    expect([await store.find('first'), (await store.unfinished()).map(({ id }) => id)]).toEqual([
      null,
      ['second', 'third'],
    ]);
  });

  it('that cannot be kept is said, with the way out', () => {
    store = makeMemoryStore();
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => openSqliteStore(file)).toThrow(
      /^SCORER_DATA_DIR .*file: found \w+, expected a folder that can be written/,
    );
    rmSync(file);
  });
});
