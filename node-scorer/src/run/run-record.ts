import { ScorerError } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Model } from '../scoring/index.ts';
import { findExistingRun } from './org-runs.ts';
import type { Scored } from './outcome.ts';
import type { Report } from './report.ts';
import { scopeOf, type RefreshRequest, type RunHandle } from './request.ts';
import { beat, beginRunRow, endRunRow, failRunRow, releaseRunRow, type RunRow } from './run-row.ts';
import { sumMoves, type TierMoves } from './tier-moves.ts';

/** A heartbeat is a call: more than one a minute tells nobody more. */
const BEAT_EVERY_MS = 60_000;

/** The record of a run in the org while it runs, or the one that makes it unnecessary. */
export type RunRecord =
  | { readonly kind: 'found'; readonly row: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'open';
      readonly row: RunRow;
      /** The guard was passed before the run was taken up: part of it is written already. */
      readonly guardPassed: boolean;
      /** Remembers what passes the guard now. */
      readonly pass: (scored: Scored) => void;
      readonly step: (name: string) => Promise<void>;
      /** Null, or why the end could not be recorded. */
      readonly end: (report: Report, told: Pick<Scored, 'limits' | 'evidence'>) => Promise<string | null>;
      /** Records the error; a run that was stopped at a safe point is let go instead. */
      readonly fail: (error: unknown) => Promise<void>;
    };

/**
 * Opens the record of a run: a new one, its own when it is taken up, that of a run which another invocation had to
 * leave at a safe point, or for `ensure` the finished one.
 *
 * @throws ScorerError RUN_ELSEWHERE, WRITE_REJECTED
 */
export async function openRunRecord(
  org: Salesforce,
  model: Model,
  request: RefreshRequest,
  run: RunHandle,
  now: () => number,
): Promise<RunRecord> {
  const { window, mode, release } = request;
  const key = release?.id ?? run.id;
  const standing = await findExistingRun(org, {
    period: window.period,
    scope: scopeOf(request),
    complete: window.complete,
    mode,
    key,
    modelVersion: model.version,
    now: now(),
  });
  if (standing.kind === 'found') return standing;
  const begin = {
    key: standing.key,
    startedAt: standing.startedAt ?? run.startedAt,
    passed: standing.passed || isPast(run.resumedAfter),
  };
  const row = await beginRunRow(org, begin, model, request, now());
  let lastBeat = now();
  let last = 'begun';
  let moves: TierMoves | null = null;
  return {
    kind: 'open',
    row,
    guardPassed: row.passed,
    pass: (scored) => {
      moves = sumMoves(scored);
    },
    step: async (name) => {
      last = name;
      if (now() - lastBeat >= BEAT_EVERY_MS) {
        lastBeat = now();
        await beat(org, row, lastBeat);
      }
      await run.step(name);
    },
    end: (report, told) => endRunRow(org, row, report, told, release?.released ?? [], now()),
    fail: (error) =>
      error instanceof ScorerError && error.code === 'INTERRUPTED'
        ? releaseRunRow(org, row, last, isPast(last) ? moves : null)
        : failRunRow(org, row, error, now()),
  };
}

/** Is a step behind the guard? A run that would be Held never gets there. */
const isPast = (step: string | null): boolean => /^writ|^scored/.test(step ?? '');
