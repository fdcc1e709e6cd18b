import { resolve } from 'node:path';
import { loadModel } from '../config/load.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { scoreAccount, type Model } from '../scoring/index.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import { jsonlPrinter } from './print-jsonl.ts';
import { tablePrinter } from './print-table.ts';
import type { Printer } from './printer.ts';
import { write } from './write.ts';

export interface ScoreOptions {
  /** File of readings, one JSON object a line; `-` for standard input. */
  readonly input: string;
  readonly configDir: string;
  readonly format: 'jsonl' | 'table' | 'csv';
}

/**
 * `scorer score`: scores given readings. Bad lines are told on stderr and the others scored; memory does not
 * grow with the number of lines.
 *
 * @returns 0, or 1 when lines were bad
 * @throws ScorerError config: the configuration or the input cannot be read, and nothing was scored
 * @example await score({ input: 'october.jsonl', configDir: 'config', format: 'table' }, io) // => 0
 */
export async function score({ input, configDir, format }: ScoreOptions, io: Io): Promise<number> {
  const { model } = await loadModel(resolve(io.cwd, configDir));
  const printer = await printerOf(format, model, io);
  const counts = { scored: 0, unscored: 0, bad: 0 };
  await write(io, printer.head);
  for await (const batch of readInput(input, [model], CATALOGUE, io)) {
    let text = '';
    for (const line of batch) {
      if (line.problems !== undefined) {
        counts.bad += 1;
        io.stderr.write(`${input}:${line.number}: ${line.problems.join('; ')}\n`);
        continue;
      }
      const scorecard = scoreAccount(model, line.account);
      counts[scorecard.status] += 1;
      text += printer.row(scorecard);
    }
    await write(io, text);
  }
  io.stderr.write(`${counts.scored} scored, ${counts.unscored} unscored, ${counts.bad} bad lines\n`);
  return counts.bad > 0 ? 1 : 0;
}

async function printerOf(format: ScoreOptions['format'], model: Model, io: Io): Promise<Printer> {
  switch (format) {
    case 'jsonl':
      return jsonlPrinter;
    case 'csv':
      return (await import('./print-csv.ts')).csvPrinter(model);
    case 'table':
      return tablePrinter(CATALOGUE, io.stdout.isTTY === true && !io.env['NO_COLOR']);
    default:
      return format satisfies never;
  }
}
