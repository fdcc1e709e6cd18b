import { shownScore } from '../scoring/round.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import { tierOf } from '../scoring/tier.ts';
import type { Account, NamedSignal } from './account.ts';
import { isSilent } from './facts.ts';
import { MOST_ITEMS } from './list.ts';
import { similarOf, type EvidenceTable, type Similar } from './share.ts';
import { horizonOf, laterState, scoreState, type State } from './state.ts';
import { candidatesOf } from './tasks.ts';

/** When the next tier can be had. */
export type Reach =
  | { readonly code: 'top'; readonly keeps: boolean; readonly ifDone: boolean }
  | {
      readonly tier: string;
      readonly needs: number;
      readonly similar?: Similar | null;
      readonly code: 'by_itself' | 'in_reach' | 'later' | 'beyond_a_year';
      readonly on?: string;
    };

/** Quarters after the horizon that are looked through. */
const QUARTERS = 3;
const RENEWED_BY = 365;

/**
 * When the account can reach the tier above its final one: by itself, with the listed items done, or with the best
 * tasks of further quarters.
 *
 * @param later how the horizon is looked past
 * @param done state and signals at the horizon once the items are done
 * @example reachOf(account, later, byItself, ifDone, done, signals) // => { tier: 'Healthy', needs: 76, …, code: 'later', on: '2027-10-31' }
 */
export function reachOf(
  account: Account,
  later: (done: State, signals: readonly NamedSignal[]) => Later,
  byItself: Scorecard,
  ifDone: Scorecard,
  done: State,
  signals: readonly NamedSignal[],
): Reach {
  const { model } = account;
  const above = model.tiers[account.tier - 1];
  if (above === undefined) {
    const top = model.tiers[0]?.name;
    return { code: 'top', keeps: byItself.tier === top, ifDone: ifDone.tier === top };
  }
  const { name: tier, from: needs } = above;
  const reaches = reaching(needs);
  if (reaches(byItself)) return { tier, needs, code: 'by_itself' };
  if (reaches(ifDone)) return { tier, needs, code: 'in_reach', on: done.asOf };
  return { tier, needs, ...later(done, signals) };
}

/** Beyond the horizon. */
export type Later = Pick<Extract<Reach, { tier: string }>, 'similar' | 'on'> & {
  readonly code: 'later' | 'beyond_a_year';
};

const reaching =
  (needs: number) =>
  ({ shown }: Scorecard): boolean =>
    (shown.healthScore ?? 0) >= needs;

/**
 * When the tier above can be had after the horizon, by the best tasks of further quarters.
 *
 * @returns beyond a year for the highest tier: there is none above
 * @example laterReach(account, table, done, signals) // => { similar: null, code: 'later', on: '2027-10-31' }
 */
export function laterReach(
  account: Account,
  table: EvidenceTable,
  done: State,
  signals: readonly NamedSignal[],
): Later {
  const { model, card, input } = account;
  const needs = model.tiers[account.tier - 1]?.from ?? Infinity;
  const reaches = reaching(needs);
  const underlying = card.shown.quantitativeScore ?? 0;
  const points = Math.round(10 * (needs - underlying)) / 10;
  const similar =
    points > 0 && points < Infinity ? similarOf(table, input.segment, underlying, points) : null;
  let state = done;
  for (let quarter = 0; quarter < QUARTERS; quarter++) {
    state = nextQuarter(account, table, state, signals);
    if (reaches(scoreState(account, state, signals))) {
      return { similar, code: 'later', on: state.asOf };
    }
  }
  return { similar, code: 'beyond_a_year' };
}

/** A quarter on: the calendar, renewals signed on their day, and the three best tasks done. */
function nextQuarter(
  account: Account,
  table: EvidenceTable,
  before: State,
  signals: readonly NamedSignal[],
): State {
  const later = laterState(before, horizonOf(before.asOf));
  const values = { ...later.values };
  while (values.days_to_renewal !== undefined && values.days_to_renewal < 0) {
    values.days_to_renewal += RENEWED_BY;
  }
  const counts = { ...later.counts };
  const state = { ...later, values };
  const score = shownScore(scoreState(account, state, signals).healthScore ?? 0);
  const name = tierOf(score, account.model.tiers).name;
  const tasks = candidatesOf(account, table, {
    state,
    scoreBefore: (metric) => {
      const value = values[metric];
      return value === undefined ? null : account.score(metric, value);
    },
    tier: account.model.tiers.findIndex((tier) => tier.name === name),
    silent: isSilent(account),
    taken: [],
    by: state.asOf,
  });
  for (const { metric, target } of tasks.slice(0, MOST_ITEMS)) {
    values[metric] = target.to;
    if (target.count !== null) counts[metric] = target.count;
  }
  return { ...state, counts };
}
