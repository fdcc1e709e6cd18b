import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { titled } from './words';

const SAID = {
  proven: LABELS.matches,
  disproven: LABELS.doesNotMatch,
  unproven: LABELS.cannotRecompute,
};

/**
 * The foot of the card: does the score give itself, when was what read, and the way to its record.
 *
 * @param {import('./healthStory').Known} known
 * @returns {import('c/healthNotice').Notice}
 */
export function proofOf({ row, scorecard, details, differences, hidden, past, dates }) {
  const open = { act: 'open', label: LABELS.scoreRecord, object: 'Health_Score__c', id: String(row.Id) };
  const proven = scorecard && differences.length === 0;
  const kind = hidden.length > 0 ? 'unproven' : proven ? 'proven' : 'disproven';
  const [title, text] = kind === 'disproven' ? [SAID[kind], ''] : ['', SAID[kind]];
  return {
    id: 'proof',
    kind,
    title,
    text,
    quiet: [
      details ? readLine(details, dates) : '',
      row.Scored_At__c ? fill(LABELS.lastRefreshed, dates.time(String(row.Scored_At__c))) : '',
      row.Model_Version__c ? fill(LABELS.rulesVersion, String(row.Model_Version__c)) : '',
    ]
      .filter(Boolean)
      .join('\n'),
    // The score's own page needs no link to itself.
    actions: past ? [] : [{ ...open, variant: 'base' }],
  };
}

/**
 * Each source with the newest time it was read at: they are not read at once.
 *
 * @param {import('./record').Details} details
 * @param {import('./dates').Dates} dates
 */
function readLine({ readings }, dates) {
  /** @type {Record<string, string>} */
  const newest = {};
  for (const { source, observedAt } of readings)
    if (source && observedAt && observedAt > (newest[source] ?? '')) newest[source] = observedAt;
  // A day once, with all that was read on it.
  /** @type {Record<string, string[]>} */
  const byDay = {};
  for (const [source, at] of Object.entries(newest)) (byDay[dates.day(at)] ??= []).push(titled(source));
  const said = Object.entries(byDay).map(([day, sources]) => `${sources.join(', ')} ${day}`);
  return said.length > 0 ? fill(LABELS.readFrom, said.join('; ')) : '';
}
