/**
 * Shares whole tenths out among parts, so that they add up exactly: each part gets its own tenths, rounded down,
 * and what is left goes to the largest remainders. Ties go to the earlier part. A part of exactly 0 stays 0.
 *
 * @param total tenths to share out; within one of the sum of the parts
 * @param parts unrounded, in points
 * @returns tenths, in the order of the parts
 * @example shareOut(-61, [-4.52, -0.73, -0.51, -0.34]) // => [-45, -7, -5, -4]
 */
export function shareOut(total: number, parts: readonly number[]): number[] {
  // Judged on eight decimals of a tenth: what binary arithmetic makes of 0.3 must not lose a tenth.
  const units = parts.map((part) => Math.round(part * 1e9));
  const tenths = units.map((unit) => Math.floor(unit / 1e8) + 0);
  const remainders = units.map((unit, i) => unit - (tenths[i] as number) * 1e8);
  const order = parts
    .map((_, i) => i)
    .filter((i) => parts[i] !== 0)
    .sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  let left = total - tenths.reduce((sum, tenth) => sum + tenth, 0);
  // More than one round happens only when rounding has moved every part the same way.
  for (let i = 0; left > 0 && order.length > 0; i++, left--)
    bump(tenths, order[i % order.length] as number, 1);
  for (let i = 0; left < 0 && order.length > 0; i++, left++) {
    bump(tenths, order[order.length - 1 - (i % order.length)] as number, -1);
  }
  return tenths;
}

function bump(tenths: number[], i: number, by: 1 | -1): void {
  tenths[i] = (tenths[i] as number) + by;
}
