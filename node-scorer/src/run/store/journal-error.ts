import { ScorerError } from '../../errors.ts';

/**
 * What the machine is short of, by the codes of SQLite and of the system.
 * Sources: https://www.sqlite.org/rescode.html and https://nodejs.org/api/errors.html#common-system-errors
 */
const SHORTAGES: Readonly<Record<string, readonly [found: string, fix: string]>> = {
  '8': ['a journal that is read-only', 'give the scorer the right to write there'],
  '10': ['a disk that does not answer (I/O error)', 'look at the disk'],
  '13': ['a full disk', 'free space on it'],
  '14': ['a journal that cannot be opened', 'look whether its folder is there and how many files are open'],
  EACCES: ['a file that may not be used (EACCES)', 'give the scorer the right to it'],
  EDQUOT: ['a full disk (EDQUOT)', 'free space on it'],
  EIO: ['a disk that does not answer (EIO)', 'look at the disk'],
  EMFILE: ['no file handle left (EMFILE)', 'raise the limit of open files (ulimit -n)'],
  ENFILE: ['no file handle left on the machine (ENFILE)', 'raise its limit of open files'],
  ENOMEM: ['no memory left (ENOMEM)', 'give the scorer more'],
  ENOSPC: ['a full disk (ENOSPC)', 'free space on it'],
  EROFS: ['a file system that is read-only (EROFS)', 'give the scorer a folder that can be written'],
};

/** A chain of causes longer than this tells nothing more, and may be a ring. */
const CAUSES = 5;

/**
 * What a person has to mend on the machine, where an error comes of that; the error itself otherwise. A run that
 * ends for want of space is no fault of the program, and its record says so.
 *
 * @example machineError(sqliteError, 'run 2026-10-all-…') // => MACHINE: … found a full disk, expected … free space …
 */
export function machineError(error: unknown, about: string): unknown {
  if (error instanceof ScorerError) return error;
  const shortage = shortageOf(error);
  if (shortage === null) return error;
  const [found, fix] = shortage;
  return new ScorerError(
    'MACHINE',
    `${about}: found ${found}, expected a machine with room to work; ${fix}, then start the run again`,
    { cause: error },
  );
}

function shortageOf(error: unknown, depth = 0): readonly [string, string] | null {
  if (!(error instanceof Error) || depth > CAUSES) return null;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // The lower eight bits are the primary code of SQLite.
  const name = code === 'ERR_SQLITE_ERROR' ? String(Number(errcode) & 0xff) : String(code);
  return SHORTAGES[name] ?? shortageOf(error.cause, depth + 1);
}
