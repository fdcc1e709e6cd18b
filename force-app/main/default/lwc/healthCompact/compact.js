import { rowsOf } from 'c/healthData';
import { storyOf } from 'c/healthStory';

/** @typedef {import('c/healthData').Row} Row */
/**
 * What there is to show: nothing yet, a record of no account, an account or score that the reader may not see, or the
 * story of the account's current score.
 * @typedef {{ kind: 'waiting' | 'noAccount' | 'hidden', accountId: string, accountName: string, period: string, inPopulation: boolean, story: null } | { kind: 'none' | 'unscored' | 'scored', accountId: string, accountName: string, period: string, inPopulation: boolean, story: ReturnType<typeof storyOf> }} Compact
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

const queryOf = (/** @type {unknown} */ data) =>
  /** @type {{ uiapi?: { query?: Record<string, import('c/healthData').Connection> } } | null | undefined} */ (
    data
  )?.uiapi?.query;

/**
 * Reads the answer of one of QUERIES. The score is told by the same story as on the account's own card.
 *
 * @param {unknown} data
 * @param {string} object whose page it is
 * @param {{ today: string, locale: string }} reader
 * @param {unknown} [earlier] answer of EARLIER, once it is there
 * @returns {Compact}
 * @example compactOf(data, 'Opportunity', { today: '2026-11-21', locale: 'en-GB' }).kind // => 'scored'
 */
export function compactOf(data, object, reader, earlier) {
  const query = queryOf(data);
  const without = (/** @type {'waiting' | 'noAccount' | 'hidden'} */ kind) => ({
    kind,
    accountId: '',
    accountName: '',
    period: '',
    inPopulation: true,
    story: null,
  });
  if (!query) return without('waiting');
  const [record] = rowsOf(query[object]);
  if (record?.AccountId === null) return without('noAccount');
  const accountId = record?.['Account.Id'];
  if (!record || typeof accountId !== 'string') return without('hidden');
  const account = below(record, ACCOUNT);
  const known = {
    accountId,
    accountName: String(account.Name ?? ''),
    period: String(record[`${SCORE}Period__c`] ?? ''),
    inPopulation: account.Health_Segment__c !== null,
  };
  const score = typeof record[`${SCORE}Id`] === 'string' ? below(record, SCORE) : null;
  // Absent is hidden from this reader; null is an account without a score.
  if (score === null && record['Account.Current_Health_Score__r'] !== null)
    return { ...without('hidden'), ...known };
  const story = storyOf(
    {
      account,
      score,
      history: rowsOf(queryOf(earlier)?.Health_Score__c),
      signals: [],
      ended: rowsOf(query.ended)[0] ?? null,
      touched: null,
      mayRaise: false,
      mayResolve: false,
    },
    reader,
  );
  return story.kind === 'hidden' ? { ...without('hidden'), ...known } : { kind: story.kind, ...known, story };
}
