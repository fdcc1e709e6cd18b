import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/config/load.ts';
import * as source from '../../src/scoring/index.ts';
import { anyAccount, anyCase } from '../property/arbitraries.ts';

const MODULE = new URL('../../../force-app/main/default/lwc/scoringCore/scoringCore.js', import.meta.url);

describe('The module inside Lightning', () => {
  let generated: typeof source;
  beforeAll(async () => {
    generated = (await import(MODULE.href)) as typeof source;
  });

  it('has the exports of the core', () => {
    expect(Object.keys(generated).sort()).toEqual(Object.keys(source).sort());
  });

  it('gives bit-identical scores for 10,000 random accounts of the shipped model', async () => {
    const { model } = await loadModel('config');
    const accounts = fc.sample(anyAccount(model), { seed: 20_261_121, numRuns: 10_000 });
    // JSON tells numbers apart to the last bit.
    const score = (core: typeof source) =>
      accounts.map((account) =>
        JSON.stringify(core.scoreAccount(model, account), (key, value: unknown) =>
          key === 'input' || key === 'model' ? undefined : value,
        ),
      );
    expect(score(generated)).toEqual(score(source));
    const batch = (core: typeof source) => core.scoreBatch(model, core.toPortfolio(model, accounts));
    expect(batch(generated)).toEqual(batch(source));
  });

  it('explains alike under any model', () => {
    for (const { model, account } of fc.sample(anyCase, { seed: 20_261_121, numRuns: 100 })) {
      const explain = (core: typeof source) => {
        const card = core.scoreAccount(model, account);
        return [core.pathOf(card), core.reasonsOf(card), core.toOutputLine(card)];
      };
      expect(explain(generated)).toEqual(explain(source));
    }
  });
});
