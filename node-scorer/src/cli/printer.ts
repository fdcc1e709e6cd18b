import type { Scorecard } from '../scoring/index.ts';

/** One form of output: what comes first, and each account as text with its end of line. */
export interface Printer {
  readonly head: string;
  readonly row: (scorecard: Scorecard) => string;
}
