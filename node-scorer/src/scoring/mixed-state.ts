import { lowestCap } from './cap.ts';
import { effectiveWeights, finiteValue } from './dimension.ts';
import { makeQuantities, quantify, TOTAL } from './health.ts';
import { scoreOn } from './normalise.ts';
import { daysBetween } from './period.ts';
import { planOf, type Plan } from './plan.ts';
import type { AccountInput, Scorecard } from './scorecard.ts';

/**
 * What may differ between two scorecards, in the order that settles ties. *data*: which readings exist, and
 * holds. *behaviour*: values that exist on both sides, less the calendar. *calendar*: what passing days alone
 * do to them. *rules*: model and segment. *signals*: the list together with the day it is judged on.
 */
export const SWITCHES = ['behaviour', 'data', 'rules', 'calendar', 'signals'] as const;
export type Switch = (typeof SWITCHES)[number];

/** What a value would be so many days later if nothing but the calendar moved. Never clamped; thresholds are. */
export type Advance = (metric: string, value: number, days: number) => number;

/** States between an earlier and a present scorecard. */
export interface Mixer {
  /** Metrics of either model: the present one's in its order, then those that only the earlier one weighs. */
  readonly metricIds: readonly string[];
  /** Switches that may make a difference; the others find the same on both sides, whatever else is turned. */
  readonly live: ReadonlySet<Switch>;
  /** Score after caps and before rounding with these switches taken from now; without a score, the earlier one. */
  readonly score: (now: ReadonlySet<Switch>) => number;
  /** How much of turning *behaviour* last is due to each of {@link metricIds}, with these switches taken from now. */
  readonly walk: (now: ReadonlySet<Switch>) => number[];
}

/** A metric's value on both sides, NaN where there is none, and where the calendar alone would have taken it. */
interface Values {
  readonly old: number;
  readonly advanced: number;
  readonly new: number;
}

/**
 * Prepares the states between two scored scorecards (DESIGN §2, "Change").
 *
 * @param earlier scored
 * @param present scored
 */
export function mixer(earlier: Scorecard, present: Scorecard, advance: Advance): Mixer {
  const [before, after] = [earlier.input, present.input];
  const plans = { old: planOf(earlier.model, before.segment), new: planOf(present.model, after.segment) };
  const metricIds = [...new Set([...plans.new.metrics, ...plans.old.metrics].map(({ id }) => id))];
  const values = new Map(metricIds.map((id) => [id, valuesOf(id, earlier, present, advance)]));

  const stateOf = (now: ReadonlySet<Switch>): State => {
    const plan = now.has('rules') ? plans.new : plans.old;
    const scores = Float64Array.from(plan.metrics, ({ id, scale }) => {
      const value = mixedValue(values.get(id) as Values, now);
      return value === value ? scoreOn(scale, value) : NaN;
    });
    const signals = now.has('signals') ? after : before;
    const hold = (now.has('data') ? after : before).hold ?? null;
    const reduction = plan.model.monitoringReduction;
    const cap = lowestCap(plan.caps, signals.signals, signals.asOf, reduction, hold)?.at ?? Infinity;
    const quantities = makeQuantities(plan);
    quantify(plan, scores, quantities);
    const quantitative = quantities.totals[TOTAL.health] as number;
    return { plan, scores, cap, quantitative, weights: () => effectiveWeights(plan, scores, quantities) };
  };
  return {
    metricIds,
    live: new Set(
      SWITCHES.filter((name) => LIVE[name]({ before, after, plans, values: [...values.values()] })),
    ),
    score: (now) => {
      const { quantitative, cap } = stateOf(now);
      return quantitative === quantitative ? Math.min(quantitative, cap) : (earlier.healthScore as number);
    },
    walk: (now) => walkShares(stateOf(now), stateOf(new Set([...now, 'behaviour'])), metricIds),
  };
}

interface Sides {
  readonly before: AccountInput;
  readonly after: AccountInput;
  readonly plans: { readonly old: Plan; readonly new: Plan };
  readonly values: readonly Values[];
}

/** Whether a switch finds anything to turn. Each looks at all that `stateOf` asks that switch for. */
const LIVE: Readonly<Record<Switch, (sides: Sides) => boolean>> = {
  behaviour: ({ values }) => values.some((value) => onBothSides(value) && value.advanced !== value.new),
  data: ({ values, before, after }) =>
    values.some(({ old, new: now }) => (old === old) !== (now === now)) ||
    (before.hold ?? null) !== null ||
    (after.hold ?? null) !== null,
  rules: ({ plans }) => plans.old !== plans.new,
  calendar: ({ values }) => values.some((value) => onBothSides(value) && value.old !== value.advanced),
  // The day counts only for signals.
  signals: ({ before, after }) => before.signals.length > 0 || after.signals.length > 0,
};

interface State {
  readonly plan: Plan;
  readonly scores: Float64Array;
  readonly cap: number;
  readonly quantitative: number;
  readonly weights: () => number[];
}

/**
 * Each metric's part of a straight walk from one state's metric scores to another's. Readings, rules and caps
 * are the same on both ends, so weights are fixed and a metric's part is weight × score difference × the part
 * of the walk on which the score lies below the cap.
 */
function walkShares(from: State, to: State, metricIds: readonly string[]): number[] {
  const shares = new Map<string, number>();
  if (from.quantitative === from.quantitative) {
    const below = partBelow(from.quantitative, to.quantitative, from.cap);
    const weights = from.weights();
    from.plan.metrics.forEach(({ id }, i) => {
      const moved = (to.scores[i] as number) - (from.scores[i] as number);
      // A missing metric is missing on both ends.
      if (moved === moved) shares.set(id, (weights[i] as number) * moved * below);
    });
  }
  return metricIds.map((id) => shares.get(id) ?? 0);
}

/** Part of the straight way from a to b that lies below the cap, 0 to 1. */
function partBelow(a: number, b: number, cap: number): number {
  if (a <= cap && b <= cap) return 1;
  if (a >= cap && b >= cap) return 0;
  return (cap - Math.min(a, b)) / Math.abs(b - a);
}

const onBothSides = ({ old, new: now }: Values): boolean => old === old && now === now;

/** old + [calendar] × (advanced − old) + [behaviour] × (new − advanced); one-sided values follow the data alone. */
function mixedValue(value: Values, on: ReadonlySet<Switch>): number {
  const { old, advanced, new: now } = value;
  if (!onBothSides(value)) return on.has('data') ? now : old;
  if (!on.has('behaviour')) return on.has('calendar') ? advanced : old;
  // Written out where nothing is left to add, so that no rounding comes in.
  return on.has('calendar') || advanced === old ? now : old + (now - advanced);
}

function valuesOf(id: string, earlier: Scorecard, present: Scorecard, advance: Advance): Values {
  const [before, after] = [earlier.input, present.input];
  const [old, now] = [finiteValue(before.readings[id]), finiteValue(after.readings[id])];
  const carried = after.carried?.[id] !== undefined;
  const days = carried ? 0 : daysBetween(before.carried?.[id] ?? before.asOf, after.asOf);
  const advanced = old === old && days !== 0 ? advance(id, old, days) : old;
  return { old, advanced: Number.isFinite(advanced) ? advanced : old, new: now };
}
