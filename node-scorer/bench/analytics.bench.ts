/**
 * `npm run bench analytics`: drift, fragility and forecast of large portfolios. Prints; proves nothing by time. What it
 * prints is processor time, so that other work on the machine counts little.
 */
import { fragilityOf, metricIdsOf, uniformFrom, type Segment } from '../src/scoring/index.ts';
import { loadModel } from '../src/shipped-model.ts';
import { driftOf, forecastOf } from '../src/statistics/index.ts';
import { makeAccounts } from './accounts.ts';

const ACCOUNTS = 10_000;
const METRICS = 31;
const MONTHS = 13;
const TURNS = 5;

const model = await loadModel();
const next = uniformFrom(1);
const segments = Array.from({ length: ACCOUNTS }, (_, i): Segment => (i % 3 === 0 ? 'paid' : 'standard'));
const accounts = makeAccounts(model, ACCOUNTS);

/** Levels that wander; every third metric counts, one value in ten is missing. */
function wandering(metric: number): (number | null)[][] {
  const level = Array.from({ length: ACCOUNTS }, () => 20 + 60 * next());
  return Array.from({ length: MONTHS }, () =>
    level.map((at, i) => {
      const moved = at + 8 * (next() - 0.5);
      level[i] = moved;
      if (next() < 0.1) return null;
      return metric % 3 === 0 ? Math.round(moved / 10) : moved;
    }),
  );
}

const sources = ['intercom', 'jira', 'looker', 'salesforce'] as const;
const drift = {
  segments,
  population: Array.from({ length: MONTHS }, () => segments.map(() => true)),
  days: Array.from({ length: MONTHS - 1 }, () => 30),
  metrics: Object.fromEntries(
    Array.from({ length: METRICS }, (_, i) => [
      `metric_${String(i)}`,
      { source: sources[i % 4] as string, advance: 0 as const, values: wandering(i) },
    ]),
  ),
};
const scores = Array.from({ length: 18 }, () => Array.from({ length: 4000 }, () => 40 + 60 * next()));
const forecast = { segments: segments.slice(0, 4000), y: scores, p: { 1: scores, 2: scores, 3: scores } };

/** Each task with the time it may take, in milliseconds. */
const tasks: Record<string, { readonly goal: number; readonly run: () => unknown }> = {
  'drift of 10,000 accounts, 31 metrics, 13 months': { goal: 1000, run: () => driftOf(drift) },
  'fragility of 10,000 accounts, 200 sets of weights': {
    goal: 1000,
    run: () => {
      for (const { segment, readings } of accounts) fragilityOf(model, segment, readings, null);
    },
  },
  'forecast of 4,000 accounts, 18 months, three horizons': {
    goal: 2000,
    run: () => forecastOf(forecast, model.tiers),
  },
};

process.stdout.write(`${String(metricIdsOf(model).length)} weighted metrics, Node ${process.version}\n\n`);
for (const [name, { goal, run }] of Object.entries(tasks)) {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(begun);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  const [fastest, median] = [times[0] as number, times[Math.floor(TURNS / 2)] as number];
  process.stdout.write(
    `${name.padEnd(56)} median ${median.toFixed(0).padStart(5)} ms, fastest ${fastest.toFixed(0).padStart(5)} ms ` +
      `(${(fastest / goal).toFixed(2)} of the goal of ${goal.toLocaleString('en')} ms)\n`,
  );
}
