import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SWITCHES,
  changeOf,
  scoreAccount,
  type AccountInput,
  type Advance,
  type Change,
  type Model,
  type Scorecard,
} from '../../src/scoring/index.ts';
import { BIT, mixer } from '../../src/scoring/mixed-state.ts';
import { PROOF, anyAccount, anyCase, anyModel } from './arbitraries.ts';

/** Some metrics move with the calendar, up or down. */
const advance: Advance = (metric, value, days) =>
  metric.endsWith('_0') ? value - days : metric.endsWith('_1') ? value + days / 2 : value;

interface Pair {
  readonly earlier: Scorecard;
  readonly present: Scorecard;
}

/** Two months of one account; rules, segment and what is known may differ. */
const anyPair: fc.Arbitrary<Pair> = fc
  .tuple(anyModel, fc.option(anyModel))
  .chain(([model, other]) =>
    fc.tuple(fc.constant(model), anyAccount(model), fc.constant(other ?? model), anyAccount(model)),
  )
  .map(([model, account, newModel, newAccount]) => ({
    earlier: scoreAccount(model, { ...account, period: '2026-09', asOf: '2026-09-30' }),
    present: scoreAccount(newModel, newAccount),
  }));

const stated = (check: (change: Change, pair: Pair) => void): void =>
  fc.assert(
    fc.property(anyPair, (pair) => {
      const change = changeOf(pair.earlier, pair.present, advance);
      if (!('code' in change)) check(change, pair);
    }),
    PROOF,
  );
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const tenths = (values: readonly number[]): number =>
  Math.round(sum(values.map((value) => Math.round(value * 10))));

describe('A statement of change', () => {
  it('has bars that sum to the unrounded change, with a residual below 1e-9', () => {
    stated(({ exact }, { earlier, present }) => {
      expect(exact.change).toBe((present.healthScore ?? 0) - (earlier.healthScore ?? 0));
      expect(Math.abs(sum(Object.values(exact.bars)) - exact.change)).toBeLessThan(1e-9);
    });
  });

  it('has metric bars that sum to the bar of behaviour, with a residual below 1e-9', () => {
    stated(({ exact }) => {
      expect(Math.abs(sum(Object.values(exact.metrics)) - exact.bars.behaviour)).toBeLessThan(1e-9);
    });
  });

  it('adds up exactly as shown: bars to the difference of the two shown scores, metrics to behaviour', () => {
    stated(({ from, to, shown, bars, metrics }, { earlier, present }) => {
      expect([from, to]).toEqual([earlier.shown.healthScore, present.shown.healthScore]);
      const difference = Math.round(to * 10) - Math.round(from * 10);
      expect(Math.round(shown * 10)).toBe(difference);
      expect(tenths(Object.values(bars))).toBe(difference);
      expect(tenths(Object.values(metrics))).toBe(Math.round(bars.behaviour * 10));
    });
  });

  it('shows each bar within a tenth of what it is', () => {
    stated(({ bars, exact }) => {
      for (const name of SWITCHES) expect(Math.abs(bars[name] - exact.bars[name])).toBeLessThan(0.1 + 1e-9);
    });
  });

  it('is the same, turned round, when the two sides change places, under one set of rules and no calendar', () => {
    fc.assert(
      fc.property(anyPair, ({ earlier, present }) => {
        // A mixed state without a score takes the earlier one, so under two sets of rules places do matter.
        const later = scoreAccount(earlier.model, { ...present.input, segment: earlier.input.segment });
        const there = changeOf(earlier, later);
        const back = changeOf(later, earlier);
        if ('code' in there || 'code' in back) return;
        for (const name of SWITCHES) expect(there.exact.bars[name]).toBeCloseTo(-back.exact.bars[name], 9);
      }),
      PROOF,
    );
  });
});

describe('A switch that is unchanged has a bar of exactly 0', () => {
  /** Takes one thing of the present side from the earlier one. */
  const unchanged = (
    name: (typeof SWITCHES)[number],
    keep: (
      model: Model,
      before: AccountInput,
      after: AccountInput,
    ) => { model?: Model; input?: Partial<AccountInput> },
    calendar: Advance = advance,
  ): void =>
    fc.assert(
      fc.property(anyPair, ({ earlier, present }) => {
        const { model = present.model, input = {} } = keep(earlier.model, earlier.input, present.input);
        const same = scoreAccount(model, { ...present.input, ...input });
        const change = changeOf(earlier, same, calendar);
        if ('code' in change) return;
        expect(change.exact.bars[name]).toBe(0);
        expect(change.bars[name]).toBe(0);
      }),
      PROOF,
    );

  it('rules', () => unchanged('rules', (model, { segment }) => ({ model, input: { segment } })));
  it('signals, when they are the same and count the same on both days', () =>
    unchanged('signals', (_, before) => ({ input: { signals: before.signals, asOf: before.asOf } })));
  it('calendar', () =>
    unchanged(
      'calendar',
      () => ({}),
      (_, value) => value,
    ));
  it('behaviour, when values did just what the calendar makes of them', () =>
    unchanged('behaviour', (_, before, after) => ({
      input: {
        readings: Object.fromEntries(
          Object.entries(after.readings).map(([id, reading]) => {
            const old = before.readings[id]?.value;
            return [id, old == null || reading?.value == null ? reading : { value: advance(id, old, 31) }];
          }),
        ),
      },
    })));
  it('data, when the same readings exist and the same hold', () =>
    unchanged('data', (_, before, after) => ({
      input: {
        hold: before.hold,
        readings: Object.fromEntries(
          Object.entries(before.readings).map(([id, reading]) => {
            const value = after.readings[id]?.value ?? reading?.value;
            return [id, reading?.value == null ? reading : { value: value ?? 0 }];
          }),
        ),
      },
    })));
});

it('A switch that finds nothing to turn changes no state and no walk, whatever else is turned', () => {
  const kept = fc.record({ rules: fc.boolean(), signals: fc.boolean(), readings: fc.boolean() });
  const dead = new Set<string>();
  fc.assert(
    fc.property(anyPair, kept, ({ earlier: { model, input }, present }, { rules, signals, readings }) => {
      const before = scoreAccount(model, { ...input, ...(signals && { signals: [], hold: null }) });
      const after = scoreAccount(rules ? model : present.model, {
        ...present.input,
        ...(rules && { segment: input.segment }),
        ...(signals && { signals: [], hold: null }),
        ...(readings && { readings: input.readings }),
      });
      const { live, score, walk } = mixer(before, after, readings ? (_, value) => value : advance);
      for (const name of SWITCHES.filter((one) => (live & BIT[one]) === 0)) {
        dead.add(name);
        for (let others = 0; others < 2 ** SWITCHES.length; others++) {
          if ((others & BIT[name]) !== 0) continue;
          expect(score(others | BIT[name])).toBe(score(others));
          if ((others & BIT.behaviour) === 0 && name !== 'behaviour')
            expect(walk(others | BIT[name])).toEqual(walk(others));
        }
      }
    }),
    PROOF,
  );
  expect([...dead].toSorted()).toEqual([...SWITCHES].toSorted());
});

it('Nothing changed: every bar is 0', () => {
  fc.assert(
    fc.property(anyCase, ({ model, account }) => {
      const change = changeOf(scoreAccount(model, account), scoreAccount(model, account));
      if ('code' in change) return;
      expect(Object.values(change.exact.bars)).toEqual([0, 0, 0, 0, 0]);
      expect(change.metrics).toEqual({});
    }),
    PROOF,
  );
});

it('There is a code instead of a statement exactly when one side has no score', () => {
  fc.assert(
    fc.property(anyPair, ({ earlier, present }) => {
      const change = changeOf(earlier, present, advance);
      const code =
        present.status === 'unscored' ? 'no_score' : earlier.status === 'unscored' ? 'first_score' : null;
      expect('code' in change ? change.code : null).toBe(code);
    }),
    PROOF,
  );
});
