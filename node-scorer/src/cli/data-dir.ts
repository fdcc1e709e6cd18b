import { resolve } from 'node:path';
import type { Io } from './io.ts';

/** Folder of the journal of runs, when SCORER_DATA_DIR names none. */
const DEFAULT_DATA_DIR = '.scorer';

/**
 * The folder of the journal of runs.
 *
 * @example dataDirOf({ env: {}, cwd: '/srv' }) // => '/srv/.scorer'
 */
export const dataDirOf = ({ env, cwd }: Pick<Io, 'env' | 'cwd'>): string =>
  resolve(cwd, env['SCORER_DATA_DIR'] ?? DEFAULT_DATA_DIR);
