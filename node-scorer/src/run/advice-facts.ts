/** What advice is given on beside readings: what stands behind them, from the sources and from earlier scores. */
import type { AccountFacts as AdviceFacts, Count } from '../advice/index.ts';
import type { AccountFacts, ChampionTerm, Conversation, Given, Known, Window } from '../facts/index.ts';
import type { Details } from '../load/details.ts';
import { SATISFIED_FROM } from '../metrics/support.ts';
import { addMonths, finiteValue, type AccountInput } from '../scoring/index.ts';
import type { Attempts } from './readings.ts';

const MONTHS_BEFORE = 3;

/**
 * What the sources told of an account beside its readings; what they could not tell is left out.
 *
 * @example factsRead(account.id, attempts, window).counts?.p1_p2_pct // => [1, 5]
 */
export function factsRead(accountId: string, attempts: Attempts, { asOf }: Window): AdviceFacts {
  const of = <T>(
    attempt: { readonly extraction: { readonly facts: ReadonlyMap<string, Known<T>> } } | object,
  ): T | null => {
    return knownOf('extraction' in attempt ? attempt.extraction.facts.get(accountId) : undefined);
  };
  const conversations = of<readonly Conversation[]>(attempts.intercom);
  const usage = of(attempts.looker);
  const salesforce = of<AccountFacts>(attempts.salesforce);
  const sessions = knownOf(usage?.sessions);
  const features = knownOf(usage?.features);
  const reviews = knownOf(salesforce?.qbrs);
  const [renewal] = [...(knownOf(salesforce?.renewals) ?? [])].sort();
  const champions = knownOf(salesforce?.champions);
  const users = sessions?.earlierMau.filter((month) => typeof month === 'number');
  const used = features?.silent === true ? 0 : features?.used;
  return present({
    counts: present({
      p1_p2_pct: countOf(conversations?.map(({ p1p2 }) => p1p2)),
      escalation_pct: countOf(conversations?.map(({ escalated }) => escalated)),
      csat_score: countOf(
        conversations
          ?.map(({ rating }) => rating)
          .filter((rating) => rating !== null)
          .map((rating) => (typeof rating === 'number' ? rating >= SATISFIED_FROM : rating)),
      ),
      feature_breadth:
        typeof used === 'number' && typeof features?.licensed === 'number'
          ? some([used, features.licensed])
          : undefined,
      qbr_attendance: countOf(reviews?.map(({ attended }) => attended)),
    }),
    renewal: renewal === undefined ? undefined : { date: renewal },
    arr: knownOf(salesforce?.arr) ?? undefined,
    champion: champions === null ? undefined : (termOf(champions, asOf) ?? undefined),
    paymentProblems: daysOf(knownOf(salesforce?.paymentProblems)),
    downgrades: daysOf(knownOf(salesforce?.contractChanges)),
    reviews: reviews?.every(({ day }) => day !== null)
      ? reviews.map(({ day, attended }) => [day as string, attended] as const).sort()
      : undefined,
    usersBefore: users,
  });
}

/** Null where it is not known, or its source was not read. */
const knownOf = <T>(fact: Known<T> | undefined): T | null =>
  fact !== undefined && 'known' in fact ? fact.known : null;

/** Without what is not known. */
const present = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** How many of them are true; unknown when one of them is, or there are none. */
const countOf = (all: readonly Given<boolean>[] | undefined): Count | undefined =>
  all === undefined || all.some((one) => typeof one === 'string')
    ? undefined
    : some([all.filter((one) => one === true).length, all.length]);

const some = (count: Count): Count | undefined => (count[1] > 0 ? count : undefined);

const daysOf = (days: readonly (string | null)[] | null): readonly string[] | undefined =>
  days?.every((day) => day !== null) === true ? [...days].sort() : undefined;

/** The newest champion: with the last day held when nobody is champion any more; null when there never was one. */
function termOf(terms: readonly ChampionTerm[], asOf: string): AdviceFacts['champion'] {
  const begun = terms.filter(({ since }) => since !== null && since <= asOf);
  const newest = (list: readonly ChampionTerm[]): ChampionTerm | null =>
    list.reduce<ChampionTerm | null>(
      (best, one) => (best === null || String(one.since) > String(best.since) ? one : best),
      null,
    );
  const held = newest(begun.filter(({ until }) => until === null || until > asOf));
  if (held !== null) return { since: held.since, until: null };
  const last = newest(begun);
  const until = begun.reduce(
    (latest, term) => (String(term.until) > latest ? String(term.until) : latest),
    '',
  );
  return last && { since: last.since, until };
}

/** The metric that each fact stands behind: a part that is read again brings its own. */
const METRIC_OF = {
  renewal: 'days_to_renewal',
  arr: 'arr_trajectory_pct',
  champion: 'champion_stability',
  paymentProblems: 'payment_health',
  downgrades: 'contract_changes',
  reviews: 'qbr_attendance',
  usersBefore: 'mau_trend_pct',
} as const;

/**
 * Facts of a score that keeps its readings but for some that were read again.
 *
 * @param again metrics whose fresh facts are taken
 * @example factsInPart(kept, fresh, new Set(['p1_p2_pct'])).renewal // => that of kept
 */
export function factsInPart(kept: AdviceFacts, fresh: AdviceFacts, again: ReadonlySet<string>): AdviceFacts {
  const counts = { ...kept.counts };
  for (const id of again) {
    delete counts[id];
    const count = fresh.counts?.[id];
    if (count) counts[id] = count;
  }
  const taken = Object.entries(METRIC_OF).flatMap(([key, metric]) =>
    again.has(metric) ? [[key, fresh[key as keyof typeof METRIC_OF]] as const] : [],
  );
  return present({ ...kept, counts, ...Object.fromEntries(taken) });
}

/**
 * The same with what only earlier scores know: conversations of the months before, and when the product was last used.
 *
 * @param earlier the newest earlier score's details and its month, or null
 * @example withHistory(facts, readings, '2026-10', { period: '2026-09', details }).lastUsed // => '2026-10'
 */
export function withHistory(
  facts: AdviceFacts,
  readings: AccountInput['readings'],
  period: string,
  earlier: { readonly period: string; readonly details: Details } | null,
): AdviceFacts {
  const recent =
    earlier !== null && earlier.period >= addMonths(`${period}-01`, -MONTHS_BEFORE).slice(0, 7)
      ? earlier.details
      : null;
  const before = recent?.readings.find(({ id }) => id === 'total_conversations')?.value ?? null;
  const conversationsBefore = [
    ...(before === null ? [] : [before]),
    ...(recent?.facts?.conversationsBefore ?? []),
  ].slice(0, MONTHS_BEFORE);
  const lastUsed =
    (finiteValue(readings.mau) ?? 0) > 0 ? period : (earlier?.details.facts?.lastUsed ?? undefined);
  return present({
    ...facts,
    conversationsBefore: conversationsBefore.length > 0 ? conversationsBefore : undefined,
    lastUsed,
  });
}

/**
 * Counts as they stand beside readings.
 *
 * @example countsOf({ counts: { p1_p2_pct: [1, 5] } }) // => { p1_p2_pct: [1, 5] }
 */
export const countsOf = ({ counts }: AdviceFacts): Record<string, Count> =>
  Object.fromEntries(Object.entries(counts ?? {}).flatMap(([id, count]) => (count ? [[id, count]] : [])));
