import type { Model } from './model.ts';
import { planOf } from './plan.ts';
import { SEGMENTS } from './segment.ts';

/** How far a weight may be off, and how often it is tried. */
export const DRAWS = 200;
const SEED = 20_261_121;
const SPREAD = 0.2;

/** Factors on the weights of one draw: the halves (Churn Risk, platform value), dimensions and metrics. */
export interface WeightFactors {
  readonly halves: Float64Array;
  /** In model order. */
  readonly dimensions: Float64Array;
  /** In plan order. */
  readonly metrics: Float64Array;
}

const made = new WeakMap<Model, readonly WeightFactors[]>();

/**
 * The factors by which every weight of a model is varied: the same for all accounts and both segments, worked out
 * once for each model. Each lies between 0.8 and 1.2.
 *
 * @example factorsOf(model).length // => 200
 */
export function factorsOf(model: Model): readonly WeightFactors[] {
  let factors = made.get(model);
  if (factors === undefined) {
    factors = drawFactors(model, SEED, DRAWS);
    made.set(model, factors);
  }
  return factors;
}

/**
 * So many draws from a seed; for each the halves, the dimensions and the metrics in this order.
 *
 * @param seed whole, 0 to 2³² − 1
 * @example drawFactors(model, 20_261_121, 1)[0]?.halves // => [1.0766, 0.9408]
 */
export function drawFactors(model: Model, seed: number, count: number): WeightFactors[] {
  const next = uniformFrom(seed);
  // A plan lists the same groups and metrics for either segment.
  const { groups, metrics } = planOf(model, SEGMENTS[0]);
  const draw = (length: number): Float64Array => {
    const factors = new Float64Array(length);
    for (let i = 0; i < length; i++) factors[i] = 1 - SPREAD + 2 * SPREAD * next();
    return factors;
  };
  const all: WeightFactors[] = [];
  for (let i = 0; i < count; i++) {
    all.push({ halves: draw(2), dimensions: draw(groups.length - 1), metrics: draw(metrics.length) });
  }
  return all;
}

/**
 * Numbers from 0 up to 1 by the generator mulberry32 (public domain, Tommy Ettinger 2017): no chance in it, the
 * same seed gives the same numbers everywhere.
 *
 * @example uniformFrom(20_261_121)() // => 0.6914
 */
export function uniformFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
