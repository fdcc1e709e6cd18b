import type { Report } from './report.ts';
import type { RunMode, RunStatus } from './store/run-store.ts';

/** What a person or a flow may ask for. Without a period: the last complete month. */
export interface StartRequest {
  /** Calendar month `YYYY-MM`; the current one means the last 30 days. */
  readonly period?: string | undefined;
  /** Only this account, 15 or 18 characters. */
  readonly accountId?: string | undefined;
  readonly mode: RunMode;
  readonly dryRun: boolean;
  /** Read the sources again although the month is final. */
  readonly force?: boolean | undefined;
  /** Run id of a run that a person releases: a Held one, or one in which reads gave nothing for anybody; nothing else may be asked with it. */
  readonly confirm?: string | undefined;
}

/** A run that was started, joined or found. */
export interface StartedRun {
  readonly runId: string;
  readonly status: RunStatus;
  readonly period: string;
  /** Settles when the run has ended, with what it came to; never rejects. */
  readonly ended: Promise<RunView>;
}

/** A run as whoever asks for it sees it. */
export interface RunView {
  readonly runId: string;
  readonly status: RunStatus;
  readonly period: string;
  /** `all` or an account id. */
  readonly scope: string;
  readonly mode: RunMode;
  readonly dryRun: boolean;
  /** The last step that was done. */
  readonly step: string;
  /** ISO. */
  readonly startedAt: string;
  readonly heartbeatAt: string;
  /** `CODE: message` of a run that failed. */
  readonly error: string | null;
  readonly report: Report | null;
}

/** Everything that a service may do with runs. */
export interface Runs {
  /** Answers at once; the run goes on behind it. @throws ScorerError USAGE for a wrong period or account id */
  readonly start: (request: StartRequest) => Promise<StartedRun>;
  readonly get: (runId: string) => Promise<RunView | null>;
  /** Rows of a dry run; null when there are none or they are older than 24 hours. */
  readonly csv: (runId: string) => Promise<string | null>;
  /** Takes up what a crash left unfinished; how many runs. */
  readonly recover: () => Promise<number>;
  /** Can work be done? Lists what is missing; empty when ready. */
  readonly readiness: () => Promise<readonly string[]>;
  /** Ends at the next safe point and waits for it. */
  readonly stop: () => Promise<void>;
}
