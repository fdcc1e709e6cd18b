import { ScorerError } from '../errors.ts';
import type { Report } from '../run/report.ts';
import type { RunStatus, StoredRun } from '../run/store/run-store.ts';
import type { RunEvent } from './lambda-event.ts';
import { openMemoryRuns, type MemoryRunsOptions } from './memory-runs.ts';
import { isFault } from './report-errors.ts';

/** What an invocation that carried out a run answers with. */
export interface RunAnswer {
  readonly runId: string;
  /** `Running` when it had to stop before the limit, or another machine is at work on the same. */
  readonly status: RunStatus;
  readonly period: string;
  readonly dryRun: boolean;
  readonly report: Report | null;
  /** Rows of a dry run. */
  readonly csv?: string;
  /** What whoever reads the answer has to know. */
  readonly note?: string;
}

/** What the time of an invocation is measured by. */
export interface TimeLeft {
  readonly getRemainingTimeInMillis: () => number;
}

/** Time kept for ending in order: the last batch of a write, its retries and the run's record. */
const MARGIN_MS = 60_000;
/** Of a short limit not all may go to the margin. */
const MARGIN_SHARE = 0.25;
/** An answer of Lambda holds 6 MB; quotation marks and line ends grow when they become JSON. */
const CSV_LIMIT = 4_000_000;

export interface RunDeps extends Pick<MemoryRunsOptions, 'variables' | 'configDir' | 'now'> {
  readonly progress: (run: StoredRun, step: string) => void;
  /** Told of a fault of the program, so that the log has it under the run's id. */
  readonly onFault: (runId: string, error: Error) => void;
}

/**
 * Carries out one run within one invocation. Near the limit it ends at the next safe point: the run's record in the
 * org and the scores written so far are the journal, and the next invocation reads again, compares and writes only
 * what is missing.
 *
 * @throws ScorerError for a wrong event, environment or configuration, and for a run that failed
 */
export async function runOnce(event: RunEvent, time: TimeLeft, deps: RunDeps): Promise<RunAnswer> {
  const margin = Math.min(MARGIN_MS, time.getRemainingTimeInMillis() * MARGIN_SHARE);
  const end: { error: Error | null } = { error: null };
  const runs = await openMemoryRuns({
    ...deps,
    shouldStop: () => time.getRemainingTimeInMillis() < margin,
    onEnd: ({ runId }, error) => {
      end.error = error === null || error instanceof Error ? error : new Error('DEFECT', { cause: error });
      if (end.error !== null && isFault(end.error)) deps.onFault(runId, end.error);
    },
    // A run that is released keeps its own id.
    ...(event.confirm === undefined && event.run_id !== undefined ? { runId: event.run_id } : {}),
  });
  const dryRun = event.dry_run ?? false;
  const started = await runs.start({
    period: event.period,
    accountId: event.account_id,
    mode: event.mode ?? 'ensure',
    dryRun,
    force: event.force,
    confirm: event.confirm,
  });
  const { runId, status, period, report } = await started.ended;
  const answer: RunAnswer = { runId, status, period, dryRun, report };
  if (end.error instanceof ScorerError && end.error.code === 'INTERRUPTED') {
    const note = 'stopped before the time limit; the next invocation goes on from here';
    return { ...answer, status: 'Running', note };
  }
  if (end.error instanceof ScorerError && end.error.code === 'RUN_ELSEWHERE') {
    return { ...answer, status: 'Running', note: end.error.message };
  }
  if (end.error !== null) throw end.error;
  return dryRun ? withRows(answer, await runs.csv(runId)) : answer;
}

function withRows(answer: RunAnswer, csv: string | null): RunAnswer {
  if (csv === null) return answer;
  const bytes = Buffer.byteLength(csv);
  if (bytes <= CSV_LIMIT) return { ...answer, csv };
  const note = `the rows have ${bytes} bytes, more than an answer may hold; take scorer run --dry-run`;
  return { ...answer, note };
}
