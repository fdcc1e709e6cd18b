import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal } from './words';

/** @typedef {import('./record').Row} Row */

/**
 * The bar from 0 to 100: tiers, the score, the earlier one, the range.
 *
 * @param {{ row: Row, scorecard: import('./record').Scorecard | null, change: import('./record').StoredChange | null, month: string }} known month that the earlier score is of
 */
export function scaleOf({ row, scorecard, change, month }) {
  const score = row.Health_Score__c;
  if (typeof score !== 'number') return null;
  const [low, high] = [row.Band_Low__c, row.Band_High__c];
  const banded = typeof low === 'number' && typeof high === 'number' && high > low;
  const ticks = (scorecard?.model.tiers ?? [])
    .filter(({ from }) => from > 0)
    .map(({ from, name }) => ({ from, label: String(from), name, at: at(from) }))
    .reverse();
  const said = [
    fill(LABELS.scaleScore, oneDecimal(score)),
    ...(change ? [fill(LABELS.scaleEarlier, month, oneDecimal(change.from))] : []),
    ...(banded ? [fill(LABELS.couldBe, oneDecimal(low), oneDecimal(high))] : []),
    ...ticks.map(({ name, from }) => fill(LABELS.scaleTier, name, from)),
  ];
  return {
    aria: said.join('. '),
    fill: `inline-size: ${score}%`,
    dot: at(score),
    earlier: change ? at(change.from) : '',
    band: banded ? `inset-inline-start: ${low}%; inline-size: ${(high - low).toFixed(1)}%` : '',
    ticks,
  };
}

/** @param {number} score */
function at(score) {
  return `inset-inline-start: ${score}%`;
}
