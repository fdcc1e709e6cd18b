import type { Details } from '../load/details.ts';
import { daysBetween } from '../scoring/index.ts';
import { isAskedOtherwise, type Digests } from './reading-digest.ts';
import type { Readings } from './readings.ts';
import type { Row } from './stored.ts';
import { readableDetails } from './stored-card.ts';

/** A reading that an earlier score lends. */
export interface Lent {
  readonly value: number;
  readonly observedAt: string | null;
  /** Last day of the window it was read in. */
  readonly carriedFrom: string;
  /** What it was asked by; undefined on readings of before this was kept. */
  readonly digest?: string | undefined;
}

/**
 * What earlier scores lend for the readings that a failed read lost: the newest value of each that is at most
 * `maxDays` old, from the end of the window it was read in to the end of this one (docs/glossary.md, "outage cap").
 *
 * @param stored this period's record first, then the newest earlier one; a record that cannot be read lends nothing
 * @param asOf last day of this window
 * @param digests what readings are asked by today: one that was asked by something else is of another project, or
 *   means something else
 * @example lend({ open_bugs: { value: null, missing: 'source_down' } }, [september], '2026-10-31', 45)
 * // => Map { 'open_bugs' => { value: 3, observedAt: '2026-10-01T…', carriedFrom: '2026-09-30' } }
 */
export function lend(
  readings: Readings,
  stored: readonly Row[],
  asOf: string,
  maxDays: number,
  digests: Digests = {},
): ReadonlyMap<string, Lent> {
  const lost = new Set(Object.keys(readings).filter((id) => readings[id]?.missing === 'source_down'));
  const lent = new Map<string, Lent>();
  if (lost.size === 0) return lent;
  for (const row of stored) {
    const details = readableDetails(row);
    for (const { id, value, observedAt, carriedFrom, digest } of details?.readings ?? []) {
      if (value === null || !lost.has(id) || lent.has(id)) continue;
      if (isAskedOtherwise(digest, digests[id])) continue;
      const readOn = carriedFrom ?? (details as Details).asOf;
      const age = daysBetween(readOn, asOf);
      if (age >= 0 && age <= maxDays)
        lent.set(id, { value, observedAt, carriedFrom: readOn, ...(digest && { digest }) });
    }
  }
  return lent;
}
