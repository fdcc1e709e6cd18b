import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_TIER, scoreAccount, scoreBatch, toPortfolio } from '../../src/scoring/index.ts';
import { PROOF, anyAccount, anyModel } from './arbitraries.ts';

const anyPortfolio = anyModel.chain((model) =>
  fc.tuple(fc.constant(model), fc.array(anyAccount(model), { maxLength: 6 })),
);
const orNaN = (value: number | null): number => value ?? NaN;

it('The batch form gives the same numbers as the object form, to the last bit', () => {
  fc.assert(
    fc.property(anyPortfolio, ([model, accounts]) => {
      const batch = scoreBatch(model, toPortfolio(model, accounts));
      accounts.forEach((account, i) => {
        const card = scoreAccount(model, account);
        const tier = model.tiers.findIndex(({ name }) => name === card.tier);
        expect({
          health: batch.health[i],
          quantitative: batch.quantitative[i],
          churnRisk: batch.churnRisk[i],
          platformValue: batch.platformValue[i],
          coverage: batch.coverage[i],
          low: batch.low[i],
          high: batch.high[i],
          tier: batch.tier[i],
          provisional: batch.provisional[i] === 1,
        }).toEqual({
          health: orNaN(card.healthScore),
          quantitative: orNaN(card.quantitativeScore),
          churnRisk: orNaN(card.churnRiskScore),
          platformValue: orNaN(card.platformValue.score),
          coverage: card.coverage,
          low: orNaN(card.band?.low ?? null),
          high: orNaN(card.band?.high ?? null),
          tier: tier < 0 ? NO_TIER : tier,
          provisional: card.provisional,
        });
      });
    }),
    PROOF,
  );
});

it('A model whose metrics are no columns of the portfolio is refused', () => {
  fc.assert(
    fc.property(anyPortfolio, ([model, accounts]) => {
      const portfolio = { ...toPortfolio(model, accounts), metrics: [] };
      expect(() => scoreBatch(model, portfolio)).toThrow(/found no column for/);
    }),
    { ...PROOF, numRuns: 20 },
  );
});
