import { resolve } from 'node:path';
import { loadModel } from '../config/load.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { advance, FIXINGS } from '../metrics/for-scoring.ts';
import {
  changeOf,
  pathOf,
  scoreAccount,
  toOutputLine,
  type AccountInput,
  type Model,
  type Scorecard,
} from '../scoring/index.ts';
import { EXPLAIN_HEAD, explainText } from './explain-text.ts';
import type { Explanation } from './explanation.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import { write } from './write.ts';

export interface ExplainOptions {
  /** File of readings, one JSON object a line; `-` for standard input. */
  readonly input: string;
  readonly configDir: string;
  /** Readings of earlier periods. */
  readonly previous?: string;
  /** The model that scored them; without it the present one scores both sides. */
  readonly previousConfigDir?: string;
  /** Only this account. */
  readonly account?: string;
  readonly format: 'text' | 'jsonl';
}

/**
 * `scorer explain`: scores given readings and says why: what moved, where points are lost, how to reach the next
 * tier. Bad lines are told on stderr and the others explained.
 *
 * @returns 0, or 1 when lines were bad
 * @throws ScorerError config: a configuration or an input cannot be read, or the account asked for is in neither
 * @example await explain({ input: 'october.jsonl', configDir: 'config', previous: 'september.jsonl', format: 'text' }, io)
 */
export async function explain(options: ExplainOptions, io: Io): Promise<number> {
  const { model } = await loadModel(resolve(io.cwd, options.configDir));
  const { model: oldModel } =
    options.previousConfigDir === undefined
      ? { model }
      : await loadModel(resolve(io.cwd, options.previousConfigDir));
  const models = [model, oldModel];
  let bad = 0;
  const tellBad = (file: string, number: number, problems: readonly string[]): void => {
    bad += 1;
    io.stderr.write(`${file}:${number}: ${problems.join('; ')}\n`);
  };
  const history = new Map<string, AccountInput[]>();
  if (options.previous !== undefined) {
    for await (const lines of readInput(options.previous, models, CATALOGUE, io)) {
      for (const line of lines) {
        if (line.problems !== undefined) tellBad(options.previous, line.number, line.problems);
        else if (isWanted(line.account, options)) append(history, line.account);
      }
    }
  }
  const colour = io.stdout.isTTY === true && !io.env['NO_COLOR'];
  let explained = 0;
  if (options.format === 'text') await write(io, EXPLAIN_HEAD);
  for await (const lines of readInput(options.input, models, CATALOGUE, io)) {
    let text = '';
    for (const line of lines) {
      if (line.problems !== undefined) tellBad(options.input, line.number, line.problems);
      else if (isWanted(line.account, options)) {
        explained += 1;
        const explanation = explainAccount(line.account, model, history, oldModel);
        text +=
          options.format === 'jsonl' ? toLine(explanation) : explainText(explanation, CATALOGUE, colour);
      }
    }
    await write(io, text);
  }
  io.stderr.write(`${explained} explained, ${bad} bad lines\n`);
  if (options.account !== undefined && explained === 0) {
    io.stderr.write(`--account ${options.account}: found no such account in ${options.input}\n`);
    return 2;
  }
  return bad > 0 ? 1 : 0;
}

function explainAccount(
  account: AccountInput,
  model: Model,
  history: ReadonlyMap<string, readonly AccountInput[]>,
  oldModel: Model,
): Explanation {
  const present = scoreAccount(model, account);
  const earlier = newestScored(history.get(account.accountId) ?? [], account.period, oldModel);
  const change = changeOf(earlier, present, advance);
  return { present, earlier, change, path: pathOf(present, { catalogue: FIXINGS }) };
}

/** The newest scorecard of an earlier period that has a score. */
function newestScored(inputs: readonly AccountInput[], period: string, model: Model): Scorecard | null {
  const before = inputs
    .filter((input) => input.period < period)
    .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : 0));
  for (const input of before) {
    const scorecard = scoreAccount(model, input);
    if (scorecard.status === 'scored') return scorecard;
  }
  return null;
}

/** The output line with the change and the path. */
function toLine({ present, change, path }: Explanation): string {
  const { cappedBy, ...answer } = path;
  const line = {
    ...toOutputLine(present),
    change:
      'code' in change
        ? change
        : {
            from: change.from,
            to: change.to,
            shown: change.shown,
            bars: change.bars,
            metrics: change.metrics,
          },
    path: { ...answer, ...(cappedBy && { cappedBy }) },
  };
  return `${JSON.stringify(line)}\n`;
}

const isWanted = ({ accountId }: AccountInput, { account }: ExplainOptions): boolean =>
  account === undefined || account === accountId;

function append(history: Map<string, AccountInput[]>, account: AccountInput): void {
  const known = history.get(account.accountId);
  if (known === undefined) history.set(account.accountId, [account]);
  else known.push(account);
}
