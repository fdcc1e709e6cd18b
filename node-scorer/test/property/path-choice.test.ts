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
