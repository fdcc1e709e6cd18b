import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  metricIdsOf,
  metricsOf,
  scoreAccount,
  tierOf,
  type AccountInput,
  type Model,
  type Reading,
  type Scorecard,
} from '../../src/scoring/index.ts';
import { planOf } from '../../src/scoring/plan.ts';
import { PROOF, anyCase, anySignal } from './arbitraries.ts';

const holds = (check: (model: Model, account: AccountInput) => void): void =>
  fc.assert(
    fc.property(anyCase, ({ model, account }) => check(model, account)),
    PROOF,
  );
const unheld = (account: AccountInput): AccountInput => ({ ...account, signals: [], hold: null });

describe('For every model and account', () => {
  it('every score lies within 0 and 100, and the final one within its band', () => {
    holds((model, account) => {
      const { healthScore, quantitativeScore, churnRiskScore, band, dimensions } = scoreAccount(
        model,
        account,
      );
      const all = [healthScore, quantitativeScore, churnRiskScore, ...dimensions.map(({ score }) => score)];
      for (const score of all) if (score !== null) expect(score >= 0 && score <= 100).toBe(true);
      if (healthScore === null || band === null) return;
      expect(band.low).toBeLessThanOrEqual(healthScore);
      expect(band.high).toBeGreaterThanOrEqual(healthScore);
    });
  });

  it('there is no score exactly when nothing with a weight is known', () => {
    holds((model, account) => {
      const plan = planOf(model, account.segment);
      const known = plan.metrics.some(
        ({ id, nominal }) => nominal > 0 && account.readings[id]?.value != null,
      );
      const { status, healthScore, tier, band } = scoreAccount(model, account);
      expect(status).toBe(known ? 'scored' : 'unscored');
      expect([healthScore === null, tier === null, band === null]).toEqual([!known, !known, !known]);
    });
  });

  it('a better raw value never lowers the score', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.nat(),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        ({ model, account }, pick, gain) => {
          const ids = metricIdsOf(model).filter((id) => account.readings[id]?.value != null);
          const id = ids[pick % Math.max(1, ids.length)];
          if (id === undefined) return;
          const sign = model.thresholds[id]?.better === 'higher' ? 1 : -1;
          const value = (account.readings[id]?.value ?? 0) + sign * gain;
          const before = scoreAccount(model, account).healthScore ?? 0;
          const after = scoreAccount(model, {
            ...account,
            readings: { ...account.readings, [id]: { value } },
          });
          expect(after.healthScore ?? 0).toBeGreaterThanOrEqual(before - 1e-9);
        },
      ),
      PROOF,
    );
  });

  it("a metric that goes missing never changes another metric's score", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ model, account }, pick) => {
        const ids = metricIdsOf(model);
        const gone = ids[pick % ids.length] as string;
        const lost: Reading = { value: null, missing: 'source_down' };
        const scores = (input: AccountInput) =>
          metricsOf(scoreAccount(model, input))
            .filter(({ id }) => id !== gone)
            .map(({ score }) => score);
        expect(scores({ ...account, readings: { ...account.readings, [gone]: lost } })).toEqual(
          scores(account),
        );
      }),
      PROOF,
    );
  });

  it('before caps and rounding the band is as wide as the nominal weight that is missing', () => {
    holds((model, account) => {
      const plan = planOf(model, account.segment);
      const { bandBeforeCaps: band } = scoreAccount(model, account);
      if (band === null) return;
      const missing = plan.metrics
        .filter(({ id }) => account.readings[id]?.value == null)
        .reduce((sum, { nominal }) => sum + nominal, 0);
      expect(band.high - band.low).toBeCloseTo(100 * missing, 9);
    });
  });

  it('caps narrow the band or leave it, and never widen it', () => {
    holds((model, account) => {
      const { band, bandBeforeCaps } = scoreAccount(model, account);
      if (band === null || bandBeforeCaps === null) return;
      expect(band.high - band.low).toBeLessThanOrEqual(bandBeforeCaps.high - bandBeforeCaps.low);
    });
  });

  it('points lost sum to 100 less the quantitative score, and effective weights to 1', () => {
    holds((model, account) => {
      const scorecard = scoreAccount(model, account);
      if (scorecard.quantitativeScore === null) return;
      const metrics = metricsOf(scorecard);
      const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
      expect(sum(metrics.map(({ pointsLost }) => pointsLost))).toBeCloseTo(
        100 - scorecard.quantitativeScore,
        9,
      );
      expect(sum(metrics.map(({ effectiveWeight }) => effectiveWeight))).toBeCloseTo(1, 9);
    });
  });

  it('coverage is the share of nominal weight that is known', () => {
    holds((model, account) => {
      const plan = planOf(model, account.segment);
      const known = plan.metrics
        .filter(({ id }) => account.readings[id]?.value != null)
        .reduce((sum, { nominal }) => sum + nominal, 0);
      expect(scoreAccount(model, account).coverage).toBeCloseTo(100 * known, 9);
    });
  });

  it('the weight of what is missing is shared out in exact proportion among its siblings', () => {
    holds((model, account) => {
      const { dimensions, platformValue } = scoreAccount(model, account);
      for (const { metrics } of [...dimensions, platformValue]) {
        const present = metrics.filter(({ score, weight }) => score !== null && weight > 0);
        const [first] = present;
        for (const metric of present) {
          const [a, b] = [
            metric.effectiveWeight * (first?.weight ?? 0),
            (first?.effectiveWeight ?? 0) * metric.weight,
          ];
          expect(a).toBeCloseTo(b, 12);
        }
      }
    });
  });

  it('caps never raise a score', () => {
    holds((model, account) => {
      const capped = scoreAccount(model, account).healthScore;
      const free = scoreAccount(model, unheld(account)).healthScore;
      expect((capped ?? 0) <= (free ?? 0)).toBe(true);
    });
  });

  it('one signal more never raises a score', () => {
    fc.assert(
      fc.property(anyCase, anySignal, ({ model, account }, signal) => {
        const more = { ...account, signals: [...account.signals, signal] };
        expect(scoreAccount(model, more).healthScore ?? 0).toBeLessThanOrEqual(
          scoreAccount(model, account).healthScore ?? 0,
        );
      }),
      PROOF,
    );
  });

  it('a signal has no effect before it is seen, nor once it has expired or is resolved', () => {
    holds((model, account) => {
      const over = account.signals.flatMap((signal) => [
        { ...signal, expiresOn: account.asOf },
        { ...signal, status: 'resolved' as const, resolvedOn: account.asOf },
        { ...signal, observedOn: '2026-11-01' },
      ]);
      const scored = scoreAccount(model, { ...unheld(account), signals: over });
      expect(scored).toMatchObject({ cap: null, ceiling: null });
      expect(scored.healthScore).toBe(scored.quantitativeScore);
    });
  });

  it('the order of readings and signals changes nothing', () => {
    holds((model, account) => {
      const turned = {
        ...account,
        readings: Object.fromEntries(Object.entries(account.readings).reverse()),
        signals: account.signals.toReversed(),
      };
      const results = ({ dimensions, platformValue, ...card }: Scorecard) => ({
        scores: [card.healthScore, card.quantitativeScore, card.coverage, card.band, card.tier, card.doubts],
        groups: [...dimensions, platformValue],
        cap: card.cap?.name,
      });
      expect(results(scoreAccount(model, turned))).toEqual(results(scoreAccount(model, account)));
    });
  });

  it('the tier is that of the score as shown', () => {
    holds((model, account) => {
      const { healthScore, shown, tier } = scoreAccount(model, account);
      if (healthScore === null || shown.healthScore === null) return;
      expect(tier).toBe(model.tiers.find(({ from }) => (shown.healthScore ?? 0) >= from)?.name);
      expect(tierOf(shown.healthScore, model.tiers).name).toBe(tier);
    });
  });

  it('the tier is provisional exactly when the band spans tiers, coverage is thin or a reading was lost', () => {
    holds((model, account) => {
      const { provisional, shown, doubts } = scoreAccount(model, account);
      const { band, coverage } = shown;
      const spans =
        band !== null && tierOf(band.low, model.tiers).name !== tierOf(band.high, model.tiers).name;
      const thin = coverage < model.guards.provisionalBelowCoverage;
      const plan = planOf(model, account.segment);
      const lostTo = (...reasons: string[]): boolean =>
        account.hold == null &&
        plan.metrics.some(
          ({ id, nominal }) => nominal > 0 && reasons.includes(account.readings[id]?.missing ?? ''),
        );
      const [unread, unusable] = [lostTo('source_down'), lostTo('invalid', 'unknown_name')];
      expect(provisional).toBe(spans || thin || unread || unusable);
      expect(doubts).toHaveLength(Number(spans) + Number(thin) + Number(unread) + Number(unusable));
    });
  });
});
