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
 * The first letter large.
 *
 * @example upperFirst('only 1 of 3') // => 'Only 1 of 3'
 */
export const upperFirst = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/**
 * The first letter small, unless the word is an abbreviation.
 *
 * @example lowerFirst('Urgent conversations') // => 'urgent conversations'
 */
export const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
