import { toOutputLine } from '../scoring/index.ts';
import type { Printer } from './printer.ts';

/** One JSON object a line. */
export const jsonlPrinter: Printer = {
  head: '',
  row: (scorecard) => `${JSON.stringify(toOutputLine(scorecard))}\n`,
};
