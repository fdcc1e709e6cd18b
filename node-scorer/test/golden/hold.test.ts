import { describe, expect, it } from 'vitest';
import { outageHold, scoreAccount, type Reading, type Segment } from '../../src/scoring/index.ts';
import { cardOf, directReadings } from './accounts.ts';
import { criticalSignal, directWeights, modelWith } from './models.ts';

const sourceOf = (metric: string): string => (metric === 'support_score' ? 'intercom' : 'salesforce');
const lost: Reading = { value: null, missing: 'source_down' };
/** Support was lost; the others score 90. Without it 90.0, and at worst 90 − 18 % of the weight = 73.8. */
const readings = { ...directReadings([null, 90, 90, 90, 90]), support_score: lost };
const without = cardOf([], { readings });

describe('When support was lost to a source that is down', () => {
  it.each([
    [61.2, 73.8, 'the worst that what is missing allows'],
    [73.8, 73.8, 'either, where they are the same'],
    [84.4, 84.4, 'the earlier score'],
    [95, 95, 'the earlier score, which does not lower this one'],
  ])('and the account had %d, it is held at %d: %s', (earlier, at, _why) => {
    const hold = outageHold(without, earlier, sourceOf);
    expect(hold?.at).toBeCloseTo(at, 12);
    expect(hold?.sources).toEqual(['intercom']);
    const { shown, cap } = scoreAccount(without.model, { ...without.input, hold });
    expect(shown.healthScore).toBe(Math.min(90, at));
    expect(cap?.name).toBe(at < 90 ? 'outage_hold' : undefined);
  });
  it('the band ends at the hold', () => {
    const hold = outageHold(without, 84.4, sourceOf);
    expect(scoreAccount(without.model, { ...without.input, hold }).shown.band).toEqual({
      low: 73.8,
      high: 84.4,
    });
  });
  it('and there is no earlier score, there is no hold, and the tier is provisional', () => {
    expect(outageHold(without, null, sourceOf)).toBeNull();
    expect(without.doubts).toContain('source_down');
  });
  it('a signal that caps it lower still is what is named', () => {
    const capped = cardOf([], { readings, signals: [criticalSignal] });
    const hold = outageHold(capped, 61.2, sourceOf);
    expect(scoreAccount(capped.model, { ...capped.input, hold }).cap?.name).toBe('critical_signal');
  });
});

it('Readings missing for another reason put no hold on a score', () => {
  expect(outageHold(cardOf([null, 90, 90, 90, 90]), 61.2, sourceOf)).toBeNull();
});

it('A lost reading that weighs nothing puts no hold on a score', () => {
  const context = { ...directReadings([90, 90, 90, 90, 90]), total_conversations: lost };
  expect(outageHold(cardOf([], { readings: context }), 61.2, sourceOf)).toBeNull();
});

it('A lost metric of the model that weighs nothing for this segment puts no hold on a score', () => {
  const metrics = { support_score: { paid: 1, standard: 0 }, support_speed: { paid: 0, standard: 1 } };
  const dimensions = { ...(directWeights['dimensions'] as object), support: { weight: 0.3, metrics } };
  const held = { ...directReadings([90, 90, 90, 90, 90]), support_speed: lost };
  const card = (segment: Segment) => cardOf([], { readings: held, segment }, modelWith({ dimensions }));
  expect(outageHold(card('paid'), 61.2, sourceOf)).toBeNull();
  expect(outageHold(card('standard'), 61.2, sourceOf)?.sources).toEqual(['salesforce']);
});

it('Where everything was lost there is no score to hold', () => {
  const all = Object.fromEntries(Object.keys(directReadings([])).map((id) => [id, lost]));
  expect(outageHold(cardOf([], { readings: all }), 61.2, sourceOf)).toBeNull();
});
