import { afterEach, describe, expect, it } from 'vitest';
import { countsAddUp, openWorld, unexplained, type World } from './harness.ts';
import { begin, detailsOf, end, filledIn, lostOf, modelOf, OUTAGES, risen, shownScores } from './outages.ts';

const MONTHS = ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'] as const;
const SEEDS = [1, 2, 3];

let world: World;
afterEach(() => world.sandbox.close());

/** The next number of a seeded sequence, 0 up to 1: the same outages for the same seed. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Newest shown score of each account before a month. */
function shownBefore(at: number): Map<unknown, unknown> {
  const months = MONTHS.slice(0, at).flatMap((month) => [...shownScores(world, month)]);
  return new Map(months.filter(([, score]) => score !== null));
}

describe.each(SEEDS)('seven months of outages that come and go, drawn by seed %i', (seed) => {
  it('let no score rise by what was lost, and no number appear that was not read', async () => {
    world = await openWorld({ accounts: 20 });
    const draw = sequence(seed);
    const seen = { carried: 0, lost: 0, held: 0 };
    for (const [at, period] of MONTHS.entries()) {
      // Some months are run a second time, in other weather.
      const runs = draw() < 0.4 ? 2 : 1;
      for (let run = 0; run < runs; run++) {
        end(world);
        const outages = Object.values(OUTAGES).filter(() => draw() < 0.15);
        for (const outage of outages) begin(world, outage);
        const before = new Map([...shownBefore(at), ...shownScores(world, period)]);
        const { exit, report } = await world.run('--period', period);
        expect([period, exit]).toEqual([period, report.degradedSources.length > 0 ? 75 : 0]);
        expect(countsAddUp(report)).toBe(true);
        expect(risen(world, period, before)).toEqual([]);
        expect(filledIn(world, period, MONTHS.slice(0, at))).toEqual([]);
        expect(unexplained(world, period)).toEqual([]);
        for (const row of world.scores(period)) {
          const { readings, hold } = detailsOf(row);
          expect(row['Final__c']).toBe(
            readings.every(
              ({ carriedFrom, missing }) => carriedFrom === undefined && missing !== 'source_down',
            ),
          );
          seen.held += hold === null ? 0 : 1;
          seen.lost += lostOf(row, modelOf(world, row)).length > 0 ? 1 : 0;
          seen.carried += readings.some(({ carriedFrom }) => carriedFrom) ? 1 : 0;
        }
      }
    }
    // Weather that nobody would have noticed proves nothing.
    expect(Object.entries(seen).filter(([, count]) => count < 5)).toEqual([]);
  });
});
