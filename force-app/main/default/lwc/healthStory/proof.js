import { fill } from 'c/healthLabels';
import * as LABELS from 'c/healthLabels';
import { sourceName } from './words';

/**
 * The foot of the card: does the score give itself, and when was what read.
 *
 * @param {import('./healthStory').Known} known
 */
export function proofOf({ row, scorecard, details, differences, hidden, past, dates }) {
  const proven = scorecard !== null && differences.length === 0;
  const unknown = hidden.length > 0;
  return {
    text: proven ? LABELS.matches : unknown ? LABELS.cannotRecompute : LABELS.doesNotMatch,
    sign: proven ? '✓' : unknown ? '' : '✕',
    style: proven ? 'tone_good' : unknown ? '' : 'tone_bad doubtful',
    read: details ? readLine(details, dates) : '',
    made: [
      row.Scored_At__c ? fill(LABELS.lastRefreshed, dates.time(String(row.Scored_At__c))) : '',
      row.Model_Version__c ? fill(LABELS.rulesVersion, String(row.Model_Version__c)) : '',
    ].join(' '),
    // The score's own page needs no link to itself.
    record: past ? '' : String(row.Id),
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
  for (const [source, at] of Object.entries(newest)) (byDay[dates.day(at)] ??= []).push(sourceName(source));
  const said = Object.entries(byDay).map(([day, sources]) => `${sources.join(', ')} ${day}`);
  return said.length > 0 ? fill(LABELS.readFrom, said.join('; ')) : '';
}
