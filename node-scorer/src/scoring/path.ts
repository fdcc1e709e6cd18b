import { underCap, type Cap } from './cap.ts';
import { effectiveWeights } from './dimension.ts';
import { quantify } from './health.ts';
import type { MetricScale } from './model.ts';
import type { Limits } from './limits.ts';
import { scoreOn, type Scale } from './normalise.ts';
import { cheapest, type Candidate, type Move } from './path-choice.ts';
import { addMonths } from './period.ts';
import { planOf, type Plan } from './plan.ts';
import { multiplesOf, precisionOf, valueOf, worstReaching, type Precision } from './precision.ts';
import { shownScore, tenthsOf } from './round.ts';
import { metricScores, type Scorecard } from './scorecard.ts';
import type { Scores } from './weighted-mean.ts';

/** One metric to move, in real units. */
export interface Step {
  readonly metric: string;
  readonly from: number;
  /** Target at the unit's precision. */
  readonly to: number;
  /** Points that the score gains, with one decimal. */
  readonly points: number;
  /** A rolling count clears by itself as it ages: the day by which today's has. */
  readonly clearsBy?: string;
}

/** The way to the next tier. */
export interface PathToTier {
  readonly tier: string;
  /** Largest possible gain first; none when only a cap is in the way. */
  readonly steps: readonly Step[];
  /** Score as shown once the targets are met, without the cap. */
  readonly reaches: number;
  /** What keeps the score below the tier whatever else is done. */
  readonly cappedBy?: Cap;
}

/** Why there is no way to the next tier. */
export interface NoPath {
  readonly code: 'top_tier' | 'not_reachable' | 'no_score';
  readonly tier?: string;
  readonly cappedBy?: Cap;
}

/** What the catalogue knows about moving a metric. */
export interface Fixing {
  /** False for what only the calendar moves. */
  readonly fixable: boolean;
  /** Months after which an event leaves a rolling count. */
  readonly rollingMonths?: number | undefined;
}

export interface PathOptions {
  /** By metric id, in catalogue order, which settles ties. A metric that is not listed is fixable, and last. */
  readonly catalogue?: Readonly<Record<string, Fixing>>;
  /** By metric id, what the best tenth of the segment reaches in this run; without one, green. */
  readonly limits?: Limits;
}

/**
 * The fewest changes that lift an account to the next tier (docs/glossary.md, "Path to the next tier"). Scoring again
 * with the targets reaches it, always.
 *
 * @example pathOf(scorecard, { catalogue }) // => { tier: 'Healthy', steps: [{ metric: 'messaging', from: 80, … }], reaches: 76 }
 */
export function pathOf(scorecard: Scorecard, options: PathOptions = {}): PathToTier | NoPath {
  const { model, input, tier, ceiling, quantitativeScore } = scorecard;
  if (quantitativeScore === null) return { code: 'no_score' };
  const above = model.tiers[model.tiers.findIndex(({ name }) => name === tier) - 1];
  if (above === undefined) return { code: 'top_tier' };
  // The lowest score, in tenths, that shows at or above the tier's bound.
  const goal = Math.ceil(multiplesOf(above.from, { step: 1, scale: 10 }));
  const held: { readonly cappedBy?: Cap } =
    ceiling !== null && tenthsOf(ceiling.at) < goal ? { cappedBy: ceiling } : {};

  const plan = planOf(model, input.segment);
  const scores = metricScores(plan, input.readings);
  const scoreWith = scorer(plan, scores);
  const chosen =
    tenthsOf(quantitativeScore) >= goal
      ? []
      : cheapest(
          candidates(plan, scorecard, scores, options),
          // Half a tenth less than the bound is shown as the bound.
          (goal - 0.5) / 10 - quantitativeScore,
          (moves) => tenthsOf(scoreWith(moves)) >= goal,
        );
  if (chosen === null) return { code: 'not_reachable', tier: above.name, ...held };
  return {
    tier: above.name,
    steps: chosen.map(({ candidate, target }) => toStep(candidate, target, scorecard, options)),
    reaches: shownScore(held.cappedBy ? scoreWith(chosen) : underCap(scoreWith(chosen), ceiling)),
    ...held,
  };
}

/** The quantitative score with some metrics moved to their targets. */
function scorer(plan: Plan, scores: Scores) {
  return (moves: readonly Move<PathCandidate>[]): number => {
    const moved = [...scores];
    for (const { candidate, target } of moves) moved[candidate.index] = candidate.scoreAt(target);
    return quantify(plan, moved).health as number;
  };
}

interface PathCandidate extends Candidate {
  /** Position in the plan. */
  readonly index: number;
  readonly id: string;
  readonly from: number;
  readonly scale: Scale;
  readonly precision: Precision;
}

/** Present metrics that somebody can move, each with the best target that may be asked for. */
function candidates(
  plan: Plan,
  { input, model }: Scorecard,
  scores: Scores,
  { catalogue = {}, limits = {} }: PathOptions,
): PathCandidate[] {
  const weights = effectiveWeights(plan, scores, quantify(plan, scores));
  const order = Object.keys(catalogue);
  return plan.metrics.flatMap(({ id, scale }, index): PathCandidate[] => {
    const score = scores[index] as number | null;
    const weight = weights[index] as number;
    if (score === null || weight <= 0 || catalogue[id]?.fixable === false) return [];
    const { unit, [input.segment]: threshold } = model.thresholds[id] as MetricScale;
    const precision = precisionOf(unit, [threshold.green, threshold.yellow, threshold.red]);
    const limit = limits[id];
    // Never beyond green, nor beyond what the best tenth of the segment reaches; signed, so more is better.
    const best = limit === undefined ? scale.green : Math.min(scale.green, scale.sign * limit);
    const scoreAt = (target: number): number => scoreOn(scale, valueOf(target, precision) * scale.sign);
    const furthest = Math.floor(multiplesOf(best, precision));
    const gain = weight * (scoreAt(furthest) - score);
    if (!(gain > 1e-9)) return [];
    const known = order.indexOf(id);
    return [
      {
        index,
        id,
        from: input.readings[id]?.value as number,
        scale,
        precision,
        score,
        weight,
        gain,
        furthest,
        order: known < 0 ? order.length + index : known,
        scoreAt,
        targetFor: (wanted) => worstReaching(scale, wanted, precision),
      },
    ];
  });
}

function toStep(
  { id, from, scale, precision, weight, score, scoreAt }: PathCandidate,
  target: number,
  { input }: Scorecard,
  { catalogue }: PathOptions,
): Step {
  const months = catalogue?.[id]?.rollingMonths;
  return {
    metric: id,
    from,
    to: valueOf(target, precision) * scale.sign + 0,
    points: shownScore(weight * (scoreAt(target) - score)),
    ...(months !== undefined && { clearsBy: addMonths(input.asOf, months) }),
  };
}
