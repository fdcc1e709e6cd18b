import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/metrics/catalogue.ts';
import {
  compactText,
  metricIdsOf,
  outageCap,
  readCompact,
  replay,
  scoreAccount,
  type AccountInput,
  type Compact,
  type Model,
  type Reading,
  type Signal,
} from '../../src/scoring/index.ts';
import { anyAccount, anyCase, anyModel, PROOF } from './arbitraries.ts';

const sourceOf = (): string => 'jira';

/** An account some of whose readings were carried, scored as a run scores it. */
const anyStored = anyCase.chain(({ model, account }) =>
  fc
    .record({
      carriedIds: fc.subarray(Object.keys(account.readings)),
      earlier: fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)),
    })
    .map(({ carriedIds, earlier }) => {
      const carried = carriedIds.filter((id) => account.readings[id]?.value != null);
      const input: AccountInput = {
        ...account,
        carried: Object.fromEntries(carried.map((id) => [id, '2026-09-30'])),
        hold: null,
      };
      const hold = outageCap(scoreAccount(model, input), earlier, sourceOf);
      return { model, card: scoreAccount(model, { ...input, hold }) };
    }),
);

const compactOf = (model: Model, input: AccountInput): Compact =>
  readCompact(compactText(input, metricIdsOf(model))) as Compact;

describe('A score replays from Readings__c alone', () => {
  it('with the model of its run: score, tier, band, coverage and cap are the stored ones', () => {
    let capped = 0;
    fc.assert(
      fc.property(anyStored, ({ model, card }) => {
        const again = replay(model, compactOf(model, card.input), sourceOf);
        expect(again.shown).toEqual(card.shown);
        expect([again.healthScore, again.tier, again.provisional]).toEqual([
          card.healthScore,
          card.tier,
          card.provisional,
        ]);
        expect([again.cap?.name, again.cap?.at]).toEqual([card.cap?.name, card.cap?.at]);
        if (card.cap?.name === 'outage_hold') capped++;
      }),
      PROOF,
    );
    expect(capped).toBeGreaterThan(0);
  });

  it('with other caps and another reduction for monitoring, as those would have scored the account itself', () => {
    fc.assert(
      fc.property(anyStored, anyModel, ({ model, card }, { caps, monitoringReduction, tiers }) => {
        const other: Model = { ...model, caps, monitoringReduction, tiers, version: 'other' };
        const again = replay(other, compactOf(model, card.input), sourceOf);
        const free = scoreAccount(other, { ...card.input, hold: null });
        const hold = outageCap(free, card.input.hold?.earlier ?? null, sourceOf);
        expect(again.healthScore).toBe(scoreAccount(other, { ...card.input, hold }).healthScore);
      }),
      PROOF,
    );
  });
});

it('The longest text there can be fits into 2 kB', () => {
  const ids = CATALOGUE.filter(({ contextOnly }) => contextOnly !== true).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(25);
  const readings = Object.fromEntries(
    ids.map((id): [string, Reading] => [id, { value: -123_456_789.123456 }]),
  );
  fc.assert(
    fc.property(anyModel.chain(anyAccount), (account) => {
      const carried = Object.fromEntries(ids.map((id) => [id, '2026-09-30']));
      const hold = { at: 99.9, earlier: 99.9, sources: ['jira'] };
      expect(compactText({ ...account, readings, carried, hold }, ids).length).toBeLessThanOrEqual(2_000);
    }),
    { ...PROOF, numRuns: 20 },
  );
});

it.each([
  ['of before it held everything', '{"open_bugs":3}'],
  ['that is no JSON', '{"open_bugs":'],
  ['with an unknown reason', '{"open_bugs":"who knows","$":{"segment":"paid","asOf":"2026-10-31"}}'],
  ['with an unknown segment', '{"open_bugs":3,"$":{"segment":"gold","asOf":"2026-10-31"}}'],
  ['with an unknown signal', '{"$":{"segment":"paid","asOf":"2026-10-31","signals":{"zz":1}}}'],
  ['that is null', 'null'],
])('A text %s is not guessed at', (_what, text) => {
  expect(readCompact(text)).toBeNull();
});

it('A text keeps its layout: stored scores of years are read by it', () => {
  const seen: Signal = {
    severity: 'critical',
    confidence: 'confirmed',
    status: 'active',
    observedOn: '2026-10-31',
    monitoringFrom: null,
    resolvedOn: null,
    expiresOn: null,
  };
  const input: AccountInput = {
    ...{ accountId: '001', name: 'Hotel', segment: 'paid', period: '2026-10', asOf: '2026-10-31' },
    readings: { b: { value: 3 }, a: { value: null, missing: 'source_down' }, d: { value: 0 } },
    signals: [
      { ...seen, severity: 'watch', confidence: 'suspected' },
      seen,
      { ...seen, status: 'monitoring', monitoringFrom: '2026-10-31' },
      seen,
      // Not in it: one of tomorrow, and one that expires today.
      { ...seen, observedOn: '2026-11-01' },
      { ...seen, expiresOn: '2026-10-31' },
    ],
    carried: { d: '2026-09-30' },
    hold: { at: 59, earlier: 61.5, sources: ['jira'] },
  };
  const text =
    '{"b":3,"a":"source_down","c":"not_configured","d":0,"#":{"b":[1,4]},"$":{"segment":"paid",' +
    '"asOf":"2026-10-31","signals":{"cc":2,"ccm":1,"ws":1},"carried":[3],"earlier":61.5}}';
  expect(compactText(input, ['b', 'a', 'c', 'd'], { b: [1, 4] })).toBe(text);
  const again = readCompact(text);
  expect([again?.earlier, again?.counts, again?.input.carried]).toEqual([
    61.5,
    { b: [1, 4] },
    { d: '2026-10-31' },
  ]);
  expect(
    compactText({ ...input, ...again?.input, hold: input.hold }, ['b', 'a', 'c', 'd'], { b: [1, 4] }),
  ).toBe(text);
});
