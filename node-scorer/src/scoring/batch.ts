import { lowestCap } from './cap.ts';
import { finiteValue } from './dimension.ts';
import { lossOf } from './lost.ts';
import { metricIdsOf, type Model } from './model.ts';
import type { Scale } from './normalise.ts';
import { planOf, type Plan } from './plan.ts';
import { billionthsOf, leastShownAs } from './round.ts';
import type { AccountInput } from './scorecard.ts';
import { SEGMENTS, type Segment } from './segment.ts';

/**
 * Many accounts as columns of numbers, for simulation: one allocation for all of them instead of objects for
 * each. Row i of `values` are the readings of account i in the order of `metrics`.
 */
export interface Portfolio {
  /** Metric ids: the columns. */
  readonly metrics: readonly string[];
  /** Position in {@link SEGMENTS} of each account. */
  readonly segments: Uint8Array;
  /** NaN where a reading is missing. */
  readonly values: Float64Array;
  /** 1 where a reading was lost and no outage cap applies; same shape as `values`. */
  readonly lost: Uint8Array;
  /** Lowest cap of each account; Infinity without one. */
  readonly ceilings: Float64Array;
}

/** Scores of many accounts; NaN and the tier {@link NO_TIER} where there is no score. Nothing is rounded. */
export interface BatchScores {
  readonly health: Float64Array;
  readonly quantitative: Float64Array;
  readonly churnRisk: Float64Array;
  readonly platformValue: Float64Array;
  /** Percent. */
  readonly coverage: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Position in the model's tiers. */
  readonly tier: Uint8Array;
  readonly provisional: Uint8Array;
}

/** Tier of an account without a score. */
export const NO_TIER = 255;

/**
 * Puts accounts into columns.
 *
 * @param model whose metrics become the columns, and whose caps the ceilings
 * @example toPortfolio(model, accounts).segments.length // => accounts.length
 */
export function toPortfolio(model: Model, accounts: readonly AccountInput[]): Portfolio {
  const metrics = metricIdsOf(model);
  const width = metrics.length;
  const portfolio: Portfolio = {
    metrics,
    segments: Uint8Array.from(accounts, ({ segment }) => SEGMENTS.indexOf(segment)),
    values: new Float64Array(accounts.length * width),
    lost: new Uint8Array(accounts.length * width),
    ceilings: new Float64Array(accounts.length),
  };
  accounts.forEach(({ readings, carried, segment, signals, asOf, hold = null }, row) => {
    const cap = lowestCap(planOf(model, segment).caps, signals, asOf, model.monitoringReduction, hold);
    portfolio.ceilings[row] = cap?.at ?? Infinity;
    metrics.forEach((id, column) => {
      portfolio.values[row * width + column] = finiteValue(readings[id]) ?? NaN;
      if (hold === null && lossOf(readings[id], carried?.[id]) !== null)
        portfolio.lost[row * width + column] = 1;
    });
  });
  return portfolio;
}

/**
 * Room for the scores of so many accounts, to be used again while a slider moves.
 *
 * @example makeBatchScores(10_000)
 */
export const makeBatchScores = (count: number): BatchScores => ({
  health: new Float64Array(count),
  quantitative: new Float64Array(count),
  churnRisk: new Float64Array(count),
  platformValue: new Float64Array(count),
  coverage: new Float64Array(count),
  low: new Float64Array(count),
  high: new Float64Array(count),
  tier: new Uint8Array(count),
  provisional: new Uint8Array(count),
});

/**
 * Scores a portfolio: the same numbers, to the last bit, as {@link scoreAccount} gives for each account.
 *
 * @param model its metrics must be columns of the portfolio
 * @param out filled and returned
 * @throws RangeError when a metric of the model is no column: scoring it as missing would be a guess
 * @example scoreBatch(model, toPortfolio(model, accounts)).health[0] // => 86.68
 */
export function scoreBatch(
  model: Model,
  portfolio: Portfolio,
  out: BatchScores = makeBatchScores(portfolio.segments.length),
): BatchScores {
  const lanes = SEGMENTS.map((segment) => makeLane(model, segment, portfolio.metrics));
  const bounds = Float64Array.from(model.tiers, ({ from }) => leastShownAs(from));
  const guard = leastShownAs(model.guards.provisionalBelowCoverage);
  for (let row = 0; row < portfolio.segments.length; row++) {
    scoreRow(lanes[portfolio.segments[row] as number] as Lane, portfolio, row, bounds, guard, out);
  }
  return out;
}

/** What scoring one segment needs, with room for one account. */
interface Lane {
  readonly plan: Plan;
  /** The parts of the plan's scales, one array each. */
  readonly sign: Float64Array;
  readonly green: Float64Array;
  readonly yellow: Float64Array;
  readonly red: Float64Array;
  /** Where the line of each {@link REGIONS} begins, at yellow, and its slope. */
  readonly bases: Float64Array;
  readonly slopes: Float64Array;
  /** Column of each of the plan's metrics. */
  readonly columns: Int32Array;
  readonly scores: Float64Array;
  /** The plan's shares, as arrays: of metrics in their group and in the whole, and of dimensions in Churn Risk. */
  readonly shares: Float64Array;
  readonly nominal: Float64Array;
  readonly groupShares: Float64Array;
  readonly totals: Totals;
}

function makeLane(model: Model, segment: Segment, metrics: readonly string[]): Lane {
  const plan = planOf(model, segment);
  const columns = Int32Array.from(plan.metrics, ({ id }) => {
    const column = metrics.indexOf(id);
    if (column < 0)
      throw new RangeError(`found no column for ${id}, expected one for every metric of the model`);
    return column;
  });
  const part = (key: keyof Scale): Float64Array => Float64Array.from(plan.metrics, ({ scale }) => scale[key]);
  const lines = plan.metrics.flatMap(({ scale }) => REGIONS.map((region) => lineIn(region, scale)));
  return {
    plan,
    sign: part('sign'),
    green: part('green'),
    yellow: part('yellow'),
    red: part('red'),
    bases: Float64Array.from(lines, ([base]) => base),
    slopes: Float64Array.from(lines, ([, slope]) => slope),
    columns,
    scores: new Float64Array(columns.length),
    shares: Float64Array.from(plan.shares),
    nominal: Float64Array.from(plan.nominal),
    groupShares: Float64Array.from(plan.groupShares),
    totals: { health: NaN, churnRisk: NaN, platformValue: NaN, present: 0, low: NaN, high: NaN },
  };
}

/** Where a value lies: 4 at or better than green, 2 at or worse than red, 1 at or better than yellow, added up. */
const REGIONS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The same as {@link scoreOn}, in the same order of questions: score at yellow, and points per unit from there. */
function lineIn(region: number, { upper, lower }: Scale): readonly [base: number, slope: number] {
  if (region >= 4) return [100, 0];
  if (region >= 2) return [0, 0];
  return [50, region === 1 ? upper : lower];
}

function scoreRow(
  lane: Lane,
  { metrics, values, lost, ceilings }: Portfolio,
  row: number,
  bounds: Float64Array,
  guard: number,
  out: BatchScores,
): void {
  const { sign, green, yellow, red, bases, slopes, columns, scores, nominal, totals } = lane;
  const start = row * metrics.length;
  let doubtful = false;
  for (let i = 0; i < columns.length; i++) {
    const cell = start + (columns[i] as number);
    const value = values[cell] as number;
    const present = value === value;
    if (present) {
      const v = (sign[i] as number) * value;
      const y = yellow[i] as number;
      // Looked up, not asked: where values lie is as good as random, and a processor guesses such branches wrong.
      const region =
        4 * Number(v >= (green[i] as number)) + 2 * Number(v <= (red[i] as number)) + Number(v >= y);
      const line = i * 8 + region;
      scores[i] = Math.min(100, Math.max(0, (bases[line] as number) + (v - y) * (slopes[line] as number)));
    } else {
      scores[i] = NaN;
    }
    if (lost[cell] === 1 && (nominal[i] as number) > 0) doubtful = true;
  }
  addUp(lane);
  const quantitative = totals.health;
  const ceiling = ceilings[row] as number;
  const coverage = 100 * totals.present;
  out.quantitative[row] = quantitative;
  out.churnRisk[row] = totals.churnRisk;
  out.platformValue[row] = totals.platformValue;
  out.coverage[row] = coverage;
  if (billionthsOf(coverage) < guard) doubtful = true;
  if (quantitative === quantitative) {
    const health = Math.min(quantitative, ceiling);
    const low = Math.min(totals.low, ceiling);
    const high = Math.min(totals.high, ceiling);
    out.health[row] = health;
    out.low[row] = low;
    out.high[row] = high;
    out.tier[row] = tierAt(health, bounds);
    if (tierAt(low, bounds) !== tierAt(high, bounds)) doubtful = true;
  } else {
    out.health[row] = out.low[row] = out.high[row] = NaN;
    out.tier[row] = NO_TIER;
  }
  out.provisional[row] = doubtful ? 1 : 0;
}

/** What {@link quantify} gives, NaN for null; filled in place for each account. */
interface Totals {
  health: number;
  churnRisk: number;
  platformValue: number;
  present: number;
  low: number;
  high: number;
}

/** The sums of {@link quantify} in the same order of additions, in one pass: a portfolio is millions of metrics. */
function addUp({ plan, scores, shares, nominal, groupShares, totals }: Lane): void {
  const { groups, churnRiskShare, platformValueShare } = plan;
  const last = groups.length - 1;
  let low = 0;
  let missing = 0;
  let riskSum = 0;
  let riskWeight = 0;
  let riskPresent = 0;
  let valueScore = NaN;
  let valuePresent = 0;
  for (let g = 0; g <= last; g++) {
    const { start, end } = groups[g] as (typeof groups)[number];
    let sum = 0;
    let present = 0;
    for (let i = start; i < end; i++) {
      const score = scores[i] as number;
      if (score === score) {
        const share = shares[i] as number;
        sum += share * score;
        present += share;
        low += (nominal[i] as number) * score;
      } else {
        missing += nominal[i] as number;
      }
    }
    const score = mean(sum, present);
    if (g === last) {
      valueScore = score;
      valuePresent = present;
      continue;
    }
    const share = groupShares[g] as number;
    riskPresent += share * present;
    if (score !== score) continue;
    riskSum += share * score;
    riskWeight += share;
  }
  const churnRisk = mean(riskSum, riskWeight);
  const riskShare = churnRisk === churnRisk ? churnRiskShare : 0;
  const valueShare = valueScore === valueScore ? platformValueShare : 0;
  const sum = (riskShare > 0 ? riskShare * churnRisk : 0) + (valueShare > 0 ? valueShare * valueScore : 0);
  const health = mean(sum, riskShare + valueShare);
  totals.health = health;
  totals.churnRisk = churnRisk;
  totals.platformValue = valueScore;
  totals.present = churnRiskShare * riskPresent + platformValueShare * valuePresent;
  totals.low = missing === 0 ? health : Math.min(low, health);
  totals.high = missing === 0 ? health : Math.min(100, Math.max(low + 100 * missing, health));
}

const mean = (sum: number, present: number): number => (present > 0 ? Math.min(100, sum / present) : NaN);

/** Position of the tier of a score; bounds as {@link leastShownAs} gives them, the highest first. */
function tierAt(score: number, bounds: Float64Array): number {
  const billionths = billionthsOf(score);
  let tier = 0;
  while (tier < bounds.length - 1 && billionths < (bounds[tier] as number)) tier++;
  return tier;
}
