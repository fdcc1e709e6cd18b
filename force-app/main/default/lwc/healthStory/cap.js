import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { oneDecimal } from './speech';
import { byOf, isOpen, leftOf, titleOf } from './signals';
import { titled } from './words';

/**
 * Why readings were lost, a line each.
 *
 * @param {import('c/scoringCore').Cap} cap an outage cap
 */
function whyHeld({ sources, why = { source_down: sources } }) {
  /** @param {string} text @param {readonly string[] | undefined} names */
  const because = (text, names) => (names ? `\n${fill(text, names.map(titled).join(', '))}` : '');
  return (
    because(LABELS.holdWhy, why.source_down) +
    because(LABELS.holdWhyInvalid, why.invalid) +
    because(LABELS.holdWhyUnknownName, why.unknown_name)
  );
}

/**
 * What holds the score down and the score without it; each signal that does so with who raised it, until when it counts
 * and what can be done. Nothing when nothing holds it.
 *
 * @param {import('./healthStory').Known} known
 * @returns {import('c/healthNotice').Notice[]}
 */
export function capNotices({ scorecard, tiers, signals, signalsKnown, mayResolve, today, dates }) {
  const cap = scorecard?.cap;
  if (!cap) return [];
  const { quantitativeScore } = scorecard.shown;
  const without = tiers.find(({ from }) => from <= (quantitativeScore ?? 0))?.name ?? '';
  const isHold = cap.sources.length > 0;
  const signalPart = (/** @type {import('c/scoringCore').Signal} */ signal) => {
    const found = signals.find(({ Id }) => Id === signal.id);
    // Of one that is gone the score itself knows little.
    const row = found ?? { Date_Observed__c: signal.observedOn };
    const id = String(signal.id);
    // Somebody may have ended it since: then the next refresh lets go of the score.
    const ended = signalsKnown && (!found || !isOpen(found, today));
    const { left, until } = leftOf(signal.expiresOn ?? '', today, dates);
    const resolve = { act: 'resolve', label: LABELS.resolve, id };
    const open = { act: 'open', label: LABELS.openSignal, object: 'Churn_Signal__c', id, variant: 'base' };
    return {
      id,
      title: titleOf(row),
      text: `(${signal.severity}, ${signal.confidence})`,
      quiet: `${byOf(row, dates)}\n${ended ? LABELS.signalEnded : `${left} ${until}`}`,
      actions: found ? [mayResolve && !ended ? resolve : [], open].flat() : [],
    };
  };
  return [
    {
      id: 'cap',
      kind: isHold ? 'outage' : 'cap',
      title: fill(LABELS.heldAt, oneDecimal(cap.at), oneDecimal(quantitativeScore), without),
      text: isHold ? whyHeld(cap) : '',
      actions: [],
      parts: cap.signals.map(signalPart),
    },
  ];
}
