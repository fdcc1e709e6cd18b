import { describe, expect, it } from 'vitest';
import { addDays } from '../scoring/index.ts';
import { decisionsOf, type Decision, type Renewal } from './decisions.ts';
import { reportCardOf, type PastScore } from './report-card.ts';

const renewal = (
  closeDate: string,
  stage: Renewal['stage'] = 'won',
  amount: Renewal['amount'] = 100,
): Renewal => ({
  id: closeDate,
  closeDate,
  stage,
  amount,
});

const decide = (renewals: Renewal[], churnedOn: string | null = null, today = '2026-11-21') =>
  decisionsOf(today, [{ id: '1', churnedOn, renewals }]);

const outcomes = (...given: Parameters<typeof decide>) =>
  decide(...given).decisions.map(({ on, outcome }) => `${on} ${outcome}`);

describe('decisions', () => {
  it('take renewals within 45 days of the first together', () => {
    const first = '2026-01-10';
    expect(outcomes([renewal(first), renewal(addDays(first, 45), 'lost')])).toEqual(['2026-01-10 partial']);
    expect(outcomes([renewal(first), renewal(addDays(first, 46), 'lost')])).toEqual([
      '2026-01-10 kept',
      '2026-02-25 lost',
    ]);
    // Counted from the group's first, not from the one before.
    expect(outcomes([renewal(first), renewal(addDays(first, 30)), renewal(addDays(first, 50))])).toHaveLength(
      2,
    );
    expect(
      decide([renewal(first, 'won', 70), renewal(addDays(first, 9), 'lost', 30)]).decisions[0],
    ).toMatchObject({
      amount: 70,
      renewals: 2,
    });
  });

  it('do not know what was won where an amount is unknown', () => {
    const amountOf = (...renewals: Renewal[]) => decide(renewals).decisions[0]?.amount;
    const first = '2026-01-10';
    expect(amountOf(renewal(first, 'won', null))).toBeNull();
    expect(amountOf(renewal(first, 'won', 70), renewal(addDays(first, 9), 'won', null))).toBeNull();
    expect(amountOf(renewal(first, 'won', 0))).toBe(0);
    expect(amountOf(renewal(first, 'won', 70), renewal(addDays(first, 9), 'lost', null))).toBe(70);
    expect(amountOf(renewal(first, 'lost', null))).toBe(0);
  });

  it('leave later and open renewals out, and count what is overdue', () => {
    const renewals = [
      renewal('2026-11-21'),
      renewal('2026-11-22', 'lost'),
      renewal('2026-11-20', 'open'),
      renewal('2026-11-21', 'open'),
    ];
    expect(decide(renewals)).toMatchObject({ decisions: [{ outcome: 'kept' }], overdue: 1 });
    expect(decide(renewals, '2026-11-01').overdue).toBe(0);
    expect(decide(renewals, '2026-12-01').overdue).toBe(1);
  });

  it('know that a customer left once', () => {
    const lost = renewal('2026-05-01', 'lost');
    expect(outcomes([lost], '2026-04-01')).toEqual(['2026-04-01 lost']);
    expect(outcomes([lost], '2026-06-30')).toEqual(['2026-05-01 lost']);
    expect(outcomes([lost], addDays('2026-05-01', 90))).toEqual(['2026-05-01 lost']);
    expect(outcomes([lost], addDays('2026-05-01', 91))).toEqual(['2026-05-01 lost', '2026-07-31 left']);
    expect(outcomes([lost, renewal('2026-09-01')], '2026-06-30')).toEqual(['2026-05-01 lost']);
    expect(outcomes([renewal('2026-05-01')], '2026-06-30')).toEqual(['2026-05-01 kept', '2026-06-30 left']);
    expect(outcomes([renewal('2026-05-01')], '2026-04-01')).toEqual(['2026-04-01 left']);
    expect(outcomes([], '2026-11-22')).toEqual([]);
    // The nearest of two.
    expect(outcomes([renewal('2026-02-01', 'lost'), renewal('2026-05-01', 'lost')], '2026-04-20')).toEqual([
      '2026-02-01 lost',
      '2026-04-20 lost',
    ]);
  });

  it('stand by day and account, whatever order they come in', () => {
    const accounts = ['3', '1', '2'].map((id) => ({
      id,
      churnedOn: null,
      renewals: [renewal('2026-05-01'), renewal('2025-05-01')],
    }));
    const found = decisionsOf('2026-11-21', accounts).decisions.map(
      ({ on, accountId }) => `${on} ${accountId}`,
    );
    expect(found).toEqual([...found].sort());
    expect(
      decisionsOf('2026-11-21', accounts.toReversed()).decisions.map(
        ({ on, accountId }) => `${on} ${accountId}`,
      ),
    ).toEqual(found);
  });
});

const tiers = ['Champion', 'Healthy', 'At Risk', 'Critical'].map((name) => ({ name }));
const tierOf = (score: number) =>
  score >= 90 ? 'Champion' : score >= 76 ? 'Healthy' : score >= 60 ? 'At Risk' : 'Critical';

const decision = (
  accountId: string,
  outcome: Decision['outcome'],
  amount: Decision['amount'] = 100,
): Decision => ({
  accountId,
  on: '2026-06-29',
  outcome,
  amount,
  renewals: 1,
});

const past = (accountId: string, score: number | null, more: Partial<PastScore> = {}): PastScore => ({
  accountId,
  asOf: '2026-03-31',
  score,
  tier: score === null ? null : tierOf(score),
  scoredAt: '2026-04-03',
  arr: 100,
  ...more,
});

const report = (decisions: Decision[], scores: PastScore[]) => {
  const [card] = Object.values(reportCardOf(decisions, scores, [90], tiers));
  if (card === undefined) throw new Error('found no report');
  return card;
};

/** So many decisions, the first `bad` of them lost, with the scores given. */
function base(scores: readonly number[], bad: number) {
  const ids = scores.map((_, i) => String(i).padStart(3, '0'));
  return report(
    ids.map((id, i) => decision(id, i < bad ? 'lost' : 'kept')),
    ids.map((id, i) => past(id, scores[i] as number)),
  );
}

describe('the report card', () => {
  it('takes the newest scored record of 90 to 152 days before', () => {
    const on = '2026-06-29';
    const at = (days: number, score: number | null = 50) => past('1', score, { asOf: addDays(on, -days) });
    const scored = (...scores: PastScore[]) => report([decision('1', 'lost')], scores).n;
    expect(scored(at(90))).toBe(1);
    expect(scored(at(89))).toBe(0);
    expect(scored(at(152))).toBe(1);
    expect(scored(at(153))).toBe(0);
    expect(scored(at(100, null))).toBe(0);
    expect(report([decision('1', 'lost')], [at(120, 80), at(100, null), at(110, 50)]).tiers).toMatchObject([
      { n: 0 },
      { n: 0 },
      { n: 0 },
      { tier: 'Critical', n: 1, bad: 1 },
    ]);
    expect(report([decision('1', 'left'), decision('2', 'kept')], [])).toMatchObject({
      n: 0,
      noScore: 2,
      noScoreBad: 1,
    });
  });

  it('tells smaller from kept, and late scores', () => {
    const outcome = (amount: number | null, arr: number | null) => {
      const { kept, smaller } = report([decision('1', 'kept', amount)], [past('1', 80, { arr })]);
      return kept === 1 ? 'kept' : smaller === 1 ? 'smaller' : 'neither';
    };
    expect([outcome(90, 100), outcome(89.99, 100)]).toEqual(['kept', 'smaller']);
    expect([outcome(1, null), outcome(null, 100), outcome(null, null)]).toEqual(['kept', 'kept', 'kept']);
    const late = (scoredAt: string | null) =>
      report([decision('1', 'kept')], [past('1', 80, { scoredAt })]).late;
    expect([late('2026-06-29'), late('2026-06-30'), late(null)]).toEqual([0, 1, 0]);
  });

  it('names who left while green, highest score first', () => {
    const { green } = report(
      [
        decision('3', 'left'),
        decision('2', 'lost'),
        decision('1', 'lost'),
        decision('4', 'lost'),
        decision('5', 'partial'),
      ],
      [past('1', 80), past('2', 80), past('3', 92), past('4', 75.9), past('5', 99)],
    );
    expect(green.map(({ accountId }) => accountId)).toEqual(['3', '1', '2']);
  });

  it('needs ten of each for a verdict, and fifty decisions for the lowest tenth', () => {
    const spread = (n: number) => Array.from({ length: n }, (_, i) => 40 + i);
    expect(base(spread(40), 9)).toMatchObject({ auc: null, verdict: 'not_enough', worst: null });
    expect(base(spread(19), 10).verdict).toBe('not_enough');
    expect(base(spread(49), 10)).toMatchObject({ auc: { auc: 1 }, verdict: 'tells', worst: null });
    expect(base(spread(50), 10).worst).toMatchObject({ k: 5, bad: 5, capture: 0.5, lift: 5 });
    expect(base(spread(50).toReversed(), 10).verdict).toBe('reversed');
    expect(
      base(
        spread(50).map((score) => 40 + (score % 10)),
        10,
      ).verdict,
    ).toBe('unclear');
  });

  it('counts scores tied at the edge of the lowest tenth in proportion', () => {
    // 12 at 59, of whom 6 left; k = 6 of 60: half of them are in it.
    const scores = Array.from({ length: 60 }, (_, i) => (i < 6 || (i >= 12 && i < 18) ? 59 : 80));
    expect(base(scores, 12).worst).toMatchObject({ k: 6, bad: 3, capture: 0.25, lift: 2.5 });
  });
});
