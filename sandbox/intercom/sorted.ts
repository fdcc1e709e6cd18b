/**
 * Where the first row stands that lies beyond: those before it do not, those behind it do.
 *
 * @returns the length when none does
 * @example firstAfter([1, 3, 5], (row) => row > 2) // => 1
 */
export function firstAfter<Row>(rows: readonly Row[], isBeyond: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(rows[middle] as Row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
