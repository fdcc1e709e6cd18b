import { ScorerError } from '../errors.ts';
import { totalCalls } from '../http/calls.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { Fields } from '../load/health-score.ts';
import { modelToJson } from '../config/model-json.ts';
import type { Model } from '../scoring/index.ts';
import type { RefreshRequest } from './request.ts';
import type { Report } from './report.ts';

const RUN = 'Health_Score_Run__c';
const RUN_KEY = 'Run_Key__c';
const LONG_TEXT = 32_000;

/** A run's record in the org. */
export interface RunRow {
  readonly id: string;
  readonly key: string;
}

/**
 * Records that a run has begun, with the whole model it scores by: every score points here, so the model stays
 * readable beside it.
 *
 * @param key unique among all runs; saving the same run again finds the same record
 */
export async function beginRunRow(
  org: Salesforce,
  key: string,
  model: Model,
  { window, accountIds, mapping }: RefreshRequest,
  startedAt: number,
): Promise<RunRow> {
  const scope = accountIds === undefined && mapping === undefined ? 'all' : 'some accounts';
  const started = new Date(startedAt).toISOString();
  const id = await save(org, {
    [RUN_KEY]: key,
    Period__c: window.period,
    Scope__c: scope,
    Window__c: window.complete ? 'complete' : 'running',
    Window_End__c: window.asOf,
    Status__c: 'Running',
    Mode__c: 'refresh',
    Model_Version__c: model.version,
    Model__c: modelToJson(model),
    Started_At__c: started,
    Heartbeat_At__c: started,
  });
  return { id, key };
}

/**
 * Records how the run ended: its counts, what was down, who failed, what it cost.
 *
 * @returns null, or why it could not be recorded: the scores are written, and the report must still be told
 */
export async function endRunRow(
  org: Salesforce,
  { key }: RunRow,
  report: Report,
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
    Calls__c: JSON.stringify({ total: totalCalls(report.calls), ...report.calls }),
    Degraded_Sources__c: report.degradedSources.join(', ') || null,
    Errors__c: shortened(report.failures.map(({ accountId, error }) => `${accountId}: ${error}`)),
    Heartbeat_At__c: finished,
    Finished_At__c: finished,
    Duration_Seconds__c: report.seconds,
  };
  return save(org, fields).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/**
 * Records that the run ended in an error. When even that cannot be written, the error itself is what matters:
 * the row stays Running and its heartbeat tells its age.
 */
export async function failRunRow(
  org: Salesforce,
  { key }: RunRow,
  error: unknown,
  now: number,
): Promise<void> {
  const finished = new Date(now).toISOString();
  const message = error instanceof ScorerError ? `${error.code}: ${error.message}` : 'DEFECT: see the log';
  const fields = {
    [RUN_KEY]: key,
    Status__c: 'Failed',
    Error__c: shortened(message.split('\n')),
    Heartbeat_At__c: finished,
    Finished_At__c: finished,
  };
  await save(org, fields).catch(() => undefined);
}

/** Lines up to the length of the field; what did not fit is counted, never cut without a word. */
function shortened(lines: readonly string[]): string | null {
  if (lines.length === 0) return null;
  let text = '';
  for (const [i, line] of lines.entries()) {
    if (text.length + line.length > LONG_TEXT) return `${text}… and ${lines.length - i} more`;
    text += `${line}\n`;
  }
  return text;
}

async function save(org: Salesforce, fields: Fields): Promise<string> {
  const [result] = await org.save(RUN, RUN_KEY, [fields]);
  if (result?.success && result.id !== null) return result.id;
  throw new ScorerError(
    'WRITE_REJECTED',
    `${RUN}: found ${result?.errors.join('; ') ?? 'no result'}, expected the record to be saved; deploy force-app and assign the permission set Health_Scorer_Integration`,
  );
}
