import type { SignalsRead } from '../extract/salesforce/signals.ts';
import type { Account, Window } from '../facts/index.ts';
import { pack } from '../load/packed.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { advance } from '../metrics/for-scoring.ts';
import {
  bestTenths,
  metricIdsOf,
  tierMoved,
  type Limits,
  type Model,
  type Scorecard,
  type Segment,
} from '../scoring/index.ts';
import { isFinal, keepReadings, type AccountReadings } from './account-readings.ts';
import { downSources } from './guard.ts';
import type { Failure, Outcome, Scored } from './outcome.ts';
import { keyOf, scoreOne } from './score-one.ts';
import type { StoredCards } from './stored-card.ts';
import type { Row, Stored } from './stored.ts';
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
  /** Id of the run's record. */
  readonly runId: string | null;
  /** ISO. */
  readonly scoredAt: string;
  /** Also the records of accounts that have not changed. */
  readonly wantAll: boolean;
}

/**
 * Readings of the accounts whose final score keeps them, so that no source need be asked about them.
 *
 * @param force read again although the period is final
 */
export function keptReadings(
  accounts: readonly Account[],
  { current }: Stored,
  window: Window,
  force: boolean,
): Map<string, AccountReadings> {
  const kept = new Map<string, AccountReadings>();
  if (force) return kept;
  for (const { id } of accounts) {
    const row = current.get(id);
    const readings = row !== undefined && isFinal(row, window) ? keepReadings(row) : null;
    if (readings !== null) kept.set(id, readings);
  }
  return kept;
}

/** Scores every account by itself: one that cannot be scored never stops the others. */
export function scoreAccounts(request: ScoringRequest): Scored {
  const { accounts, readings, stored, model } = request;
  const limits =
    request.limits === undefined
      ? bestTenths(
          model,
          accounts.map(({ id, segment }) => ({ segment, readings: readings.get(id)?.readings ?? {} })),
        )
      : request.limits;

  const outcomes: Outcome[] = [];
  const failures: Failure[] = [];
  const moves: TierMove[] = [];
  let comparable = 0;
  let signalsLost = 0;
  for (const account of accounts) {
    const { id: accountId, name } = account;
    const fail = (error: string) => failures.push({ accountId, name, error });
    const signals = request.signals.of(accountId);
    if ('missing' in signals) {
      if (signals.missing !== 'invalid') signalsLost++;
      fail(`signals could not be read (${signals.missing}): not scored, its earlier score stays`);
      continue;
    }
    const own = readings.get(accountId) as AccountReadings;
    const current = stored.current.get(accountId);
    const earlier = stored.earlier.get(accountId);
    try {
      const earlierCard = earlier === undefined ? null : request.cards.cardOf(earlier);
      const { card, fields, write } = scoreOne({
        ...request,
        account,
        readings: own,
        signals: signals.known,
        current,
        earlier,
        earlierCard,
        limits,
      });
      const before = beforeRun(request, current, earlier, earlierCard);
      if (card.tier !== null && before !== null) {
        comparable++;
        if (before.tier !== card.tier && before.moved(card))
          moves.push({ accountId, from: before.tier, to: card.tier });
      }
      outcomes.push({
        accountId,
        name,
        status: card.status,
        tier: card.tier,
        key: keyOf(fields),
        storedId: typeof current?.['Id'] === 'string' ? current['Id'] : null,
        record: write || request.wantAll ? pack(JSON.stringify(fields)) : null,
        write,
        writtenBefore: !write && request.runId !== null && current?.['Run__c'] === request.runId,
      });
    } catch (error) {
      fail(`${error instanceof Error ? error.message : String(error)}: not scored, its earlier score stays`);
    }
  }
  const weighted = new Set(metricIdsOf(model));
  const down: string[] = downSources(
    [...readings.values()].filter((each) => !each.kept).map(({ lost }) => lost),
    CATALOGUE.filter(({ id }) => weighted.has(id)),
    model.guards.outageShare,
  );
  if (signalsLost > 0) down.push('salesforce signals');
  const firstOfPeriod = stored.current.size === 0;
  return { outcomes, firstOfPeriod, failures, down, comparable, moves, limits };
}

interface Before {
  readonly tier: string;
  /** Did what was read move the tier, rather than rules or signals? */
  readonly moved: (card: Scorecard) => boolean;
}

/** What the account's newest stored score said before this run; null when it has none. */
function beforeRun(
  { cards }: ScoringRequest,
  current: Row | undefined,
  earlier: Row | undefined,
  earlierCard: Scorecard | null,
): Before | null {
  const row = [current, earlier].find((each) => typeof each?.['Tier__c'] === 'string');
  if (row === undefined) return null;
  return {
    tier: String(row['Tier__c']),
    moved: (card) => {
      const before = row === earlier ? earlierCard : cards.cardOf(row);
      // A stored score that cannot be made again tells nothing of rules: its move counts.
      return before === null || tierMoved(before, card, advance);
    },
  };
}
