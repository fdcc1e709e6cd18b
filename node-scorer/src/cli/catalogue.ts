import { CATALOGUE } from '../metrics/catalogue.ts';
import type { Io } from './io.ts';
import { cell } from './terminal.ts';
import { write } from './write.ts';

const WIDTHS = [31, 26, 9, 7, 11, 7, 0] as const;
const row = (texts: readonly string[]): string =>
  `${texts
    .map((text, i) => cell(text, WIDTHS[i] ?? 0))
    .join(' ')
    .trimEnd()}\n`;

/**
 * `scorer catalogue`: every metric, what it is measured in, which way is better, where it comes from and who can
 * change it.
 *
 * @returns 0
 * @example await catalogue(io) // => 0
 */
export async function catalogue(io: Io): Promise<number> {
  const head = ['Metric', 'Name', 'Unit', 'Better', 'Source', 'Scored', 'Changed by'];
  const rows = CATALOGUE.map(({ id, label, unit, direction, source, contextOnly, fixableBy }) =>
    row([id, label, unit, direction, source, contextOnly === true ? 'no' : 'yes', fixableBy]),
  );
  await write(io, row(head) + rows.join(''));
  return 0;
}
