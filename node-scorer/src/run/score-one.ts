import type { Account, Window } from '../facts/index.ts';
import { renewalDay } from '../advice/index.ts';
import { carriedOf, type StoredChange } from '../load/details.ts';
import { differs, SCORE_KEY, toFields, type Fields } from '../load/health-score.ts';
import { metricById } from '../metrics/catalogue.ts';
import { advance, FIXINGS } from '../metrics/for-scoring.ts';
import {
  changeOf,
  compactText,
  lostMetrics,
  metricIdsOf,
  outageCap,
  pathOf,
  planOf,
  scoreAccount,
  toOutputLine,
  type Change,
  type Hold,
  type Limits,
  type Model,
  type NoChange,
  type Scorecard,
  type Segment,
  type Signal,
} from '../scoring/index.ts';
import type { AccountReadings } from './account-readings.ts';
import { adviseAccount } from './advise-account.ts';
import { countsOf, withHistory } from './advice-facts.ts';
import type { AdviceSettings } from './org-advice.ts';
import { readableDetails, readingsIn, type StoredCards } from './stored-card.ts';
import type { Row } from './stored.ts';
import { spanOf } from './window.ts';

/** What one score is made of. */
export interface ScoreRequest {
  readonly account: Account;
  readonly window: Window;
  readonly model: Model;
  readonly readings: AccountReadings;
  readonly signals: readonly Signal[];
  /** This period's record, as stored. */
  readonly current: Row | undefined;
  /** The newest scored record of an earlier period. */
  readonly earlier: Row | undefined;
  readonly cards: StoredCards;
  readonly limits: Readonly<Record<Segment, Limits>> | null;
  readonly advice: AdviceSettings;
  /** Id of the run's record. */
  readonly runId: string | null;
  /** ISO. */
  readonly scoredAt: string;
}

export interface ScoredOne {
  readonly card: Scorecard;
  /** What lost readings cap the score at; null when nothing does. */
  readonly hold: Hold | null;
}

/**
 * Scores one account.
 *
 * @throws ScorerError, RangeError when what is given cannot be scored
 */
export function scoreOne(request: Omit<ScoreRequest, 'limits' | 'advice'>): ScoredOne {
  const card = scoreWith(request, null);
  const hold = outageCap(card, earlierScore(request, card), (metric) => metricById(metric)?.source ?? metric);
  return hold === null ? { card, hold } : { card: scoreWith(request, hold), hold };
}

export interface ScoreRecord {
  readonly card: Scorecard;
  readonly fields: Fields;
  /** Differs from what is stored. */
  readonly write: boolean;
}

/**
 * An account's record, with what has changed and the path, and whether it has to be written.
 *
 * @param hold what {@link scoreOne} found
 * @throws ScorerError, RangeError when what is given cannot be scored
 */
export const makeRecord = (request: ScoreRequest, hold: Hold | null): ScoreRecord =>
  recordOf(request, scoreWith(request, hold));

function scoreWith(
  { account, window, model, readings, signals }: Omit<ScoreRequest, 'limits' | 'advice'>,
  hold: Hold | null,
): Scorecard {
  return scoreAccount(model, {
    accountId: account.id,
    name: account.name,
    segment: account.segment,
    period: window.period,
    asOf: window.asOf,
    readings: readings.readings,
    signals,
    hold,
    carried: readings.carried,
  });
}

/**
 * What the outage cap measures by: the final score as shown of the newest stored score of this or an earlier period;
 * null without one. Scored again while the same readings are lost, a score would be its own earlier one, and the cap
 * would creep down to it: then that of the stored cap stays.
 */
function earlierScore(
  { current, earlier }: Pick<ScoreRequest, 'current' | 'earlier'>,
  { model, input }: Scorecard,
): number | null {
  const details = readableDetails(current);
  if (details?.hold) {
    const plan = planOf(model, input.segment);
    const before = { readings: readingsIn(details), carried: carriedOf(details.readings) };
    const [was, is] = [before, input].map((each) => lostMetrics(plan, each).map(({ id }) => id));
    // Caps of before the earlier score was kept lay no higher than either of what they were made from.
    if (String(was) === String(is)) return details.hold.earlier ?? details.hold.at;
  }
  const scores = [current, earlier].map((row) => row?.['Health_Score__c']);
  return scores.find((score) => typeof score === 'number') ?? null;
}

function recordOf(request: ScoreRequest, card: Scorecard): ScoreRecord {
  const { window, model, readings, current, earlier, cards, limits, advice, runId, scoredAt } = request;
  const earlierCard = earlier === undefined ? null : cards.cardOf(earlier);
  const earlierDetails = readableDetails(earlier);
  const change = changeOf(earlierCard, card, advance);
  const path = pathOf(card, {
    catalogue: FIXINGS,
    ...(limits && { limits: limits[card.input.segment] }),
  });
  const facts = withHistory(
    readings.facts,
    card.input.readings,
    window.period,
    earlierDetails && { period: String(earlier?.['Period__c']), details: earlierDetails },
  );
  const advised = adviseAccount(
    card,
    change,
    facts,
    earlierCard && earlierDetails && { card: earlierCard, details: earlierDetails },
    advice,
  );
  const tier = earlier?.['Tier__c'];
  const fields = toFields(toOutputLine(card), {
    details: {
      asOf: window.asOf,
      window: spanOf(window),
      readings: readings.stored(),
      signals: request.signals,
      hold: card.input.hold ?? null,
      change: toStored(change, earlierCard),
      path,
      facts,
      advice: advised.stored,
    },
    final: window.complete && readings.complete,
    runId,
    scoredAt,
    arr: readings.arr,
    currency: request.account.currency,
    previousTier: typeof tier === 'string' ? tier : null,
    mainReason: advised.mainReason,
    renewalOn: renewalDay(facts, card),
    headlineCodes: advised.headlineCodes,
    nextStep: advised.nextStep,
    lowestDimension: lowestDimension(card),
    compact: compactText(card.input, metricIdsOf(model), countsOf(facts)),
  });
  return { card, fields, write: differs(fields, current) };
}

/** Only what people see: the unrounded bars are computed again where they are wanted. */
function toStored(change: Change | NoChange, earlier: Scorecard | null): StoredChange {
  if ('code' in change || earlier === null) return change as NoChange;
  const { from, to, shown, bars, metrics } = change;
  const { period, asOf } = earlier.input;
  return { from, to, shown, bars, metrics, since: { period, asOf, modelVersion: earlier.model.version } };
}

/** The label of the dimension with the lowest score; null when none has one. */
const lowestDimension = ({ dimensions }: Scorecard): string | null =>
  dimensions.reduce<{ label: string; score: number } | null>(
    (lowest, { label, score }) =>
      score !== null && (lowest === null || score < lowest.score) ? { label, score } : lowest,
    null,
  )?.label ?? null;

/** Score_Key__c of a record. */
export const keyOf = (fields: Fields): string => String(fields[SCORE_KEY]);
