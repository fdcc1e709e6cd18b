// Source: https://developer.salesforce.com/blogs/2014/07/record-locking-cheat-sheet

import { recordError } from '../errors.ts';

export interface RowLock {
  /** Tested on `Order__c A-17`, object and external id (or id) of the record. */
  match: RegExp;
  /** How many records it meets before it is over; without end when absent. */
  times?: number;
}

export interface RowLocks {
  add: (lock: RowLock) => void;
  clear: () => void;
  /** @throws OrgError UNABLE_TO_LOCK_ROW when a lock meets this record. */
  check: (object: string, key: string) => void;
}

/**
 * Rows that somebody else has locked, as happens when children of one account are written at once.
 *
 * @example locks.add({ match: /:2026-10$/, times: 2 }) refuses the next two scores of October
 */
export function makeRowLocks(): RowLocks {
  let locks: { lock: RowLock; met: number }[] = [];
  return {
    add: (lock) => locks.push({ lock, met: 0 }),
    clear: () => {
      locks = [];
    },
    check: (object, key) => {
      for (const state of locks) {
        if (!state.lock.match.test(`${object} ${key}`)) continue;
        if (state.met >= (state.lock.times ?? Number.POSITIVE_INFINITY)) continue;
        state.met += 1;
        throw recordError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
      }
    },
  };
}
