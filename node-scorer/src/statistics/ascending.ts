/** Below so many values comparing them is quicker than sorting by digits. */
const FEW = 256;
const DIGIT_BITS = 11;
const DIGITS = 6;
const BUCKETS = 1 << DIGIT_BITS;

/**
 * Positions of the values that are there (not NaN), smallest value first; equal values in their order.
 *
 * @example ascending(Float64Array.of(3, NaN, 1)) // => [2, 0]
 */
export function ascending(values: Float64Array): Uint32Array {
  const present: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) present.push(i);
  const order = Uint32Array.from(present);
  // An array's own sort with a comparison takes ten times as long on ten thousand accounts.
  return order.length < FEW
    ? order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
    : byDigits(values, order);
}

/** Radix sort, digit by digit from the lowest, of the bits of a double turned so that they order as numbers do. */
function byDigits(values: Float64Array, positions: Uint32Array): Uint32Array {
  const n = positions.length;
  let order = positions;
  let low: Uint32Array = new Uint32Array(n);
  let high: Uint32Array = new Uint32Array(n);
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  // Which half of a double comes first in memory differs between machines.
  one[0] = 1;
  const top = bits[1] === 0 ? 0 : 1;
  for (let i = 0; i < n; i++) {
    // Adding 0 makes both zeros one value.
    one[0] = (values[order[i] as number] as number) + 0;
    const [h, l] = [bits[top] as number, bits[1 - top] as number];
    const negative = h >>> 31 === 1;
    high[i] = negative ? ~h : h | 0x80000000;
    low[i] = negative ? ~l : l;
  }
  let nextOrder: Uint32Array = new Uint32Array(n);
  let nextLow: Uint32Array = new Uint32Array(n);
  let nextHigh: Uint32Array = new Uint32Array(n);
  const starts = new Uint32Array(BUCKETS);
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = digit * DIGIT_BITS;
    starts.fill(0);
    for (let i = 0; i < n; i++) {
      const bucket = digitAt(low[i] as number, high[i] as number, shift);
      starts[bucket] = (starts[bucket] as number) + 1;
    }
    // Whole numbers have their lower digits in common: nothing to move.
    if (starts[digitAt(low[0] as number, high[0] as number, shift)] === n) continue;
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = starts[bucket] as number;
      starts[bucket] = start;
      start += count;
    }
    for (let i = 0; i < n; i++) {
      const bucket = digitAt(low[i] as number, high[i] as number, shift);
      const place = starts[bucket] as number;
      starts[bucket] = place + 1;
      nextOrder[place] = order[i] as number;
      nextLow[place] = low[i] as number;
      nextHigh[place] = high[i] as number;
    }
    [order, nextOrder] = [nextOrder, order];
    [low, nextLow] = [nextLow, low];
    [high, nextHigh] = [nextHigh, high];
  }
  return order;
}

/** The digit that begins at a bit of the 64. */
function digitAt(low: number, high: number, shift: number): number {
  if (shift >= 32) return (high >>> (shift - 32)) & (BUCKETS - 1);
  if (shift + DIGIT_BITS <= 32) return (low >>> shift) & (BUCKETS - 1);
  return ((low >>> shift) | (high << (32 - shift))) & (BUCKETS - 1);
}
