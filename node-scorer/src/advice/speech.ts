import { labelOf } from '../metrics/for-scoring.ts';
import { formatNumber, formatPoints } from '../scoring/format-value.ts';
import type { Count } from './account.ts';
import { ENGLISH, fillSlots, type Phrase, type Phrases, type Slots } from './phrases.ts';
import { dayName, lowerFirst, monthName } from './words.ts';

/** How a language says what sentences are made of: its templates, numbers, days and names. */
export interface Speech {
  readonly phrases: Phrases;
  /** With the year when it is not today's. */
  readonly day: (day: string, today: string) => string;
  readonly month: (month: string, today: string) => string;
  /** With at most so many decimals. */
  readonly number: (value: number, decimals: number) => string;
  /** With one decimal. */
  readonly score: (value: number) => string;
  /** With sign and one decimal. */
  readonly points: (points: number) => string;
  readonly money: (amount: number) => string;
  /** What people call a metric, as a heading. */
  readonly metric: (id: string) => string;
  /** A name of this project's lists as people read it: a tier, a category of signals. */
  readonly name: (name: string) => string;
}

/** As lists and reports of an org in English read. */
export const ENGLISH_SPEECH: Speech = {
  phrases: ENGLISH,
  day: dayName,
  month: monthName,
  number: formatNumber,
  score: (value) => value.toFixed(1),
  points: formatPoints,
  money: (amount) => `$${String(Math.round(amount)).replace(/\B(?=(\d{3})+$)/g, ',')}`,
  metric: labelOf,
  name: (name) => name,
};

/**
 * A phrase in a language.
 *
 * @example say(ENGLISH_SPEECH, 'count', { k: 2, n: 5 }) // => '2 of 5'
 */
export const say = ({ phrases }: Speech, phrase: Phrase, slots: Slots = {}): string =>
  fillSlots(phrases[phrase], slots);

/**
 * Slots of a metric's name, inside a sentence and at its start.
 *
 * @example metricSlots(ENGLISH_SPEECH, 'p1_p2_pct') // => { metric: 'urgent conversations', Metric: 'Urgent conversations' }
 */
export const metricSlots = ({ metric }: Speech, id: string): Slots => ({
  metric: lowerFirst(metric(id)),
  Metric: metric(id),
});

/**
 * So many of so many.
 *
 * @example countName(ENGLISH_SPEECH, [2, 5]) // => '2 of 5'
 */
export const countName = (speech: Speech, [k, n]: Count): string =>
  say(speech, 'count', { k: speech.number(k, 0), n: speech.number(n, 0) });

/**
 * A value of a metric as people say it.
 *
 * @example valueName(ENGLISH_SPEECH, 8700, 'seconds') // => '2 h 25 min'
 */
export function valueName(speech: Speech, value: number, unit: string): string {
  if (unit === 'seconds') return durationName(speech, value);
  const n = speech.number(value, unit === 'ratio' ? 2 : 1);
  switch (unit) {
    case 'percent':
      return say(speech, 'percent', { n });
    case 'days':
      return say(speech, Math.round(value * 10) === 10 ? 'day_one' : 'days', { n });
    case 'per week':
      return say(speech, 'per_week', { n });
    case 'count':
    case 'score':
    case 'ratio':
      return n;
    default:
      return `${n} ${unit}`;
  }
}

const MINUTE = 60;

function durationName(speech: Speech, seconds: number): string {
  if (Math.abs(seconds) < MINUTE) return say(speech, 'seconds', { n: speech.number(seconds, 1) });
  // Whole minutes from a minute on: nobody reads a median of hours to the second.
  const all = Math.round(Math.abs(seconds) / MINUTE);
  const [h, min] = [Math.sign(seconds) * Math.floor(all / MINUTE), all % MINUTE];
  const slots = { h: speech.number(h, 0), min: speech.number(h === 0 ? Math.sign(seconds) * min : min, 0) };
  return say(speech, h === 0 ? 'minutes' : min === 0 ? 'hours' : 'hours_minutes', slots);
}

/**
 * How far a day is from today.
 *
 * @example daysAway(ENGLISH_SPEECH, -10) // => '10 days ago'
 */
export function daysAway(speech: Speech, days: number): string {
  if (days === 0) return say(speech, 'today');
  if (Math.abs(days) === 1) return say(speech, days > 0 ? 'tomorrow' : 'yesterday');
  return say(speech, days > 0 ? 'in_days' : 'days_ago', { n: speech.number(Math.abs(days), 0) });
}

/**
 * Sentences one after the other, empty ones left out, with a full stop at the end.
 *
 * @example sentences(ENGLISH_SPEECH, ['Renews Dec 4', '', 'Get it signed']) // => 'Renews Dec 4. Get it signed.'
 */
export const sentences = (speech: Speech, parts: readonly string[]): string =>
  say(speech, 'full_stop', {
    said: parts
      .filter((part) => part !== '')
      .reduce((first, second) => say(speech, 'next', { first, second })),
  });
