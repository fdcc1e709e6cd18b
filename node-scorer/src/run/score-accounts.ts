import type { Account, Window } from '../facts/index.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { differs, toFields, type StoredReading } from '../load/health-score.ts';
import {
  metricIdsOf,
  scoreAccount,
  toOutputLine,
  type Model,
  type Scorecard,
  type Signal,
} from '../scoring/index.ts';
import type { SignalsRead } from '../extract/salesforce/signals.ts';
import { downSources, risesInOutage } from './guard.ts';
import { observedAt, readingsOf, type Attempts, type Readings } from './readings.ts';
import type { Failure, Outcome, Scored } from './outcome.ts';
import { mainReason } from './reason.ts';
import type { Stored } from './stored.ts';

export interface ScoringRequest {
  readonly accounts: readonly Account[];
  readonly attempts: Attempts;
  readonly signals: SignalsRead;
  readonly stored: Stored;
  readonly model: Model;
  readonly window: Window;
  readonly runId: string | null;
  /** ISO. */
  readonly scoredAt: string;
}

/** Scores every account by itself: one that cannot be scored never stops the others. */
export function scoreAccounts(request: ScoringRequest): Scored {
  const { accounts, attempts, model, window } = request;
  const weightedIds = new Set(metricIdsOf(model));
  const weighted = CATALOGUE.filter(({ id }) => weightedIds.has(id));
  const readings = new Map(accounts.map(({ id }) => [id, readingsOf(id, attempts, window)]));

  const outcomes: Outcome[] = [];
  const failures: Failure[] = [];
  let signalsLost = 0;
  for (const account of accounts) {
    const { id: accountId, name } = account;
    const signals = request.signals.of(accountId);
    if ('missing' in signals) {
      if (signals.missing !== 'invalid') signalsLost++;
      failures.push({
        accountId,
        name,
        error: `signals could not be read (${signals.missing}): not scored, its earlier score stays`,
      });
      continue;
    }
    const outcome = scoreOne(account, readings.get(accountId) ?? {}, signals.known, request);
    const refusal = refusalOf(outcome, request, weightedIds);
    if (refusal === null) outcomes.push(outcome);
    else failures.push({ accountId, name, error: refusal });
  }
  const down: string[] = downSources([...readings.values()], weighted, model.guards.outageShare);
  if (signalsLost > 0) down.push('salesforce signals');
  return { outcomes, failures, down };
}

function scoreOne(
  account: Account,
  readings: Readings,
  signals: readonly Signal[],
  { attempts, stored, model, window, runId, scoredAt }: ScoringRequest,
): Outcome {
  const { id: accountId, name, segment } = account;
  const card = scoreAccount(model, {
    accountId,
    name,
    segment,
    period: window.period,
    asOf: window.asOf,
    readings,
    signals,
  });
  const salesforce =
    'missing' in attempts.salesforce ? undefined : attempts.salesforce.extraction.facts.get(accountId);
  const arr = salesforce && 'known' in salesforce ? salesforce.known.arr : undefined;
  const fields = toFields(toOutputLine(card), {
    readings: storedReadings(readings, observedAt(attempts)),
    signals,
    asOf: window.asOf,
    window: {
      start: new Date(window.start).toISOString(),
      end: new Date(window.end).toISOString(),
      complete: window.complete,
    },
    final: window.complete && !Object.values(readings).some(({ missing }) => missing === 'source_down'),
    runId,
    scoredAt,
    arr: arr && 'known' in arr ? arr.known : null,
    previousTier: textOf(stored.earlier.get(accountId)?.['Tier__c']),
    mainReason: mainReason(card),
    lowestDimension: lowestDimension(card),
    modelMetrics: metricIdsOf(model),
  });
  return { card, fields, write: differs(fields, stored.current.get(accountId)) };
}

/** Why a score is not written although it was computed; null when it is. */
function refusalOf(
  { card }: Outcome,
  { stored }: ScoringRequest,
  weighted: ReadonlySet<string>,
): string | null {
  const { accountId, readings } = card.input;
  const lost = [...weighted].filter((id) => readings[id]?.missing === 'source_down');
  // A row without a score says nothing of how the account did: the newest one that has a score counts.
  const earlier = [stored.current, stored.earlier]
    .map((rows) => rows.get(accountId)?.['Health_Score__c'])
    .find((score) => typeof score === 'number');
  const shown = card.shown.healthScore;
  if (typeof earlier !== 'number' || lost.length === 0) return null;
  const why = `while ${lost.join(', ')} could not be read: not written, its earlier score stays`;
  if (shown === null) return `would lose its score of ${earlier} ${why}`;
  return risesInOutage(shown, earlier, true) ? `would rise from ${earlier} to ${shown} ${why}` : null;
}

const storedReadings = (
  readings: Readings,
  times: Readonly<Record<string, string | null>>,
): StoredReading[] =>
  CATALOGUE.map(({ id, unit, source }) => {
    const reading = readings[id];
    return {
      id,
      value: reading?.value ?? null,
      ...(reading?.missing === undefined ? {} : { missing: reading.missing }),
      unit,
      source,
      observedAt: times[source] ?? null,
    };
  });

/** The label of the dimension with the lowest score; null when none has one. */
const lowestDimension = ({ dimensions }: Scorecard): string | null =>
  dimensions.reduce<{ label: string; score: number } | null>(
    (lowest, { label, score }) =>
      score !== null && (lowest === null || score < lowest.score) ? { label, score } : lowest,
    null,
  )?.label ?? null;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
