/**
 * Does the same for every item, at most so many at once, and gives the results in the order of the items. The
 * first error ends it: what has not begun is not begun any more.
 *
 * @example await inParallel([1, 2, 3], 2, async (n) => n * 10) // => [10, 20, 30]
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await act(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
