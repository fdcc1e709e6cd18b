import { describe, expect, it } from 'vitest';
import { lifetimeAt } from './lifetime.ts';
import { HOUR, NOW, planned } from './small-base.ts';

const ASKED = (NOW - 2 * HOUR) / 1_000;
const END = NOW / 1_000;
const plan = planned({
  id: '1005',
  state: 'closed',
  firstReply: { seconds: 600, measured: true },
  lastClose: { seconds: 3_600, measured: true },
  rating: 5,
});

describe('what has happened to a conversation that was answered after 600 s, closed after 3,600 s and rated', () => {
  it.each([
    [0, { state: 'open', contactReplyAt: null, adminReplyAt: null, closedAt: null, updatedAt: ASKED }],
    [599, { state: 'open', contactReplyAt: ASKED + 25, adminReplyAt: null, updatedAt: ASKED + 25 }],
    [600, { state: 'open', adminReplyAt: ASKED + 600, closedAt: null, updatedAt: ASKED + 600 }],
    [3_599, { state: 'open', closedAt: null, ratingAskedAt: null }],
    [3_600, { state: 'closed', closedAt: ASKED + 3_600, ratingAskedAt: ASKED + 3_600, ratedAt: null }],
    [4_200, { state: 'closed', ratedAt: ASKED + 4_200, updatedAt: ASKED + 4_200 }],
  ])('after %i s', (after, expected) => {
    expect(lifetimeAt(plan, { now: ASKED + after, end: END })).toMatchObject(expected);
  });
});

it('the customer never writes in the second of the team’s first reply', () => {
  const quick = planned({ id: '1005', firstReply: { seconds: 25, measured: true } });
  expect(lifetimeAt(quick, { now: END, end: END })).toMatchObject({
    adminReplyAt: ASKED + 25,
    contactReplyAt: ASKED + 26,
  });
});

it('all that is planned has happened at the end of the base, a rating after a late close too', () => {
  const late = planned({ ...plan, lastClose: { seconds: 7_199, measured: false } });
  expect(lifetimeAt(late, { now: END, end: END })).toMatchObject({ state: 'closed', ratedAt: END });
});

it('nobody answers an automated message, and a rating left open is asked for only', () => {
  const automated = planned({ deliveredAs: 'automated', rating: 'unanswered' });
  expect(lifetimeAt(automated, { now: END, end: END })).toMatchObject({
    contactReplyAt: null,
    ratingAskedAt: ASKED,
    ratedAt: null,
  });
});

it('a conversation that was opened again stays open after its last close', () => {
  const again = planned({ lastClose: { seconds: 60, measured: true }, state: 'open' });
  expect(lifetimeAt(again, { now: END, end: END })).toMatchObject({ state: 'open', closedAt: ASKED + 60 });
});
