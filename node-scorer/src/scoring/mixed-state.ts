import { lowestCap } from './cap.ts';
import { effectiveWeights, finiteValue } from './dimension.ts';
import { quantify } from './health.ts';
import { scoreOn } from './normalise.ts';
import { daysBetween } from './period.ts';
import { planOf, type Plan } from './plan.ts';
import type { AccountInput, Scorecard } from './scorecard.ts';
import type { Scores } from './weighted-mean.ts';

/**
 * What may differ between two scorecards, in the order that settles ties. *data*: which readings exist, and
 * outage caps. *behaviour*: values that exist on both sides, less the calendar. *calendar*: what passing days alone
 * do to them. *rules*: model and segment. *signals*: the list together with the day it is judged on.
 */
export const SWITCHES = ['behaviour', 'data', 'rules', 'calendar', 'signals'] as const;
export type Switch = (typeof SWITCHES)[number];

/** Sets of switches are sums of these. */
export const BIT: Readonly<Record<Switch, number>> = {
  behaviour: 1,
  data: 2,
  rules: 4,
  calendar: 8,
  signals: 16,
};

/** What a value would be so many days later if nothing but the calendar moved. Never clamped; thresholds are. */
export type Advance = (metric: string, value: number, days: number) => number;

/** States between an earlier and a present scorecard. A state is named by the switches that are taken from now. */
export interface Mixer {
  /** Metrics of either model: the present one's in its order, then those that only the earlier one weighs. */
  readonly metricIds: readonly string[];
  /** Switches that may make a difference; the others find the same on both sides, whatever else is turned. */
  readonly live: number;
  /** Score after caps and before rounding; in a state without a score, the earlier one. */
  readonly score: (now: number) => number;
  /** How much of turning *behaviour* last is due to each of {@link metricIds}. */
  readonly walk: (now: number) => readonly number[];
}

/** A metric's value on both sides, null where there is none, and where the calendar alone would have taken it. */
interface Values {
  readonly old: number | null;
  readonly advanced: number | null;
  readonly new: number | null;
}

/**
 * Prepares the states between two scored scorecards (docs/glossary.md, "Change").
 *
 * @param earlier scored
 * @param present scored
 */
export function mixer(earlier: Scorecard, present: Scorecard, advance: Advance): Mixer {
  const [before, after] = [earlier.input, present.input];
  const plans = { old: planOf(earlier.model, before.segment), new: planOf(present.model, after.segment) };
  const metricIds = idsOf(plans.new, plans.old);
  const values = valuesOf(metricIds, before, after, advance);
  const places = {
    old: plans.old.metrics.map(({ id }) => metricIds.indexOf(id)),
    new: plans.new.metrics.map((_, i) => i),
  };

  const makeState = (now: number): State => {
    const side = (now & BIT.rules) !== 0 ? 'new' : 'old';
    const plan = plans[side];
    const scores = plan.metrics.map(({ scale }, i) => {
      const value = mixedValue(values[places[side][i] as number] as Values, now);
      return value === null ? null : scoreOn(scale, value);
    });
    const { signals, asOf } = (now & BIT.signals) !== 0 ? after : before;
    const hold = ((now & BIT.data) !== 0 ? after : before).hold ?? null;
    const ceiling = lowestCap(plan.caps, signals, asOf, plan.model.monitoringReduction, hold);
    const quantities = quantify(plan, scores);
    const weights = () => effectiveWeights(plan, scores, quantities);
    const cap = ceiling?.at ?? Infinity;
    return { scores, cap, quantitative: quantities.health, weights, places: places[side] };
  };
  // Each is asked for many times over: by every order in which it occurs.
  const states = new Map<number, State>();
  const walks = new Map<number, readonly number[]>();
  const stateOf = (now: number): State => onceFor(states, now, () => makeState(now));
  const walkOf = (now: number): readonly number[] =>
    onceFor(walks, now, () => walkShares(stateOf(now), stateOf(now | BIT.behaviour), metricIds.length));
  return {
    metricIds,
    live: SWITCHES.reduce(
      (bits, name) => (LIVE[name](before, after, plans, values) ? bits | BIT[name] : bits),
      0,
    ),
    score: (now) => {
      const { quantitative, cap } = stateOf(now);
      return quantitative === null ? (earlier.healthScore as number) : Math.min(quantitative, cap);
    },
    walk: walkOf,
  };
}

function onceFor<T>(made: Map<number, T>, key: number, make: () => T): T {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}

/** Metrics of one plan and then those that only the other has. */
function idsOf(plan: Plan, other: Plan): string[] {
  const ids = plan.metrics.map(({ id }) => id);
  return plan === other ? ids : [...new Set([...ids, ...other.metrics.map(({ id }) => id)])];
}

interface Plans {
  readonly old: Plan;
  readonly new: Plan;
}

/** Whether a switch finds anything to turn. Each looks at all that a state asks that switch for. */
const LIVE: Readonly<
  Record<
    Switch,
    (before: AccountInput, after: AccountInput, plans: Plans, values: readonly Values[]) => boolean
  >
> = {
  behaviour: (_before, _after, _plans, values) =>
    values.some((value) => onBothSides(value) && value.advanced !== value.new),
  data: (before, after, _plans, values) =>
    (before.hold ?? null) !== null ||
    (after.hold ?? null) !== null ||
    values.some(({ old, new: now }) => (old === null) !== (now === null)),
  rules: (_before, _after, plans) => plans.old !== plans.new,
  calendar: (_before, _after, _plans, values) =>
    values.some((value) => onBothSides(value) && value.old !== value.advanced),
  // The day counts only for signals.
  signals: (before, after) => before.signals.length > 0 || after.signals.length > 0,
};

interface State {
  readonly scores: Scores;
  readonly cap: number;
  readonly quantitative: number | null;
  readonly weights: () => number[];
  /** Where each of the scores stands among the metrics of both sides. */
  readonly places: readonly number[];
}

/**
 * Each metric's part of a straight walk from one state's metric scores to another's. Readings, rules and caps
 * are the same on both ends, so weights are fixed and a metric's part is weight × score difference × the part
 * of the walk on which the score lies below the cap.
 */
function walkShares(from: State, to: State, count: number): readonly number[] {
  const shares = Array<number>(count).fill(0);
  if (from.quantitative === null || to.quantitative === null) return shares;
  const below = partBelow(from.quantitative, to.quantitative, from.cap);
  const weights = from.weights();
  for (let i = 0; i < from.scores.length; i++) {
    const [start, end] = [from.scores[i] as number | null, to.scores[i] as number | null];
    // A missing metric is missing on both ends.
    if (start === null || end === null) continue;
    shares[from.places[i] as number] = (weights[i] as number) * (end - start) * below;
  }
  return shares;
}

/** Part of the straight way from a to b that lies below the cap, 0 to 1. */
function partBelow(a: number, b: number, cap: number): number {
  if (a <= cap && b <= cap) return 1;
  if (a >= cap && b >= cap) return 0;
  return (cap - Math.min(a, b)) / Math.abs(b - a);
}

const onBothSides = (
  values: Values,
): values is { readonly old: number; readonly advanced: number; readonly new: number } =>
  values.old !== null && values.new !== null;

/** old + [calendar] × (advanced − old) + [behaviour] × (new − advanced); one-sided values follow the data alone. */
function mixedValue(value: Values, on: number): number | null {
  if (!onBothSides(value)) return (on & BIT.data) !== 0 ? value.new : value.old;
  const { old, advanced, new: now } = value;
  const calendar = (on & BIT.calendar) !== 0;
  if ((on & BIT.behaviour) === 0) return calendar ? advanced : old;
  // Written out where nothing is left to add, so that no rounding comes in.
  return calendar || advanced === old ? now : old + (now - advanced);
}

function valuesOf(
  ids: readonly string[],
  before: AccountInput,
  after: AccountInput,
  advance: Advance,
): Values[] {
  const between = daysBetween(before.asOf, after.asOf);
  return ids.map((id) => {
    const [old, now] = [finiteValue(before.readings[id]), finiteValue(after.readings[id])];
    const since = before.carried?.[id];
    const carried = after.carried?.[id] !== undefined;
    const days = carried ? 0 : since === undefined ? between : daysBetween(since, after.asOf);
    const advanced = old !== null && days !== 0 ? advance(id, old, days) : old;
    return { old, advanced: Number.isFinite(advanced) ? advanced : old, new: now };
  });
}
