import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal } from './speech';

/**
 * How far the score could go either way; empty for a complete score, which needs no range.
 *
 * @param {import('./record').Row} row
 * @returns {{ low: number, high: number }[]} one or none
 * @example rangeOf({ Band_Low__c: 71.9, Band_High__c: 75.7 }) // => [{ low: 71.9, high: 75.7 }]
 */
export function rangeOf({ Band_Low__c: low, Band_High__c: high }) {
  return typeof low === 'number' && typeof high === 'number' && high > low ? [{ low, high }] : [];
}

/** @typedef {{ id: string, look: string, place: string, label?: string }} Mark */

const at = (/** @type {number} */ score) => `inset-inline-start: ${score}%`;
const wide = (/** @type {number} */ points) => `inline-size: ${points.toFixed(1)}%`;

/**
 * The bar from 0 to 100: how full it is, the range, where tiers start, the earlier score and the score, in the order in
 * which they lie upon each other; and the same in words.
 *
 * @param {{ row: import('./record').Row, tiers: readonly { name: string, from: number }[], change: import('./record').StoredChange | null, month: string }} known month that the earlier score is of
 * @returns {{ aria: string, marks: Mark[] } | null} null without a score
 */
export function scaleOf({ row, tiers, change, month }) {
  const score = row.Health_Score__c;
  if (typeof score !== 'number') return null;
  const range = rangeOf(row);
  const bounds = tiers.filter(({ from }) => from > 0).reverse();
  const said = [
    fill(LABELS.scaleScore, oneDecimal(score)),
    ...(change ? [fill(LABELS.scaleEarlier, month, oneDecimal(change.from))] : []),
    ...range.map(({ low, high }) => fill(LABELS.couldBe, oneDecimal(low), oneDecimal(high))),
    ...bounds.map(({ name, from }) => fill(LABELS.scaleTier, name, from)),
  ];
  return {
    aria: said.join('. '),
    marks: [
      { id: 'fill', look: 'fill', place: wide(score) },
      ...range.map(({ low, high }) => ({
        id: 'band',
        look: 'band hatched',
        place: `${at(low)}; ${wide(high - low)}`,
      })),
      ...bounds.map(({ from }) => ({ id: `${from}`, look: 'tick', place: at(from), label: `${from}` })),
      ...(change ? [{ id: 'earlier', look: 'dot earlier', place: at(change.from) }] : []),
      { id: 'dot', look: 'dot', place: at(score) },
    ],
  };
}
