import type { Account, Window } from '../facts/index.ts';
import { metricById } from '../metrics/catalogue.ts';
import { SOURCE_NAMES, type SourceName } from '../extract/registry.ts';
import { changedSince, isFinal, keepReadings, type AccountReadings } from './account-readings.ts';
import { isMapped, type Digests } from './reading-digest.ts';
import type { Stored } from './stored.ts';

/** A final score's readings, and which of them are to be made again. */
export interface Kept {
  readonly readings: AccountReadings;
  /** Metrics whose mapping id, source settings or definition changed since; empty: nobody is asked. */
  readonly again: ReadonlySet<string>;
}

/**
 * Readings of the accounts whose final score keeps them, so that no source need be asked about them but for what was
 * corrected since.
 *
 * @param force read again although the period is final
 */
export function keptReadings(
  accounts: readonly Account[],
  { current }: Stored,
  window: Window,
  force: boolean,
  digestsOf: (account: Account) => Digests,
): ReadonlyMap<string, Kept> {
  const kept = new Map<string, Kept>();
  if (force) return kept;
  for (const account of accounts) {
    const row = current.get(account.id);
    const readings = row !== undefined && isFinal(row, window) ? keepReadings(row) : null;
    if (row === undefined || readings === null) continue;
    kept.set(account.id, { readings, again: changedSince(row, digestsOf(account)) });
  }
  return withThoseUnmapped(kept, accounts);
}

/** What an account has whose id is nobody's; the second where it was its own before. */
const UNMAPPED = new Set<string | undefined>(['not_mapped', 'unknown_name']);

/**
 * An id that two accounts shared was nobody's. Once it is corrected for one of them the other's readings change too,
 * although its own id has not: whoever has an id and was not mapped is looked at again when another id was corrected.
 */
function withThoseUnmapped(
  kept: ReadonlyMap<string, Kept>,
  accounts: readonly Account[],
): ReadonlyMap<string, Kept> {
  const corrected = SOURCE_NAMES.filter((source) =>
    [...kept.values()].some(({ again }) => askedAgain(again).includes(source)),
  );
  if (corrected.length === 0) return kept;
  return new Map(
    accounts.flatMap((account): [string, Kept][] => {
      const own = kept.get(account.id);
      if (own === undefined) return [];
      const unmapped = own.readings
        .stored()
        .filter(({ id, missing }) => UNMAPPED.has(missing) && metricById(id) !== undefined)
        .filter(({ id }) => {
          const source = metricById(id)?.source;
          return source !== undefined && corrected.includes(source) && isMapped(account, source);
        });
      return [[account.id, { ...own, again: new Set([...own.again, ...unmapped.map(({ id }) => id)]) }]];
    }),
  );
}

/** Sources that are to be asked about some metrics. */
export const askedAgain = (metrics: ReadonlySet<string>): readonly SourceName[] =>
  SOURCE_NAMES.filter((source) => [...metrics].some((id) => metricById(id)?.source === source));
