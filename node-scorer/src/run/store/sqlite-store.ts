import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ScorerError } from '../../errors.ts';
import type { Report } from '../report.ts';
import { makeEnduringStore } from './enduring-store.ts';
import { satisfies } from './identity.ts';
import {
  CSV_KEPT_MS,
  RUN_STATUSES,
  type RunMode,
  type RunStatus,
  type RunStore,
  type StoredRun,
} from './run-store.ts';

const FILE = 'runs.sqlite';
/** Processes that write at the same moment wait for each other. */
const BUSY_MS = 10_000;
/** Ended runs are kept for so long; the org keeps its own records of them. */
const ENDED_KEPT_MS = 400 * 24 * 3_600_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS run (
  id TEXT PRIMARY KEY,
  org TEXT NOT NULL, period TEXT NOT NULL, scope TEXT NOT NULL, window TEXT NOT NULL, dry_run INTEGER NOT NULL,
  mode TEXT NOT NULL, status TEXT NOT NULL, owner TEXT, step TEXT NOT NULL,
  started_at INTEGER NOT NULL, heartbeat_at INTEGER NOT NULL,
  request TEXT NOT NULL, report TEXT, error TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_running ON run (org, period, scope, window, dry_run) WHERE status = 'Running';
CREATE TABLE IF NOT EXISTS csv (id TEXT PRIMARY KEY, kept_at INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
`;

/**
 * The journal of one machine: a SQLite database in a folder, written through at every step, shared by any number of
 * processes there.
 *
 * @param folder made when it is not there
 * @throws ScorerError ENVIRONMENT_INVALID when the folder cannot be written
 * @example const store = openSqliteStore('.scorer')
 */
export function openSqliteStore(folder: string): RunStore {
  const db = open(folder);
  const one = (sql: string, ...values: (string | number | null)[]): StoredRun | null => {
    const row = db.prepare(sql).get(...values);
    return row === undefined ? null : toRun(row);
  };
  const find = (id: string): StoredRun | null => one('SELECT * FROM run WHERE id = ?', id);
  const change = (sql: string, ...values: (string | number | null)[]): number =>
    Number(db.prepare(sql).run(...values).changes);

  const begin: RunStore['begin'] = (wanted) => {
    const { id, org, period, scope, window, dryRun, mode, owner, now, request } = wanted;
    const same = [org, period, scope, window, dryRun ? 1 : 0] as const;
    // Writing from the first statement on: two that read first and then write could both find nothing.
    db.exec('BEGIN IMMEDIATE');
    try {
      const where = 'org = ? AND period = ? AND scope = ? AND window = ? AND dry_run = ?';
      const running = one(`SELECT * FROM run WHERE ${where} AND status = 'Running'`, ...same);
      const ended = one(
        `SELECT * FROM run WHERE ${where} AND status IN ('Finished', 'Held') ORDER BY started_at DESC, rowid DESC LIMIT 1`,
        ...same,
      );
      const there = running ?? (ended !== null && satisfies(ended, wanted) ? ended : null);
      if (there === null) {
        // A Held run that is released goes on under its own id.
        change(
          `INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, 'Running', ?, 'begun', ?, ?, ?, NULL, NULL)
           ON CONFLICT (id) DO UPDATE SET status = 'Running', owner = excluded.owner, step = 'begun',
             heartbeat_at = excluded.heartbeat_at, request = excluded.request, report = NULL, error = NULL`,
          ...([id, ...same, mode, owner, now, now, request] as const),
        );
        change('DELETE FROM run WHERE status != ? AND heartbeat_at < ?', 'Running', now - ENDED_KEPT_MS);
      }
      const run = there ?? find(id);
      db.exec('COMMIT');
      if (run === null) throw new ScorerError('DEFECT', `run ${id}: found none, expected the one just begun`);
      return Promise.resolve({ run, begun: there === null });
    } catch (error) {
      undo(db);
      throw error;
    }
  };

  return makeEnduringStore({
    begin,
    takeUp: ({ id, heartbeatAt }, owner, now) =>
      Promise.resolve(
        change(
          "UPDATE run SET owner = ?, heartbeat_at = ? WHERE id = ? AND status = 'Running' AND heartbeat_at = ?",
          owner,
          // Never the same as before, so that of two who come at once one is too late.
          Math.max(now, heartbeatAt + 1),
          id,
          heartbeatAt,
        ) === 1,
      ),
    step: (id, step, now) => {
      change('UPDATE run SET step = ?, heartbeat_at = max(?, heartbeat_at) WHERE id = ?', step, now, id);
      return Promise.resolve();
    },
    release: (id, now) => {
      change('UPDATE run SET owner = NULL, heartbeat_at = max(?, heartbeat_at) WHERE id = ?', now, id);
      return Promise.resolve();
    },
    finish: (id, { status, report, error }, now) => {
      change(
        'UPDATE run SET status = ?, report = ?, error = ?, owner = NULL, heartbeat_at = max(?, heartbeat_at) WHERE id = ?',
        ...([status, report && JSON.stringify(report), error, now, id] as const),
      );
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(find(id)),
    unfinished: () =>
      Promise.resolve(
        db.prepare("SELECT * FROM run WHERE status = 'Running' ORDER BY started_at, id").all().map(toRun),
      ),
    keepCsv: (id, csv, now) => {
      change('DELETE FROM csv WHERE kept_at < ?', now - CSV_KEPT_MS);
      change('INSERT OR REPLACE INTO csv VALUES (?, ?, ?)', id, now, csv);
      return Promise.resolve();
    },
    csv: (id, now) => {
      const row = db.prepare('SELECT text FROM csv WHERE id = ? AND kept_at >= ?').get(id, now - CSV_KEPT_MS);
      return Promise.resolve(typeof row?.['text'] === 'string' ? row['text'] : null);
    },
    close: () => {
      db.close();
      return Promise.resolve();
    },
  });
}

/** SQLite undoes by itself what a full disk stops, and then refuses to be told to: the cause is what counts. */
function undo(db: DatabaseSync): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // Nothing was left to undo.
  }
}

function open(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    const db = new DatabaseSync(join(folder, FILE), { timeout: BUSY_MS });
    // A step that was told is on the disk, also when the machine loses its power.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw new ScorerError(
      'ENVIRONMENT_INVALID',
      `SCORER_DATA_DIR ${folder}: found ${code}, expected a folder that can be written, for the journal of runs; set SCORER_DATA_DIR to one`,
      { cause: error },
    );
  }
}

function toRun(row: Record<string, SQLOutputValue>): StoredRun {
  const text = (name: string): string => String(row[name]);
  const orNull = (name: string): string | null => (row[name] === null ? null : text(name));
  const report = orNull('report');
  return {
    id: text('id'),
    org: text('org'),
    period: text('period'),
    scope: text('scope'),
    window: text('window') as StoredRun['window'],
    dryRun: row['dry_run'] === 1,
    mode: text('mode') as RunMode,
    status: RUN_STATUSES.find((status) => status === row['status']) ?? ('Failed' satisfies RunStatus),
    owner: orNull('owner'),
    step: text('step'),
    startedAt: Number(row['started_at']),
    heartbeatAt: Number(row['heartbeat_at']),
    request: text('request'),
    report: report === null ? null : (JSON.parse(report) as Report),
    error: orNull('error'),
  };
}
