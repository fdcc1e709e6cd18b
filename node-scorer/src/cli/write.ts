import { once } from 'node:events';
import type { Io } from './io.ts';

/**
 * Writes to standard output and waits for a slow reader, or a million lines would pile up in memory.
 *
 * @example await write(io, 'text\n')
 */
export async function write({ stdout }: Io, text: string): Promise<void> {
  if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
}
