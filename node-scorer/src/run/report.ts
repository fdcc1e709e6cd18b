import { totalCalls, type CallCounter, type CallCounts } from '../http/calls.ts';
import type { Note } from '../extract/extraction.ts';
import { SOURCE_NAMES } from '../extract/registry.ts';
import type { AccountsRead } from '../extract/salesforce/accounts.ts';
import type { Model } from '../scoring/index.ts';
import { scopeOf, type RefreshRequest } from './request.ts';
import type { Failure, Outcome, Scored } from './outcome.ts';
import type { Results } from './write-batches.ts';
import type { RunMode, RunStatus } from './store/run-store.ts';
import { betweenText, sumMoves, type Moves, type TierMoves } from './tier-moves.ts';
import { spanOf, type Span } from './window.ts';

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
  /** Run_Key__c of the run's record. */
  readonly runId: string;
  /** Id of the run's record; null for a dry run. */
  readonly recordId: string | null;
  readonly period: string;
  /** `all`, an account's id, or the hash of a list. */
  readonly scope: string;
  readonly mode: RunMode;
  readonly window: Span;
  readonly status: RunStatus;
  readonly dryRun: boolean;
  readonly counts: Counts;
  /** Accounts by tier as shown, unscored ones under `none`. */
  readonly tiers: Readonly<Record<string, number>>;
  /** Tiers that what was read has moved, or would move, and apart from them those that the rules do. */
  readonly tierMoves: TierMoves;
  /** Why nothing was written although it could be; null otherwise. */
  readonly held: string | null;
  /** Customers that left before the window: frozen, not counted above. */
  readonly churned: readonly { readonly id: string; readonly name: string; readonly on: string }[];
  /** What was not read: a source by its name when it counts as down, else with how many accounts lost something to it. */
  readonly degradedSources: readonly string[];
  /** Reads that gave nothing for anybody, to be released if that is true. */
  readonly emptyReads: readonly string[];
  readonly notConfigured: readonly string[];
  readonly failures: readonly Failure[];
  readonly notes: readonly Note[];
  readonly calls: CallCounts;
  /** The fewest calls that the same answers take, by vendor: without those that were repeated. */
  readonly leastCalls: Readonly<Record<string, number>>;
  readonly modelVersion: string;
  readonly startedAt: string;
  readonly seconds: number;
}

/**
 * The exit code of a report: 3 held, 75 when not everything was read, 1 when accounts failed, else 0.
 *
 * @example exitCodeOf({ status: 'Degraded', … }) // => 75
 */
export function exitCodeOf({ status, counts }: Pick<Report, 'status' | 'counts'>): 0 | 1 | 3 | 75 {
  if (status === 'Held') return 3;
  if (status === 'Degraded' || status === 'Running') return 75;
  return counts.failed > 0 || status === 'Failed' ? 1 : 0;
}

/** The report for a person: counts, what was down, who failed and why, what it cost in calls. */
export function reportText(report: Report): string {
  const { counts, calls } = report;
  const lines = [
    `${report.period} (${report.window.complete ? 'complete month' : `last 30 days to ${lastDay(report)}`}): ${report.status}${report.dryRun ? ', dry run, nothing written' : ''}`,
    `  ${counts.accounts} accounts: ${counts.scored} scored, ${counts.unchanged} unchanged, ${counts.unscored} unscored, ${counts.failed} failed; ${counts.written} rows written`,
    ...(report.held === null
      ? []
      : [
          `  held: ${report.held}`,
          // A dry run leaves nothing behind that could be released.
          ...(report.dryRun ? [] : [`  release it: scorer run --confirm ${report.runId}`]),
        ]),
    ...movesLine('what was read', report.tierMoves),
    ...movesLine('the rules', report.tierMoves.rules),
    ...report.churned.map(({ name, on }) => `  left out: ${name} left on ${on}, its last score stays`),
    ...(report.notConfigured.length === 0 ? [] : [`  not configured: ${report.notConfigured.join(', ')}`]),
    ...(report.degradedSources.length === 0 ? [] : [`  not all read: ${report.degradedSources.join(', ')}`]),
    ...(report.emptyReads.length === 0
      ? []
      : [
          `  nothing for anybody: ${report.emptyReads.join(', ')}`,
          ...(report.dryRun ? [] : [`  if that is true, release it: scorer run --confirm ${report.runId}`]),
        ]),
    ...report.failures.map(({ name, accountId, error }) => `  failed: ${name} (${accountId}): ${error}`),
    ...report.notes.map(
      ({ source, message, accountId }) =>
        `  note: ${source}${accountId === undefined ? '' : ` ${accountId}`}: ${message}`,
    ),
    `  calls: ${totalCalls(calls)} (${Object.keys(calls)
      .sort()
      .map((vendor) => `${vendor} ${told(totalCalls(calls, vendor), report.leastCalls[vendor])}`)
      .join(', ')}) in ${report.seconds.toFixed(1)} s`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Tiers that one cause moves; nothing when it moves none. */
const movesLine = (cause: string, { moved, of, between }: Moves): string[] =>
  moved === 0 ? [] : [`  tiers moved by ${cause}: ${moved} of ${of} (${betweenText(between)})`];

/** Calls of a vendor, and how few it could have been. */
const told = (made: number, least = made): string =>
  made === least ? `${made}` : `${made}, at least ${least}`;

const lastDay = ({ window }: Report): string =>
  new Date(Date.parse(window.end) - 1).toISOString().slice(0, 10);

interface ReportParts {
  readonly request: RefreshRequest;
  readonly model: Model;
  readonly runId: string;
  readonly recordId: string | null;
  readonly held: string | null;
  readonly read: AccountsRead;
  readonly scored: Scored;
  readonly results: Results;
  readonly notes: readonly Note[];
  readonly calls: CallCounter;
  readonly startedAt: number;
  readonly seconds: number;
}

/** Puts a run's parts together; its counts add up to the number of accounts. */
export function makeReport(parts: ReportParts): Report {
  const { request, model, read, scored, results } = parts;
  const { outcomes, written } = results;
  const { window, dryRun, environment } = request;
  const rejected = new Map((written?.rejected ?? []).map(({ key, error }) => [key, error]));
  const kept = outcomes.filter(({ key }) => !rejected.has(key));
  const unscored = kept.filter(({ status }) => status === 'unscored');
  const withScore = kept.filter(({ status }) => status === 'scored');
  const failures: Failure[] = [
    ...read.failed.map(({ id, name, error }) => ({ accountId: id, name, error })),
    ...scored.failures,
    ...results.failures,
    ...outcomes.flatMap(({ accountId, name, key }) => {
      const error = rejected.get(key);
      return error === undefined ? [] : [{ accountId, name, error: `the org refused the record: ${error}` }];
    }),
  ];
  const tiers: Record<string, number> = {};
  for (const { tier } of kept) tiers[tier ?? 'none'] = (tiers[tier ?? 'none'] ?? 0) + 1;
  return {
    runId: parts.runId,
    recordId: parts.recordId,
    period: window.period,
    scope: scopeOf(request),
    mode: request.mode,
    window: spanOf(window),
    status: parts.held !== null ? 'Held' : scored.shortfalls.length > 0 ? 'Degraded' : 'Finished',
    dryRun,
    counts: {
      accounts: kept.length + failures.length,
      scored: withScore.filter(isNew).length,
      unchanged: withScore.filter((outcome) => !isNew(outcome)).length,
      unscored: unscored.length,
      failed: failures.length,
      written: (written?.written.size ?? 0) + kept.filter(({ writtenBefore }) => writtenBefore).length,
    },
    tiers,
    tierMoves: sumMoves(scored),
    held: parts.held,
    churned: read.churned,
    degradedSources: scored.shortfalls,
    emptyReads: scored.empty,
    notConfigured: SOURCE_NAMES.filter((name) => environment[name] === null),
    failures,
    notes: parts.notes,
    ...callsOf(parts.calls),
    modelVersion: model.version,
    startedAt: new Date(parts.startedAt).toISOString(),
    seconds: parts.seconds,
  };
}

/**
 * What a run has cost so far.
 *
 * @example callsOf(counter) // => { calls: { jira: { search: 2 } }, leastCalls: { jira: 1 } }
 */
export const callsOf = (calls: CallCounter): Pick<Report, 'calls' | 'leastCalls'> => ({
  calls: calls.snapshot(),
  leastCalls: calls.least(),
});

/** New or changed, also where this run wrote it before it was stopped and taken up. */
const isNew = ({ write, writtenBefore }: Outcome): boolean => write || writtenBefore;

/** The report of a run that had ended before, as far as its record tells. */
export function reportOfRow(
  row: Readonly<Record<string, unknown>>,
  request: RefreshRequest,
  calls: CallCounter,
): Report {
  const { window, dryRun, mode } = request;
  const number = (field: string): number => (typeof row[field] === 'number' ? row[field] : 0);
  const text = (field: string): string => (typeof row[field] === 'string' ? row[field] : '');
  const key = text('Run_Key__c');
  return {
    runId: key,
    recordId: text('Id'),
    period: window.period,
    scope: scopeOf(request),
    mode,
    window: spanOf(window),
    status: row['Status__c'] === 'Held' ? 'Held' : 'Finished',
    dryRun,
    counts: {
      accounts: number('Accounts__c'),
      scored: number('Scored__c'),
      unchanged: number('Unchanged__c'),
      unscored: number('Unscored__c'),
      failed: number('Failed__c'),
      written: number('Written__c'),
    },
    tiers: {},
    tierMoves: sumMoves({ moves: [], comparable: 0, ruleMoves: [], ruleComparable: 0 }),
    held: row['Status__c'] === 'Held' ? text('Error__c') : null,
    churned: [],
    degradedSources: [],
    emptyReads: [],
    notConfigured: [],
    failures: [],
    notes: [
      {
        source: 'salesforce',
        code: 'found',
        message: `run ${key} has done this period already (${text('Status__c')}): nothing was read or written`,
      },
    ],
    ...callsOf(calls),
    modelVersion: text('Model_Version__c'),
    startedAt: text('Started_At__c'),
    seconds: number('Duration_Seconds__c'),
  };
}
