import type { Model } from '../scoring/model.ts';
import type { PlannedMetric } from '../scoring/plan.ts';
import { precisionOf, valueOf, worstReaching } from '../scoring/precision.ts';
import { nineDecimals } from '../scoring/round.ts';
import { badOf, isRead, percentOf, SECOND_TIER, type Account, type Basis, type Count } from './account.ts';
import type { Family } from '../metrics/define-metric.ts';
import { COUNTED, familyOf, placeOf, worthOf } from './kinds.ts';
import { shareOf, type EvidenceTable } from './share.ts';
import type { State } from './state.ts';

/** A value to move a metric to. */
export interface Target {
  readonly to: number;
  readonly count: Count | null;
  /** What it scores, 0 to 100. */
  readonly score: number;
}

/** A task that may be advised. */
export interface Task {
  readonly metric: string;
  readonly from: number;
  readonly target: Target;
  readonly share: number;
  readonly basis: Basis;
  readonly of: number | null;
  readonly by: string;
  readonly kept: boolean;
  /** Over the score by itself, in points. */
  readonly points: number;
  /** Points times how long they last: what tasks are ordered by. */
  readonly worth: number;
}

const LEAST_SHARE = 0.25;
const EASY_SHARE = 0.5;
const LEAST_POINTS = 0.3;
const FEWEST_EVENTS = 3;
const FEWEST_BAD = 2;
/** Scores that the values of a metric without events are looked for at. */
const STEP = 5;

/** What candidates are judged by, now or in a later quarter. */
export interface Season {
  readonly state: State;
  /** A metric's score the month before; null: missing. Undefined: there was no score at all. */
  readonly scoreBefore: ((metric: string) => number | null) | undefined;
  /** Position of the final tier. */
  readonly tier: number;
  /** Nobody uses the product: nothing about usage can be asked for. */
  readonly silent: boolean;
  /** Metrics that are spoken of otherwise. */
  readonly taken: readonly string[];
  readonly by: string;
}

/**
 * The tasks that similar accounts have managed, best first; those that at least half manage come last.
 *
 * @example candidatesOf(account, table, season)[0]?.metric // => 'messaging'
 */
export function candidatesOf(account: Account, table: EvidenceTable, season: Season): Task[] {
  const tasks = account.plan.metrics.flatMap((metric) => {
    const task = candidate(account, table, season, metric);
    return task === null ? [] : [task];
  });
  return tasks.sort((a, b) => Number(isEasy(a)) - Number(isEasy(b)) || byWorth(a, b));
}

/**
 * Would at least half of similar accounts manage it anyway?
 *
 * @example isEasy({ ...task, share: 0.5 }) // => true
 */
export const isEasy = ({ share }: Pick<Task, 'share'>): boolean => share >= EASY_SHARE;

/** Most worth first; ties in catalogue order. */
export const byWorth = (
  a: { readonly worth: number; readonly metric: string },
  b: { readonly worth: number; readonly metric: string },
): number => b.worth - a.worth || placeOf(a.metric) - placeOf(b.metric);

function candidate(
  account: Account,
  table: EvidenceTable,
  season: Season,
  planned: PlannedMetric,
): Task | null {
  const { id: metric } = planned;
  const family = familyOf(metric);
  const from = season.state.values[metric];
  if (family === undefined || from === undefined || !canAsk(account, season, metric, family)) return null;
  const start = account.score(metric, from);
  const count = season.state.counts[metric];
  if (account.weight(metric) <= 0 || start >= 100) return null;
  const unit = account.model.thresholds[metric]?.unit ?? '';
  let best: Omit<Task, 'points' | 'worth'> | null = null;
  for (const target of targetsOf(account, planned, from, count)) {
    const found = shareOf(table, metric, account.input.segment, start, target.score, count, unit);
    if (found.share < LEAST_SHARE) break;
    best = { metric, from, target, ...found, by: season.by, kept: false };
  }
  if (best === null) return null;
  const points = nineDecimals(account.weight(metric) * (best.target.score - start));
  if (points < LEAST_POINTS || settlesByItself(family, best, season)) return null;
  return { ...best, points, worth: worthOf(metric, points) };
}

/** Is this a metric to ask for now, whatever the target? */
function canAsk(account: Account, season: Season, metric: string, family: Family): boolean {
  if (account.off.has(metric) || season.taken.includes(metric) || !isRead(account, metric)) return false;
  if (season.silent && (family === 'usage' || family === 'pillar')) return false;
  if (family === 'deal' && season.tier > SECOND_TIER) return false;
  const count = season.state.counts[metric];
  if (COUNTED.includes(metric) && count === undefined) return false;
  return (
    family !== 'ratio' ||
    (count !== undefined && count[1] >= FEWEST_EVENTS && badOf(metric, count) >= FEWEST_BAD)
  );
}

/** Shares and flows start anew each month: only two bad months running are worth a task. */
function settlesByItself(
  family: Family,
  { metric, target, share }: Pick<Task, 'metric' | 'target' | 'share'>,
  { scoreBefore }: Season,
): boolean {
  if (family !== 'ratio' && family !== 'flow') return false;
  const before = scoreBefore?.(metric) ?? null;
  return share >= EASY_SHARE || before === null || before >= target.score;
}

/**
 * Values better than now, easiest first, each scoring more than the one before: whole events and whole numbers
 * where there are no others.
 */
export function targetsOf(
  account: Account,
  planned: PlannedMetric,
  from: number,
  count: Count | undefined,
): Target[] {
  const { id: metric } = planned;
  const values: { to: number; count: Count | null }[] =
    count !== undefined && COUNTED.includes(metric)
      ? countedValues(planned, count)
      : plainValues(account.model, account.input.segment, planned, from).map((to) => ({ to, count: null }));
  const targets: Target[] = [];
  let last = account.score(metric, from);
  for (const value of values) {
    const score = account.score(metric, value.to);
    if (score <= last) continue;
    targets.push({ ...value, score });
    last = score;
  }
  return targets;
}

function countedValues({ scale }: PlannedMetric, [k, n]: Count): { to: number; count: Count }[] {
  const values: { to: number; count: Count }[] = [];
  for (let next = k + scale.sign; next >= 0 && next <= n; next += scale.sign) {
    values.push({ to: percentOf([next, n]), count: [next, n] });
  }
  return values;
}

function plainValues(
  model: Model,
  segment: 'paid' | 'standard',
  { id, scale, green }: PlannedMetric,
  from: number,
): number[] {
  const metric = model.thresholds[id];
  if (metric === undefined) return [];
  const { sign } = scale;
  if (metric.unit === 'count') {
    const values: number[] = [];
    // More is better on signed values; the last whole number is the first that reaches green.
    for (let next = Math.floor(sign * from) + 1; next - 1 < sign * green; next++)
      values.push(sign * next + 0);
    return values;
  }
  const { green: best, yellow, red } = metric[segment];
  const precision = precisionOf(metric.unit, [best, yellow, red]);
  return Array.from(
    { length: 100 / STEP },
    (_, i) => nineDecimals(valueOf(worstReaching(scale, (i + 1) * STEP, precision), precision) * sign) + 0,
  ).filter((value) => sign * value > sign * from);
}
