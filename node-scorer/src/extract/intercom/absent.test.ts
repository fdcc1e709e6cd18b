/** A field that one conversation lacks and others of the same answer have was lost: it is not "none". */
import { describe, expect, it } from 'vitest';
import type { IntercomSource } from './settings.ts';
import type { Conversation } from '../../facts/index.ts';
import { account, INSIDE, page, read, SETTINGS } from './read-in-test.ts';

const TESTS: IntercomSource = {
  ...SETTINGS,
  p1_p2: [{ priority: ['urgent'] }],
  escalation: [{ tag: ['escalated'] }],
};
const BY_ATTRIBUTE: IntercomSource = {
  ...TESTS,
  escalation: [{ custom_attribute: { name: 'Escalated', equals: true } }],
};
const BY_TEAM: IntercomSource = { ...TESTS, escalation: [{ team: ['77'] }] };

const whole = (id: number, over: object = {}) => ({
  id: String(id),
  created_at: INSIDE + id,
  state: 'closed',
  priority: 'urgent',
  company: { id: 'c1' },
  contacts: { contacts: [{ id: 'k1' }] },
  tags: { tags: [{ name: 'escalated' }] },
  team_assignee_id: 77,
  custom_attributes: { Escalated: true },
  source: { delivered_as: 'customer_initiated' },
  statistics: { time_to_admin_reply: 60, time_to_last_close: 600 },
  conversation_rating: { rating: 1, created_at: INSIDE },
  ...over,
});
const without = (field: string, over: object = {}) =>
  Object.fromEntries(Object.entries(whole(2, over)).filter(([name]) => name !== field));

const readAll = (conversations: unknown[], settings = TESTS) =>
  read(
    [account('A', 'c1')],
    ({ path }) => {
      if (path === '/tags') return { data: [{ name: 'escalated' }] };
      if (path === '/teams') return { teams: [{ id: '77', name: 'Second line' }] };
      if (path === '/conversations/attributes')
        return { data: [{ name: 'Escalated', data_type: 'boolean' }] };
      if (path === '/contacts/k1') return { companies: { data: [{ id: 'c1' }], total_count: 1 } };
      return page(conversations);
    },
    settings,
  ).extraction;
const second = async (conversations: unknown[], settings = TESTS): Promise<unknown> => {
  const { facts } = await readAll(conversations, settings);
  return (facts.get('A') as { known: Conversation[] }).known.find(({ id }) => id === '2');
};

const CASES: [string, IntercomSource, Partial<Record<keyof Conversation, unknown>>][] = [
  ['tags', TESTS, { escalated: 'invalid', p1p2: true, firstResponseSeconds: 60, rating: 1 }],
  ['priority', TESTS, { p1p2: 'invalid', escalated: true }],
  ['team_assignee_id', BY_TEAM, { escalated: 'invalid', p1p2: true }],
  ['custom_attributes', BY_ATTRIBUTE, { escalated: 'invalid', p1p2: true }],
  ['statistics', TESTS, { firstResponseSeconds: 'invalid', resolutionSeconds: 'invalid', p1p2: true }],
  ['conversation_rating', TESTS, { ratingRequested: 'invalid', rating: 'invalid', p1p2: true }],
  ['source', TESTS, { createdAt: null, p1p2: 'invalid', escalated: 'invalid', rating: 'invalid' }],
];

describe('a conversation without a field', () => {
  it.each(CASES)(
    '%s that others have has lost what it tells, and is counted in a note',
    async (field, settings, lost) => {
      const records = [whole(1), without(field), whole(3)];
      expect(await second(records, settings)).toMatchObject(lost);
      const { notes } = await readAll(records, settings);
      expect(notes.map(({ code, accountId }) => [code, accountId])).toEqual([
        ['bad_record', undefined],
        ['unread_fields', 'A'],
      ]);
      expect(notes[0]?.message).toBe(
        `conversation 2: field ${field}: is missing, where other conversations have it`,
      );
      expect(notes[1]?.message).toMatch(/^1 of 3 conversations /);
    },
  );

  it.each(CASES)('%s that no other has either is as it always was', async (field, settings) => {
    const { facts, notes } = await readAll([without(field), { ...without(field), id: '3' }], settings);
    expect(JSON.stringify(facts.get('A'))).not.toContain('invalid');
    expect(notes.map(({ code }) => code).filter((code) => /bad|unread/.test(code))).toEqual([]);
  });

  it.each(CASES)('%s that others have as null was cut all the same', async (field, settings, lost) => {
    expect(await second([whole(1, { [field]: null }), without(field)], settings)).toMatchObject(lost);
  });

  it('that nobody looks at has lost nothing', async () => {
    const { notes } = await readAll([
      whole(1),
      without('team_assignee_id'),
      { ...without('custom_attributes'), id: '3' },
    ]);
    expect(notes).toEqual([]);
  });

  it("contacts that others have, and without a company, may be anybody's: a failed read", async () => {
    const nameless = { company: null };
    const records = [whole(1, nameless), without('contacts', nameless)];
    await expect(readAll(records)).rejects.toMatchObject({ code: 'SOURCE_UNEXPECTED' });
    const named = await readAll([whole(1), without('contacts')]);
    expect(named.notes).toEqual([]);
  });

  it('keeps what else cannot be told of it: a test that nobody could ask, and a field that is broken', async () => {
    const unknown = { ...TESTS, escalation: [{ tag: ['nowhere'] }] };
    expect(await second([whole(1), without('tags')], unknown)).toMatchObject({ escalated: 'unknown_name' });
    const broken = without('tags', { statistics: 'none' });
    expect(await second([whole(1), broken])).toMatchObject({
      escalated: 'invalid',
      firstResponseSeconds: 'invalid',
    });
  });
});

describe('a conversation that says neither how it began nor that a customer ever wrote', () => {
  it.each([
    ['', whole(2, { source: null, first_contact_reply: null })],
    [' and lacks a field', without('statistics', { source: null, first_contact_reply: null })],
  ])('is not counted, and told%s', async (_what, nobody) => {
    const records = [whole(1), nobody];
    const { facts, notes } = await readAll(records);
    expect((facts.get('A') as { known: Conversation[] }).known.map(({ id }) => id)).toEqual(['1']);
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'no_customer',
        message: expect.stringContaining('conversation 2 says neither how it began') as string,
      }),
    );
  });
});
