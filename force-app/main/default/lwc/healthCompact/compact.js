import { NOTHING, queryOf, rowsOf } from 'c/healthData';
import { storyOf } from 'c/healthStory';

/** @typedef {import('c/healthData').Row} Row */
/**
 * What there is to show: the account, as far as it may be seen, and the story of its current score; no story while nothing
 * has come yet, and for a record of no account.
 * @typedef {{ accountId: string, accountName: string, period: string, noAccount: boolean, story: ReturnType<typeof storyOf> | null }} Compact
 */

const ACCOUNT = 'Account.';
const SCORE = 'Account.Current_Health_Score__r.';

/**
 * The fields of one parent by their own names.
 *
 * @param {Row} row
 * @param {string} prefix
 * @returns {Row}
 * @example below({ 'Account.Name': 'Larkfield' }, 'Account.') // => { Name: 'Larkfield' }
 */
const below = (row, prefix) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, value]) => [field.slice(prefix.length), value]),
  );

/** @type {Compact} */
export const WAITING = { accountId: '', accountName: '', period: '', noAccount: false, story: null };

/**
 * Reads the answer of one of QUERIES. The score is told by the same story as on the account's own card.
 *
 * @param {unknown} data
 * @param {string} object whose page it is
 * @param {{ today: string, locale: string }} reader
 * @param {unknown} [before] answer of BEFORE, once it is there
 * @returns {Compact}
 * @example compactOf(data, 'Opportunity', { today: '2026-11-21', locale: 'en-GB' }).story.kind // => 'scored'
 */
export function compactOf(data, object, reader, before) {
  const query = queryOf(data);
  if (!query) return WAITING;
  const [record] = rowsOf(query[object]);
  if (record?.AccountId === null) return { ...WAITING, noAccount: true };
  const accountId = record?.['Account.Id'];
  if (!record || typeof accountId !== 'string') return { ...WAITING, story: storyOf(NOTHING, reader) };
  const account = below(record, ACCOUNT);
  const current = typeof record[`${SCORE}Id`] === 'string' ? below(record, SCORE) : null;
  // Since accounts were merged it may be the score of the one that went: no score of this one.
  const score = current?.Own__c === false ? null : current;
  // Absent is hidden from this reader; null is an account without a score.
  const hidden = current === null && record['Account.Current_Health_Score__r'] !== null;
  const known = queryOf(before);
  const answer = {
    ...NOTHING,
    account,
    score,
    history: rowsOf(known?.Health_Score__c),
    signals: known ? rowsOf(known.Churn_Signal__c) : null,
    ended: rowsOf(query.ended)[0] ?? null,
  };
  return {
    accountId,
    accountName: String(account.Name ?? ''),
    period: String(score?.Period__c ?? ''),
    noAccount: false,
    story: storyOf(hidden ? NOTHING : answer, reader),
  };
}
