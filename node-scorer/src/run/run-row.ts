import { modelToJson } from '../config/model-json.ts';
import { ScorerError, messageOf } from '../errors.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Fields } from '../load/health-score.ts';
import type { Model } from '../scoring/index.ts';
import { callsToJson, listed, shortened, TEXT_LENGTHS } from './field-texts.ts';
import type { Scored } from './outcome.ts';
import type { Report } from './report.ts';
import { scopeOf, type RefreshRequest, type RunHandle } from './request.ts';
import { machineError } from './store/journal-error.ts';
import { movesToJson, type TierMoves } from './tier-moves.ts';

export const RUN = 'Health_Score_Run__c';
export const RUN_KEY = 'Run_Key__c';

/** A run's record in the org. */
export interface RunRow {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  /** It was stopped after its guard had been passed: some of it is written. */
  readonly passed: boolean;
}

/**
 * Records that a run has begun, with the whole model it scores by: every score points here, so the model stays
 * readable beside it. A run that is taken up finds its own record again.
 */
export async function beginRunRow(
  org: Salesforce,
  { key, startedAt, passed }: Omit<RunRow, 'id'>,
  model: Model,
  request: RefreshRequest,
  now: number,
): Promise<RunRow> {
  const id = await save(org, {
    [RUN_KEY]: key,
    ...whatWasAsked(request),
    Status__c: 'Running',
    Model_Version__c: model.version,
    Model__c: modelToJson(model),
    Started_At__c: new Date(startedAt).toISOString(),
    Heartbeat_At__c: new Date(now).toISOString(),
    Finished_At__c: null,
    Error__c: null,
  });
  return { id, key, startedAt, passed };
}

/** Shows that the run is alive. A heartbeat that is not heard is no reason to stop. */
export async function beat(org: Salesforce, { key }: RunRow, now: number): Promise<void> {
  await save(org, { [RUN_KEY]: key, Heartbeat_At__c: new Date(now).toISOString() }).catch(() => undefined);
}

/**
 * Lets go of a run that was stopped at a safe point: without a heartbeat, the next start takes it up at once.
 *
 * @param moves of a run whose guard was passed: it is not asked a second time
 */
export async function releaseRunRow(
  org: Salesforce,
  { key }: RunRow,
  after: string,
  moves: TierMoves | null,
): Promise<void> {
  await save(org, {
    [RUN_KEY]: key,
    Heartbeat_At__c: null,
    Error__c: `Stopped at a safe point (${after}); the next start goes on from here`,
    ...(moves && { Tier_Moves__c: movesToJson(moves, TEXT_LENGTHS.Tier_Moves__c, { passed: true }) }),
  }).catch(() => undefined);
}

/**
 * Records how the run ended: its counts, what was down, who failed, what it cost.
 *
 * @param released reads that an admin said are truly empty
 * @returns null, or why it could not be recorded: the scores are written, and the report must still be told
 */
export async function endRunRow(
  org: Salesforce,
  { key }: RunRow,
  report: Report,
  { limits, evidence }: Pick<Scored, 'limits' | 'evidence'>,
  released: readonly string[],
  now: number,
): Promise<string | null> {
  const finished = new Date(now).toISOString();
  const fields = {
    [RUN_KEY]: key,
    Status__c: report.status,
    Accounts__c: report.counts.accounts,
    Scored__c: report.counts.scored,
    Unchanged__c: report.counts.unchanged,
    Unscored__c: report.counts.unscored,
    Failed__c: report.counts.failed,
    Written__c: report.counts.written,
    Tier_Moves__c: movesToJson(report.tierMoves, TEXT_LENGTHS.Tier_Moves__c, {
      ...(report.emptyReads.length > 0 && { empty: report.emptyReads }),
      ...(released.length > 0 && { released }),
    }),
    Limits__c: limits && JSON.stringify(limits),
    Evidence__c: evidence,
    Calls__c: callsToJson(report.calls, report.leastCalls, TEXT_LENGTHS.Calls__c),
    Degraded_Sources__c: listed(report.degradedSources, TEXT_LENGTHS.Degraded_Sources__c),
    Empty_Reads__c: report.emptyReads.join(', ') || null,
    Errors__c: shortened(
      report.failures.map(({ accountId, error }) => `${accountId}: ${error}`),
      TEXT_LENGTHS.Errors__c,
    ),
    Error__c: report.held === null ? null : shortened([report.held], TEXT_LENGTHS.Error__c),
    Heartbeat_At__c: finished,
    Finished_At__c: finished,
    Duration_Seconds__c: report.seconds,
  };
  return save(org, fields).then(() => null, messageOf);
}

/**
 * Records that the run ended in an error. When even that cannot be written, the error itself is what matters:
 * the row stays Running and its heartbeat tells its age.
 */
export async function failRunRow(
  org: Salesforce,
  { key }: Pick<RunRow, 'key'>,
  error: unknown,
  now: number,
  begun: Fields = {},
): Promise<void> {
  const finished = new Date(now).toISOString();
  const fields = {
    ...begun,
    [RUN_KEY]: key,
    Status__c: 'Failed',
    Error__c: shortened(
      describeError(machineError(error, `run ${key}`), key).split('\n'),
      TEXT_LENGTHS.Error__c,
    ),
    Heartbeat_At__c: finished,
    Finished_At__c: finished,
  };
  await save(org, fields).catch(() => undefined);
}

/**
 * Records a run that ended before it could open its record, such as for a wrong model: whoever looks for it in the org
 * finds why. Not that of a run which another machine is at work on, nor one that will be taken up.
 */
export async function failUnopenedRow(
  org: Salesforce,
  request: RefreshRequest,
  { id, startedAt }: Pick<RunHandle, 'id' | 'startedAt'>,
  error: unknown,
  now: number,
): Promise<void> {
  if (error instanceof ScorerError && LEFT_ALONE.includes(error.code)) return;
  const begun = { ...whatWasAsked(request), Started_At__c: new Date(startedAt).toISOString() };
  await failRunRow(org, { key: request.release?.id ?? id }, error, now, begun);
}

const LEFT_ALONE: readonly string[] = ['RUN_ELSEWHERE', 'INTERRUPTED'];

const whatWasAsked = (request: RefreshRequest): Fields => ({
  Period__c: request.window.period,
  Scope__c: scopeOf(request),
  Window__c: request.window.complete ? 'complete' : 'running',
  Window_End__c: request.window.asOf,
  Mode__c: request.mode,
});

/**
 * An error as one text without secrets: ours by code and message, any other only by where the log tells it.
 *
 * @example describeError(new ScorerError('SOURCE_DOWN', 'Jira: …'), run.id) // => 'SOURCE_DOWN: Jira: …'
 * @example describeError(new TypeError('x is undefined'), '2026-10-all-1')
 * // => 'DEFECT: see the log, "run failed" of runId 2026-10-all-1'
 */
export const describeError = (error: unknown, runId: string): string =>
  error instanceof ScorerError && error.kind !== 'defect'
    ? `${error.code}: ${error.message}`
    : `DEFECT: see the log, "run failed" of runId ${runId}`;

async function save(org: Salesforce, fields: Fields): Promise<string> {
  const [result] = await org.save(RUN, RUN_KEY, [fields]);
  if (result?.success && result.id !== null) return result.id;
  throw new ScorerError(
    'WRITE_REJECTED',
    `${RUN}: found ${result?.errors.join('; ') ?? 'no result'}, expected the record to be saved; deploy force-app and assign the permission set Health_Scorer_Integration`,
  );
}
