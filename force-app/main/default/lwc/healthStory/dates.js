/**
 * Days and months in the reader's language. Days come as `2026-10-31`, months as `2026-10`, times as ISO; all are read as
 * UTC, as the scorer counts them.
 * @typedef {object} Dates
 * @property {(day: string) => string} day
 * @property {(period: string) => string} month
 * @property {(period: string) => string} letter of the month
 * @property {(time: string) => string} time
 */

/**
 * @param {string} locale
 * @returns {Dates}
 * @example makeDates('en-GB').day('2026-11-21') // => '21 Nov 2026'
 */
export function makeDates(locale) {
  const format = (/** @type {Intl.DateTimeFormatOptions} */ options, zone = 'UTC') => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    return (/** @type {string} */ text) => {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? text : formatter.format(date);
    };
  };
  return {
    day: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    month: format({ month: 'long', year: 'numeric' }),
    letter: format({ month: 'narrow' }),
    time: format({
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }),
  };
}
