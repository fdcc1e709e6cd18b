import { mkdtempSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeEnduringStore } from './enduring-store.ts';
import { machineError } from './journal-error.ts';
import { makeMemoryStore } from './memory-store.ts';
import type { NewRun, RunStore } from './run-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

const wanted: NewRun = {
  ...{ id: 'first', org: 'org.example.com', period: '2026-10', scope: 'all', window: 'complete' },
  ...{ dryRun: false, mode: 'refresh', owner: 'me', now: 0, request: '{}' },
};

/** What SQLite throws when there is no room, made by a database that may hold two pages. */
function full(): Error {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (x TEXT); PRAGMA max_page_count = 2');
  try {
    db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000));
  } catch (error) {
    return error as Error;
  }
  throw new Error('found room, expected none');
}

/** A journal whose disk is full while `room` is false. */
function onSmallDisk(): { readonly store: RunStore; readonly disk: { room: boolean } } {
  const disk = { room: true };
  const inner = makeMemoryStore();
  const needsRoom =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      if (!disk.room) throw full();
      return work(...args);
    };
  const { begin, step, finish, release } = inner;
  const written = {
    begin: needsRoom(begin),
    step: needsRoom(step),
    finish: needsRoom(finish),
    release: needsRoom(release),
  };
  return { store: makeEnduringStore({ ...inner, ...written }), disk };
}

describe('a journal on a full disk', () => {
  it('says what to mend, not what broke', async () => {
    const { store, disk } = onSmallDisk();
    await store.begin(wanted);
    disk.room = false;
    await expect(store.step('first', 'scored', 1)).rejects.toMatchObject({
      code: 'MACHINE',
      kind: 'transient',
      message: expect.stringMatching(/found a full disk, expected .*; free space on it/) as string,
    });
  });

  it('keeps the end of a run in mind, tells it, and writes it before the next begins', async () => {
    const { store, disk } = onSmallDisk();
    await store.begin(wanted);
    disk.room = false;
    await store.finish('first', { status: 'Failed', report: null, error: 'MACHINE: full' }, 1);
    expect(await store.find('first')).toMatchObject({
      status: 'Failed',
      error: 'MACHINE: full',
      owner: null,
    });
    expect(await store.unfinished()).toEqual([]);
    await expect(store.begin({ ...wanted, id: 'second' })).rejects.toMatchObject({ code: 'MACHINE' });
    disk.room = true;
    expect(await store.begin({ ...wanted, id: 'third' })).toMatchObject({
      begun: true,
      run: { id: 'third' },
    });
    expect(await store.find('first')).toMatchObject({ status: 'Failed' });
  });
});

it('The cause of a beginning that failed is told, although there is nothing left to undo', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'health-journal-'));
  const store = openSqliteStore(folder);
  const db = new DatabaseSync(join(folder, 'runs.sqlite'));
  // As a full disk does: the statement fails and takes its transaction with it.
  db.exec(
    "CREATE TRIGGER no_room BEFORE INSERT ON run BEGIN SELECT RAISE(ROLLBACK, 'planted: no room'); END",
  );
  await expect(store.begin(wanted)).rejects.toThrow('planted: no room');
  db.exec('DROP TRIGGER no_room');
  expect(await store.begin(wanted)).toMatchObject({ begun: true });
  db.close();
  await store.close();
});

describe('what the machine is short of', () => {
  it.each([
    ['EMFILE', /no file handle left \(EMFILE\).*ulimit -n/],
    ['ENOSPC', /a full disk \(ENOSPC\).*free space/],
  ])('%s, also where it is the cause of another error', (code, told) => {
    const cause = Object.assign(new Error('too much'), { code });
    const error = machineError(new Error('import failed', { cause }), 'run 1');
    expect(error).toMatchObject({ code: 'MACHINE', message: expect.stringMatching(told) as string });
  });
  it('is not taken for it where the program is wrong', () => {
    const error = new TypeError('x is undefined');
    expect(machineError(error, 'run 1')).toBe(error);
  });
});
