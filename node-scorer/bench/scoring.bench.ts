/** `npm run bench`: what the scoring core does on one core of this machine. Prints; proves nothing by time. */
import { cpus, platform, release } from 'node:os';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { loadModel } from '../src/config/load.ts';
import {
  changeOf,
  makeBatchScores,
  pathOf,
  reasonsOf,
  scoreAccount,
  scoreBatch,
  toOutputLine,
  toPortfolio,
} from '../src/scoring/index.ts';
import { makeAccounts } from './accounts.ts';

/** Accounts a second on a core of the Python pipeline that this model descends from. */
const PYTHON = 11_000;
const ACCOUNTS = 10_000;

const { model } = await loadModel(join(import.meta.dirname, '../../config'));
const accounts = makeAccounts(model, ACCOUNTS);
const earlier = makeAccounts(model, ACCOUNTS, 7).map((account) => ({ ...account, asOf: '2026-09-30' }));
const cards = accounts.map((account) => scoreAccount(model, account));
const cardsBefore = earlier.map((account, i) =>
  scoreAccount(model, { ...account, segment: accounts[i]?.segment ?? 'paid' }),
);
const portfolio = toPortfolio(model, accounts);
const out = makeBatchScores(ACCOUNTS);

/** Accounts that one turn of a task handles, and the goal for it in accounts a second. */
const tasks: Record<string, { readonly accounts: number; readonly goal?: number; readonly run: () => void }> =
  {
    'scorecards with all intermediate values': {
      accounts: ACCOUNTS,
      goal: 250_000,
      run: () => {
        for (const account of accounts) scoreAccount(model, account);
      },
    },
    'batch form': { accounts: ACCOUNTS, goal: 2_000_000, run: () => void scoreBatch(model, portfolio, out) },
    'change between two months': {
      accounts: 500,
      run: () => {
        for (let i = 0; i < 500; i++) changeOf(cardsBefore[i] ?? null, cards[i] as (typeof cards)[number]);
      },
    },
    'path to the next tier': {
      accounts: 500,
      run: () => {
        for (let i = 0; i < 500; i++) pathOf(cards[i] as (typeof cards)[number]);
      },
    },
    reasons: {
      accounts: ACCOUNTS,
      run: () => {
        for (const card of cards) reasonsOf(card);
      },
    },
    'output lines as JSON': {
      accounts: 1000,
      run: () => {
        for (let i = 0; i < 1000; i++) JSON.stringify(toOutputLine(cards[i] as (typeof cards)[number]));
      },
    },
  };

const bench = new Bench({ time: 2000, warmupTime: 500 });
for (const [name, { run }] of Object.entries(tasks)) bench.add(name, run);
await bench.run();

const [cpu] = cpus();
process.stdout.write(
  `${cpu?.model ?? 'unknown processor'}, ${platform()} ${release()}, Node ${process.version}\n`,
);
process.stdout.write(`27 metrics an account, one reading in ten missing\n\n`);
for (const { name, result } of bench.tasks) {
  const task = tasks[name];
  if (task === undefined || result?.state !== 'completed') throw new Error(`${name}: found no result`);
  const rate = (milliseconds: number): string =>
    Math.round((task.accounts / milliseconds) * 1000)
      .toLocaleString('en')
      .padStart(10);
  const { p50, min } = result.latency;
  const ratio = (((task.accounts / p50) * 1000) / PYTHON).toFixed(1);
  const goal = task.goal === undefined ? '' : `, goal ${task.goal.toLocaleString('en')}`;
  process.stdout.write(
    `${name.padEnd(40)} median ${rate(p50)}/s, fastest ${rate(min)}/s (${ratio} × Python${goal})\n`,
  );
}
const again = bench.tasks[1]?.result;
if (again?.state === 'completed') {
  process.stdout.write(
    `\nre-scoring ${ACCOUNTS.toLocaleString('en')} accounts: median ${again.latency.p50.toFixed(1)} ms, fastest ${again.latency.min.toFixed(1)} ms, goal 10 ms\n`,
  );
}
