import { daysBetween } from '../scoring/period.ts';
import { nineDecimals } from '../scoring/round.ts';
import { rankOn } from '../scoring/signal.ts';
import { badOf, SECOND_TIER, type Account, type Count, type NamedSignal } from './account.ts';
import { COUNTED, familyOf } from './kinds.ts';
import { renewalDay } from './renewal.ts';
import type { State } from './state.ts';

/** Something urgent that is so today. `points` where acting on it brings some; each has parameters of its own. */
export type Fact =
  | {
      readonly code: 'renewal_overdue' | 'renewal_soon' | 'renewal_near';
      readonly date: string;
      readonly days: number;
      readonly amount: number | null;
    }
  | {
      readonly code: 'signal_critical' | 'signal_moderate';
      readonly observedOn: string;
      readonly expiresOn: string | null;
      readonly category: string | null;
      readonly caps: boolean;
      readonly signal: NamedSignal;
    }
  | { readonly code: 'silent_users'; readonly lastUsed: string | null }
  | { readonly code: 'champion_vacant'; readonly since: string | null }
  | { readonly code: 'payment_problem'; readonly date: string; readonly times: number }
  | { readonly code: 'silent_conversations'; readonly before: number }
  | { readonly code: 'users_falling'; readonly from: number; readonly to: number; readonly pct: number }
  | {
      readonly code: 'sharp_drop';
      readonly metric: string;
      readonly lost: number;
      readonly from: number;
      readonly to: number;
      readonly countFrom: Count | null;
      readonly countTo: Count | null;
    };

export type FactCode = Fact['code'];

const SOON_DAYS = 30;
const NEAR_DAYS = 90;
const NEW_PROBLEM_DAYS = 60;
const FEWEST_CONVERSATIONS = 2;
const FALLING_PCT = -25;
const FEWEST_USERS_LOST = 3;
const SHARP = -1.5;
const FEWEST_BAD = 2;
const REMEMBERED_MONTHS = 12;

/**
 * What is urgent about an account today, in order of rank. Facts that are switched off are left out.
 *
 * @param drop what {@link sharpDrop} found
 * @example factsOf(account, state, null).map(({ code }) => code) // => ['renewal_soon', 'signal_moderate']
 */
export function factsOf(account: Account, state: State, drop: Fact | null): Fact[] {
  const renewal = renewalFact(account);
  const found: (Fact | null)[] = [
    renewal?.code === 'renewal_near' ? null : renewal,
    ...signalFacts(account, 3, 'signal_critical'),
    silentUsers(account),
    renewal?.code === 'renewal_near' ? renewal : null,
    championVacant(account, state),
    paymentProblem(account),
    ...signalFacts(account, 2, 'signal_moderate'),
    silentConversations(account),
    usersFalling(account),
    drop,
  ];
  return found.filter((fact) => fact !== null).filter(({ code }) => !account.off.has(code));
}

function renewalFact(account: Account): Fact | null {
  const date = renewalDay(account.input.facts, account);
  if (date === null) return null;
  const days = daysBetween(account.today, date);
  const code =
    days < 0
      ? 'renewal_overdue'
      : days <= SOON_DAYS
        ? 'renewal_soon'
        : days <= NEAR_DAYS && account.card.tier !== null && account.tier > SECOND_TIER
          ? 'renewal_near'
          : null;
  return code && { code, date, days, amount: account.input.facts.arr ?? null };
}

function signalFacts(
  { input, today, model, card }: Account,
  rank: number,
  code: 'signal_critical' | 'signal_moderate',
): Fact[] {
  return input.signals
    .filter((signal) => rankOn(signal, today, model.monitoringReduction) === rank)
    .sort((a, b) => (a.observedOn < b.observedOn ? -1 : a.observedOn > b.observedOn ? 1 : 0))
    .map((signal) => ({
      code,
      observedOn: signal.observedOn,
      expiresOn: signal.expiresOn ?? null,
      category: signal.category ?? null,
      caps: card.cap?.signals.includes(signal) ?? false,
      signal,
    }));
}

/**
 * Does nobody use the product any more who did before?
 *
 * @example isSilent(account) // => false
 */
export function isSilent({ input, value }: Account): boolean {
  const { lastUsed = null, usersBefore } = input.facts;
  const used = (usersBefore ?? []).some((users) => users > 0) || lastUsed !== null;
  if (value('mau') === 0) return used;
  if (input.readings.mau?.missing !== 'not_mapped' || lastUsed === null) return false;
  const months = monthNumber(input.asOf) - monthNumber(lastUsed);
  return months >= 1 && months <= REMEMBERED_MONTHS;
}

const monthNumber = (day: string): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));

const silentUsers = (account: Account): Fact | null =>
  isSilent(account) ? { code: 'silent_users', lastUsed: account.input.facts.lastUsed ?? null } : null;

const championVacant = ({ input }: Account, state: State): Fact | null =>
  state.vacant ? { code: 'champion_vacant', since: input.facts.champion?.until ?? null } : null;

function paymentProblem({ input, today }: Account): Fact | null {
  const lately = (input.facts.paymentProblems ?? [])
    .filter((day) => {
      const days = daysBetween(day, today);
      return days >= 0 && days <= NEW_PROBLEM_DAYS;
    })
    .sort();
  const date = lately.at(-1);
  return date === undefined ? null : { code: 'payment_problem', date, times: lately.length };
}

function silentConversations({ input, value }: Account): Fact | null {
  const before = meanOf(input.facts.conversationsBefore ?? []);
  return value('total_conversations') === 0 && before >= FEWEST_CONVERSATIONS
    ? { code: 'silent_conversations', before }
    : null;
}

function usersFalling({ input, value }: Account): Fact | null {
  const [pct, to, from] = [value('mau_trend_pct'), value('mau'), meanOf(input.facts.usersBefore ?? [])];
  return nineDecimals(pct) <= FALLING_PCT && to > 0 && nineDecimals(from - to) >= FEWEST_USERS_LOST
    ? { code: 'users_falling', from, to, pct }
    : null;
}

/**
 * The metric that fell furthest of those somebody can do something about.
 *
 * @example sharpDrop(account)?.metric // => 'p1_p2_pct'
 */
export function sharpDrop(account: Account): Extract<Fact, { code: 'sharp_drop' }> | null {
  const { earlier, input, off } = account;
  const change = movementOf(account);
  if (earlier === null || 'code' in change) return null;
  const worst = Object.entries(change.exact.metrics)
    .filter(
      ([metric, points]) =>
        nineDecimals(points) <= SHARP && !off.has(metric) && dropsSharply(account, metric),
    )
    .sort(([, a], [, b]) => nineDecimals(a) - nineDecimals(b))[0];
  if (worst === undefined) return null;
  const [metric] = worst;
  return {
    code: 'sharp_drop',
    metric,
    lost: change.metrics[metric] as number,
    from: earlier.input.readings[metric]?.value as number,
    to: account.value(metric),
    countFrom: countOf(earlier.input.facts.counts, metric),
    countTo: countOf(input.facts.counts, metric),
  };
}

function dropsSharply({ earlier, input }: Account, metric: string): boolean {
  const family = familyOf(metric);
  if (family === undefined || family === 'deal') return false;
  if (family !== 'ratio') return true;
  const [then, now] = [countOf(earlier?.input.facts.counts, metric), countOf(input.facts.counts, metric)];
  if (then === null || now === null) return false;
  return badOf(metric, now) >= FEWEST_BAD && badOf(metric, now) - badOf(metric, then) >= FEWEST_BAD;
}

const countOf = (counts: Account['input']['facts']['counts'], metric: string): Count | null =>
  COUNTED.includes(metric) || metric === 'qbr_attendance' ? (counts?.[metric] ?? null) : null;

/**
 * The change that is spoken of: without signals where a cap lowers the present or the earlier score.
 *
 * @example movementOf(account)
 */
export const movementOf = ({ card, earlier, change, changeWithoutSignals }: Account): Account['change'] =>
  isCapped(card) || (earlier !== null && isCapped(earlier.card)) ? changeWithoutSignals : change;

/** Does a signal lower the score? */
export const isCapped = ({ cap }: Account['card']): boolean => (cap?.signals.length ?? 0) > 0;

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? NaN : nineDecimals(values.reduce((sum, value) => sum + value, 0) / values.length);
