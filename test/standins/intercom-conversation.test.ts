import { describe, expect, it } from 'vitest';
import { baseOf, customer, HOUR, NOW, person, planned } from '../../sandbox/intercom/small-base.ts';
import { calling, EVERYTHING, search } from './intercom-call.ts';

const COMPANY = customer(0).intercomCompanyId;
const CONTACT = person(0).intercomId;
const ASKED = (NOW - 2 * HOUR) / 1_000;
const one = (differs: Parameters<typeof planned>[0] = {}) =>
  baseOf(customer(0, { conversations: [planned(differs)] }));

/** The vendor's error list with one code. */
const refused = (code: string) => ({ type: 'error.list', errors: [{ code }] });

describe('a conversation in a search', () => {
  async function found(differs: Parameters<typeof planned>[0] = {}, version?: string) {
    const { post } = await calling({ base: one(differs) });
    const { body } = await post('/conversations/search', {
      ...search(EVERYTHING),
      ...(version === undefined ? {} : { version }),
    });
    const [conversation] = body.conversations;
    if (conversation === undefined) throw new Error('nothing was found');
    return conversation;
  }

  it('carries the customer’s and the team’s first words apart, and all moments in seconds', async () => {
    const { statistics, created_at } = await found({
      id: '1005',
      state: 'closed',
      firstReply: { seconds: 600, measured: true },
      lastClose: { seconds: 3_600, measured: true },
    });
    expect(created_at).toBe(ASKED);
    expect(statistics).toMatchObject({
      first_contact_reply_at: ASKED + 25,
      first_admin_reply_at: ASKED + 600,
      time_to_admin_reply: 600,
      last_close_at: ASKED + 3_600,
      time_to_last_close: 3_600,
    });
  });

  it('has the moments of an unmeasured reply and close, but no durations', async () => {
    const { statistics } = await found({
      state: 'closed',
      firstReply: { seconds: 600, measured: false },
      lastClose: { seconds: 3_600, measured: false },
    });
    expect(statistics).toMatchObject({
      first_admin_reply_at: ASKED + 600,
      time_to_admin_reply: null,
      last_close_at: ASKED + 3_600,
      time_to_last_close: null,
    });
  });

  it('has neither reply nor close nor rating that lie ahead of the clock', async () => {
    const unanswered = await found({
      state: 'closed',
      firstReply: { seconds: 7_201, measured: true },
      lastClose: { seconds: 9_000, measured: true },
      rating: 5,
    });
    expect(unanswered).toMatchObject({ state: 'open', open: true, conversation_rating: null });
    expect(unanswered.statistics).toMatchObject({ first_admin_reply_at: null, last_close_at: null });
  });

  it('may come without statistics', async () => {
    const { statistics } = await found({
      withoutStatistics: true,
      firstReply: { seconds: 5, measured: true },
    });
    expect(statistics).toBeNull();
  });

  it.each([
    ['not asked', null],
    ['unanswered', { rating: null, created_at: ASKED }],
    [2, { rating: 2, created_at: ASKED, updated_at: ASKED + 600 }],
  ] as const)('shows a customer %s for a rating as %o', async (rating, expected) => {
    const { conversation_rating } = await found({ rating });
    if (expected === null) expect(conversation_rating).toBeNull();
    else expect(conversation_rating).toMatchObject(expected);
  });

  it('carries tags by name, its contact, how it was delivered and the escalation, but no parts', async () => {
    const conversation = await found({
      tags: ['p1', 'billing question'],
      escalatedAttribute: true,
      deliveredAs: 'automated',
    });
    expect(conversation).toMatchObject({
      source: { delivered_as: 'automated' },
      tags: {
        type: 'tag.list',
        tags: [
          { id: '102', name: 'p1' },
          { id: '101', name: 'billing question' },
        ],
      },
      contacts: { contacts: [{ type: 'contact', id: CONTACT }] },
      custom_attributes: { Escalated: true },
    });
    expect(conversation).not.toHaveProperty('conversation_parts');
  });

  it('names its company only when that was set, and only from 2.15 on', async () => {
    const company = { type: 'company', id: COMPANY, company_id: 'ext-0', name: 'Fictional Hotel 0' };
    expect(await found()).toMatchObject({ company });
    expect(await found({}, '2.15')).toMatchObject({ company });
    expect(await found({}, '2.14')).not.toHaveProperty('company');
    expect(await found({ via: 'contact' })).toMatchObject({ company: null });
  });

  it.each([
    ['none', '2.16', 'none'],
    ['urgent', '2.16', 'urgent'],
    ['urgent', '2.15', 'priority'],
    ['high', '2.14', 'priority'],
    ['medium', '2.15', 'not_priority'],
  ] as const)('of %s priority is in version %s: %s', async (priority, version, expected) => {
    expect(await found({ priority }, version)).toMatchObject({ priority: expected });
  });

  it.each([
    ['2.16', 0],
    ['2.15', null],
  ])('that nobody took is in version %s assigned to %s', async (version, expected) => {
    expect(await found({}, version)).toMatchObject({ admin_assignee_id: expected });
  });

  it('is absent before it began', async () => {
    const { post, get } = await calling({ base: one(), clock: () => NOW - 2 * HOUR - 1 });
    expect((await post('/conversations/search', search(EVERYTHING))).body).toMatchObject({
      conversations: [],
      total_count: 0,
    });
    expect(await get('/conversations/1001')).toMatchObject({ status: 404, body: refused('not_found') });
  });

  it('has its parts when asked for alone', async () => {
    const { get } = await calling({ base: one({ firstReply: { seconds: 60, measured: true } }) });
    expect((await get('/conversations/1001')).body).toMatchObject({
      id: '1001',
      conversation_parts: {
        total_count: 2,
        conversation_parts: [{ created_at: ASKED + 21 }, { created_at: ASKED + 60 }],
      },
    });
  });
});
