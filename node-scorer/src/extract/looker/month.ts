/**
 * The month that lies some months before another, `YYYY-MM`.
 *
 * @example monthsBefore('2026-02', 3) // => '2025-11'
 */
export function monthsBefore(period: string, months: number): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7);
}

/**
 * The day of an instant, `YYYY-MM-DD` in UTC.
 *
 * @example dayOf(Date.parse('2026-11-01T00:00:00Z')) // => '2026-11-01'
 */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * A range of days as a filter of Looker; the second day is outside.
 *
 * @see https://cloud.google.com/looker/docs/filter-expressions
 * @example dayRange('2026-10-01', '2026-11-01') // => '2026-10-01 to 2026-11-01'
 */
export const dayRange = (from: string, until: string): string => `${from} to ${until}`;
