import { totalCalls, type CallCounts } from '../http/calls.ts';
import type { Note } from '../extract/extraction.ts';
import type { AccountsRead } from '../extract/salesforce/accounts.ts';
import type { WriteOutcome } from '../load/write.ts';
import type { Model } from '../scoring/index.ts';
import type { RefreshRequest } from './request.ts';
import type { Failure, Scored } from './outcome.ts';

export type RunStatus = 'Finished' | 'Degraded' | 'Failed';

/** Counts of a run; `scored + unchanged + unscored + failed = accounts`. */
export interface Counts {
  readonly accounts: number;
  /** Scores that are new or changed. */
  readonly scored: number;
  readonly unchanged: number;
  /** Accounts of which nothing is known: no score, no tier. */
  readonly unscored: number;
  readonly failed: number;
  /** Rows sent and accepted, unscored ones included. */
  readonly written: number;
}

/** What a run did, as JSON for a file, a log or the run's record. */
export interface Report {
  readonly runId: string | null;
  readonly period: string;
  readonly window: { readonly start: string; readonly end: string; readonly complete: boolean };
  readonly status: RunStatus;
  readonly dryRun: boolean;
  readonly counts: Counts;
  /** Accounts by tier as shown, unscored ones under `none`. */
  readonly tiers: Readonly<Record<string, number>>;
  /** Customers that left before the window: frozen, not counted above. */
  readonly churned: readonly { readonly id: string; readonly name: string; readonly on: string }[];
  readonly degradedSources: readonly string[];
  readonly notConfigured: readonly string[];
  readonly failures: readonly Failure[];
  readonly notes: readonly Note[];
  readonly calls: CallCounts;
  readonly modelVersion: string;
  readonly startedAt: string;
  readonly seconds: number;
}

/**
 * The exit code of a report: 75 when a source was down, 1 when accounts failed, else 0.
 *
 * @example exitCodeOf({ status: 'Degraded', … }) // => 75
 */
export const exitCodeOf = (report: Pick<Report, 'status' | 'counts'>): 0 | 1 | 75 =>
  report.status !== 'Finished' ? 75 : report.counts.failed > 0 ? 1 : 0;

/** The report for a person: counts, what was down, who failed and why, what it cost in calls. */
export function reportText(report: Report): string {
  const { counts, calls } = report;
  const lines = [
    `${report.period} (${report.window.complete ? 'complete month' : `last 30 days to ${lastDay(report)}`}): ${report.status}${report.dryRun ? ', dry run, nothing written' : ''}`,
    `  ${counts.accounts} accounts: ${counts.scored} scored, ${counts.unchanged} unchanged, ${counts.unscored} unscored, ${counts.failed} failed; ${counts.written} rows written`,
    ...report.churned.map(({ name, on }) => `  left out: ${name} left on ${on}, its last score stays`),
    ...(report.notConfigured.length === 0 ? [] : [`  not configured: ${report.notConfigured.join(', ')}`]),
    ...(report.degradedSources.length === 0 ? [] : [`  down: ${report.degradedSources.join(', ')}`]),
    ...report.failures.map(({ name, accountId, error }) => `  failed: ${name} (${accountId}): ${error}`),
    ...report.notes.map(
      ({ source, message, accountId }) =>
        `  note: ${source}${accountId === undefined ? '' : ` ${accountId}`}: ${message}`,
    ),
    `  calls: ${totalCalls(calls)} (${Object.keys(calls)
      .sort()
      .map((vendor) => `${vendor} ${totalCalls(calls, vendor)}`)
      .join(', ')}) in ${report.seconds.toFixed(1)} s`,
  ];
  return `${lines.join('\n')}\n`;
}

const lastDay = ({ window }: Report): string =>
  new Date(Date.parse(window.end) - 1).toISOString().slice(0, 10);

interface ReportParts {
  readonly request: Pick<RefreshRequest, 'window' | 'dryRun' | 'environment'>;
  readonly model: Model;
  readonly runId: string | null;
  readonly read: AccountsRead;
  readonly scored: Scored;
  /** Null for a dry run. */
  readonly written: WriteOutcome | null;
  readonly notes: readonly Note[];
  readonly calls: CallCounts;
  readonly startedAt: number;
  readonly seconds: number;
}

/** Puts a run's parts together; its counts add up to the number of accounts. */
export function makeReport(parts: ReportParts): Report {
  const { request, model, read, scored, written } = parts;
  const { window, dryRun, environment } = request;
  const rejected = new Map((written?.rejected ?? []).map(({ key, error }) => [key, error]));
  const kept = scored.outcomes.filter(({ fields }) => !rejected.has(String(fields['Score_Key__c'])));
  const unscored = kept.filter(({ card }) => card.status === 'unscored');
  const withScore = kept.filter(({ card }) => card.status === 'scored');
  const failures: Failure[] = [
    ...read.failed.map(({ id, name, error }) => ({ accountId: id, name, error })),
    ...scored.failures,
    ...scored.outcomes.flatMap(({ card, fields }) => {
      const error = rejected.get(String(fields['Score_Key__c']));
      const { accountId, name } = card.input;
      return error === undefined ? [] : [{ accountId, name, error: `the org refused the record: ${error}` }];
    }),
  ];
  const tiers: Record<string, number> = {};
  for (const { card } of kept) tiers[card.tier ?? 'none'] = (tiers[card.tier ?? 'none'] ?? 0) + 1;
  const { intercom, jira, looker, salesforce } = environment;
  return {
    runId: parts.runId,
    period: window.period,
    window: {
      start: new Date(window.start).toISOString(),
      end: new Date(window.end).toISOString(),
      complete: window.complete,
    },
    status: scored.down.length > 0 ? 'Degraded' : 'Finished',
    dryRun,
    counts: {
      accounts: kept.length + failures.length,
      scored: withScore.filter(({ write }) => write).length,
      unchanged: withScore.filter(({ write }) => !write).length,
      unscored: unscored.length,
      failed: failures.length,
      written: written?.written.size ?? 0,
    },
    tiers,
    churned: read.churned,
    degradedSources: scored.down,
    notConfigured: Object.entries({ intercom, jira, looker, salesforce })
      .filter(([, credentials]) => credentials === null)
      .map(([name]) => name),
    failures,
    notes: parts.notes,
    calls: parts.calls,
    modelVersion: model.version,
    startedAt: new Date(parts.startedAt).toISOString(),
    seconds: parts.seconds,
  };
}
