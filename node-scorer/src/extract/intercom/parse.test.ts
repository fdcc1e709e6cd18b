import { describe, expect, it } from 'vitest';
import type { ConversationTest, IntercomSource } from './settings.ts';
import { passesAny } from './conversation-test.ts';
import { parseConversation } from './parse.ts';

const SETTINGS: Pick<IntercomSource, 'company_id' | 'p1_p2' | 'escalation'> = {
  company_id: 'intercom',
  p1_p2: [{ priority: ['urgent', 'high', 'priority'] }, { tag: ['p1', 'p2'] }],
  escalation: [{ custom_attribute: { name: 'Escalated', equals: true } }, { team: ['77'] }],
};

const CREATED = 1_790_000_000;

const parse = (over: Record<string, unknown>, settings = SETTINGS) =>
  parseConversation({ id: '7', created_at: CREATED, ...over }, settings);

const conversationOf = (over: Record<string, unknown>) => {
  const parsed = parse(over);
  if (parsed === null) throw new Error('no record');
  return parsed.conversation;
};

describe('a conversation', () => {
  it('of which everything is null is read, and nothing invented', () => {
    const parsed = parse({
      state: null,
      priority: null,
      company: null,
      contacts: null,
      tags: null,
      source: null,
      statistics: null,
      conversation_rating: null,
      custom_attributes: null,
      team_assignee_id: null,
    });
    expect(parsed).toEqual({
      conversation: {
        id: '7',
        createdAt: CREATED * 1_000,
        p1p2: false,
        escalated: false,
        firstResponseSeconds: null,
        resolutionSeconds: null,
        ratingRequested: false,
        rating: null,
      },
      companyId: null,
      namesCompany: false,
      contactIds: [],
      ownerUnread: false,
      deliveredAs: null,
      withoutCustomer: false,
      bad: null,
    });
  });

  it.each([
    ['the time that Intercom took', { time_to_admin_reply: 300, first_admin_reply_at: CREATED + 999 }, 300],
    ['else the clock', { time_to_admin_reply: null, first_admin_reply_at: CREATED + 999 }, 999],
    ['an answer in the same second', { time_to_admin_reply: 0 }, 0],
    ['no answer yet', { time_to_admin_reply: null, first_admin_reply_at: null }, null],
    ["not the customer's own first message", { first_contact_reply_at: CREATED + 5 }, null],
    ['nothing of an answer from before it began', { first_admin_reply_at: CREATED - 5 }, 'invalid'],
    [
      'the clock where the measured time cannot be',
      { time_to_admin_reply: -5, first_admin_reply_at: CREATED + 9 },
      9,
    ],
    ['nothing where neither can be', { time_to_admin_reply: -5 }, 'invalid'],
  ])('takes as first response %s', (_what, statistics, seconds) => {
    expect(conversationOf({ statistics }).firstResponseSeconds).toBe(seconds);
  });

  it.each([
    ['closed', { time_to_last_close: 7_200 }, 7_200],
    ['closed', { last_close_at: CREATED + 60 }, 60],
    ['closed', {}, null],
    ['CLOSED', { time_to_last_close: 7_200 }, 7_200],
    ['resolved', { time_to_last_close: 7_200 }, 'invalid'],
    ['open', { time_to_last_close: 7_200 }, null],
    ['snoozed', { last_close_at: CREATED + 60 }, null],
    ['closed', { time_to_last_close: 'soon' }, 'invalid'],
    ['closed', { last_close_at: CREATED - 60 }, 'invalid'],
    [null, { time_to_last_close: 7_200 }, 'invalid'],
    [null, {}, null],
    [7, { time_to_last_close: 7_200 }, 'invalid'],
  ])('that is %s with %j is resolved after %j seconds', (state, statistics, seconds) => {
    expect(conversationOf({ state, statistics }).resolutionSeconds).toBe(seconds);
  });

  it.each([
    [null, false, null],
    [{}, false, null],
    [{ rating: null, remark: null, created_at: null, contact: { id: null } }, false, null],
    [{ rating: null, created_at: CREATED }, true, null],
    [{ rating: 9, created_at: CREATED }, true, 'invalid'],
    [{ rating: 4.5 }, true, 'invalid'],
    ['good', 'invalid', 'invalid'],
    [{ rating: 5, remark: 'good' }, true, 5],
  ])('with the rating object %j: asked %j, given %j', (rating, requested, given) => {
    const { ratingRequested, rating: read } = conversationOf({ conversation_rating: rating });
    expect([ratingRequested, read]).toEqual([requested, given]);
  });

  it.each([
    ['id', { id: null }],
    ['created_at', { created_at: null }],
    ['created_at', { created_at: '2026-10-01' }],
    ['created_at', { created_at: CREATED * 1_000 }],
    ['conversation_rating.rating', { conversation_rating: { rating: 9 } }],
    ['statistics.time_to_admin_reply', { statistics: { time_to_admin_reply: 'soon' } }],
    ['statistics.time_to_admin_reply', { statistics: { time_to_admin_reply: -1 } }],
    ['statistics', { statistics: 'none' }],
    ['tags.tags.0', { tags: { tags: ['p1'] } }],
  ])('with an impossible %s says so and keeps its other fields: %j', (field, over) => {
    const parsed = parse({ tags: { tags: [{ name: 'p1' }] }, company: { id: 'c1' }, ...over });
    expect(parsed?.bad).toContain(`field ${field}: `);
    expect(parsed?.companyId).toBe('c1');
    const isPlaced = field !== 'created_at';
    expect(parsed?.conversation.p1p2).toBe(isPlaced && !field.startsWith('tags') ? true : 'invalid');
    expect(parsed?.conversation.createdAt).toBe(isPlaced ? CREATED * 1_000 : null);
  });

  it('of which nobody can tell how it began may not be one of the customer', () => {
    expect(conversationOf({ source: { delivered_as: 5 }, priority: 'urgent' })).toEqual({
      id: '7',
      createdAt: null,
      p1p2: 'invalid',
      escalated: 'invalid',
      firstResponseSeconds: 'invalid',
      resolutionSeconds: 'invalid',
      ratingRequested: 'invalid',
      rating: 'invalid',
    });
  });

  it.each([
    [{ source: null, first_contact_reply: null }, true],
    [{ source: null, first_contact_reply: { created_at: CREATED } }, false],
    [{ source: null }, false],
    [{ first_contact_reply: null }, false],
    [{ source: { delivered_as: null }, first_contact_reply: null }, false],
  ])('of %j was begun by nobody we know: %j', (over, withoutCustomer) => {
    expect(parse(over)).toMatchObject({ withoutCustomer });
  });

  it.each([
    [{ priority: 5 }, 'invalid', false],
    [{ priority: 5, tags: { tags: [{ name: 'p1' }] } }, true, false],
    [{ tags: { tags: [{ name: 7 }, { name: 'p2' }] } }, true, false],
    [{ tags: 'p1' }, 'invalid', false],
    [{ custom_attributes: [] }, false, 'invalid'],
    [{ custom_attributes: { Escalated: 'true' } }, false, 'invalid'],
    [{ custom_attributes: { Escalated: null } }, false, false],
    [{ team_assignee_id: {} }, false, 'invalid'],
    [{ team_assignee_id: {}, custom_attributes: { Escalated: true } }, false, true],
  ])('of %j: urgent %j, escalated %j', (over, p1p2, escalated) => {
    expect(conversationOf(over)).toMatchObject({ p1p2, escalated });
  });

  it.each([
    [{ company: 'c1' }, { companyId: null, namesCompany: false, ownerUnread: true }],
    [{ company: { id: null } }, { companyId: null, namesCompany: false, ownerUnread: true }],
    [{ contacts: 'k1' }, { ownerUnread: true, contactIds: [] }],
    [{ contacts: { contacts: [{ id: null }, { id: 'k2' }] } }, { ownerUnread: true, contactIds: ['k2'] }],
    [
      { company: { id: 'c1' }, contacts: 'k1' },
      { companyId: 'c1', ownerUnread: false },
    ],
  ])("of %j may be anybody's where nothing else tells", (over, expected) => {
    expect(parse(over)).toMatchObject(expected);
  });

  it.each([[null], [undefined], ['text'], [3], [[]]])('cannot be made of %j', (raw) => {
    expect(parseConversation(raw, SETTINGS)).toBeNull();
  });

  it.each([
    ['intercom', 'c1'],
    ['external', 'crm-9'],
  ] as const)('belongs to its company by the %s id', (kind, id) => {
    const company = { id: 'c1', company_id: 'crm-9' };
    expect(parse({ company }, { ...SETTINGS, company_id: kind })).toMatchObject({
      companyId: id,
      namesCompany: true,
    });
  });

  it('names a company even when that has no id of our kind', () => {
    expect(parse({ company: { id: 'c1' } }, { ...SETTINGS, company_id: 'external' })).toMatchObject({
      companyId: null,
      namesCompany: true,
    });
  });

  it('keeps its contacts in order', () => {
    expect(parse({ contacts: { contacts: [{ id: 'b' }, { id: 'a' }] } })).toMatchObject({
      contactIds: ['b', 'a'],
    });
  });
});

describe('a test of a conversation', () => {
  const tags = (...names: (string | null)[]) => ({ tags: { tags: names.map((name) => ({ name })) } });
  it.each([
    ['urgent of 2.16', { priority: 'urgent' }, [{ priority: ['urgent', 'priority'] }], true],
    ['priority of 2.15', { priority: 'priority' }, [{ priority: ['urgent', 'priority'] }], true],
    ['not_priority of 2.15', { priority: 'not_priority' }, [{ priority: ['urgent', 'priority'] }], false],
    ['no priority', { priority: null }, [{ priority: ['urgent'] }], false],
    ['a tag', tags('billing', 'P1'), [{ tag: ['p1'] }], true],
    ['a tag that only begins alike', tags('p10'), [{ tag: ['p1'] }], false],
    ['a tag without a name', tags(null), [{ tag: ['p1'] }], false],
    ['a team', { team_assignee_id: 77 }, [{ team: ['77'] }], true],
    ['no team', { team_assignee_id: null }, [{ team: ['77'] }], false],
    [
      'a custom attribute',
      { custom_attributes: { Escalated: true } },
      [{ custom_attribute: { name: 'Escalated', equals: true } }],
      true,
    ],
    [
      'a custom attribute of another type',
      { custom_attributes: { Escalated: 'true' } },
      [{ custom_attribute: { name: 'Escalated', equals: true } }],
      'invalid',
    ],
    ['the second of two tests', { priority: 'high' }, [{ tag: ['p1'] }, { priority: ['high'] }], true],
    ['no test at all', { priority: 'high' }, [], false],
  ] as const)('by %s', (_by, conversation, tests, passes) => {
    expect(passesAny(conversation, tests as readonly ConversationTest[])).toBe(passes);
  });
});
