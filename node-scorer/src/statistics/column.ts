import { ascending } from './ascending.ts';

/** Values of one month by account, NaN where there is none, and the positions of those present, smallest first. */
export interface Column {
  readonly values: Float64Array;
  readonly order: Uint32Array;
}

/**
 * Makes a column of a month's values.
 *
 * @example columnOf([3, null, 1]).order // => [2, 0]
 */
export function columnOf(values: readonly (number | null | undefined)[]): Column {
  const column = new Float64Array(values.length);
  for (let i = 0; i < column.length; i++) {
    const value = values[i];
    column[i] = typeof value === 'number' && Number.isFinite(value) ? value + 0 : NaN;
  }
  return { values: column, order: ascending(column) };
}
