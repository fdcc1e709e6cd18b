import { messageOf } from '../errors.ts';
import { SCORE_KEY, type Fields } from './health-score.ts';
import type { SalesforceWriter } from './write.ts';

const FIELD = 'Current_Health_Score__c';
const RELATION = 'Current_Health_Score__r';

type Row = Readonly<Record<string, unknown>>;

/** A scored record of an account. */
export interface CurrentScore {
  readonly accountId: string;
  /** Score_Key__c. */
  readonly key: string;
  /** Its id, where it was stored before this run. */
  readonly storedId: string | null;
}

export interface NewestRequest {
  /** The period's scored records. */
  readonly scores: readonly CurrentScore[];
  /** Accounts as they were read, with their lookup and its period; without the field they are left alone. */
  readonly accountRows: ReadonlyMap<string, Row>;
  /** Month `YYYY-MM` of those records. */
  readonly period: string;
}

/**
 * Accounts whose lookup must move to this period's score: those that point at nothing, at an older period, at
 * another record of this one, or at a score of another account. A backfill never moves it back.
 *
 * By the score's key: ids of new records would have to be asked for.
 *
 * @example toPoint({ scores: [{ accountId: '001…', key: '001…:2026-10', storedId: null }], accountRows, period: '2026-10' })
 * // => [{ Id: '001…', 'Current_Health_Score__r.Score_Key__c': '001…:2026-10' }]
 */
export function toPoint({ scores, accountRows, period }: NewestRequest): Fields[] {
  return scores.flatMap(({ accountId, key, storedId }) => {
    const row = accountRows.get(accountId);
    if (row === undefined || !(FIELD in row)) return [];
    const current = row[FIELD];
    const shown = row[RELATION] as Row | null | undefined;
    const [shownKey, month] = [shown?.[SCORE_KEY], shown?.['Period__c']];
    // After a merge of accounts it may be a score of the other one, whatever its month.
    const isOther = typeof shownKey === 'string' && !isKeyOf(shownKey, accountId);
    const isNewer = typeof month === 'string' && month > period;
    const isThere =
      current != null && !isOther && (current === storedId || isNewer || isSameKey(shownKey, key));
    return isThere ? [] : [{ Id: accountId, [`${RELATION}.${SCORE_KEY}`]: key }];
  });
}

/** An org compares keys without regard to case. */
const isSameKey = (shown: unknown, key: string): boolean =>
  typeof shown === 'string' && shown.toLowerCase() === key.toLowerCase();

const isKeyOf = (key: string, accountId: string): boolean =>
  key.toLowerCase().startsWith(`${accountId.toLowerCase()}:`);

/**
 * Points the accounts at their newest score, in a pass after the scores. Its failure fails nothing: the scores
 * are there, and the next run compares again.
 *
 * @returns what went wrong, one line an account; empty when all went well
 */
export async function pointAtNewest(client: SalesforceWriter, request: NewestRequest): Promise<string[]> {
  const records = toPoint(request);
  if (records.length === 0) return [];
  try {
    const results = await client.save('Account', 'Id', records);
    return records.flatMap((record, i) => {
      const errors = results[i]?.success ? [] : (results[i]?.errors ?? ['found no result, expected one']);
      return errors.map(
        (error) => `Account ${String(record['Id'])} ${FIELD}: ${error}; the next run tries again`,
      );
    });
  } catch (error) {
    const message = messageOf(error);
    return [`Account ${FIELD}: ${message}; the next run tries again`];
  }
}
