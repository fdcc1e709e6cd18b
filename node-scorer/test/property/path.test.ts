import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  metricIdsOf,
  metricsOf,
  nineDecimals,
  pathOf,
  scoreAccount,
  type AccountInput,
  type Fixing,
  type MetricScale,
  type Model,
  type PathToTier,
  type Reading,
} from '../../src/scoring/index.ts';
import { PROOF, anyCase } from './arbitraries.ts';

interface World {
  readonly model: Model;
  readonly account: AccountInput;
  readonly catalogue: Record<string, Fixing>;
  readonly limits: Record<string, number>;
}

const anyWorld: fc.Arbitrary<World> = anyCase.chain(({ model, account }) => {
  const ids = metricIdsOf(model);
  return fc.record({
    model: fc.constant(model),
    account: fc.constant(account),
    catalogue: fc
      .array(fc.boolean(), { minLength: ids.length, maxLength: ids.length })
      .map((fixable) => Object.fromEntries(ids.map((id, i) => [id, { fixable: fixable[i] ?? true }]))),
    limits: fc
      .array(fc.option(fc.double({ min: -100, max: 500, noNaN: true }), { freq: 3 }), {
        minLength: ids.length,
        maxLength: ids.length,
      })
      .map((limits) =>
        Object.fromEntries(ids.flatMap((id, i) => (limits[i] == null ? [] : [[id, limits[i]]]))),
      ),
  });
});

const answered = (check: (world: World, path: PathToTier) => void): void =>
  fc.assert(
    fc.property(anyWorld, (world) => {
      const path = pathOf(scoreAccount(world.model, world.account), world);
      if ('steps' in path) check(world, path);
    }),
    PROOF,
  );
const moved = (account: AccountInput, path: PathToTier): AccountInput => ({
  ...account,
  readings: {
    ...account.readings,
    ...Object.fromEntries(path.steps.map(({ metric, to }): [string, Reading] => [metric, { value: to }])),
  },
  ...(path.cappedBy && { signals: [], hold: null }),
});
const isBetter = (scale: MetricScale | undefined, a: number, b: number): boolean =>
  scale?.better === 'higher' ? a > b : a < b;
const from = (model: Model, tier: string | undefined): number =>
  model.tiers.find(({ name }) => name === tier)?.from ?? 0;

describe('The path to the next tier', () => {
  it('always gives an answer', () => {
    fc.assert(
      fc.property(anyWorld, ({ model, account, ...options }) => {
        const scorecard = scoreAccount(model, account);
        const path = pathOf(scorecard, options);
        const above = model.tiers[model.tiers.findIndex(({ name }) => name === scorecard.tier) - 1];
        if (scorecard.tier === null) expect(path).toEqual({ code: 'no_score' });
        else if (above === undefined) expect(path).toEqual({ code: 'top_tier' });
        else expect(path).toMatchObject({ tier: above.name });
      }),
      PROOF,
    );
  });

  it('reaches its tier when the targets as shown are scored again, with the score it names', () => {
    answered(({ model, account }, path) => {
      const again = scoreAccount(model, moved(account, path));
      expect(again.shown.healthScore).toBe(path.reaches);
      expect(again.shown.healthScore ?? 0).toBeGreaterThanOrEqual(from(model, path.tier));
    });
  });

  it('moves only present metrics that somebody can fix, towards better, and never beyond green or the limit', () => {
    answered(({ model, account, catalogue, limits }, { steps }) => {
      for (const { metric, from: now, to } of steps) {
        const scale = model.thresholds[metric];
        expect(catalogue[metric]?.fixable).toBe(true);
        expect(account.readings[metric]?.value).toBe(now);
        expect(isBetter(scale, to, now)).toBe(true);
        // As everywhere, what differs behind the ninth decimal is the same.
        const furthest = [scale?.[account.segment].green, limits[metric]].filter(
          (value) => value !== undefined,
        );
        for (const value of furthest) {
          expect(isBetter(scale, nineDecimals(to), nineDecimals(value))).toBe(false);
        }
      }
    });
  });

  it('names whole counts', () => {
    answered(({ model }, { steps }) => {
      for (const { metric, to } of steps) {
        if (model.thresholds[metric]?.unit === 'count') expect(Number.isInteger(to)).toBe(true);
      }
    });
  });

  it('needs every one of its steps', () => {
    answered(({ model, account }, path) => {
      for (const step of path.steps) {
        const fewer = { ...path, steps: path.steps.filter((other) => other !== step) };
        const { shown } = scoreAccount(model, moved(account, fewer));
        expect(shown.healthScore ?? 0).toBeLessThan(from(model, path.tier));
      }
    });
  });

  it('takes as few metrics as any set of full moves would', () => {
    answered(({ model, account, catalogue, limits }, path) => {
      // Full moves of every fixable metric, largest gain first, until the tier is reached.
      const scorecard = scoreAccount(model, account);
      const gains = metricsOf(scorecard)
        .filter(({ id, score }) => score !== null && catalogue[id]?.fixable)
        .map(({ id, score, effectiveWeight }) => {
          const scale = model.thresholds[id] as MetricScale;
          const green = scale[account.segment].green;
          const limit = limits[id];
          const best = limit === undefined || isBetter(scale, limit, green) ? green : limit;
          const there = scoreAccount(model, {
            ...account,
            readings: { ...account.readings, [id]: { value: best } },
          });
          const reached = metricsOf(there).find((other) => other.id === id)?.score ?? 0;
          return Math.max(0, effectiveWeight * (reached - (score ?? 0)));
        })
        .sort((a, b) => b - a);
      let [score, fewest] = [scorecard.quantitativeScore ?? 0, 0];
      while (score < from(model, path.tier) - 0.05 - 1e-9 && fewest < gains.length)
        score += gains[fewest++] ?? 0;
      // Whole targets may stop short of a limit between two of them, so more may be needed, never fewer.
      expect(path.steps.length).toBeGreaterThanOrEqual(fewest);
    });
  });

  it('names the cap that would keep the score below the tier', () => {
    answered(({ model, account }, path) => {
      const ceiling = scoreAccount(model, account).ceiling;
      const blocked =
        ceiling !== null && Math.floor(ceiling.at * 10 + 0.5 + 1e-7) / 10 < from(model, path.tier);
      expect(path.cappedBy?.name).toBe(blocked ? ceiling.name : undefined);
    });
  });
});

it('A tier is out of reach only when moving everything to its furthest target does not reach it', () => {
  fc.assert(
    fc.property(anyWorld, ({ model, account, catalogue }) => {
      const scorecard = scoreAccount(model, account);
      const path = pathOf(scorecard, { catalogue });
      if (!('code' in path) || path.code !== 'not_reachable') return;
      // One short of green by less than a unit: what cannot be named cannot be asked for.
      const readings = Object.fromEntries(
        Object.entries(account.readings).map(([id, reading]): [string, Reading | undefined] => {
          const scale = model.thresholds[id] as MetricScale;
          const { green } = scale[account.segment];
          const whole = scale.better === 'higher' ? Math.floor(green) : Math.ceil(green);
          const target = scale.unit === 'count' ? whole : green;
          const better =
            reading?.value != null && catalogue[id]?.fixable && isBetter(scale, target, reading.value);
          return [id, better ? { value: target } : reading];
        }),
      );
      const { quantitativeScore } = scoreAccount(model, { ...account, readings, signals: [], hold: null });
      expect(quantitativeScore ?? 0).toBeLessThan(from(model, path.tier) - 0.05 + 1e-9);
    }),
    PROOF,
  );
});
