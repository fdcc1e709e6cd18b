// Source: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm

/** Half-open range of days: first day, and the day after the last. */
export interface Days {
  from: string;
  to: string;
}

const DAY = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * The days that a SOQL date literal means, in UTC (the time zone of the user that this org runs requests as), or
 * undefined for one that is not modelled. Meaning of each: SOQL and SOSL Reference, "Date Formats and Date Literals".
 * Weeks begin on Sunday, as in the en_US locale.
 *
 * @example literalDays('LAST_N_MONTHS', 2, Date.UTC(2026, 10, 21)) // => { from: '2026-09-01', to: '2026-11-01' }
 */
export function literalDays(name: string, n: number, now: number): Days | undefined {
  const today = Math.floor(now / DAY) * DAY;
  const date = new Date(today);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const days = (from: number, count: number): Days => ({
    from: iso(today + from * DAY),
    to: iso(today + (from + count) * DAY),
  });
  const months = (from: number, count: number): Days => ({
    from: iso(Date.UTC(year, month + from, 1)),
    to: iso(Date.UTC(year, month + from + count, 1)),
  });
  const years = (from: number, count: number): Days => ({
    from: iso(Date.UTC(year + from, 0, 1)),
    to: iso(Date.UTC(year + from + count, 0, 1)),
  });
  const quarter = 3 * Math.floor(month / 3) - month;
  const quarters = (from: number, count: number): Days => months(quarter + 3 * from, 3 * count);
  const weeks = (from: number, count: number): Days => days(7 * from - date.getUTCDay(), 7 * count);
  switch (name.toUpperCase()) {
    case 'YESTERDAY':
      return days(-1, 1);
    case 'TODAY':
      return days(0, 1);
    case 'TOMORROW':
      return days(1, 1);
    case 'LAST_WEEK':
      return weeks(-1, 1);
    case 'THIS_WEEK':
      return weeks(0, 1);
    case 'NEXT_WEEK':
      return weeks(1, 1);
    case 'LAST_MONTH':
      return months(-1, 1);
    case 'THIS_MONTH':
      return months(0, 1);
    case 'NEXT_MONTH':
      return months(1, 1);
    case 'LAST_90_DAYS':
      return days(-90, 91);
    case 'NEXT_90_DAYS':
      return days(1, 90);
    case 'THIS_QUARTER':
      return quarters(0, 1);
    case 'LAST_QUARTER':
      return quarters(-1, 1);
    case 'NEXT_QUARTER':
      return quarters(1, 1);
    case 'THIS_YEAR':
      return years(0, 1);
    case 'LAST_YEAR':
      return years(-1, 1);
    case 'NEXT_YEAR':
      return years(1, 1);
    case 'LAST_N_DAYS':
      return days(-n, n + 1);
    case 'NEXT_N_DAYS':
      return days(1, n);
    case 'N_DAYS_AGO':
      return days(-n, 1);
    case 'LAST_N_WEEKS':
      return weeks(-n, n);
    case 'NEXT_N_WEEKS':
      return weeks(1, n);
    case 'LAST_N_MONTHS':
      return months(-n, n);
    case 'NEXT_N_MONTHS':
      return months(1, n);
    case 'N_MONTHS_AGO':
      return months(-n, 1);
    case 'LAST_N_QUARTERS':
      return quarters(-n, n);
    case 'NEXT_N_QUARTERS':
      return quarters(1, n);
    case 'LAST_N_YEARS':
      return years(-n, n);
    case 'NEXT_N_YEARS':
      return years(1, n);
    default:
      return undefined;
  }
}
