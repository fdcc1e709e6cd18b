import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import { shownScore } from 'c/scoringCore';
import { valueName } from 'c/healthAdvice';
import { NAMES, PHRASES } from 'c/healthPhrases';
import { METRICS } from 'c/metricCatalogue';

/** @typedef {import('c/healthAdvice').Speech} Speech */

/** Signs as typographers set them, before their number in every direction of writing. */
const signed = (/** @type {string} */ text) => text.replace('-', '−');

const format = (/** @type {Intl.NumberFormatOptions} */ options) => {
  const formatter = new Intl.NumberFormat(locale, options);
  return (/** @type {number} */ value) => signed(formatter.format(value));
};

const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const tenths = format(TENTHS);
const withSign = format({ ...TENTHS, signDisplay: 'exceptZero' });
/** By the most decimals. */
const NUMBERS = [0, 1, 2].map((maximumFractionDigits) => format({ maximumFractionDigits }));
const money = format({ style: 'currency', currency, maximumFractionDigits: 0 });

/**
 * A number in the reader's language, with at most so many decimals.
 *
 * @param {number} value
 * @param {number} decimals 0 to 2
 * @example number(1234.56, 1) // => '1,234.6'
 */
export const number = (value, decimals) => (NUMBERS[decimals] ?? tenths)(value);

/**
 * Points with their sign and one decimal.
 *
 * @param {number} points
 * @example pointsText(-4.5) // => '−4.5'
 */
export const pointsText = (points) => withSign(Math.round(points * 10) / 10 + 0);

/**
 * A score with one decimal, rounded as the stored ones are; a dash without one.
 *
 * @param {unknown} score
 * @returns {string}
 * @example oneDecimal(65.35) // => '65.4'
 */
export const oneDecimal = (score) => (typeof score === 'number' ? tenths(shownScore(score)) : '–');

/**
 * A name of one of our own lists as its readers call it; what an admin named is said as it is.
 *
 * @param {unknown} name a tier, a category, a severity
 * @example nameOf('At Risk') // => 'At Risk'
 */
export const nameOf = (name) => NAMES[String(name)] ?? String(name);

/** The language of the reader. @type {Omit<Speech, 'day' | 'month'>} */
const HERE = {
  phrases: /** @type {Speech['phrases']} */ (PHRASES),
  number,
  score: oneDecimal,
  points: pointsText,
  money,
  metric: (id) => METRICS[id]?.label ?? id,
  name: nameOf,
};

/**
 * How this reader's language says what sentences are made of.
 *
 * @param {import('./dates').Dates} dates
 * @returns {Speech}
 * @example makeSpeech(dates).points(1.2) // => '+1.2'
 */
export const makeSpeech = (dates) => ({
  ...HERE,
  day(day, today) {
    return day.slice(0, 4) === today.slice(0, 4) ? dates.dayOfYear(day) : dates.day(day);
  },
  month(month, today) {
    return month.slice(0, 4) === today.slice(0, 4) ? dates.monthOfYear(month) : dates.month(month);
  },
});

/**
 * A value in its unit, as people of this language write it.
 *
 * @param {number} value
 * @param {string} unit
 * @example inWords(8700, 'seconds') // => '2 h 25 min'
 */
export const inWords = (value, unit) => valueName(/** @type {Speech} */ (HERE), value, unit);

/**
 * A share in percent, whole where it is.
 *
 * @param {number} share 0 to 1
 * @example percentOf(0.6) // => '60%'
 */
export const percentOf = (share) => inWords(share * 100, 'percent');
