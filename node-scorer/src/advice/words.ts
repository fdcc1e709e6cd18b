import { labelOf } from '../metrics/for-scoring.ts';
import { formatNumber, formatValue } from '../scoring/format-value.ts';
import type { Count } from './account.ts';
import { familyOf } from './kinds.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const LETTERS = 3;

/**
 * A day as people write it, with the year when it is not today's.
 *
 * @example dayName('2027-01-31', '2026-11-21') // => 'Jan 31, 2027'
 */
export function dayName(day: string, today: string): string {
  const name = `${monthOf(day).slice(0, LETTERS)} ${String(Number(day.slice(8, 10)))}`;
  return day.slice(0, 4) === today.slice(0, 4) ? name : `${name}, ${day.slice(0, 4)}`;
}

/**
 * A month as people write it, with the year when it is not today's.
 *
 * @example monthName('2026-08', '2026-11-21') // => 'August'
 */
export const monthName = (day: string, today: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? monthOf(day) : `${monthOf(day)} ${day.slice(0, 4)}`;

const monthOf = (day: string): string => MONTHS[Number(day.slice(5, 7)) - 1] ?? '';

/**
 * How far a day is from today.
 *
 * @example daysAway(-10) // => '10 days ago'
 */
export function daysAway(days: number): string {
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday';
  return days > 0 ? `in ${String(days)} days` : `${String(-days)} days ago`;
}

/**
 * A value of a metric as people say it.
 *
 * @example valueName(40, 'percent') // => '40%'
 */
export const valueName = (value: number, unit: string): string =>
  unit === 'percent' ? `${formatNumber(value, 1)}%` : formatValue(value, unit);

/**
 * So many of so many.
 *
 * @example countName([2, 5]) // => '2 of 5'
 */
export const countName = ([k, n]: Count): string => `${String(k)} of ${String(n)}`;

/** A metric then and now. */
export interface Moved {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly countFrom: Count | null;
  readonly countTo: Count | null;
  readonly unit: string;
  /** Whether the account scores more for it. */
  readonly better: boolean;
}

/**
 * What happened to a metric, with a verb that agrees with it.
 *
 * @example movedSentence({ metric: 'p1_p2_pct', countFrom: [0, 6], countTo: [1, 5], … })
 * // => 'urgent conversations rose to 1 of 5 (was 0 of 6)'
 */
export function movedSentence({ metric, from, to, countFrom, countTo, unit, better }: Moved): string {
  const counted = countFrom !== null && countTo !== null;
  const [then, now] = counted
    ? [countName(countFrom), countName(countTo)]
    : [valueName(from, unit), valueName(to, unit)];
  if (metric === 'csat_score' && counted) {
    return `${better ? '' : 'only '}${now} ratings were good (was ${then})`;
  }
  const verb =
    familyOf(metric) === 'time' ? (to > from ? 'slowed' : 'quickened') : to > from ? 'rose' : 'fell';
  return `${lowerFirst(labelOf(metric))} ${verb} to ${now} (was ${then})`;
}

/** The first letter small, unless the word is an abbreviation. */
const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/**
 * The first letter large.
 *
 * @example upperFirst('only 1 of 3') // => 'Only 1 of 3'
 */
export const upperFirst = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/**
 * Dollars a year.
 *
 * @example perYear(55_400) // => '$55,400 a year'
 */
export const perYear = (amount: number): string =>
  `$${String(Math.round(amount)).replace(/\B(?=(\d{3})+$)/g, ',')} a year`;
