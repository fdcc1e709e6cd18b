import type { Io } from './io.ts';

/** What a run shows while it is at work. */
export interface Progress {
  /** The step it has done: one line that is written over on a terminal, a line of its own in a log. */
  readonly show: (text: string) => void;
  /** Something to keep on the screen. */
  readonly say: (text: string) => void;
  /** Takes the line off a terminal. */
  readonly clear: () => void;
}

const ERASE = '\r\u001b[2K';

/**
 * Progress on a stream. Nothing when nobody watches: in a pipe that is not asked for.
 *
 * @example makeProgress(process.stderr).show('2026-10: read the sources')
 */
export function makeProgress(out: Io['stderr']): Progress {
  const terminal = out.isTTY === true;
  let shown = false;
  const clear = (): void => {
    if (shown) out.write(ERASE);
    shown = false;
  };
  return {
    show: (text) => {
      if (!terminal) return void out.write(`${text}\n`);
      out.write(`${ERASE}${text}`);
      shown = true;
    },
    say: (text) => {
      clear();
      out.write(`${text}\n`);
    },
    clear,
  };
}
