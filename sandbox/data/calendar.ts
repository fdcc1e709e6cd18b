/**
 * Months and days in UTC, as plain text and milliseconds. Reckoned with numbers where a big base asks for them by
 * the million: a `Date` is read from text and written to it many times slower.
 */
export const DAY = 86_400_000;

const yearOf = (month: string): number => Number(month.slice(0, 4));
/** From 1. */
const numberOf = (month: string): number => Number(month.slice(5, 7));

/**
 * First instant of a month.
 *
 * @example monthStart('2026-10') // => Date.UTC(2026, 9, 1)
 */
export const monthStart = (month: string): number => Date.UTC(yearOf(month), numberOf(month) - 1);

/**
 * A month some months away.
 *
 * @example shiftMonth('2026-11', -13) // => '2025-10'
 */
export function shiftMonth(month: string, by: number): string {
  const months = yearOf(month) * 12 + numberOf(month) - 1 + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** First instant after a month. */
export const monthEnd = (month: string): number => Date.UTC(yearOf(month), numberOf(month));

export const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * A day some days away.
 *
 * @example shiftDay('2026-10-31', 1) // => '2026-11-01'
 */
export const shiftDay = (day: string, by: number): string => dayOf(Date.parse(day) + by * DAY);
