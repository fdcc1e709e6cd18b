/** Months and days in UTC, as plain text and milliseconds. */
export const DAY = 86_400_000;

/**
 * First instant of a month.
 *
 * @example monthStart('2026-10') // => Date.UTC(2026, 9, 1)
 */
export const monthStart = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);

/**
 * A month some months away.
 *
 * @example shiftMonth('2026-11', -13) // => '2025-10'
 */
export function shiftMonth(month: string, by: number): string {
  const start = new Date(monthStart(month));
  start.setUTCMonth(start.getUTCMonth() + by);
  return start.toISOString().slice(0, 7);
}

/** First instant after a month. */
export const monthEnd = (month: string): number => monthStart(shiftMonth(month, 1));

export const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * A day some days away.
 *
 * @example shiftDay('2026-10-31', 1) // => '2026-11-01'
 */
export const shiftDay = (day: string, by: number): string => dayOf(Date.parse(day) + by * DAY);
