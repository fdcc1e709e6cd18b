import type { Readable, Writable } from 'node:stream';
import type { Where } from '../service/report-errors.ts';

/** What a command may touch of the outside world, so that tests hand in their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean | undefined };
  readonly stderr: Writable & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory against which relative paths are read. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls back on Ctrl-C, until what it returns is called; absent where nobody can press it. */
  readonly onInterrupt?: (interrupted: () => void) => () => void;
  /** Told of the credentials that a command works with, so that a fault is reported, and without them. */
  readonly onCredentials?: (where: Where, variables: Io['env']) => void;
}
