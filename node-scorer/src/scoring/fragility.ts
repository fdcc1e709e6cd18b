import { quantify } from './health.ts';
import type { Readings } from './dimension.ts';
import type { Model } from './model.ts';
import { planOf, type Plan } from './plan.ts';
import { billionthsOf, leastShownAs } from './round.ts';
import { metricScores } from './scorecard.ts';
import type { Segment } from './segment.ts';
import { factorsOf } from './weight-draws.ts';

/** How often an account's tier changes when every weight is varied by up to a fifth. */
export interface Fragility {
  readonly tier: string;
  /** Draws, of 200, in which the tier is another one. */
  readonly flips: number;
  /** Those draws by the tier they give, highest first; tiers that none gives are left out. */
  readonly to: Readonly<Record<string, number>>;
}

/** At most this many flips of 200 are solid, and leaning; more are fragile. */
const SOLID = 10;
const LEANING = 40;

/**
 * What to call a number of flips.
 *
 * @example fragilityLabel(37) // => 'leaning'
 */
export const fragilityLabel = (flips: number): 'solid' | 'leaning' | 'fragile' =>
  flips <= SOLID ? 'solid' : flips <= LEANING ? 'leaning' : 'fragile';

/**
 * Tries an account's tier under 200 sets of weights, each as shared out times a factor of 0.8 to 1.2: the same
 * redistribution, cap and rounding as always.
 *
 * @param cap height of the account's cap; null for none
 * @returns null for an account without a score
 * @example fragilityOf(model, 'paid', readings, null) // => { tier: 'Healthy', flips: 37, to: { 'At Risk': 37 } }
 */
export function fragilityOf(
  model: Model,
  segment: Segment,
  readings: Readings,
  cap: number | null,
): Fragility | null {
  const trial = trialOf(model, segment);
  const scores = metricScores(trial.plan, readings);
  const quantitative = quantify(trial.plan, scores).health;
  if (quantitative === null) return null;
  const ceiling = cap ?? Infinity;
  const own = tierAt(Math.min(quantitative, ceiling), trial.bounds);
  countTiers(
    trial,
    Float64Array.from(scores, (score) => score ?? NaN),
    ceiling,
  );
  const names = trial.plan.tiers.map(({ name }) => name);
  const to: Record<string, number> = {};
  let flips = 0;
  trial.counts.forEach((count, tier) => {
    if (tier === own || count === 0) return;
    to[names[tier] as string] = count;
    flips += count;
  });
  return { tier: names[own] as string, flips, to };
}

/** What trying one segment's weights needs, with room for one account. */
interface Trial {
  readonly plan: Plan;
  readonly bounds: Float64Array;
  /** Group of each metric. */
  readonly starts: Int32Array;
  /** Varied weights, draw after draw: metrics, groups of Churn Risk, and the two halves. */
  readonly metrics: Float64Array;
  readonly groups: Float64Array;
  readonly halves: Float64Array;
  readonly draws: number;
  /** Filled for each account. */
  readonly counts: Uint32Array;
}

const trials = new WeakMap<Plan, Trial>();

function trialOf(model: Model, segment: Segment): Trial {
  const plan = planOf(model, segment);
  let trial = trials.get(plan);
  if (trial === undefined) {
    trial = makeTrial(plan);
    trials.set(plan, trial);
  }
  return trial;
}

function makeTrial(plan: Plan): Trial {
  const factors = factorsOf(plan.model);
  const last = plan.groups.length - 1;
  const times = (weights: ArrayLike<number>, by: ArrayLike<number>): number[] =>
    Array.from(by, (factor, i) => (weights[i] as number) * factor);
  return {
    plan,
    bounds: Float64Array.from(plan.tiers, ({ from }) => leastShownAs(from)),
    starts: Int32Array.from([...plan.groups.map(({ start }) => start), plan.metrics.length]),
    metrics: Float64Array.from(factors.flatMap(({ metrics }) => times(plan.shares, metrics))),
    groups: Float64Array.from(
      factors.flatMap(({ dimensions }) => times(plan.groupShares.slice(0, last), dimensions)),
    ),
    halves: Float64Array.from(
      factors.flatMap(({ halves }) => times([plan.churnRiskShare, plan.platformValueShare], halves)),
    ),
    draws: factors.length,
    counts: new Uint32Array(plan.tiers.length),
  };
}

/** Counts the tiers of all draws; NaN marks a missing score. Plain loops over typed arrays: a portfolio is millions of draws. */
function countTiers(trial: Trial, scores: Float64Array, ceiling: number): void {
  const { starts, metrics, groups, halves, draws, counts, bounds } = trial;
  const width = scores.length;
  const last = starts.length - 2;
  counts.fill(0);
  for (let draw = 0; draw < draws; draw++) {
    const offset = draw * width;
    let riskSum = 0;
    let riskWeight = 0;
    let valueScore = NaN;
    for (let g = 0; g <= last; g++) {
      let sum = 0;
      let weight = 0;
      const end = starts[g + 1] as number;
      for (let i = starts[g] as number; i < end; i++) {
        const score = scores[i] as number;
        if (score !== score) continue;
        const share = metrics[offset + i] as number;
        sum += share * score;
        weight += share;
      }
      if (weight === 0) continue;
      const score = Math.min(100, sum / weight);
      if (g === last) valueScore = score;
      else {
        const share = groups[draw * last + g] as number;
        riskSum += share * score;
        riskWeight += share;
      }
    }
    let sum = 0;
    let weight = 0;
    if (riskWeight > 0) {
      weight = halves[2 * draw] as number;
      sum = weight * (riskSum / riskWeight);
    }
    if (valueScore === valueScore) {
      sum += (halves[2 * draw + 1] as number) * valueScore;
      weight += halves[2 * draw + 1] as number;
    }
    // Whatever has a score under the plain weights has one under positive multiples of them.
    const tier = tierAt(Math.min(100, sum / weight, ceiling), bounds);
    counts[tier] = (counts[tier] as number) + 1;
  }
}

/** Position of the tier of a score; bounds as `leastShownAs` gives them, the highest first. */
function tierAt(score: number, bounds: Float64Array): number {
  const billionths = billionthsOf(score);
  let tier = 0;
  while (tier < bounds.length - 1 && billionths < (bounds[tier] as number)) tier++;
  return tier;
}
