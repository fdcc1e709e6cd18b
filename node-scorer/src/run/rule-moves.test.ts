import { describe, expect, it } from 'vitest';
import { modelWith } from '../../test/golden/models.ts';
import { scoreAccount, type Model, type Segment } from '../scoring/index.ts';
import { causesOf } from './rule-moves.ts';
import { inputOf, type StoredCards } from './stored-card.ts';
import type { Row } from './stored.ts';

const METRICS = ['support', 'financial', 'adoption', 'relationship', 'platform'].map((id) => `${id}_score`);
const OLD = modelWith();
const STRICTER = modelWith({
  tiers: [
    { name: 'Champion', from: 90 },
    { name: 'Healthy', from: 85 },
    { name: 'At Risk', from: 60 },
    { name: 'Critical', from: 0 },
  ],
});
/** Every metric of 80 is worth 80 to paid customers, and less than 60 to others. */
const half = { green: 200, yellow: 150, red: 0 };
const BY_SEGMENT = modelWith(
  {},
  Object.fromEntries(
    METRICS.map((id) => [
      id,
      { better: 'higher', unit: 'score', paid: { green: 100, yellow: 50, red: 0 }, standard: half },
    ]),
  ),
);

/** A stored score of which every metric has one value, as far as the guard reads it. */
function stored(model: Model, value: number, segment: Segment = 'paid', tier?: string): Row {
  const row = {
    Score_Key__c: '001000000000001AAA:2026-09',
    Period__c: '2026-09',
    Segment__c: segment,
    Model_Version__c: model.version,
    Details__c: JSON.stringify({
      ...{ format: 1, segment, asOf: '2026-09-30', hold: null, signals: [] },
      readings: METRICS.map((id) => ({ id, value })),
    }),
  };
  return { ...row, Tier__c: tier ?? scoreAccount(model, inputOf(row)).tier };
}

const present = (model: Model, value: number, segment: Segment = 'paid') =>
  scoreAccount(model, {
    ...inputOf(stored(model, value, segment)),
    ...{ period: '2026-10', asOf: '2026-10-31' },
  });

const cardsOf = (...models: readonly Model[]): StoredCards => ({
  cardOf: (row) => {
    const model = models.find(({ version }) => version === row['Model_Version__c']);
    return model === undefined ? null : scoreAccount(model, inputOf(row));
  },
  notes: [],
});
const BOTH = cardsOf(OLD, STRICTER, BY_SEGMENT);

describe('what moves a tier', () => {
  it.each<[string, Row, ReturnType<typeof present>, boolean, [string, string]]>([
    ['nothing', stored(OLD, 80), present(OLD, 80), false, ['Healthy', 'Healthy']],
    ['what was read', stored(OLD, 80), present(OLD, 70), true, ['Healthy', 'Healthy']],
    ['the rules', stored(OLD, 80), present(STRICTER, 80), false, ['Healthy', 'At Risk']],
    ['each by itself', stored(OLD, 80), present(STRICTER, 50), true, ['Healthy', 'At Risk']],
    [
      'what was read, although rules changed',
      stored(OLD, 95),
      present(STRICTER, 88),
      true,
      ['Champion', 'Champion'],
    ],
    [
      'the segment, which is one of the rules',
      stored(BY_SEGMENT, 80),
      present(BY_SEGMENT, 80, 'standard'),
      false,
      ['Healthy', 'Critical'],
    ],
    // What was stored as text says nothing against the model by which it was scored.
    [
      'the rules, whatever tier was stored',
      stored(OLD, 80, 'paid', 'At Risk'),
      present(STRICTER, 80),
      false,
      ['Healthy', 'At Risk'],
    ],
  ])('is %s', (_what, row, card, readings, [from, to]) => {
    expect(causesOf(row, card, BOTH)).toEqual({ readings, rules: { from, to } });
  });

  it('is told from the stored tier where the model of then is gone, and not counted twice', () => {
    const gone = cardsOf(STRICTER);
    expect(causesOf(stored(OLD, 80), present(STRICTER, 80), gone)).toEqual({
      readings: false,
      rules: { from: 'Healthy', to: 'At Risk' },
    });
    expect(causesOf(stored(OLD, 80), present(STRICTER, 50), gone)).toEqual({
      readings: true,
      rules: { from: 'Healthy', to: 'At Risk' },
    });
  });

  it('is what was read where nothing can be scored again', () => {
    const row = { ...stored(OLD, 80), Details__c: 'not ours' };
    expect(causesOf(row, present(STRICTER, 80), cardsOf())).toEqual({ readings: true, rules: null });
  });
});
