import { writeScores, type SalesforceWriter, type Waiting, type WriteOutcome } from '../load/write.ts';

/** A collection call takes no more. */
const PER_CALL = 200;
/** From so many records on the Bulk API takes fewer calls; a job of at most {@link PER_JOB}. */
const BULK_FROM = 2_000;
const PER_JOB = 2_500;

/**
 * Rows in the batches in which they are sent, sorted by account. What is not yet written when a run is stopped is
 * never more than what was not begun and the one batch under way.
 *
 * @example batchesOf(rows).map((batch) => batch.length) // => [200, 200, 57]
 */
export function batchesOf<T extends Pick<Waiting, 'key'>>(rows: readonly T[]): T[][] {
  const sorted = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const jobs = Math.ceil(rows.length / PER_JOB);
  // Even parts: a last one of a few rows would cost as many calls as a full one.
  const size = rows.length < BULK_FROM ? PER_CALL : Math.ceil(rows.length / jobs);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    sorted.slice(i * size, (i + 1) * size),
  );
}

/**
 * Writes scores batch by batch, with a safe point after each.
 *
 * @param step told after each batch; throws to stop
 */
export async function writeInBatches(
  client: SalesforceWriter,
  rows: readonly Waiting[],
  step: (name: string) => Promise<void>,
): Promise<WriteOutcome> {
  const written = new Map<string, string | null>();
  const rejected: WriteOutcome['rejected'][number][] = [];
  const batches = batchesOf(rows);
  for (const [i, batch] of batches.entries()) {
    const outcome = await writeScores(client, batch);
    for (const [key, id] of outcome.written) written.set(key, id);
    rejected.push(...outcome.rejected);
    await step(`written ${i + 1}/${batches.length}`);
  }
  return { written, rejected };
}
