import type { SignalsRead } from '../extract/salesforce/signals.ts';
import type { Note } from '../extract/extraction.ts';
import { SOURCES } from '../extract/registry.ts';
import type { Account } from '../facts/index.ts';
import type { StoredReading } from '../load/details.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import type { MissingReason, Reading } from '../scoring/index.ts';
import type { Readings } from './readings.ts';
import { readableDetails } from './stored-card.ts';
import type { Stored } from './stored.ts';

/** So many accounts must have had some for nothing at all to be a failed read (docs/glossary.md, "failed read"). */
const AT_LEAST = 5;

/** What each source says of the lists that it reads for everybody at once. */
const READS = SOURCES.flatMap(({ name: source, silence }) => {
  const all = CATALOGUE.filter((metric) => metric.source === source).map(({ id }) => id);
  return silence.lists.map(({ tells = all, takes = tells, ...list }) => ({ ...list, source, tells, takes }));
});

/** The name of the churn signals among the reads that may be empty. */
const SIGNALS = 'salesforce signals';

/** Reads of which the sources themselves tell that they gave nothing for anybody. */
export const emptyByTheirNotes = (notes: readonly Note[]): string[] =>
  SOURCES.flatMap(({ name, silence: { tells } }) =>
    tells !== undefined && notes.some(({ source, code }) => source === name && code === 'no_rows')
      ? [tells]
      : [],
  );

/** What readings must not be taken for what they say. */
export interface Emptiness {
  /** Reads that gave nothing for anybody where there was some before, until an admin releases them. */
  readonly failed: readonly string[];
  /** Why a metric's reading is missing instead, for every account that has a value or no activity. */
  readonly instead: ReadonlyMap<string, MissingReason>;
  readonly notes: readonly Note[];
}

export const NO_EMPTINESS: Emptiness = { failed: [], instead: new Map(), notes: [] };

/**
 * Looks for lists that are empty for everybody. Where at least five accounts had some when they were last read it is a
 * failed read: `source_down`. Where no account ever had any, it may be that there was nothing yet: `no_history`, for
 * a zero of before a source's first day was not measured.
 *
 * @param readings of the accounts that were read now, by account id
 * @param released reads that an admin says are truly empty
 */
export function findEmptiness(
  readings: ReadonlyMap<string, Readings>,
  stored: Stored,
  released: readonly string[],
): Emptiness {
  const failed: string[] = [];
  const notes: Note[] = [];
  const instead = new Map<string, MissingReason>();
  const ids = [...readings.keys()];
  for (const { name, source, tells, takes, begunLater } of READS) {
    const answered = ids.filter((id) => tells.some((metric) => isAnswer(readings.get(id)?.[metric])));
    if (answered.length === 0 || released.includes(name)) continue;
    if (answered.some((id) => tells.some((metric) => isSome(metric, readings.get(id)?.[metric])))) continue;
    const before = answered.map((id) => hadSome(stored, id, tells));
    const some = before.filter((had) => had === true).length;
    if (some >= AT_LEAST) {
      failed.push(name);
      for (const metric of takes) instead.set(metric, 'source_down');
      notes.push({ source, code: 'no_rows', message: toldOf(name, some) });
    } else if (begunLater && answered.length >= AT_LEAST && before.every((had) => had === undefined)) {
      for (const metric of takes) if (!instead.has(metric)) instead.set(metric, 'no_history');
      const message = `${name}: none for anybody, now or in any score before: no history, and not zero`;
      notes.push({ source, code: 'no_history', message });
    }
  }
  return { failed, instead, notes };
}

const toldOf = (name: string, some: number): string =>
  `${name}: nothing for any account, although ${some} had some before; a failed read, until somebody who knows better releases it (scorer run --confirm RUN) or the source is switched off`;

/** Readings with those replaced that must not be taken for what they say. */
export function withoutEmptiness(readings: Readings, { instead }: Emptiness): Readings {
  if (instead.size === 0) return readings;
  return Object.fromEntries(
    Object.entries(readings).map(([id, reading]): [string, Reading] => {
      const missing = isAnswer(reading) ? instead.get(id) : undefined;
      return [id, missing === undefined ? reading : { value: null, missing }];
    }),
  );
}

/** A value, or that there was nothing to measure: the source answered. */
const isAnswer = (reading: Reading | undefined): boolean =>
  reading !== undefined && (reading.value !== null || reading.missing === 'no_activity');

const COUNTS = new Set(CATALOGUE.filter(({ unit }) => unit === 'count').map(({ id }) => id));

/** Does a reading show that an account has some? Of a count, more than none. */
const isSome = (metric: string, reading: Pick<Reading, 'value'> | undefined): boolean =>
  typeof reading?.value === 'number' && (!COUNTS.has(metric) || reading.value > 0);

/**
 * Had an account some when it was last read? What a failed read has taken since leaves that open, and then it counts
 * as some; undefined when no score knows anything of it.
 */
function hadSome(
  { current, earlier }: Stored,
  accountId: string,
  metrics: readonly string[],
): boolean | undefined {
  let lost = false;
  for (const row of [current.get(accountId), earlier.get(accountId)]) {
    const own = (readableDetails(row)?.readings ?? []).filter(({ id }) => metrics.includes(id));
    if (own.some((reading) => isSome(reading.id, reading))) return true;
    if (own.some(isRead)) return false;
    lost ||= own.some(({ missing }) => missing === 'source_down');
  }
  return lost ? true : undefined;
}

const isRead = ({ value, missing, carriedFrom }: StoredReading): boolean =>
  carriedFrom === undefined && (value !== null || missing === 'no_activity');

/**
 * Churn signals of nobody, where at least five accounts had some, are a failed read: an empty list would lift caps.
 */
export function signalsUnlessEmpty(
  signals: SignalsRead,
  accounts: readonly Account[],
  { current, earlier }: Stored,
  released: readonly string[],
): { readonly signals: SignalsRead; readonly failed: readonly string[] } {
  const none = accounts.every(({ id }) => {
    const own = signals.of(id);
    return 'known' in own && own.known.length === 0;
  });
  const had = accounts.filter(({ id }) => {
    const newest = readableDetails(current.get(id)) ?? readableDetails(earlier.get(id));
    return (newest?.signals.length ?? 0) > 0;
  }).length;
  if (!none || had < AT_LEAST || released.includes(SIGNALS)) return { signals, failed: [] };
  const note: Note = { source: 'salesforce', code: 'no_rows', message: toldOf(SIGNALS, had) };
  return {
    signals: { of: () => ({ missing: 'source_down' }), notes: [...signals.notes, note] },
    failed: [SIGNALS],
  };
}
