import { PHRASES } from 'c/healthPhrases';
import { inWords } from './speech';

/**
 * How values of a metric are written: in the unit that the model gives it.
 *
 * @param {import('./record').Scorecard} scorecard
 * @param {string} metric
 * @returns {(value: number) => string}
 * @example inUnit(scorecard, 'median_first_response_seconds')(8700) // => '2 h 25 min'
 */
export const inUnit =
  ({ model }, metric) =>
  (value) =>
    inWords(value, model.thresholds[metric]?.unit ?? '');

/**
 * What there is to say, one after the other; what is empty is left out.
 *
 * @param {...string} parts
 * @returns {string}
 * @example inSentences('82.6 to 90', '', 'Account manager') // => '82.6 to 90. Account manager'
 */
export const inSentences = (...parts) =>
  parts.filter(Boolean).reduce((first, second) => {
    if (first === '') return second;
    return String(PHRASES.next).replace('{first}', first).replace('{second}', second);
  }, '');
