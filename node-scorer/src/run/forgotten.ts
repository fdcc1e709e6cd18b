/** Accounts that a source knew for an earlier score and does not know any more. */
import type { Note } from '../extract/extraction.ts';
import type { Account } from '../facts/index.ts';
import type { StoredReading } from '../load/details.ts';
import { metricById } from '../metrics/catalogue.ts';
import type { SourceName } from '../extract/registry.ts';
import type { MissingReason, Reading } from '../scoring/index.ts';
import { isAskedOtherwise, isMapped, type Digests } from './reading-digest.ts';
import type { Readings } from './readings.ts';
import { readableDetails } from './stored-card.ts';
import type { Stored } from './stored.ts';

/** Readings of an account's stored scores, of this period and of the newest one before. */
const storedReadings = ({ current, earlier }: Stored, accountId: string): StoredReading[] =>
  [current.get(accountId), earlier.get(accountId)].flatMap((row) => readableDetails(row)?.readings ?? []);

/** Reasons that only an account has whom its source knows. */
const KNOWN_BY = new Set<MissingReason | undefined>(['no_activity', 'invalid', 'unknown_name']);

/** An outage says nothing of whom the source knows: what was known before it stands beside what it took. */
const isKnown = ({ value, missing, knew }: StoredReading): boolean =>
  value !== null || KNOWN_BY.has(missing) || knew === true;

/**
 * Metrics for which the source knew this account when its stored scores were read, asked as they are asked today.
 *
 * @example knownMetrics(stored, account.id, digests).has('open_bugs') // => true
 */
export const knownMetrics = (stored: Stored, accountId: string, digests: Digests): ReadonlySet<string> =>
  new Set(
    storedReadings(stored, accountId)
      .filter((reading) => isKnown(reading) && !isAskedOtherwise(reading.digest, digests[reading.id]))
      .map(({ id }) => id),
  );

/** Did a source know this account when it was scored before? */
export const knewBefore = (stored: Stored, accountId: string, source: string): boolean =>
  storedReadings(stored, accountId).some((reading) => reading.source === source && isKnown(reading));

/** Does a stored score of this account hold a value of this metric? */
export const hadValue = (stored: Stored, accountId: string, metric: string): boolean =>
  storedReadings(stored, accountId).some(({ id, value }) => id === metric && value !== null);

/**
 * Readings of which none is `not_mapped` that the source knew by the same id before: a project that may no longer be
 * seen, a company that was merged away, an id that a second account claims since. Its weight, shared out among the
 * others, would make the account look better for that. It is `unknown_name`, a lost reading, until the mapping or the
 * access is corrected. Under another id nobody was known before, and `not_mapped` stays.
 *
 * @param digests what this account's readings are asked by today
 * @example withoutForgotten({ open_bugs: { value: null, missing: 'not_mapped' } }, account, stored, digests).readings
 * // => { open_bugs: { value: null, missing: 'unknown_name' } }
 */
export function withoutForgotten(
  readings: Readings,
  account: Account,
  stored: Stored,
  digests: Digests,
): { readonly readings: Readings; readonly notes: readonly Note[] } {
  const forgotten = new Set<SourceName>();
  let before: ReadonlySet<string> | null = null;
  const result: Record<string, Reading> = { ...readings };
  for (const [id, { missing }] of Object.entries(readings)) {
    const source = metricById(id)?.source;
    if (missing !== 'not_mapped' || source === undefined || !isMapped(account, source)) continue;
    before ??= knownMetrics(stored, account.id, digests);
    if (!before.has(id)) continue;
    result[id] = { value: null, missing: 'unknown_name' };
    forgotten.add(source);
  }
  const notes = [...forgotten].map((source) => ({
    source,
    code: 'forgotten_account',
    message: `${source} knew this account by its present mapping for an earlier score and does not any more; its readings count as lost, so that its score does not rise; correct the mapping (empty it if the customer has truly left ${source}) or the access of the token; after access was given back, a month that is final already is read again only with --force`,
    accountId: account.id,
  }));
  return { readings: forgotten.size === 0 ? readings : result, notes };
}
