/** A metric that may be moved. Targets are whole multiples of its precision, signed so that more is better. */
export interface Candidate {
  /** Metric score now, 0 to 100. */
  readonly score: number;
  /** Effective weight. */
  readonly weight: number;
  /** Points that its furthest target gains. */
  readonly gain: number;
  readonly furthest: number;
  /** Position in the catalogue. */
  readonly order: number;
  readonly scoreAt: (target: number) => number;
  /** The worst target that scores at least so much. */
  readonly targetFor: (score: number) => number;
}

export interface Move<C extends Candidate> {
  readonly candidate: C;
  readonly target: number;
}

/** Sets looked at in search of the cheapest; beyond it the best found so far is taken. Fewest is always exact. */
const MOST_SETS = 5000;
/** Costs and gains closer than this are equal. */
const SAME = 1e-9;

interface Found<C extends Candidate> {
  readonly moves: readonly Move<C>[];
  /** Metric-score points moved in all. */
  readonly cost: number;
}

/**
 * The fewest moves that reach the goal; of those the set that moves the fewest metric-score points, then the one
 * that comes first in the catalogue. Largest possible gain first, all to their furthest target, the last one
 * only as far as needed.
 *
 * The score is linear in the metric scores, so the k largest gains reach the goal if any k metrics do: how many
 * are needed takes one pass. Which of them is a search, cut short where a set cannot reach the goal or cannot be
 * cheaper than the best one found.
 *
 * @param need points that the score must gain
 * @param reaches does the score, computed again, reach the goal with these moves?
 * @returns null when not even all of them reach it
 * @example cheapest(candidates, 7.75, reaches)
 */
export function cheapest<C extends Candidate>(
  candidates: readonly C[],
  need: number,
  reaches: (moves: readonly Move<C>[]) => boolean,
): readonly Move<C>[] | null {
  const sorted = [...candidates].sort((a, b) => b.gain - a.gain || a.order - b.order);
  let count = 1;
  while (count <= sorted.length && !reaches(fully(sorted.slice(0, count)))) count += 1;
  if (count > sorted.length) return null;

  let best = lastAsNeeded(sorted.slice(0, count), need, reaches);
  const heaviest = sorted.map((_, i) => Math.max(...sorted.slice(i).map(({ weight }) => weight)));
  const gains = sorted.reduce((sums, { gain }, i) => [...sums, (sums[i] as number) + gain], [0]);
  let looked = 0;
  const search = (set: readonly C[], from: number, gained: number, spent: number): void => {
    const left = count - set.length;
    for (let i = from; i + left <= sorted.length && looked < MOST_SETS; i++) {
      // The next ones gain most: when they do not reach the goal, none after them does.
      if (gained + (gains[i + left] as number) - (gains[i] as number) < need - SAME) return;
      const atLeast = spent + (need - gained) / (heaviest[i] as number);
      if (atLeast > best.cost + SAME) return;
      const candidate = sorted[i] as C;
      if (left > 1) {
        const points = candidate.scoreAt(candidate.furthest) - candidate.score;
        search([...set, candidate], i + 1, gained + candidate.gain, spent + points);
        continue;
      }
      looked += 1;
      const picked = [...set, candidate];
      if (reaches(fully(picked))) best = better(best, lastAsNeeded(picked, need, reaches));
    }
  };
  search([], 0, 0, 0);
  return best.moves;
}

const fully = <C extends Candidate>(set: readonly C[]): Move<C>[] =>
  set.map((candidate) => ({ candidate, target: candidate.furthest }));

/** Moves all fully and the last one to the worst target that still reaches the goal. */
function lastAsNeeded<C extends Candidate>(
  set: readonly C[],
  need: number,
  reaches: (moves: readonly Move<C>[]) => boolean,
): Found<C> {
  const others = fully(set.slice(0, -1));
  const last = set[set.length - 1] as C;
  const gained = others.reduce((sum, { candidate }) => sum + candidate.gain, 0);
  const ok = (target: number): boolean => reaches([...others, { candidate: last, target }]);
  const wanted = Math.min(100, last.score + Math.max(0, need - gained) / last.weight);
  let target = Math.min(last.furthest, last.targetFor(wanted));
  // The line was inverted and rounded: the score computed again has the last word.
  while (target < last.furthest && !ok(target)) target += 1;
  const moves = [...others, { candidate: last, target }];
  const cost = moves.reduce(
    (sum, { candidate, target: to }) => sum + candidate.scoreAt(to) - candidate.score,
    0,
  );
  return { moves, cost };
}

function better<C extends Candidate>(a: Found<C>, b: Found<C>): Found<C> {
  if (b.cost < a.cost - SAME) return b;
  return b.cost <= a.cost + SAME && isBefore(b, a) ? b : a;
}

/** Does this set come before the other one in the catalogue? */
function isBefore<C extends Candidate>(a: Found<C>, b: Found<C>): boolean {
  const orders = ({ moves }: Found<C>): number[] =>
    moves.map(({ candidate }) => candidate.order).sort((x, y) => x - y);
  const [left, right] = [orders(a), orders(b)];
  const i = left.findIndex((order, n) => order !== right[n]);
  return i >= 0 && (left[i] as number) < (right[i] as number);
}
