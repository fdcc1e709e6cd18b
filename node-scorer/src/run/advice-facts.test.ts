import { describe, expect, it } from 'vitest';
import { renewalDay } from '../advice/index.ts';
import type { AccountFacts, Conversation, UsageFacts } from '../facts/index.ts';
import type { Details } from '../load/details.ts';
import { factsInPart, factsRead, withHistory } from './advice-facts.ts';
import type { Attempts } from './readings.ts';

const window = { period: '2026-10', start: 0, end: 1, asOf: '2026-10-31', complete: true };
const conversation: Conversation = {
  id: '1',
  createdAt: 0,
  p1p2: false,
  escalated: false,
  firstResponseSeconds: null,
  resolutionSeconds: null,
  ratingRequested: false,
  rating: null,
};
const usage: UsageFacts = {
  sessions: {
    known: { silent: false, dau: 3, mau: 9, loginFrequency: 2, earlierMau: [8, 'invalid', 7] },
  },
  features: { known: { silent: false, used: 7, licensed: 11 } },
  platform: { known: {} },
};
const salesforce: AccountFacts = {
  renewals: { known: ['2027-03-01', '2026-12-04'] },
  paymentProblems: { known: ['2026-09-23', '2026-02-01'] },
  contractChanges: { known: ['2026-05-01', null] },
  arr: { known: 51_000 },
  oldestArr: { missing: 'no_history' },
  tierLimit: { known: null },
  qbrs: {
    known: [
      { day: '2026-06-16', attended: true },
      { day: '2026-03-09', attended: false },
    ],
  },
  champions: { known: [{ since: '2024-10-15', until: null }] },
  openExpansions: { known: 0 },
};

/** Attempts of which each source told this of one account; a reason in place of it means it failed as a whole. */
function attempts(more: {
  conversations?: readonly Conversation[];
  salesforce?: Partial<AccountFacts>;
}): Attempts {
  const told = <T>(known: T) => ({
    extraction: {
      facts: new Map([['001', { known }]]),
      notes: [],
      calls: {},
      observedAt: '2026-11-01T00:00:00Z',
    },
  });
  return {
    intercom: told(more.conversations ?? []),
    jira: { missing: 'source_down', notes: [] },
    looker: told(usage),
    salesforce: told({ ...salesforce, ...more.salesforce }),
  } as unknown as Attempts;
}

describe('facts behind the readings', () => {
  it('are counts, days and terms; what nobody can tell is left out', () => {
    const conversations = [
      { ...conversation, p1p2: true, rating: 5 },
      { ...conversation, escalated: 'invalid' as const, rating: 2 },
      conversation,
    ];
    expect(factsRead('001', attempts({ conversations }), window)).toEqual({
      counts: { p1_p2_pct: [1, 3], csat_score: [1, 2], feature_breadth: [7, 11], qbr_attendance: [1, 2] },
      renewal: { date: '2026-12-04' },
      arr: 51_000,
      champion: { since: '2024-10-15', until: null },
      paymentProblems: ['2026-02-01', '2026-09-23'],
      reviews: [
        ['2026-03-09', false],
        ['2026-06-16', true],
      ],
      usersBefore: [8, 7],
    });
  });

  it.each([
    ['nobody ever was', [], undefined],
    ['one begins later', [{ since: '2026-11-03', until: null }], undefined],
    [
      'the last one left',
      [
        { since: '2025-01-01', until: '2026-07-22' },
        { since: '2023-01-01', until: '2025-01-01' },
      ],
      { since: '2025-01-01', until: '2026-07-22' },
    ],
    [
      'a second one leaves while the first stays',
      [
        { since: '2025-01-01', until: null },
        { since: '2026-02-01', until: '2026-07-22' },
      ],
      { since: '2025-01-01', until: null },
    ],
  ])('tell the champion when %s', (_, known, champion) => {
    expect(factsRead('001', attempts({ salesforce: { champions: { known } } }), window).champion).toEqual(
      champion,
    );
  });

  it('are kept but for those whose metric was read again', () => {
    const kept = {
      counts: { p1_p2_pct: [1, 5], csat_score: [1, 1] },
      renewal: { date: '2026-12-01' },
      arr: 1,
    } as const;
    const fresh = { counts: { csat_score: [2, 2] }, renewal: { date: '2026-12-09' } } as const;
    expect(factsInPart(kept, fresh, new Set(['p1_p2_pct', 'arr_trajectory_pct']))).toEqual({
      counts: { csat_score: [1, 1] },
      renewal: { date: '2026-12-01' },
    });
    expect(factsInPart(kept, fresh, new Set(['days_to_renewal'])).renewal).toEqual({ date: '2026-12-09' });
  });
});

describe('what only earlier scores know', () => {
  const details = {
    readings: [{ id: 'total_conversations', value: 4 }],
    facts: { conversationsBefore: [6, 5, 9], lastUsed: '2026-08' },
  } as unknown as Details;

  it('is three months of conversations, and when the product was last used', () => {
    const earlier = { period: '2026-09', details };
    expect(withHistory({}, { mau: { value: 0 } }, '2026-10', earlier)).toEqual({
      conversationsBefore: [4, 6, 5],
      lastUsed: '2026-08',
    });
    expect(withHistory({}, { mau: { value: 3 } }, '2026-10', earlier).lastUsed).toBe('2026-10');
  });

  it('is forgotten when that score is older than three months, but for the last use', () => {
    expect(withHistory({}, {}, '2026-10', { period: '2026-06', details })).toEqual({ lastUsed: '2026-08' });
    expect(withHistory({}, {}, '2026-10', null)).toEqual({});
  });
});

it('takes the renewal from its record, else from the days to it', () => {
  const card = { input: { asOf: '2026-10-31', readings: { days_to_renewal: { value: 34 } } } };
  expect(renewalDay({ renewal: { date: '2026-12-05' } }, card as never)).toBe('2026-12-05');
  expect(renewalDay({}, card as never)).toBe('2026-12-04');
  expect(renewalDay({}, { input: { asOf: '2026-10-31', readings: {} } })).toBeNull();
});
