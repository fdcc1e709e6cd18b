import type { Account, Window } from '../facts/index.ts';
import type { StoredReading } from '../load/details.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import type { MissingReason } from '../scoring/index.ts';
import type { SourceName } from '../metrics/define-metric.ts';
import { lend, type Lent } from './carry.ts';
import { observedAt, readingsOf, type Attempts, type Readings } from './readings.ts';
import { detailsOf, readableDetails, readingsIn } from './stored-card.ts';
import type { Row, Stored } from './stored.ts';

/** One account's readings, with where each comes from. */
export interface AccountReadings {
  /** By metric id; carried ones hold the value they lend. */
  readonly readings: Readings;
  /** As they are stored: all metrics, in catalogue order. Made when asked for: thousands wait at a time. */
  readonly stored: () => readonly StoredReading[];
  /** Last day of the window each carried reading was read in. */
  readonly carried: Readonly<Record<string, string>>;
  /** Metrics that a failed read lost, carried or not. */
  readonly lost: readonly string[];
  /** Everything was read, and nothing lent. */
  readonly complete: boolean;
  /** Kept from a final score: no source was asked. */
  readonly kept: boolean;
  /** Yearly revenue at the window's end; null when it is not known. */
  readonly arr: number | null;
}

/**
 * Does a stored score keep its readings? One of a complete month whose readings were all read does; carried and lost
 * ones, and running windows, are always read again (DESIGN §2, "History").
 *
 * @param row this period's record; undefined when there is none
 */
export const isFinal = (row: Row | undefined, window: Window): boolean =>
  window.complete && row?.['Final__c'] === true && row['Window_End__c'] === window.asOf;

/**
 * Readings of an account that was read just now; what failed reads lost is lent by its stored scores.
 *
 * @param maxDays how old a lent reading may be, from the model's guards
 */
export function readAccount(
  account: Account,
  attempts: Attempts,
  stored: Stored,
  window: Window,
  maxDays: number,
): AccountReadings {
  const read = readingsOf(account.id, attempts, window);
  const earlier = [stored.current.get(account.id), stored.earlier.get(account.id)];
  const lenders = earlier.filter((row): row is Row => row !== undefined);
  const lent = lend(read, lenders, window.asOf, maxDays);
  const times = observedAt(attempts);
  const readings: Record<string, Readings[string]> = { ...read };
  for (const [id, { value }] of lent) readings[id] = { value };
  const facts =
    'missing' in attempts.salesforce ? undefined : attempts.salesforce.extraction.facts.get(account.id);
  const arr = facts && 'known' in facts ? facts.known.arr : undefined;
  const lost = Object.keys(read).filter((id) => read[id]?.missing === 'source_down');
  return {
    readings,
    stored: () => toStored(readings, lent, times),
    carried: Object.fromEntries([...lent].map(([id, { carriedFrom }]) => [id, carriedFrom])),
    lost,
    complete: lost.length === 0,
    kept: false,
    arr: arr && 'known' in arr ? arr.known : null,
  };
}

/**
 * Readings that a final score keeps.
 *
 * @returns null when they cannot be read any more: then the sources are to be asked again
 */
export function keepReadings(row: Row): AccountReadings | null {
  const details = readableDetails(row);
  if (details === null || details.readings.length === 0) return null;
  const arr = row['ARR__c'];
  return {
    readings: readingsIn(details),
    stored: () => detailsOf(row).readings,
    carried: {},
    lost: [],
    complete: true,
    kept: true,
    arr: typeof arr === 'number' ? arr : null,
  };
}

/** All readings with where and when they come from, in catalogue order. */
const toStored = (
  readings: Readings,
  lent: ReadonlyMap<string, Lent>,
  times: Readonly<Record<SourceName, string | null>>,
): StoredReading[] =>
  CATALOGUE.map(({ id, unit, source }) => {
    const reading = readings[id] ?? { value: null, missing: 'not_configured' as MissingReason };
    const from = lent.get(id);
    return {
      id,
      value: reading.value,
      ...(reading.missing === undefined ? {} : { missing: reading.missing }),
      unit,
      source,
      observedAt: from === undefined ? times[source] : from.observedAt,
      ...(from === undefined ? {} : { carriedFrom: from.carriedFrom }),
    };
  });
