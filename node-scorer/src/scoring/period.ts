/**
 * Days and calendar months as text (`2026-10-31`, `2026-10`), counted by arithmetic alone: the core knows no clock,
 * and a Date would bring the machine's time zone in.
 */
/** Months from 1900 to 2199: others are slips of a key. */
const PERIOD = /^((?:19|20|21)\d{2})-(0[1-9]|1[0-2])$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Is this a calendar month `YYYY-MM`?
 *
 * @example isPeriod('2026-13') // => false
 */
export const isPeriod = (text: unknown): text is string => typeof text === 'string' && PERIOD.test(text);

/**
 * Is this a day that exists, `YYYY-MM-DD`?
 *
 * @example isDay('2026-02-29') // => false
 */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Last day of a month.
 *
 * @throws RangeError when it is no month
 * @example lastDayOf('2028-02') // => '2028-02-29'
 */
export function lastDayOf(period: string): string {
  const { year, month } = parsePeriod(period);
  return `${period}-${String(daysInMonth(year, month)).padStart(2, '0')}`;
}

/**
 * The month after.
 *
 * @throws RangeError when it is no month, or the last one that four digits can name
 * @example nextPeriod('2026-12') // => '2027-01'
 */
export const nextPeriod = (period: string): string => movePeriod(period, 1);

/**
 * The month before.
 *
 * @throws RangeError when it is no month, or the first one that four digits can name
 * @example previousPeriod('2026-01') // => '2025-12'
 */
export const previousPeriod = (period: string): string => movePeriod(period, -1);

/**
 * Whole days from one day to another; negative when `to` is the earlier one.
 *
 * @throws RangeError when either is no day
 * @example daysBetween('2026-09-30', '2026-10-31') // => 31
 */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/**
 * The day that lies so many days after another; before it when `days` is negative.
 *
 * @throws RangeError when it is no day, or the result leaves the years 0000 to 9999
 * @example addDays('2026-12-31', 1) // => '2027-01-01'
 */
export function addDays(day: string, days: number): string {
  // Inverse of dayNumber: https://howardhinnant.github.io/date_algorithms.html#civil_from_days
  const z = dayNumber(day) + days;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
  if (!isDay(text)) throw new RangeError(`${day} and ${days} days: no day between 0000 and 9999`);
  return text;
}

/**
 * The same day so many months later, or the last day of that month when it has no such day.
 *
 * @throws RangeError when it is no day, or the result leaves the years 0000 to 9999
 * @example addMonths('2026-08-31', 6) // => '2027-02-28'
 */
export function addMonths(day: string, months: number): string {
  if (!isDay(day)) throw new RangeError(`found ${String(day)}, expected a day such as 2026-10-31`);
  const last = lastDayOf(movePeriod(day.slice(0, 7), months));
  const sameDay = `${last.slice(0, 7)}${day.slice(7)}`;
  return sameDay < last ? sameDay : last;
}

function movePeriod(period: string, months: number): string {
  const { year, month } = parsePeriod(period);
  const count = year * 12 + month - 1 + months;
  const moved = `${pad(Math.floor(count / 12), 4)}-${pad((count % 12) + 1, 2)}`;
  if (!isPeriod(moved))
    throw new RangeError(`${period} and ${months} months: no month that four digits can name`);
  return moved;
}

function parsePeriod(period: string): { year: number; month: number } {
  const match = PERIOD.exec(period);
  if (match === null) throw new RangeError(`found ${period}, expected a month such as 2026-10`);
  return { year: Number(match[1]), month: Number(match[2]) };
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] as number);
}

/** Days since 0000-03-01: years begin in March, so that the leap day is the last of its year. */
function dayNumber(text: string): number {
  if (!isDay(text)) throw new RangeError(`found ${String(text)}, expected a day such as 2026-10-31`);
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const y = month <= 2 ? year - 1 : year;
  const shifted = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
