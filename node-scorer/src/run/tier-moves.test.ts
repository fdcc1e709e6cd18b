import { describe, expect, it } from 'vitest';
import type { RefreshRequest } from './request.ts';
import {
  movesToJson,
  movesTooMany,
  rulesMoveTooMany,
  sumMoves,
  whyHeld,
  type TierMove,
} from './tier-moves.ts';

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

const scoredOf = (moves: readonly TierMove[], comparable: number, ruleMoves: readonly TierMove[] = []) => ({
  ...{ moves, comparable, ruleMoves },
  ruleComparable: comparable,
});

describe('the moves of a run', () => {
  it('are counted by what they move between, most first', () => {
    const rise = { accountId: '001-9', from: 'At Risk', to: 'Healthy' };
    const { of, moved, between } = sumMoves(scoredOf([rise, ...falls(2)], 57));
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
    const digest = (moves: TierMove[]) => sumMoves(scoredOf(moves, 57)).digest;
    expect(digest([...others, first])).toBe(digest(falls(3)));
    expect(digest([...others, { ...first, to: 'Critical' }])).not.toBe(digest(falls(3)));
    expect(digest(others)).not.toBe(digest(falls(3)));
  });

  it('have a digest that covers what rules move, and is the old one where they move nothing', () => {
    const digest = (read: TierMove[], rules: TierMove[]) => sumMoves(scoredOf(read, 57, rules)).digest;
    expect(digest(falls(1), [])).toBe('06c4b3e9637106e7');
    const all = [
      digest(falls(3), []),
      digest([], falls(3)),
      digest(falls(3), falls(3)),
      digest([], falls(2)),
    ];
    expect(new Set(all).size).toBe(4);
    expect(digest([], falls(3).reverse())).toBe(digest([], falls(3)));
  });

  it.each([
    [57, 8, 0.15, false],
    [57, 9, 0.15, true],
    [20, 3, 0.15, false],
    [20, 4, 0.15, true],
    [19, 19, 0.15, false],
    [20, 3, 0, false],
    [20, 4, 0, true],
    [100, 100, 1, false],
    [100, 15, undefined, false],
    [100, 16, undefined, true],
  ])('of %i accounts, %i moved by rules, share %s: too many? %s', (of, count, ruleMoveShare, tooMany) => {
    const guards = { ...GUARDS, ...(ruleMoveShare !== undefined && { ruleMoveShare }) };
    expect(rulesMoveTooMany(sumMoves(scoredOf([], of, falls(count))).rules, guards)).toBe(tooMany);
  });

  it.each([
    [50, 7, false],
    [50, 8, true],
    [49, 49, false],
    [100, 15, false],
    [100, 16, true],
    [0, 0, false],
  ])('of %i accounts, %i moved: too many? %s', (of, count, tooMany) => {
    expect(movesTooMany(sumMoves(scoredOf(falls(count), of)), GUARDS)).toBe(tooMany);
  });

  it.each([0, 1, 400, 10_000])(
    '%i of them fit a field of 32,000 characters, and what is left out is counted',
    (count) => {
      for (const [read, rules] of [
        [count, 0],
        [0, count],
        [count, count],
      ] as const) {
        const json = movesToJson(sumMoves(scoredOf(falls(read), count, falls(rules))), 32_000, {
          passed: true,
        });
        interface Listed {
          readonly accounts: TierMove[];
          readonly notListed?: number;
          readonly moved: number;
        }
        const told = JSON.parse(json) as Listed & { readonly rules: Listed };
        expect(json.length).toBeLessThanOrEqual(32_000);
        for (const [part, expected] of [
          [told, read],
          [told.rules, rules],
        ] as const) {
          expect([part.moved, part.accounts.length + (part.notListed ?? 0)]).toEqual([expected, expected]);
          if (expected <= 200) expect(part.notListed).toBeUndefined();
          else expect(part.accounts.length).toBeGreaterThan(190);
        }
      }
    },
  );
});

describe('a run is held', () => {
  const scored = scoredOf(falls(20), 57);
  const release = (digest: string) => ({ ...ALL, release: { id: 'held', period: '2026-10', digest } });
  const { digest } = sumMoves(scored);

  it('with a reason that says how many of whom move from where to where, and the way out', () => {
    expect(whyHeld(scored, ALL, GUARDS, false)).toBe(
      'would move 20 of 57 tiers (Healthy > At Risk 20), more than 15 %: nothing is written; look at the sources and the accounts named, then release the run with scorer run --confirm or from its record',
    );
  });

  it('by rules, which are told apart from what was read', () => {
    const rules = scoredOf(falls(2), 57, [
      ...falls(12),
      ...falls(8).map(({ accountId }) => ({ accountId: `${accountId}b`, from: 'Champion', to: 'Healthy' })),
    ]);
    const told =
      '20 of 57 tiers would move because of the rules: Healthy > At Risk 12, Champion > Healthy 8; more than 15 %: ';
    expect(whyHeld(rules, ALL, GUARDS, false)).toBe(
      `${told}nothing is written; look at what was changed in the model or in segments and the accounts named, then release the run with scorer run --confirm or from its record`,
    );
    expect(whyHeld(rules, { ...ALL, dryRun: true }, GUARDS, false)).toBe(
      `${told}a run that writes would be held; look at what was changed in the model or in segments and the accounts named`,
    );
    expect(whyHeld(rules, release(sumMoves(rules).digest), GUARDS, false)).toBeNull();
    // What a person saw of the readings alone is not what would be written.
    expect(whyHeld(rules, release(sumMoves(scoredOf(falls(2), 57)).digest), GUARDS, false)).toMatch(
      /not the moves that were released/,
    );
    expect(whyHeld(rules, ALL, GUARDS, true)).toBeNull();
    expect(whyHeld(rules, { ...ALL, accountIds: ['001-1', '001-2'] }, GUARDS, false)).toBeNull();
    expect(whyHeld(rules, ALL, { ...GUARDS, ruleMoveShare: 0.4 }, false)).toBeNull();
  });

  it('by both, with both reasons', () => {
    expect(whyHeld(scoredOf(falls(20), 57, falls(9)), ALL, GUARDS, false)).toMatch(
      /^would move 20 of 57 tiers \(Healthy > At Risk 20\), more than 15 %; 9 of 57 tiers would move because of the rules: Healthy > At Risk 9; more than 15 %: nothing is written; look at the sources, what was changed in the model or in segments and the accounts named, then/,
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
