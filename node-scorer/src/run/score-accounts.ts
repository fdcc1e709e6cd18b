import type { SignalsRead } from '../extract/salesforce/signals.ts';
import type { Account, Window } from '../facts/index.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import {
  bestTenths,
  metricIdsOf,
  type AccountInput,
  type Limits,
  type Model,
  type Segment,
} from '../scoring/index.ts';
import type { AccountReadings } from './account-readings.ts';
import { evidenceOf, type Past } from './evidence.ts';
import { downSources, shortfallsOf } from './guard.ts';
import type { Failure, Scored } from './outcome.ts';
import { failureOf, makeRecords, type Waiting } from './records.ts';
import type { AdviceSettings } from './org-advice.ts';
import { scoreOne } from './score-one.ts';
import { causesOf } from './rule-moves.ts';
import type { StoredCards } from './stored-card.ts';
import type { Stored } from './stored.ts';
import type { TierMove } from './tier-moves.ts';

export interface ScoringRequest {
  readonly accounts: readonly Account[];
  /** Of each of them, by account id. */
  readonly readings: ReadonlyMap<string, AccountReadings>;
  readonly signals: SignalsRead;
  readonly stored: Stored;
  readonly cards: StoredCards;
  readonly model: Model;
  readonly window: Window;
  /** What the best tenth reaches: of the whole run that came before; undefined: of the accounts of this one. */
  readonly limits: Readonly<Record<Segment, Limits>> | null | undefined;
  /** Reads that gave nothing for anybody where there was some before. */
  readonly empty: readonly string[];
  readonly advice: Omit<AdviceSettings, 'evidence'>;
  /** What similar accounts did before. */
  readonly past: Past;
  /** Id of the run's record. */
  readonly runId: string | null;
  /** ISO. */
  readonly scoredAt: string;
}

/**
 * Scores every account by itself: one that cannot be scored never stops the others. What takes most of the time, what
 * has changed and the path, is left to the records, which are made while the org is writing the ones before.
 */
export function scoreAccounts(request: ScoringRequest): Scored {
  const { accounts, readings, stored, model } = request;
  const limits =
    request.limits === undefined
      ? bestTenths(
          model,
          accounts.map(({ id, segment }) => ({ segment, readings: readings.get(id)?.readings ?? {} })),
        )
      : request.limits;

  const waiting: Waiting[] = [];
  const inputs: AccountInput[] = [];
  const failures: Failure[] = [];
  const moves: TierMove[] = [];
  const ruleMoves: TierMove[] = [];
  let comparable = 0;
  let ruleComparable = 0;
  let signalsLost = 0;
  for (const account of accounts) {
    const { id: accountId } = account;
    const signals = request.signals.of(accountId);
    if ('missing' in signals) {
      if (signals.missing !== 'invalid') signalsLost++;
      failures.push(failureOf(account, `signals could not be read (${signals.missing})`));
      continue;
    }
    const own = {
      account,
      readings: readings.get(accountId) as AccountReadings,
      signals: signals.known,
      current: stored.current.get(accountId),
      earlier: stored.earlier.get(accountId),
    };
    try {
      const { card, hold } = scoreOne({ ...request, ...own });
      inputs.push(card.input);
      // The account's newest stored score, as it was before this run.
      const before = [own.current, own.earlier].find((row) => typeof row?.['Tier__c'] === 'string');
      if (before !== undefined) {
        const causes = causesOf(before, card, request.cards);
        if (causes.rules !== null) ruleComparable++;
        if (causes.rules !== null && causes.rules.from !== causes.rules.to)
          ruleMoves.push({ accountId, ...causes.rules });
        if (card.tier !== null) comparable++;
        if (card.tier !== null && causes.readings)
          moves.push({ accountId, from: String(before['Tier__c']), to: card.tier });
      }
      waiting.push({ ...own, hold });
    } catch (error) {
      failures.push(failureOf(account, error));
    }
  }
  const weighted = new Set(metricIdsOf(model));
  const lost = [...readings.values()].filter((each) => !each.kept).map((each) => each.lost);
  const down = downSources(
    lost,
    CATALOGUE.filter(({ id }) => weighted.has(id)),
    model.guards.outageShare,
  );
  const shortfalls = [...shortfallsOf(lost, down), ...(signalsLost > 0 ? ['salesforce signals'] : [])];
  const { table, text } = evidenceOf(model, request.window.period, request.past, inputs);
  return {
    records: makeRecords(waiting, { ...request, limits, advice: { ...request.advice, evidence: table } }),
    evidence: text,
    due: waiting.length,
    firstOfPeriod: stored.current.size === 0,
    failures,
    shortfalls,
    empty: request.empty,
    comparable,
    moves,
    ruleComparable,
    ruleMoves,
    limits,
  };
}
