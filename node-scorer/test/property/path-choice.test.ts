import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cheapest, type Candidate, type Move } from '../../src/scoring/path-choice.ts';
import { PROOF } from './arbitraries.ts';

/** Metrics that are worth their value: targets are whole scores. */
const anyCandidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      score: fc.integer({ min: 0, max: 99 }),
      weight: fc.integer({ min: 1, max: 40 }).map((percent) => percent / 100),
      furthest: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all
      .filter(({ score, furthest }) => furthest > score)
      .map(({ score, weight, furthest }, order) => ({
        score,
        weight,
        furthest,
        gain: weight * (furthest - score),
        order,
        scoreAt: (target: number) => target,
        targetFor: (wanted: number) => Math.ceil(Math.round(wanted * 1e9) / 1e9),
      })),
  );

const gained = (moves: readonly Move<Candidate>[]): number =>
  moves.reduce((sum, { candidate, target }) => sum + candidate.weight * (target - candidate.score), 0);
const points = (moves: readonly Move<Candidate>[]): number =>
  moves.reduce((sum, { candidate, target }) => sum + target - candidate.score, 0);

/** Every way to pick some of the candidates, each moved as the rule says, that reaches the goal. */
function allWays(candidates: readonly Candidate[], need: number): Move<Candidate>[][] {
  const ways: Move<Candidate>[][] = [];
  for (let set = 1; set < 2 ** candidates.length; set++) {
    const picked = candidates
      .filter((_, i) => (set & (1 << i)) !== 0)
      .sort((a, b) => b.gain - a.gain || a.order - b.order);
    const fully = picked.slice(0, -1).map((candidate) => ({ candidate, target: candidate.furthest }));
    const last = picked[picked.length - 1] as Candidate;
    for (let target = last.score + 1; target <= last.furthest; target++) {
      const way = [...fully, { candidate: last, target }];
      if (gained(way) < need - 1e-9) continue;
      ways.push(way);
      break;
    }
  }
  return ways;
}

it('Of all ways the fewest moves are taken, of those the fewest points, of those the first in the catalogue', () => {
  fc.assert(
    fc.property(anyCandidates, fc.integer({ min: 1, max: 600 }), (candidates, tenths) => {
      const need = tenths / 10;
      const chosen = cheapest(candidates, need, (moves) => gained(moves) >= need - 1e-9);
      const ways = allWays(candidates, need);
      if (chosen === null) {
        expect(ways).toEqual([]);
        return;
      }
      const orders = (way: readonly Move<Candidate>[]): string =>
        way
          .map(({ candidate }) => candidate.order)
          .sort((a, b) => a - b)
          .join();
      const [best] = ways.sort(
        (a, b) => a.length - b.length || points(a) - points(b) || (orders(a) < orders(b) ? -1 : 1),
      );
      expect(chosen.map(({ candidate, target }) => [candidate.order, target])).toEqual(
        best?.map(({ candidate, target }) => [candidate.order, target]),
      );
    }),
    PROOF,
  );
});

it('Thirty metrics that are all alike are answered at once: the first of the catalogue', () => {
  const alike = Array.from({ length: 30 }, (_, order): Candidate => ({
    score: 50,
    weight: 1 / 30,
    furthest: 100,
    gain: 50 / 30,
    order,
    scoreAt: (target) => target,
    targetFor: Math.ceil,
  }));
  const chosen = cheapest(alike, 24, (moves) => gained(moves) >= 24 - 1e-9);
  expect(chosen?.map(({ candidate }) => candidate.order)).toEqual(Array.from({ length: 15 }, (_, i) => i));
});

it('A line inverted a little short is made up for: the score computed again has the last word', () => {
  const short: Candidate = {
    score: 50,
    weight: 0.5,
    furthest: 100,
    gain: 25,
    order: 0,
    scoreAt: (target) => target,
    targetFor: (wanted) => Math.ceil(wanted) - 3,
  };
  const reaches = (moves: readonly Move<Candidate>[]): boolean => gained(moves) >= 10;
  expect(cheapest([short], 10, reaches)).toEqual([{ candidate: short, target: 70 }]);
  // Beyond the furthest target nothing is asked for, whatever the line says.
  const far: Candidate = { ...short, targetFor: () => 400 };
  expect(cheapest([far], 10, reaches)).toEqual([{ candidate: far, target: 100 }]);
});

it('Sets of one cost are told apart by the catalogue, in its order and not by size of gain', () => {
  const one = (order: number, weight: number, furthest: number): Candidate => ({
    score: 50,
    weight,
    furthest,
    gain: weight * (furthest - 50),
    order,
    scoreAt: (target) => target,
    targetFor: (wanted) => Math.ceil(Math.round(wanted * 1e9) / 1e9),
  });
  // Each alone reaches 2 points with 10 points of its own.
  const all = [one(11, 0.2, 100), one(2, 0.2, 90), one(30, 0.2, 80)];
  const chosen = cheapest(all, 2, (moves) => gained(moves) >= 2 - 1e-9);
  expect(chosen?.map(({ candidate }) => candidate.order)).toEqual([2]);
});
