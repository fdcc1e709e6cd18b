import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lostMetrics,
  outageCap,
  planOf,
  scoreAccount,
  scoreBatch,
  tierOf,
  toPortfolio,
  type AccountInput,
  type Model,
  type Reading,
  type Scorecard,
} from '../../src/scoring/index.ts';
import { anyAccount, anyModel, anyReadings, PROOF } from './arbitraries.ts';

const FATES = ['read', 'read', 'carried', 'source_down', 'invalid', 'unknown_name', 'not_finite'] as const;
type Fate = (typeof FATES)[number];

/** What came of an account whose readings were lost in some way each, and the account as it really is. */
interface Case {
  readonly model: Model;
  readonly truth: AccountInput;
  readonly seen: AccountInput;
  /** The earlier score as shown. */
  readonly earlier: number;
}

const anyLoss: fc.Arbitrary<Case> = anyModel.chain((model) =>
  anyAccount(model)
    .map((account): AccountInput => ({ ...account, hold: null, readings: plain(account) }))
    .chain((truth) => {
      const ids = Object.keys(truth.readings);
      return fc
        .record({
          fates: fc.array(fc.constantFrom(...FATES), { minLength: ids.length, maxLength: ids.length }),
          old: anyReadings(model, truth.segment),
          earlier: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
        })
        .map(({ fates, old, earlier }) => ({ model, truth, seen: seenOf(truth, ids, fates, old), earlier }));
    }),
);

/** What nobody lost: a reading of the truth is a value, or missing for another reason. */
const plain = ({ readings }: AccountInput): Record<string, Reading> =>
  Object.fromEntries(
    Object.entries(readings).map(([id, reading]) => [
      id,
      reading?.value == null ? { value: null, missing: 'no_activity' } : reading,
    ]),
  );

function seenOf(
  truth: AccountInput,
  ids: readonly string[],
  fates: readonly Fate[],
  old: Readonly<Record<string, Reading>>,
): AccountInput {
  const readings: Record<string, Reading | undefined> = { ...truth.readings };
  const carried: Record<string, string> = {};
  ids.forEach((id, i) => {
    const fate = fates[i] as Fate;
    if (fate === 'read') return;
    const value = old[id]?.value;
    if (fate === 'carried' && value != null) {
      readings[id] = { value };
      carried[id] = '2026-09-30';
    } else if (fate === 'not_finite') readings[id] = { value: Number.POSITIVE_INFINITY };
    else readings[id] = { value: null, missing: fate === 'carried' ? 'source_down' : fate };
  });
  return { ...truth, readings, carried };
}

/** As a run scores: first without a cap, then under the one that it calls for. */
function underOutageCap({ model, seen, earlier }: Case): Scorecard {
  const hold = outageCap(scoreAccount(model, seen), earlier, () => 'jira');
  return scoreAccount(model, { ...seen, hold });
}

describe('Whatever was lost, and however', () => {
  it('no account is above both its last score and its true one, nor in a higher tier than both', () => {
    let promotable = 0;
    fc.assert(
      fc.property(anyLoss, (each) => {
        const card = underOutageCap(each);
        const free = scoreAccount(each.model, each.seen);
        if (card.shown.healthScore === null) return;
        const lost = lostMetrics(planOf(each.model, each.seen.segment), each.seen);
        const truth = scoreAccount(each.model, each.truth).shown.healthScore;
        // Where the truth itself has no score, nothing but the last score and what was read is known.
        const most = Math.max(each.earlier, truth ?? (lost.length > 0 ? 0 : 100));
        expect(card.shown.healthScore).toBeLessThanOrEqual(most);
        expect(tierOf(card.shown.healthScore, each.model.tiers).from).toBeLessThanOrEqual(
          tierOf(most, each.model.tiers).from,
        );
        if ((free.shown.healthScore ?? 0) > most) promotable++;
      }),
      PROOF,
    );
    // A cap that was never needed proves nothing.
    expect(promotable).toBeGreaterThan(0);
  });

  it('there is a cap exactly when a weighted reading was lost and there is a score, and it never raises one', () => {
    fc.assert(
      fc.property(anyLoss, ({ model, seen, earlier }) => {
        const free = scoreAccount(model, seen);
        const lost = lostMetrics(planOf(model, seen.segment), seen);
        const cap = outageCap(free, earlier, () => 'jira');
        expect(cap !== null).toBe(lost.length > 0 && free.status === 'scored');
        expect(cap?.at ?? 100).toBeGreaterThanOrEqual(cap?.earlier ?? 0);
        const { healthScore } = scoreAccount(model, { ...seen, hold: cap });
        expect(healthScore ?? 0).toBeLessThanOrEqual(free.healthScore ?? 0);
      }),
      PROOF,
    );
  });

  it('without an earlier score the tier is provisional', () => {
    fc.assert(
      fc.property(anyLoss, ({ model, seen }) => {
        const card = scoreAccount(model, seen);
        if (lostMetrics(planOf(model, seen.segment), seen).length > 0) expect(card.provisional).toBe(true);
      }),
      PROOF,
    );
  });

  it('many accounts at once score the same as one by one', () => {
    fc.assert(
      fc.property(anyLoss, (each) => {
        const { model, seen } = each;
        const cards = [scoreAccount(model, seen), underOutageCap(each)];
        const scores = scoreBatch(
          model,
          toPortfolio(
            model,
            cards.map(({ input }) => input),
          ),
        );
        cards.forEach((card, i) => {
          expect([scores.health[i], scores.provisional[i]]).toEqual([
            card.healthScore ?? NaN,
            Number(card.provisional),
          ]);
        });
      }),
      PROOF,
    );
  });
});
