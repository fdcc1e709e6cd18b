import { labelOf } from '../metrics/for-scoring.ts';
import { formatNumber, formatPoints } from '../scoring/format-value.ts';
import type { AdviceItem } from './advice.ts';
import type { Fact } from './facts.ts';
import type { Told } from './sentences.ts';
import type { ShareLabel } from './share.ts';
import {
  countName,
  dayName,
  daysAway,
  monthName,
  movedSentence,
  perYear,
  upperFirst,
  valueName,
} from './words.ts';

const LINKED: Readonly<Record<string, string>> = {
  not_mapped: "Fill in the account's id there",
  not_configured: 'Connect the source',
  no_permission: 'Give the scorer access',
  no_field: 'Add the missing field',
};

/** How many similar accounts got there. Never that the step is what made them. */
const SHARES: Readonly<Record<ShareLabel, string>> = {
  one_in_four: 'About 1 in 4 similar accounts got there in three months',
  one_in_three: 'About 1 in 3 similar accounts got there in three months',
  half: 'About half of similar accounts got there in three months',
  most: 'Most similar accounts got there in three months',
};
const NO_HISTORY = 'No history yet: a usual first step';

/**
 * One line of the next steps.
 *
 * @param without score before caps, one decimal; null where numbers are not told
 * @example itemSentence(item, 77.9, told) // => 'A payment problem was opened Sep 23. Settle it with Finance and the customer.'
 */
export function itemSentence(item: AdviceItem, without: number | null, told: Told): string {
  const { texts } = told;
  const points = item.points === null ? '' : ` (${formatPoints(item.points)})`;
  const action = (metric: string): string => texts.metrics[metric]?.action ?? '';
  const join = (...parts: string[]): string => `${parts.filter((part) => part !== '').join('. ')}.`;
  switch (item.kind) {
    case 'link':
      return join(
        `Link ${upperFirst(item.source)}: ${formatNumber(item.coverage, 1)}% of what counts is unknown`,
        LINKED[item.reason] ?? '',
      );
    case 'fact': {
      const fact = item as unknown as Fact;
      const apart = 'caps' in fact && fact.caps && without !== null ? `Without it ${without.toFixed(1)}` : '';
      const own = fact.code === 'sharp_drop' ? action(fact.metric) : (texts.facts[fact.code]?.action ?? '');
      return join(`${factSentence(item, told)}${points}`, apart, own);
    }
    case 'task': {
      const { metric, to, count, by, label, basis } = item;
      const { value, count: present } = told.now(metric);
      const unit = told.unit(metric);
      const [from, target] =
        count !== null && present !== null
          ? [countName(present), countName(count)]
          : [valueName(value, unit), valueName(to, unit)];
      return join(
        `${labelOf(metric)}: ${from} to ${target} by ${dayName(by, told.today)}${points}`,
        action(metric),
        basis === 'none' ? NO_HISTORY : SHARES[label],
      );
    }
    case 'tier':
      return join(`Revenue is above the limit of the success tier${points}`, action(item.metric));
    case 'review':
      return join(reviewSentence(item, told), action(item.metric)).replace('{points}', points);
    case 'cover':
      return join(
        `${item.metric === 'qbr_attendance' ? 'Quarterly reviews' : 'Champion'}: none recorded`,
        action(item.metric),
      );
    default:
      return item satisfies never;
  }
}

function reviewSentence(
  { metric, count }: Extract<AdviceItem, { kind: 'tier' | 'review' }>,
  told: Told,
): string {
  const { count: present } = told.now(metric);
  const { reviewsLeft: left } = told;
  const dropped = left !== null && present !== null && countName(left) !== countName(present);
  const without = dropped ? `, without it ${countName(left)}` : '';
  const next = count === null ? '' : `With the next one ${countName(count)}${without}{points}`;
  return `Quarterly reviews: ${present === null ? '' : `${countName(present)} attended. `}${next}`;
}

/**
 * A fact in words, without a full stop.
 *
 * @example factSentence(item, told) // => 'Renews Dec 4 (tomorrow), $55,400 a year'
 */
export function factSentence(item: Extract<AdviceItem, { kind: 'fact' }>, told: Told): string {
  const fact = item as unknown as Fact;
  const day = (on: string): string => dayName(on, told.today);
  switch (fact.code) {
    case 'renewal_overdue':
    case 'renewal_soon':
    case 'renewal_near': {
      const verb = fact.code === 'renewal_overdue' ? 'The renewal was due' : 'Renews';
      const amount = fact.amount === null ? '' : `, ${perYear(fact.amount)}`;
      return `${verb} ${day(fact.date)} (${daysAway(fact.days)})${amount}`;
    }
    case 'signal_critical':
    case 'signal_moderate': {
      const what = fact.category === null ? '' : `: ${fact.category}`;
      const ends = fact.expiresOn === null ? '' : `. It stops counting ${day(fact.expiresOn)}`;
      const severity = fact.code === 'signal_critical' ? 'Critical' : 'Moderate';
      return `${severity} signal since ${day(fact.observedOn)}${what}${ends}`;
    }
    case 'silent_users': {
      const { lastUsed } = fact;
      if (lastUsed === null) return 'No one has used the product lately';
      return lastUsed.length > 7
        ? `No one has logged in since ${day(lastUsed)}`
        : `No one has used the product since ${monthName(lastUsed, told.today)}`;
    }
    case 'champion_vacant':
      return fact.since === null ? 'No champion' : `No champion since ${day(fact.since)}`;
    case 'payment_problem':
      return fact.times === 1
        ? `A payment problem was opened ${day(fact.date)}`
        : `${String(fact.times)} payment problems were opened in 60 days, the last ${day(fact.date)}`;
    case 'silent_conversations':
      return `No conversations in ${monthName(told.period, told.today)}; there were ${formatNumber(fact.before, 1)} a month`;
    case 'users_falling':
      return `Active users fell to ${formatNumber(fact.to, 0)} from ${formatNumber(fact.from, 0)} (${formatNumber(fact.pct, 0)}%)`;
    case 'sharp_drop':
      return upperFirst(movedSentence({ ...fact, unit: told.unit(fact.metric), better: false }));
    default:
      return fact satisfies never;
  }
}
