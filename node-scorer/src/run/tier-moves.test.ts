import { describe, expect, it } from 'vitest';
import type { RefreshRequest } from './request.ts';
import { movesToJson, movesTooMany, sumMoves, whyHeld, type TierMove } from './tier-moves.ts';

const GUARDS = {
  provisionalBelowCoverage: 50,
  maxCarryForwardDays: 45,
  outageShare: 0.3,
  tierMoveShare: 0.15,
  tierMoveMinAccounts: 50,
};
const ALL = { accountIds: undefined, mapping: undefined, release: null } as unknown as RefreshRequest;

const falls = (count: number): TierMove[] =>
  Array.from({ length: count }, (_, i) => ({ accountId: `001-${i}`, from: 'Healthy', to: 'At Risk' }));

describe('the moves of a run', () => {
  it('are counted by what they move between, most first', () => {
    const rise = { accountId: '001-9', from: 'At Risk', to: 'Healthy' };
    const { of, moved, between } = sumMoves([rise, ...falls(2)], 57);
    expect([of, moved, Object.entries(between)]).toEqual([
      57,
      3,
      [
        ['Healthy > At Risk', 2],
        ['At Risk > Healthy', 1],
      ],
    ]);
  });

  it('have one digest in whatever order they come, and another when one is different', () => {
    const [first, ...others] = falls(3);
    if (first === undefined) throw new Error('found no move');
    const digest = (moves: TierMove[]) => sumMoves(moves, 57).digest;
    expect(digest([...others, first])).toBe(digest(falls(3)));
    expect(digest([...others, { ...first, to: 'Critical' }])).not.toBe(digest(falls(3)));
    expect(digest(others)).not.toBe(digest(falls(3)));
  });

  it.each([
    [50, 7, false],
    [50, 8, true],
    [49, 49, false],
    [100, 15, false],
    [100, 16, true],
    [0, 0, false],
  ])('of %i accounts, %i moved: too many? %s', (of, moved, tooMany) => {
    expect(movesTooMany(sumMoves(falls(moved), of), GUARDS)).toBe(tooMany);
  });

  it.each([0, 1, 400, 10_000])(
    '%i of them fit a field of 32,000 characters, and what is left out is counted',
    (count) => {
      const json = movesToJson(sumMoves(falls(count), count), 32_000);
      const {
        accounts,
        notListed = 0,
        moved,
      } = JSON.parse(json) as {
        accounts: TierMove[];
        notListed?: number;
        moved: number;
      };
      expect(json.length).toBeLessThanOrEqual(32_000);
      expect([moved, accounts.length + notListed]).toEqual([count, count]);
      if (count <= 400) expect(notListed).toBe(0);
      else expect(accounts.length).toBeGreaterThan(300);
    },
  );
});

describe('a run is held', () => {
  const scored = { moves: falls(20), comparable: 57 };
  const release = (digest: string) => ({ ...ALL, release: { id: 'held', period: '2026-10', digest } });
  const { digest } = sumMoves(scored.moves, 57);

  it('with a reason that says how many of whom move from where to where, and the way out', () => {
    expect(whyHeld(scored, ALL, GUARDS, false)).toBe(
      'would move 20 of 57 tiers (Healthy > At Risk 20), more than 15 %: nothing is written; look at the sources and the accounts named, then release the run with scorer run --confirm or from its record',
    );
  });

  it.each<[string, RefreshRequest, boolean]>([
    ['that has passed the guard before', ALL, true],
    ['of some accounts', { ...ALL, accountIds: ['001-1', '001-2'] }, false],
    ['that a person has released', release(digest), false],
  ])('but not one %s', (_what, request, settled) => {
    expect(whyHeld(scored, request, GUARDS, settled)).toBeNull();
  });

  it('again when other moves than those released would happen', () => {
    expect(whyHeld(scored, release('another'), GUARDS, false)).toMatch(/not the moves that were released/);
  });
});
