import { describe, expect, it } from 'vitest';
import { pathOf, scoreAccount, type PathOptions, type Reading } from '../../src/scoring/index.ts';
import { cardOf } from './accounts.ts';
import { criticalSignal, modelWith } from './models.ts';

const seventy = [70, 70, 70, 70, 70];
const nobody: PathOptions = { catalogue: { platform_score: { fixable: false } } };

describe('From 70.0 to Healthy at 76 it takes 5.95 points, because 75.95 shows as 76.0', () => {
  it('platform value alone: 5.95 ÷ 0.4 is 14.9, so 85', () => {
    expect(pathOf(cardOf(seventy))).toEqual({
      tier: 'Healthy',
      steps: [{ metric: 'platform_score', from: 70, to: 85, points: 6 }],
      reaches: 76,
    });
  });

  it('without platform value two: the largest gain fully, the second as far as needed, ties by the catalogue', () => {
    // Support 30 × 0.18 = 5.4; then 0.55 ÷ 0.18 = 3.06, so financial 74. Adoption would also need 4 points: a tie.
    expect(pathOf(cardOf(seventy), nobody)).toEqual({
      tier: 'Healthy',
      steps: [
        { metric: 'support_score', from: 70, to: 100, points: 5.4 },
        { metric: 'financial_score', from: 70, to: 74, points: 0.7 },
      ],
      reaches: 76.1,
    });
  });

  it('never beyond what the best tenth of the segment reaches', () => {
    const path = pathOf(cardOf(seventy), { limits: { platform_score: 80 } });
    // Platform value gains 4 at most, support 5.4: support fully, and 0.55 ÷ 0.4 = 1.4 of platform value.
    expect(path).toMatchObject({
      steps: [
        { metric: 'support_score', to: 100, points: 5.4 },
        { metric: 'platform_score', to: 72, points: 0.8 },
      ],
    });
  });

  it('ties go to the catalogue, whatever the order of the model', () => {
    const catalogue = Object.fromEntries(
      ['adoption_score', 'relationship_score', 'financial_score', 'support_score'].map((id) => [
        id,
        { fixable: true },
      ]),
    );
    const path = pathOf(cardOf(seventy), { catalogue: { ...catalogue, platform_score: { fixable: false } } });
    // Support or financial fully, and 4 points of either of the others: 34 points each; adoption comes first.
    expect(path).toMatchObject({
      steps: [
        { metric: 'financial_score', to: 100 },
        { metric: 'adoption_score', to: 74 },
      ],
    });
  });

  it('a metric that the catalogue does not know comes last', () => {
    const path = pathOf(cardOf(seventy), {
      catalogue: {
        platform_score: { fixable: false },
        adoption_score: { fixable: true },
        financial_score: { fixable: true },
      },
    });
    expect(path).toMatchObject({ steps: [{ metric: 'financial_score' }, { metric: 'adoption_score' }] });
  });

  it('out of reach when what can be fixed is not enough', () => {
    const catalogue = Object.fromEntries(
      ['support_score', 'financial_score', 'adoption_score', 'platform_score'].map((id) => [
        id,
        { fixable: false },
      ]),
    );
    expect(pathOf(cardOf(seventy), { catalogue })).toEqual({ code: 'not_reachable', tier: 'Healthy' });
  });
});

describe('Always an answer', () => {
  it('at the top', () => expect(pathOf(cardOf([95, 95, 95, 95, 95]))).toEqual({ code: 'top_tier' }));
  it('without a score', () =>
    expect(pathOf(cardOf([null, null, null, null, null]))).toEqual({ code: 'no_score' }));
  it('under a signal: it is named, and without it there may be nothing to do', () => {
    expect(pathOf(cardOf(seventy, { signals: [criticalSignal] }))).toEqual({
      tier: 'At Risk',
      steps: [],
      reaches: 70,
      cappedBy: { name: 'critical_signal', at: 59, signals: [criticalSignal], sources: [] },
    });
  });
  it('under a cap that does not lower the score yet but lies below the next tier', () => {
    expect(pathOf(cardOf([50, 50, 50, 50, 50], { signals: [criticalSignal] }))).toMatchObject({
      tier: 'At Risk',
      steps: [{ metric: 'platform_score' }],
      cappedBy: { name: 'critical_signal' },
    });
  });
  it('under a cap at the very bound of the next tier, which is not in the way', () => {
    const at = (cap: number) => modelWith({ caps: [{ name: 'c', severity: 'critical', at_least: 1, cap }] });
    const signals = [criticalSignal];
    expect(pathOf(cardOf(seventy, { signals }, at(76)))).not.toHaveProperty('cappedBy');
    expect(pathOf(cardOf(seventy, { signals }, at(75.9)))).toHaveProperty('cappedBy.at', 75.9);
  });
  it('that shows no more than the cap allows', () => {
    // A count of five per step overshoots the bound of 76; the cap at 76 is what people will see.
    const model = modelWith(
      {
        dimensions: { only: { weight: 1, metrics: { bugs: 1 } } },
        platform_value: { metrics: { pillar: 1 } },
        caps: [{ name: 'c', severity: 'critical', at_least: 1, cap: 76 }],
      },
      { bugs: { better: 'lower', unit: 'count', ...segments({ green: 0, yellow: 2, red: 4 }) } },
    );
    const readings = { bugs: { value: 2 }, pillar: { value: 80 } };
    expect(
      pathOf(cardOf([], { readings, signals: [criticalSignal] }, model), {
        catalogue: { pillar: { fixable: false } },
      }),
    ).toEqual({ tier: 'Healthy', steps: [{ metric: 'bugs', from: 2, to: 1, points: 15 }], reaches: 76 });
  });
  it('under a hold: the source is named', () => {
    const hold = { at: 72.3, sources: ['jira'] };
    expect(pathOf(cardOf([80, 80, 80, 80, 80], { hold }))).toMatchObject({
      tier: 'Healthy',
      steps: [],
      reaches: 80,
      cappedBy: { name: 'outage_hold', sources: ['jira'] },
    });
  });
});

describe('Targets are named in their unit', () => {
  const weights = {
    dimensions: { only: { weight: 1, metrics: { first_response: 0.5, payment_problems: 0.5 } } },
    platform_value: { metrics: { pillar: 1 } },
  };
  const model = modelWith(weights, {
    first_response: {
      better: 'lower',
      unit: 'seconds',
      ...segments({ green: 3600, yellow: 7200, red: 14400 }),
    },
    payment_problems: { better: 'lower', unit: 'count', ...segments({ green: 0, yellow: 1, red: 3 }) },
  });
  const readings: Record<string, Reading> = {
    first_response: { value: 8700 },
    payment_problems: { value: 2 },
    pillar: { value: 70 },
  };
  const path = (catalogue: NonNullable<PathOptions['catalogue']>) =>
    pathOf(cardOf([], { readings }, model), { catalogue: { pillar: { fixable: false }, ...catalogue } });

  it('response times to the minute', () => {
    // Scores 39.6 and 25 and 70: 0.3 × 39.58 + 0.3 × 25 + 28 = 47.375. At Risk needs 12.575 ÷ 0.3 = 41.9 more: 81.5.
    // 7200 − 31.5 ÷ 50 × 3600 = 4932 s, so 4920 s: 1 h 22 min.
    expect(path({ payment_problems: { fixable: false } })).toMatchObject({
      steps: [{ metric: 'first_response', from: 8700, to: 4920 }],
    });
  });
  it('counts whole, with the day by which a rolling one clears', () => {
    expect(
      path({ first_response: { fixable: false }, payment_problems: { fixable: true, rollingMonths: 12 } }),
    ).toEqual({
      tier: 'At Risk',
      steps: [{ metric: 'payment_problems', from: 2, to: 0, points: 22.5, clearsBy: '2027-10-31' }],
      reaches: 69.9,
    });
  });
  it('finer where a threshold of the metric itself is finer', () => {
    const fine = modelWith(
      {
        dimensions: { only: { weight: 1, metrics: { escalated: 1 } } },
        platform_value: { metrics: { pillar: 1 } },
      },
      { escalated: { better: 'lower', unit: 'percent', ...segments({ green: 1.5, yellow: 3, red: 6 }) } },
    );
    const values = { escalated: { value: 3 }, pillar: { value: 80 } };
    // 62.0; 13.95 points more are 23.25 of the metric's: 3 − 23.25 ÷ 50 × 1.5 = 2.30, so 2.3 percent.
    expect(
      pathOf(cardOf([], { readings: values }, fine), { catalogue: { pillar: { fixable: false } } }),
    ).toMatchObject({ steps: [{ metric: 'escalated', from: 3, to: 2.3 }], reaches: 76 });
  });
  it('and reach the tier when scored again', () => {
    const again = scoreAccount(model, {
      ...cardOf([], { readings }, model).input,
      readings: { ...readings, first_response: { value: 4920 } },
    });
    expect(again.tier).toBe('At Risk');
    const slower = { ...readings, first_response: { value: 4980 } };
    expect(scoreAccount(model, { ...again.input, readings: slower }).tier).toBe('Critical');
  });
});

function segments<T>(threshold: T): { paid: T; standard: T } {
  return { paid: threshold, standard: threshold };
}
