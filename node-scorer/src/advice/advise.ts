import type { Model } from '../scoring/model.ts';
import { tenthsOf } from '../scoring/round.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import { rankOn } from '../scoring/signal.ts';
import { accountOf, type Account, type AdviceInput } from './account.ts';
import type { Advice, Advised, Scores } from './advice.ts';
import { headlineOf } from './headline.ts';
import { judge, listOf, type Item, type Judged, type List } from './list.ts';
import { itemOf, partsOf, pointsOf, shownOrder, waitingOf } from './numbers.ts';
import { doneState, signalsLeft } from './outcome.ts';
import { laterReach, reachOf, type Later } from './reach.ts';
import type { EvidenceTable } from './share.ts';
import { horizonOf, laterState, scoreState, stateOf, type State } from './state.ts';

/**
 * What to do next about an account: the same function on every side, so that a card can say it anew each day.
 *
 * @param table what similar accounts did
 * @param previous the newest input of an earlier period, or null
 * @param today the reader's day; the score keeps its own
 * @param off metrics and facts that are switched off
 * @throws RangeError for an unknown segment or a malformed signal
 * @example advise(model, table, input, previous, '2026-11-21').advice.code // => 'advice'
 */
export function advise(
  model: Model,
  table: EvidenceTable,
  input: AdviceInput,
  previous: AdviceInput | null,
  today: string,
  off: readonly string[] = [],
): Advised {
  const account = accountOf(model, input, previous && { input: previous, model }, today, new Set(off));
  const { advice, items } = adviceOf(account, withEvidence(account, table));
  return { advice, headline: headlineOf(account, items) };
}

/** Where judgements come from: the evidence on the day of the score, or what was stored of it. */
export interface Judge {
  readonly judge: (state: State, byItself: State | null) => Judged;
  readonly later: Parameters<typeof reachOf>[1];
}

/**
 * Judges an account by what similar ones did.
 *
 * @example adviceOf(account, withEvidence(account, table)).advice.code // => 'advice'
 */
export const withEvidence = (account: Account, table: EvidenceTable): Judge => ({
  judge: (state, byItself) => judge(account, table, state, byItself),
  later: (done, signals): Later => laterReach(account, table, done, signals),
});

/** An advice with its items as they were chosen. */
export interface Chosen {
  readonly advice: Advice;
  readonly items: readonly Item[];
  /** Facts that had no room among them. */
  readonly rest: List['rest'];
  readonly judged: Judged | null;
  /** The state once the items are done, and the signals that are left; null where no numbers are told. */
  readonly done: { readonly state: State; readonly signals: AdviceInput['signals'] } | null;
}

/**
 * The advice on an account, by evidence or by what was stored of it.
 *
 * @example adviceOf(account, withEvidence(account, table)).items.length // => 3
 */
export function adviceOf(account: Account, by: Judge): Chosen {
  const { input, card } = account;
  if (input.churnedOn !== null) {
    return { advice: { code: 'churned', items: [] }, items: [], rest: [], judged: null, done: null };
  }
  const horizon = horizonOf(input.asOf);
  const state = stateOf(account);
  const scored = card.status === 'scored';
  if (!scored || (input.hold ?? null) !== null) {
    const judged = by.judge(state, null);
    const { items, rest } = listOf(account, judged, state, null, false);
    const shown = items.map((item) => itemOf(item, null));
    const advice: Advice = { code: scored ? 'held' : 'no_score', horizon, items: shown, more: rest.length };
    return { advice, items, rest, judged, done: null };
  }
  return chosen(account, by, state, horizon);
}

function chosen(account: Account, by: Judge, state: State, horizon: string): Chosen {
  const { input, card, model } = account;
  const later = laterState(state, horizon);
  const judged = by.judge(state, later);
  const byItself = scoreState(account, later, input.signals);
  const keepsTop = account.tier === 0 && byItself.tier === model.tiers[0]?.name;
  const list = listOf(account, judged, state, later, keepsTop);
  const items = shownOrder(account, later, list.items);
  const signals = signalsLeft(input.signals, items);
  const done = doneState(account, later, items);
  const ifDone = scoreState(account, done, signals);
  const points = pointsOf(account, later, items, between(byItself, ifDone));
  const advice: Advice = {
    code: 'advice',
    horizon,
    items: items.map((item, i) => itemOf(item, points[i] ?? null)),
    more: list.rest.length,
    now: scoresOf(card),
    byItself: {
      ...scoresOf(byItself),
      tier: byItself.tier as string,
      parts: partsOf(account, state, later, between(card, byItself)),
      ends: input.signals
        .filter(
          (signal) =>
            rankOn(signal, input.asOf, model.monitoringReduction) >= 2 &&
            signal.expiresOn !== null &&
            signal.expiresOn <= horizon,
        )
        .map(({ category, expiresOn }) => ({ category: category ?? null, on: expiresOn as string })),
    },
    ifDone: { ...scoresOf(ifDone), tier: ifDone.tier as string },
    waiting: waitingOf(account, state),
    reach: reachOf(account, by.later, byItself, ifDone, done, signals),
  };
  return { advice, items, rest: list.rest, judged, done: { state: done, signals } };
}

const scoresOf = ({ shown }: Scorecard): Scores => ({
  final: shown.healthScore as number,
  underlying: shown.quantitativeScore as number,
});

/** Tenths between two scores before caps, as they are shown. */
const between = (from: Scorecard, to: Scorecard): number =>
  tenthsOf(to.quantitativeScore as number) - tenthsOf(from.quantitativeScore as number);
