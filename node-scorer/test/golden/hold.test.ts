import { describe, expect, it } from 'vitest';
import { outageCap, scoreAccount, type Reading, type Segment } from '../../src/scoring/index.ts';
import { cardOf, directReadings } from './accounts.ts';
import { criticalSignal, directWeights, modelWith } from './models.ts';

const sourceOf = (metric: string): string => (metric === 'support_score' ? 'intercom' : 'salesforce');
const lost: Reading = { value: null, missing: 'source_down' };
/** Support was lost; the others score 90. Without it 90.0, and with 0 points for it 90 − 18 % of the weight = 73.8. */
const readings = { ...directReadings([null, 90, 90, 90, 90]), support_score: lost };
const without = cardOf([], { readings });

describe('When support was lost to a source that is down', () => {
  it.each([
    [61.2, 73.8, 'what the others prove'],
    [73.8, 73.8, 'either, where they are the same'],
    [84.4, 84.4, 'the earlier score'],
    [95, 95, 'the earlier score, which does not lower this one'],
  ])('and the account had %d, it is held at %d: %s', (earlier, at, _why) => {
    const hold = outageCap(without, earlier, sourceOf);
    expect(hold?.at).toBeCloseTo(at, 12);
    expect(hold?.sources).toEqual(['intercom']);
    const { shown, cap } = scoreAccount(without.model, { ...without.input, hold });
    expect(shown.healthScore).toBe(Math.min(90, at));
    expect(cap?.name).toBe(at < 90 ? 'outage_hold' : undefined);
  });
  it('the band ends at the hold', () => {
    const hold = outageCap(without, 84.4, sourceOf);
    expect(scoreAccount(without.model, { ...without.input, hold }).shown.band).toEqual({
      low: 73.8,
      high: 84.4,
    });
  });
  it('and there is no earlier score, there is no cap, and the tier is provisional', () => {
    expect(outageCap(without, null, sourceOf)).toBeNull();
    expect(without.doubts).toContain('source_down');
  });
  it('a signal that caps it lower still is what is named', () => {
    const capped = cardOf([], { readings, signals: [criticalSignal] });
    const hold = outageCap(capped, 61.2, sourceOf);
    expect(scoreAccount(capped.model, { ...capped.input, hold }).cap?.name).toBe('critical_signal');
  });
});

it('What is missing for another reason is shared out, as always: only what was lost counts 0', () => {
  // Financial has no history: 0.6 × (90 × 0.45 ÷ 0.75) + 0.4 × 90 = 68.4.
  const financial = { value: null, missing: 'no_history' } as const;
  const card = cardOf([], { readings: { ...readings, financial_score: financial } });
  const shares = card.model.dimensions.map(({ id, weight }) => [id, weight.paid] as const);
  const present = shares.filter(([id]) => id !== 'financial').reduce((sum, [, weight]) => sum + weight, 0);
  const support = shares.find(([id]) => id === 'support')?.[1] ?? 0;
  const expected = 0.6 * ((90 * (present - support)) / present) + 0.4 * 90;
  const cap = outageCap(card, 10, sourceOf);
  expect(cap?.at).toBeCloseTo(expected, 10);
  expect(cap?.at).toBeGreaterThan(card.band?.low ?? 0);
});

describe.each([
  ['carried', { support_score: { value: 100 } }, { support_score: '2026-09-30' }, 'source_down'],
  ['of a source that is down', { support_score: lost }, {}, 'source_down'],
  ['invalid', { support_score: { value: null, missing: 'invalid' } }, {}, 'invalid'],
  ['no finite number', { support_score: { value: Number.NaN } }, {}, 'invalid'],
  ['of an unknown name', { support_score: { value: null, missing: 'unknown_name' } }, {}, 'unknown_name'],
] as const)('A reading that is %s', (_what, reading, carried, loss) => {
  const card = cardOf([], { readings: { ...readings, ...reading }, carried });

  it('lets no score rise above the last, and says how it was lost', () => {
    const cap = outageCap(card, 75.5, sourceOf);
    expect(cap).toEqual({ at: 75.5, earlier: 75.5, sources: ['intercom'], why: { [loss]: ['intercom'] } });
    const { shown, tier } = scoreAccount(card.model, { ...card.input, hold: cap });
    expect([shown.healthScore, tier]).toEqual([75.5, 'At Risk']);
  });

  it('makes the tier provisional where there is no earlier score', () => {
    expect(outageCap(card, null, sourceOf)).toBeNull();
    expect(card.doubts).toContain(loss === 'source_down' ? 'source_down' : 'unusable');
  });
});

it.each(['no_permission', 'no_field', 'no_activity', 'no_history', 'not_mapped', 'not_configured'] as const)(
  '%s is no loss',
  (missing) => {
    const card = cardOf([], { readings: { ...readings, support_score: { value: null, missing } } });
    expect(outageCap(card, 61.2, sourceOf)).toBeNull();
  },
);

it('Readings missing for another reason put no hold on a score', () => {
  expect(outageCap(cardOf([null, 90, 90, 90, 90]), 61.2, sourceOf)).toBeNull();
});

it('A lost reading that weighs nothing puts no hold on a score', () => {
  const context = { ...directReadings([90, 90, 90, 90, 90]), total_conversations: lost };
  expect(outageCap(cardOf([], { readings: context }), 61.2, sourceOf)).toBeNull();
});

it('A lost metric of the model that weighs nothing for this segment puts no hold on a score', () => {
  const metrics = { support_score: { paid: 1, standard: 0 }, support_speed: { paid: 0, standard: 1 } };
  const dimensions = { ...(directWeights['dimensions'] as object), support: { weight: 0.3, metrics } };
  const held = { ...directReadings([90, 90, 90, 90, 90]), support_speed: lost };
  const card = (segment: Segment) => cardOf([], { readings: held, segment }, modelWith({ dimensions }));
  expect(outageCap(card('paid'), 61.2, sourceOf)).toBeNull();
  expect(outageCap(card('standard'), 61.2, sourceOf)?.sources).toEqual(['salesforce']);
});

it('Where everything was lost there is no score to hold', () => {
  const all = Object.fromEntries(Object.keys(directReadings([])).map((id) => [id, lost]));
  expect(outageCap(cardOf([], { readings: all }), 61.2, sourceOf)).toBeNull();
});
