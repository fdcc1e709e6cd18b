import { addMonths, daysBetween, lastDayOf, nextPeriod } from '../scoring/period.ts';
import { scoreAccount, type Scorecard } from '../scoring/scorecard.ts';
import type { Reading } from '../scoring/reading.ts';
import { percentOf, type Account, type Count, type NamedSignal } from './account.ts';

/** An account's readings on a day, now or later. */
export interface State {
  readonly asOf: string;
  /** Present readings by metric id; missing ones stay missing. */
  readonly values: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, Count>>;
  /** By metric id of a rolling count, the days of its events; absent where they are not known. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly reviews: readonly (readonly [day: string, attended: boolean])[] | null;
  /** Nobody holds the champion's role. */
  readonly vacant: boolean;
}

/** Months after which events and reviews no longer count. */
const LOOK_BACK = 12;
const MONTHS_AHEAD = 3;

/**
 * The day that advice looks ahead to: of the score that the reader will see in three months.
 *
 * @example horizonOf('2026-10-31') // => '2027-01-31'
 */
export function horizonOf(asOf: string): string {
  const month = asOf.slice(0, 7);
  if (asOf !== lastDayOf(month)) return addMonths(asOf, MONTHS_AHEAD);
  let later = month;
  for (let i = 0; i < MONTHS_AHEAD; i++) later = nextPeriod(later);
  return lastDayOf(later);
}

/**
 * The account's readings as they are.
 *
 * @example stateOf(account).values.messaging // => 62
 */
export function stateOf({ input, value }: Account): State {
  const { asOf, facts } = input;
  const values: Record<string, number> = {};
  for (const id of Object.keys(input.readings)) {
    const present = value(id);
    if (!Number.isNaN(present)) values[id] = present;
  }
  const counts: Record<string, Count> = {};
  for (const [id, count] of Object.entries(facts.counts ?? {})) if (count && count[1] > 0) counts[id] = count;
  const events: Record<string, readonly string[]> = {};
  const known = { payment_health: facts.paymentProblems, contract_changes: facts.downgrades };
  for (const [id, days] of Object.entries(known)) {
    // Of another number, they are other events than those counted.
    if (days && days.length === values[id]) events[id] = days;
  }
  const until = facts.champion?.until ?? null;
  const vacant = facts.champion ? until !== null && until <= asOf : values.champion_stability === 0;
  return { asOf, values, counts, events, reviews: facts.reviews ?? null, vacant };
}

/**
 * The state on a later day if nothing else changes: the renewal nears, a champion stays, events and reviews that
 * are a year old drop out.
 *
 * @example laterState(stateOf(account), '2027-01-31').values.days_to_renewal
 */
export function laterState(state: State, until: string): State {
  const days = daysBetween(state.asOf, until);
  const values = { ...state.values };
  if (values.days_to_renewal !== undefined) values.days_to_renewal -= days;
  if (values.champion_stability !== undefined && !state.vacant) values.champion_stability += days;
  const drops = (day: string): boolean => {
    const on = addMonths(day, LOOK_BACK);
    return state.asOf < on && on <= until;
  };
  const events: Record<string, readonly string[]> = {};
  for (const [id, all] of Object.entries(state.events)) {
    const left = all.filter((day) => !drops(day));
    events[id] = left;
    values[id] = (values[id] ?? 0) - (all.length - left.length);
  }
  const counts = { ...state.counts };
  let { reviews } = state;
  if (reviews !== null && values.qbr_attendance !== undefined) {
    const left = reviews.filter(([day]) => !drops(day));
    // With none left there would be no reading: it is taken to stay.
    if (left.length > 0 && left.length < reviews.length) {
      reviews = left;
      counts.qbr_attendance = [left.filter(([, attended]) => attended).length, left.length];
      values.qbr_attendance = percentOf(counts.qbr_attendance);
    }
  }
  return { ...state, asOf: until, values, events, counts, reviews };
}

/**
 * Scores a state, with the signals given as they count on its day.
 *
 * @example scoreState(account, stateOf(account), account.input.signals).shown.healthScore
 */
export function scoreState(
  { model, input }: Account,
  { values, asOf }: State,
  signals: readonly NamedSignal[],
): Scorecard {
  const readings: Record<string, Reading | undefined> = { ...input.readings };
  for (const [id, value] of Object.entries(values)) readings[id] = { value };
  return scoreAccount(model, { ...input, readings, signals, asOf, hold: null });
}
