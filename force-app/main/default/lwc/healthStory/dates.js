/**
 * Days and months in the reader's language. Days come as `2026-10-31`, months as `2026-10`: as the scorer counts them, in UTC.
 * Times come as ISO, and are told in the reader's time zone.
 * @typedef {object} Dates
 * @property {(day: string) => string} day
 * @property {(day: string) => string} dayOfYear without the year
 * @property {(period: string) => string} month
 * @property {(period: string) => string} monthOfYear without the year
 * @property {(period: string) => string} letter of the month
 * @property {(time: string) => string} time
 */

/**
 * @param {string} locale
 * @param {string} [timeZone] of the reader
 * @returns {Dates}
 * @example makeDates('en-GB').day('2026-11-21') // => '21 Nov 2026'
 */
export function makeDates(locale, timeZone = 'UTC') {
  const format = (/** @type {Intl.DateTimeFormatOptions} */ options, zone = 'UTC') => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    return (/** @type {string} */ text) => {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? text : formatter.format(date);
    };
  };
  return {
    day: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    dayOfYear: format({ day: 'numeric', month: 'short' }),
    month: format({ month: 'long', year: 'numeric' }),
    monthOfYear: format({ month: 'long' }),
    letter: format({ month: 'narrow' }),
    // When something happened is told by the reader's own clock.
    time: format(
      { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
      timeZone,
    ),
  };
}
