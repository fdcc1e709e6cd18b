import type { Report } from '../report.ts';

export const RUN_STATUSES = ['Running', 'Finished', 'Degraded', 'Held', 'Failed'] as const;
/** `Held`: too many tiers would move, nothing was written. `Degraded`: not everything was read. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** `ensure` is content with a finished run of a complete period; `refresh` starts anew unless one is running. */
export const RUN_MODES = ['ensure', 'refresh'] as const;
export type RunMode = (typeof RUN_MODES)[number];

/** How long the rows of a dry run are kept, in milliseconds. */
export const CSV_KEPT_MS = 24 * 3_600_000;

/** What makes two starts the same run (docs/glossary.md, "run"). */
export interface RunIdentity {
  /** Host of the org; `none` for a run without one. */
  readonly org: string;
  /** Calendar month `YYYY-MM`. */
  readonly period: string;
  /** `all`, an account's 18-character id, or the hash of a list of accounts. */
  readonly scope: string;
  readonly window: 'complete' | 'running';
  /** A dry run writes nothing, so it never joins one that writes. */
  readonly dryRun: boolean;
}

export interface NewRun extends RunIdentity {
  /** Becomes Run_Key__c of the run's record. */
  readonly id: string;
  readonly mode: RunMode;
  /** Which process works on it. */
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What was asked, as JSON, for whoever takes the run up after a crash. */
  readonly request: string;
}

/** A run as the journal knows it. */
export interface StoredRun extends RunIdentity {
  readonly id: string;
  readonly mode: RunMode;
  readonly status: RunStatus;
  /** Null when nobody works on it: it was stopped at a safe point. */
  readonly owner: string | null;
  /** The last step that was done, such as `scored` or `written 3/12`. */
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly heartbeatAt: number;
  readonly request: string;
  /** Null while it runs, and when it failed before there was anything to report. */
  readonly report: Report | null;
  /** Why it failed: `CODE: message`; null otherwise. */
  readonly error: string | null;
}

/**
 * The journal of runs. It decides who runs what, so that 50 starts at once are one run and a killed one is taken
 * up. What a run has already written is not in here: the org itself knows that, and a run taken up compares and
 * writes only what is missing (decision 0006). Embedded default: {@link openSqliteStore}; a cluster puts the same
 * behind a shared database.
 */
export interface RunStore {
  /**
   * Begins a run, or finds the one to join, in one atomic step: a run that is Running under the same identity;
   * for `ensure` also the newest all-account run of a complete period that ended Finished or Held.
   *
   * @returns `begun` false when it was there already
   */
  readonly begin: (run: NewRun) => Promise<{ readonly run: StoredRun; readonly begun: boolean }>;
  /**
   * Takes up a Running run that nobody works on any more; false when another was faster, or its heartbeat moved
   * since `heartbeatAt`.
   */
  readonly takeUp: (run: StoredRun, owner: string, now: number) => Promise<boolean>;
  /** A step is done: the heartbeat. */
  readonly step: (id: string, step: string, now: number) => Promise<void>;
  /** Lets go of a run that was stopped at a safe point: whoever comes next takes it up. */
  readonly release: (id: string, now: number) => Promise<void>;
  readonly finish: (
    id: string,
    end: { readonly status: RunStatus; readonly report: Report | null; readonly error: string | null },
    now: number,
  ) => Promise<void>;
  readonly find: (id: string) => Promise<StoredRun | null>;
  /** Runs that are Running, oldest first. */
  readonly unfinished: () => Promise<readonly StoredRun[]>;
  /** Rows of a dry run as CSV; kept for 24 hours. */
  readonly keepCsv: (id: string, csv: string, now: number) => Promise<void>;
  readonly csv: (id: string, now: number) => Promise<string | null>;
  readonly close: () => Promise<void>;
}
