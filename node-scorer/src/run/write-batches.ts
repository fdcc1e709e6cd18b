import type { Fields } from '../load/health-score.ts';
import { writeScores, type SalesforceWriter, type Waiting, type WriteOutcome } from '../load/write.ts';
import type { Failure, Made, Outcome, Scored } from './outcome.ts';
import type { World } from './sources.ts';

/** A collection call takes no more. */
const PER_CALL = 200;
/** From so many records on a run writes by jobs of the Bulk API. */
const BULK_FROM = 2_000;
/** Larger jobs would take fewer calls, but a run holds two at a time and waits for the last one alone. */
const PER_JOB = 1_600;
/** So long are records made before others get their turn: an answer of the org, a request to the service. */
const SLICE_MS = 20;

type Pace = Pick<World, 'tick' | 'sleep'>;

/** What came of the accounts that were scored. */
export interface Results {
  /** In the order of their ids. */
  readonly outcomes: readonly Outcome[];
  /** Accounts whose record could not be made. */
  readonly failures: readonly Failure[];
  /** Null when nothing was to be written. */
  readonly written: WriteOutcome | null;
}

/**
 * How many records make a batch, when so many are due at most. Even parts: a last one of a few rows would cost as
 * many calls as a full one.
 *
 * @example batchSize(9_500) // => 1584
 */
const batchSize = (due: number): number =>
  due < BULK_FROM ? PER_CALL : Math.ceil(due / Math.ceil(due / PER_JOB));

/**
 * Makes scores' records and writes those that differ, batch by batch, with a safe point after each. While the org is
 * busy with one batch, the next is made. What is not yet written when a run is stopped is never more than what was
 * not begun and the one batch under way.
 *
 * @param step told after each batch; throws to stop
 */
export async function writeInBatches(
  client: SalesforceWriter,
  { records, due }: Pick<Scored, 'records' | 'due'>,
  step: (name: string) => Promise<void>,
  pace: Pace,
): Promise<Results> {
  const maker = startMaking(records, pace);
  const size = batchSize(due);
  const most = Math.ceil(due / size);
  const written = new Set<string>();
  const rejected: WriteOutcome['rejected'][number][] = [];
  try {
    let batch = await nextBatch(maker, size);
    for (let i = 1; batch.length > 0; i++) {
      const [outcome, following] = await Promise.all([writeScores(client, batch), nextBatch(maker, size)]);
      for (const key of outcome.written) written.add(key);
      rejected.push(...outcome.rejected);
      await step(`written ${i}/${following.length === 0 ? i : most}`);
      batch = following;
    }
  } finally {
    maker.stop();
  }
  return { ...maker.results, written: { written, rejected } };
}

/** Records that differ from what is stored, until a batch is full; fewer, or none, at the end. */
async function nextBatch(maker: Maker, size: number): Promise<Waiting[]> {
  const batch: Waiting[] = [];
  await maker.make(({ key, write }, fields) => {
    if (write) batch.push({ key, record: fields });
    return batch.length < size;
  });
  return batch;
}

/**
 * Makes scores' records and writes none.
 *
 * @param take gets each record; without it they are only counted
 */
export async function makeOnly(
  { records }: Pick<Scored, 'records'>,
  pace: Pace,
  take?: (fields: Fields) => void,
): Promise<Results> {
  const maker = startMaking(records, pace);
  await maker.make((_outcome, fields) => {
    take?.(fields);
    return true;
  });
  return { ...maker.results, written: null };
}

interface Maker {
  readonly results: { readonly outcomes: Outcome[]; readonly failures: Failure[] };
  /** Goes on until it is told that it is enough, or nothing is left. */
  readonly make: (goesOn: (outcome: Outcome, fields: Fields) => boolean) => Promise<void>;
  readonly stop: () => void;
}

function startMaking(records: Iterable<Made>, { tick, sleep }: Pace): Maker {
  const results: Maker['results'] = { outcomes: [], failures: [] };
  const left = records[Symbol.iterator]();
  const make: Maker['make'] = async (goesOn) => {
    let since = tick();
    for (let next = left.next(); next.done !== true; next = left.next()) {
      if ('failure' in next.value) results.failures.push(next.value.failure);
      else {
        const { outcome, fields } = next.value;
        results.outcomes.push(outcome);
        if (!goesOn(outcome, fields)) return;
      }
      if (tick() - since < SLICE_MS) continue;
      await sleep(0);
      since = tick();
    }
  };
  return { results, make, stop: () => left.return?.() };
}
