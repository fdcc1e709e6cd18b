import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/config/load.ts';
import {
  changeOf,
  headline,
  heldBy,
  mainReasonOf,
  mainReasonSentence,
  pathOf,
  pathSentences,
  reasonsOf,
  scoreAccount,
  toOutputLine,
  whatIsCarried,
  whatIsMissing,
  whatMoved,
  whereLost,
  type Model,
  type Scorecard,
} from '../../src/scoring/index.ts';
import { PROOF, anyAccount } from '../property/arbitraries.ts';
import { cardBefore, cardOf, directReadings } from './accounts.ts';
import { criticalSignal, directWeights, modelWith } from './models.ts';

const labelOf = (metric: string): string => metric.replaceAll(/[\d_]+/g, ' ').trim();

/** Every number of a text, durations in seconds, and with how many decimals it is told. */
function numbersIn(text: string): { value: number; unit: number }[] {
  const numbers: { value: number; unit: number }[] = [];
  const rest = text
    .replaceAll('−', '-')
    .replaceAll(
      /(-?)(?:(\d+) h)? ?(?:(\d+) min)?(?= |$|[,)])/g,
      (all, sign: string, h?: string, min?: string) => {
        if (h === undefined && min === undefined) return all;
        const value = (Number(h ?? 0) * 3600 + Number(min ?? 0) * 60) * (sign === '-' ? -1 : 1);
        numbers.push({ value, unit: 60 });
        return ' ';
      },
    )
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, '');
  for (const [told] of rest.matchAll(/-?\d+(\.\d+)?/g)) {
    numbers.push({ value: Number(told), unit: 10 ** -(told.split('.')[1]?.length ?? 0) });
  }
  return numbers;
}

/** Every number in a value, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

function explained(earlier: Scorecard | null, card: Scorecard) {
  const change = changeOf(earlier, card);
  const path = pathOf(card, { catalogue: { payment_health: { fixable: true, rollingMonths: 12 } } });
  const main = mainReasonOf(card, change);
  const sentences = [
    headline(card, change),
    heldBy(card) ?? '',
    ...whatMoved(change, card, earlier, labelOf),
    ...whereLost(card, labelOf),
    ...whatIsMissing(card, labelOf),
    ...pathSentences(path, card, labelOf),
    ...(main === null ? [] : [mainReasonSentence(main, card, labelOf)]),
  ];
  const facts = [
    toOutputLine(card),
    'code' in change ? null : { ...change, exact: null },
    path,
    reasonsOf(card),
    main,
    card.input.readings,
    earlier?.input.readings,
  ];
  return { sentences, numbers: numbersOf(facts) };
}

describe('Every number in a sentence stands in the scorecard', () => {
  let model: Model;
  beforeAll(async () => ({ model } = await loadModel('config')));

  it('for as many pairs of months as properties are proved with', () => {
    const pairs = fc.sample(fc.tuple(anyAccount(model), anyAccount(model)), {
      seed: 20_261_121,
      numRuns: PROOF.numRuns ?? 1000,
    });
    for (const [before, after] of pairs) {
      const earlier = scoreAccount(model, { ...before, segment: after.segment, asOf: '2026-09-30' });
      const { sentences, numbers } = explained(earlier, scoreAccount(model, after));
      for (const sentence of sentences) {
        for (const { value, unit } of numbersIn(sentence)) {
          const found = numbers.some(
            (number) => Math.abs(Math.abs(number) - Math.abs(value)) <= unit / 2 + 1e-9,
          );
          expect(found, `${value} of "${sentence}"`).toBe(true);
        }
      }
    }
  });

  it('and a number that does not is found out', () => {
    const { numbers } = explained(null, cardOf([85, 95, 88, 92, 82]));
    const planted = numbersIn('Healthy 86.9');
    expect(planted.every(({ value, unit }) => numbers.some((n) => Math.abs(n - value) <= unit / 2))).toBe(
      false,
    );
  });
});

describe('Sentences', () => {
  it('answer first: tier, score, change', () => {
    const [earlier, card] = [cardBefore([80, 80, 80, 80, 80]), cardOf([60, 80, 80, 80, 80])];
    expect(headline(card, changeOf(earlier, card))).toBe('Healthy 76.4, down 3.6 from 80.0');
    expect(headline(card, changeOf(null, card))).toBe('Healthy 76.4, first score');
    expect(headline(earlier, changeOf(earlier, earlier))).toBe('Healthy 80.0, unchanged from 80.0');
  });
  it('say how sure they are', () => {
    const card = cardOf([80, 80, 80, null, 80]);
    expect(headline(card, changeOf(null, card))).toBe(
      'Healthy 80.0, first score. Provisional: could be 72.8 to 81.8',
    );
    const thin = cardOf([null, null, null, null, 80]);
    expect(headline(thin, changeOf(null, thin))).toContain('only 40.0 % of what counts is known');
  });
  it('say that there is no score', () => {
    const card = cardOf([null, null, null, null, null]);
    expect(headline(card, changeOf(null, card))).toBe('No score: nothing is known yet');
    expect(pathSentences(pathOf(card), card, labelOf)).toEqual(['No path: there is no score yet']);
  });
  it('name the signal that holds the score, and the score without it', () => {
    const card = cardOf([80, 80, 80, 80, 80], { signals: [criticalSignal] });
    expect(heldBy(card)).toBe('Held at 59.0 by critical_signal. Without it: 80.0');
    expect(pathSentences(pathOf(card), card, labelOf)).toEqual([
      'Held at 59.0 at most, by critical_signal',
      'At Risk is reached, without that cap: 80.0',
    ]);
    expect(heldBy(cardOf([80, 80, 80, 80, 80]))).toBeNull();
  });
  it('name the source that a hold is for', () => {
    const card = cardOf([80, 80, 80, 80, 80], { hold: { at: 70, sources: ['jira', 'looker'] } });
    expect(heldBy(card)).toBe('Held at 70.0 because jira and looker could not be read. Without it: 80.0');
  });
  it('tell what moved, largest first', () => {
    const [earlier, card] = [cardBefore([80, 80, 80, 80, 80]), cardOf([60, 90, 80, 80, 80])];
    expect(whatMoved(changeOf(earlier, card), card, earlier, labelOf)).toEqual([
      'What happened −1.8',
      '  support score 80 to 60 (−3.6)',
      '  financial score 80 to 90 (+1.8)',
    ]);
  });
  it('tell the larger move first, whatever the order of the model, and none that shows as 0.0', () => {
    const [earlier, card] = [cardBefore([80, 80, 80, 80, 80]), cardOf([79.9, 80, 80, 80, 60])];
    expect(whatMoved(changeOf(earlier, card), card, earlier, labelOf)).toEqual([
      'What happened −8.0',
      '  platform score 80 to 60 (−8.0)',
    ]);
    const other = cardOf([70, 80, 80, 80, 60]);
    expect(whatMoved(changeOf(earlier, other), other, earlier, labelOf).slice(1)).toEqual([
      '  platform score 80 to 60 (−8.0)',
      '  support score 80 to 70 (−1.8)',
    ]);
  });
  it('tell where points are lost, at most four times', () => {
    expect(whereLost(cardOf([85, 95, 88, 92, 82]), labelOf)).toEqual([
      'platform score 82, good at 100 (−7.2)',
      'support score 85, good at 100 (−2.7)',
      'adoption score 88, good at 100 (−1.8)',
      'financial score 95, good at 100 (−0.9)',
    ]);
  });
  it('say since when a source could not be read, and what is counted with the values of then', () => {
    const { model, input } = cardOf([80, 95, 90, 92, 82]);
    const carried = { d2: '2026-09-30', d1: '2026-09-30', d3: '2026-08-31' };
    expect(whatIsCarried(scoreAccount(model, { ...input, carried }), (id) => id.toUpperCase())).toEqual([
      'Not read since 2026-08-31, with the values of then: D3',
      'Not read since 2026-09-30, with the values of then: D2; D1',
    ]);
    expect(whatIsCarried(cardOf([80, 95, 90, 92, 82]), labelOf)).toEqual([]);
  });

  it('tell what is missing, by reason', () => {
    expect(whatIsMissing(cardOf([null, 95, null, 92, 82]), labelOf)).toEqual([
      'No activity: support score; adoption score',
    ]);
  });
  it('tell the path in steps, and where there is none', () => {
    const card = cardOf([70, 70, 70, 70, 70]);
    expect(pathSentences(pathOf(card), card, labelOf)).toEqual([
      'To Healthy:',
      '  platform score 70 to 85 (+6.0)',
      'Scored again with these values: 76.0',
    ]);
    const top = cardOf([95, 95, 95, 95, 95]);
    expect(pathSentences(pathOf(top), top, labelOf)).toEqual(['Already Champion']);
    expect(pathSentences({ code: 'not_reachable', tier: 'Healthy' }, card, labelOf)).toEqual([
      'Healthy is not reachable by what can be fixed',
    ]);
  });
  it('say that a source could not be read', () => {
    const lost = { value: null, missing: 'source_down' } as const;
    const readings = { ...directReadings([null, 95, 95, 95, 95]), support_score: lost };
    const card = cardOf([], { readings });
    expect(headline(card, changeOf(null, card))).toBe(
      'Champion 95.0, first score. Provisional: could be 77.9 to 95.9, a source could not be read',
    );
    expect(whatIsMissing(card, labelOf)).toEqual(['Source down: support score']);
  });
  it('leave out what weighs nothing for the segment', () => {
    const metrics = { support_score: { paid: 1, standard: 0 }, support_speed: { paid: 0, standard: 1 } };
    const dimensions = { ...(directWeights['dimensions'] as object), support: { weight: 0.3, metrics } };
    const card = cardOf([80, 80, 80, 80, 80], {}, modelWith({ dimensions }));
    expect(whatIsMissing(card, labelOf)).toEqual([]);
  });
  it('tell of a rise, and only of bars that are not 0', () => {
    const [earlier, card] = [cardBefore([80, 80, 80, 80, 80]), cardOf([80, 80, 80, null, 90])];
    expect(headline(card, changeOf(earlier, card))).toMatch(/^Healthy 84\.0, up 4\.0 from 80\.0/);
    expect(whatMoved(changeOf(earlier, card), card, earlier, labelOf)).toEqual([
      'What happened +4.0',
      '  platform score 80 to 90 (+4.0)',
    ]);
    expect(whatMoved({ code: 'first_score' }, card, null, labelOf)).toEqual([]);
  });
  it('tell of metrics that cancel each other out, although their bar is 0', () => {
    const [earlier, card] = [cardBefore([80, 80, 80, 80, 80]), cardOf([90, 70, 80, 80, 80])];
    expect(whatMoved(changeOf(earlier, card), card, earlier, labelOf)).toEqual([
      'What happened 0.0',
      '  support score 80 to 90 (+1.8)',
      '  financial score 80 to 70 (−1.8)',
    ]);
    const other = modelWith({ health: { churn_risk: 0.5, platform_value: 0.5 } });
    const [before, after] = [cardBefore([80, 80, 80, 80, 60]), cardOf([80, 80, 80, 80, 60], {}, other)];
    expect(whatMoved(changeOf(before, after), after, before, labelOf)).toEqual(['Rules −2.0']);
  });
  it.each([
    [{ code: 'metric', metric: 'support_score', points: -3.6 }, 'support score now 60 (−3.6)'],
    [{ code: 'metric', metric: 'gone', points: -3.6 }, 'gone (−3.6)'],
    [{ code: 'loss', metric: 'platform_score', points: 8 }, 'platform score 80, good at 100 (−8.0)'],
    [{ code: 'data', points: -2 }, 'Data (−2.0)'],
    [{ code: 'rules', points: -2 }, 'Rules (−2.0)'],
    [{ code: 'calendar', points: -2 }, 'Calendar (−2.0)'],
    [{ code: 'signals', points: -2 }, 'Signals (−2.0)'],
  ] as const)('name the main reason: %o', (reason, text) => {
    expect(mainReasonSentence(reason, cardOf([60, 80, 80, 80, 80]), labelOf)).toBe(text);
  });
  it('name the cap as the main reason, with what it takes', () => {
    const card = cardOf([80, 80, 80, 80, 80], { signals: [criticalSignal] });
    const reason = mainReasonOf(card, changeOf(null, card));
    expect(reason && mainReasonSentence(reason, card, labelOf)).toBe(
      'Held at 59.0 by critical_signal. Without it: 80.0 (−21.0)',
    );
  });
  it('tell of a count that clears by itself', () => {
    const scale = { green: 0, yellow: 1, red: 3 };
    const model = modelWith(
      { platform_value: { metrics: { payment_problems: 1 } } },
      { payment_problems: { better: 'lower', unit: 'count', paid: scale, standard: scale } },
    );
    const readings = { ...directReadings([80, 80, 80, 80]), payment_problems: { value: 2 } };
    const card = cardOf([], { readings }, model);
    const nobody = Object.fromEntries(Object.keys(readings).map((id) => [id, { fixable: false }]));
    const path = pathOf(card, {
      catalogue: { ...nobody, payment_problems: { fixable: true, rollingMonths: 12 } },
    });
    expect(pathSentences(path, card, labelOf)).toContain(
      '  payment problems 2 to 1 (+10.0), clears by itself by 2027-10-31',
    );
  });
});
