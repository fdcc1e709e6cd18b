import type { AdviceItem } from './advice.ts';
import type { Fact } from './facts.ts';
import { movedSentence } from './moved-sentence.ts';
import type { Phrase } from './phrases.ts';
import type { Told } from './sentences.ts';
import { countName, daysAway, metricSlots, say, sentences, valueName, type Speech } from './speech.ts';
import { upperFirst } from './words.ts';

/** An item in words: what it is about with its points, what more there is to know, what to do, and how likely it is. */
export interface ItemWords {
  readonly what: string;
  readonly more: string;
  readonly action: string;
  readonly likely: string;
}

/**
 * One line of the next steps.
 *
 * @param without score before caps, one decimal; null where numbers are not told
 * @example itemSentence(item, 77.9, told) // => 'A payment problem was opened Sep 23. Settle it with Finance and the customer.'
 */
export function itemSentence(item: AdviceItem, without: number | null, told: Told): string {
  const { what, more, action, likely } = itemWords(item, without, told);
  return sentences(told.speech, [what, more, action, likely]);
}

/**
 * The same for a list of accounts: what it is about and what to do.
 *
 * @example stepSentence(item, told) // => 'No champion since Jul 22 (+0.5). Name a new champion and record the contact role.'
 */
export function stepSentence(item: AdviceItem, told: Told): string {
  const { what, action } = itemWords(item, null, told);
  return sentences(told.speech, [what, action]);
}

/**
 * The parts of that line, each empty where there is nothing to say.
 *
 * @example itemWords(item, 77.9, told).action // => 'Settle it with Finance and the customer'
 */
export function itemWords(item: AdviceItem, without: number | null, told: Told): ItemWords {
  const { speech, texts } = told;
  const pointed = (said: string): string =>
    item.points === null ? said : say(speech, 'with_points', { said, points: speech.points(item.points) });
  const words = (what: string, action: string, more = '', likely = ''): ItemWords => ({
    what,
    more,
    action,
    likely,
  });
  const actionOf = (metric: string): string => texts.metrics[metric]?.action ?? '';
  switch (item.kind) {
    case 'link': {
      const percent = valueName(speech, item.coverage, 'percent');
      const reason = `link_${item.reason}`;
      return words(
        say(speech, 'link', { source: upperFirst(item.source), percent }),
        reason in speech.phrases ? say(speech, reason as Phrase) : '',
      );
    }
    case 'fact': {
      const fact = item as unknown as Fact;
      const apart =
        'caps' in fact && fact.caps && without !== null
          ? say(speech, 'without_it', { score: speech.score(without) })
          : '';
      const own = fact.code === 'sharp_drop' ? actionOf(fact.metric) : (texts.facts[fact.code]?.action ?? '');
      return words(pointed(factSentence(item, told)), own, apart);
    }
    case 'task': {
      const { metric, to, count, by, label, basis } = item;
      const { value, count: present } = told.now(metric);
      const unit = told.unit(metric);
      const [from, target] =
        count !== null && present !== null
          ? [countName(speech, present), countName(speech, count)]
          : [valueName(speech, value, unit), valueName(speech, to, unit)];
      const day = speech.day(by, told.today);
      return words(
        pointed(say(speech, 'task', { ...metricSlots(speech, metric), from, to: target, day })),
        actionOf(metric),
        '',
        say(speech, basis === 'none' ? 'no_history' : label),
      );
    }
    case 'tier':
      return words(pointed(say(speech, 'tier')), actionOf(item.metric));
    case 'review': {
      const { count: present } = told.now(item.metric);
      const now = present === null ? '' : countName(speech, present);
      return words(
        say(speech, 'reviews', { now }),
        actionOf(item.metric),
        pointed(nextReview(item.count, present, told)),
      );
    }
    case 'cover':
      return words(
        say(speech, item.metric === 'qbr_attendance' ? 'cover_reviews' : 'cover_champion'),
        actionOf(item.metric),
      );
    default:
      return item satisfies never;
  }
}

function nextReview(
  count: readonly [number, number] | null,
  present: readonly [number, number] | null,
  { speech, reviewsLeft }: Told,
): string {
  const next = count === null ? '' : countName(speech, count);
  const left = reviewsLeft === null ? '' : countName(speech, reviewsLeft);
  // With none to drop off, nothing would be different without it.
  const same = reviewsLeft === null || present === null || String(reviewsLeft) === String(present);
  return same ? say(speech, 'next_review', { next }) : say(speech, 'next_review_or_not', { next, left });
}

/**
 * A fact in words, without a full stop.
 *
 * @example factSentence(item, told) // => 'Renews Dec 4 (tomorrow), $55,400 a year'
 */
export function factSentence(item: Extract<AdviceItem, { kind: 'fact' }>, told: Told): string {
  const { speech, today } = told;
  const fact = item as unknown as Fact;
  const day = (on: string): string => speech.day(on, today);
  switch (fact.code) {
    case 'renewal_overdue':
    case 'renewal_soon':
    case 'renewal_near': {
      const said = say(speech, fact.code === 'renewal_overdue' ? 'renewal_due' : 'renews', {
        date: day(fact.date),
        when: daysAway(speech, fact.days),
      });
      return fact.amount === null ? said : say(speech, 'worth', { said, amount: speech.money(fact.amount) });
    }
    case 'signal_critical':
    case 'signal_moderate':
      return signalSentence(fact, speech, day);
    case 'silent_users': {
      const { lastUsed } = fact;
      if (lastUsed === null) return say(speech, 'silent_lately');
      return lastUsed.length > 7
        ? say(speech, 'silent_since_day', { day: day(lastUsed) })
        : say(speech, 'silent_since_month', { month: speech.month(lastUsed, today) });
    }
    case 'champion_vacant':
      return fact.since === null
        ? say(speech, 'no_champion')
        : say(speech, 'no_champion_since', { day: day(fact.since) });
    case 'payment_problem':
      return say(speech, fact.times === 1 ? 'payment_problem' : 'payment_problems', {
        n: speech.number(fact.times, 0),
        day: day(fact.date),
      });
    case 'silent_conversations':
      return say(speech, 'no_conversations', {
        month: speech.month(told.period, today),
        n: speech.number(fact.before, 1),
      });
    case 'users_falling':
      return say(speech, 'users_fell', {
        to: speech.number(fact.to, 0),
        from: speech.number(fact.from, 0),
        percent: say(speech, 'percent', { n: speech.number(fact.pct, 0) }),
      });
    case 'sharp_drop':
      return upperFirst(movedSentence(speech, { ...fact, unit: told.unit(fact.metric), better: false }));
    default:
      return fact satisfies never;
  }
}

function signalSentence(
  { code, observedOn, expiresOn, category }: Extract<Fact, { code: 'signal_critical' | 'signal_moderate' }>,
  speech: Speech,
  day: (on: string) => string,
): string {
  const since = say(speech, code, { day: day(observedOn) });
  const said =
    category === null ? since : say(speech, 'signal_named', { said: since, name: speech.name(category) });
  const ends = expiresOn === null ? null : say(speech, 'stops_counting', { day: day(expiresOn) });
  return ends === null ? said : say(speech, 'next', { first: said, second: ends });
}
