import { sampleVariance } from './moments.ts';
import { Z95 } from './normal.ts';
import type { Interval } from './wilson.ts';

/** Of all pairs of one who left and one who stayed, the share in which the one who left had the lower score. */
export interface Auc {
  readonly auc: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * Area under the ROC curve (Mann–Whitney, ties count half) with a 95 % interval: the wider end of two. Newcombe's
 * method 5 (R. G. Newcombe, Statistics in Medicine 25, 2006) holds with few cases, DeLong's variance on the logit
 * scale where the scores of those who left are spread unlike the others'.
 *
 * @param lost scores of those who left
 * @param kept scores of those who stayed
 * @returns null when either is empty
 * @example aucOf([60], [65]) // => { auc: 1, low: 0.2065, high: 1 }
 */
export function aucOf(lost: readonly number[], kept: readonly number[]): Auc | null {
  if (lost.length === 0 || kept.length === 0) return null;
  const placements = {
    lost: lost.map(shareAbove(kept)),
    kept: kept.map(shareBelow(lost)),
  };
  // Summed in halves of pairs, so that nothing is rounded: 0 and 1 must come out exactly.
  const pairs = placements.lost.reduce((sum, { halves }) => sum + halves, 0);
  const auc = pairs / (2 * lost.length * kept.length);
  const [low, high] = newcombe(auc, lost.length, kept.length);
  const logit = delongOnLogit(
    auc,
    placements.lost.map(({ share }) => share),
    placements.kept.map(({ share }) => share),
  );
  return {
    auc,
    low: logit === null ? low : Math.min(low, logit[0]),
    high: logit === null ? high : Math.max(high, logit[1]),
  };
}

interface Placement {
  readonly halves: number;
  readonly share: number;
}

/** Share of others above a value, ties half. */
function shareAbove(others: readonly number[]): (value: number) => Placement {
  const sorted = Float64Array.from(others).sort();
  return (value) => {
    const halves = 2 * sorted.length - below(sorted, value, false) - below(sorted, value, true);
    return { halves, share: halves / (2 * sorted.length) };
  };
}

/** Share of others below a value, ties half. */
function shareBelow(others: readonly number[]): (value: number) => Placement {
  const sorted = Float64Array.from(others).sort();
  return (value) => {
    const halves = below(sorted, value, false) + below(sorted, value, true);
    return { halves, share: halves / (2 * sorted.length) };
  };
}

/** How many of ascending values lie below one, or not above it. */
function below(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Halvings of an interval of at most 1 until nothing of a double is left. */
const HALVINGS = 100;

/** Newcombe's method 5: the θ on either side for which the distance to it is z standard errors at θ. */
function newcombe(auc: number, m: number, n: number): Interval {
  const cases = (m + n) / 2 - 1;
  const error = (theta: number): number =>
    Z95 *
    Math.sqrt(
      (theta * (1 - theta) * (1 + cases * ((1 - theta) / (2 - theta) + theta / (1 + theta)))) / (m * n),
    );
  /** Between an end that is out of reach and the estimate, which is within. */
  const edge = (outside: number): number => {
    let [out, within] = [outside, auc];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (out + within) / 2;
      if (Math.abs(auc - middle) > error(middle)) out = middle;
      else within = middle;
    }
    return (out + within) / 2;
  };
  return [auc === 0 ? 0 : edge(0), auc === 1 ? 1 : edge(1)];
}

/** DeLong's interval on the logit scale; null where it has no width or no meaning. */
function delongOnLogit(auc: number, lost: readonly number[], kept: readonly number[]): Interval | null {
  if (auc === 0 || auc === 1 || lost.length === 1 || kept.length === 1) return null;
  const error = Math.sqrt(sampleVariance(lost) / lost.length + sampleVariance(kept) / kept.length);
  if (error === 0) return null;
  const middle = Math.log(auc / (1 - auc));
  const half = (Z95 * error) / (auc * (1 - auc));
  const share = (logit: number): number => 1 / (1 + Math.exp(-logit));
  return [share(middle - half), share(middle + half)];
}
