import type { AccountFacts as AdviceFacts } from '../advice/index.ts';
import type { Account, Window } from '../facts/index.ts';
import type { StoredReading } from '../load/details.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { factsInPart, factsRead } from './advice-facts.ts';
import type { MissingReason } from '../scoring/index.ts';
import type { SourceName } from '../extract/registry.ts';
import { lend, type Lent } from './carry.ts';
import { knownMetrics } from './forgotten.ts';
import { isAskedOtherwise, type Digests } from './reading-digest.ts';
import { observedAt, type Attempts, type Readings } from './readings.ts';
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
  /** What the sources told beside readings, or a final score keeps of it. */
  readonly facts: AdviceFacts;
}

/**
 * Does a stored score keep its readings? One of a complete month whose readings were all read does; carried and lost
 * ones, and running windows, are always read again (docs/glossary.md, "History").
 *
 * @param row this period's record; undefined when there is none
 */
export const isFinal = (row: Row | undefined, window: Window): boolean =>
  window.complete && row?.['Final__c'] === true && row['Window_End__c'] === window.asOf;

/**
 * Readings of an account that was read just now; what failed reads lost is lent by its stored scores.
 *
 * @param read what the sources told of it
 * @param maxDays how old a lent reading may be, from the model's guards
 * @param digests what this account's readings are asked by
 */
export function readAccount(
  account: Account,
  read: Readings,
  attempts: Attempts,
  stored: Stored,
  window: Window,
  maxDays: number,
  digests: Digests,
): AccountReadings {
  const earlier = [stored.current.get(account.id), stored.earlier.get(account.id)];
  const lenders = earlier.filter((row): row is Row => row !== undefined);
  const lent = lend(read, lenders, window.asOf, maxDays, digests);
  const times = observedAt(attempts);
  const readings: Record<string, Readings[string]> = { ...read };
  for (const [id, { value }] of lent) readings[id] = { value };
  const facts =
    'missing' in attempts.salesforce ? undefined : attempts.salesforce.extraction.facts.get(account.id);
  const arr = facts && 'known' in facts ? facts.known.arr : undefined;
  const lost = Object.keys(read).filter((id) => read[id]?.missing === 'source_down');
  return {
    readings,
    stored: () =>
      toStored(readings, { lent, times, digests, known: knownMetrics(stored, account.id, digests) }),
    carried: Object.fromEntries([...lent].map(([id, { carriedFrom }]) => [id, carriedFrom])),
    lost,
    complete: lost.length === 0,
    kept: false,
    arr: arr && 'known' in arr ? arr.known : null,
    facts: factsRead(account.id, attempts, window),
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
    facts: details.facts ?? {},
  };
}

/**
 * Metrics of a final score whose mapping id, source settings or definition changed since it was read, and those that
 * were not there yet.
 *
 * @example changedSince(row, digests) // => Set { 'critical_bugs' }
 */
export function changedSince(row: Row, digests: Digests): ReadonlySet<string> {
  const stored = new Map((readableDetails(row)?.readings ?? []).map((reading) => [reading.id, reading]));
  return new Set(
    CATALOGUE.map(({ id }) => id).filter((id) => {
      const reading = stored.get(id);
      return reading === undefined || isAskedOtherwise(reading.digest, digests[id]);
    }),
  );
}

/**
 * A final score's readings, of which some were read again: the others stay as they are, to the byte.
 *
 * @param again metrics whose fresh reading is taken
 */
export function readInPart(
  kept: AccountReadings,
  fresh: AccountReadings,
  again: ReadonlySet<string>,
): AccountReadings {
  const ofAgain = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).filter(([id]) => again.has(id)));
  const lost = fresh.lost.filter((id) => again.has(id));
  return {
    readings: { ...kept.readings, ...ofAgain(fresh.readings) },
    stored: () => {
      const before = new Map(kept.stored().map((reading) => [reading.id, reading]));
      return fresh
        .stored()
        .map((reading) => (again.has(reading.id) ? reading : (before.get(reading.id) ?? reading)));
    },
    carried: ofAgain(fresh.carried),
    lost,
    complete: lost.length === 0,
    kept: false,
    arr: REVENUE.some((id) => again.has(id)) ? (fresh.arr ?? kept.arr) : kept.arr,
    facts: factsInPart(kept.facts, fresh.facts, again),
  };
}

const REVENUE = ['arr_trajectory_pct', 'tier_alignment'];

interface Provenance {
  readonly lent: ReadonlyMap<string, Lent>;
  readonly times: Readonly<Record<SourceName, string | null>>;
  readonly digests: Digests;
  /** Metrics for which their source knew the account before. */
  readonly known: ReadonlySet<string>;
}

/** All readings with where and when they come from, in catalogue order. */
const toStored = (readings: Readings, { lent, times, digests, known }: Provenance): StoredReading[] =>
  CATALOGUE.map(({ id, unit, source }) => {
    const reading = readings[id] ?? { value: null, missing: 'not_configured' as MissingReason };
    const from = lent.get(id);
    const digest = from === undefined ? digests[id] : from.digest;
    return {
      id,
      value: reading.value,
      ...(reading.missing === undefined ? {} : { missing: reading.missing }),
      unit,
      source,
      observedAt: from === undefined ? times[source] : from.observedAt,
      ...(from === undefined ? {} : { carriedFrom: from.carriedFrom }),
      ...(digest === undefined ? {} : { digest }),
      ...(reading.missing === 'source_down' && known.has(id) ? { knew: true as const } : {}),
    };
  });
