import type { Row } from './client.ts';

/** The key of a Health_Score__c: 18-character account id, colon, month. */
export const SCORE_KEY = 'Score_Key__c';

const KEY = /^([a-zA-Z0-9]{18}):/;

/**
 * The account that a stored score is of. Its key says so, never its lookup: when accounts are merged, the platform hangs
 * the scores of the one that goes below the other, and they keep their keys.
 *
 * @param lookup the field that points at the account
 * @returns null for a row that tells of no account
 * @see https://help.salesforce.com/s/articleView?id=sales.account_merge.htm
 * @example scoredAccount({ Score_Key__c: '0010000000000C1AAA:2026-09', Account__c: '0010000000000A1AAA' }) // => '0010000000000C1AAA'
 */
export function scoredAccount(row: Row, lookup = 'Account__c'): string | null {
  const below = row[lookup];
  const key = row[SCORE_KEY];
  const own = typeof key === 'string' ? KEY.exec(key)?.[1] : undefined;
  if (own === undefined) return typeof below === 'string' ? below : null;
  // An org compares keys without regard to case, and 18 characters name an id in any case.
  return typeof below === 'string' && below.toLowerCase() === own.toLowerCase() ? below : own;
}

/**
 * Does a stored score hang below the account that it is of?
 *
 * @example isOwn({ Score_Key__c: '0010000000000C1AAA:2026-09', Account__c: '0010000000000A1AAA' }) // => false
 */
export const isOwn = (row: Row, lookup = 'Account__c'): boolean => scoredAccount(row, lookup) === row[lookup];
