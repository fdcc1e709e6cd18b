/** Names that match nothing are not zeros. */
import { OCTOBER } from '../../facts/october-in-test.ts';
import { describe, expect, it } from 'vitest';
import type { ConversationTest, IntercomSource } from './settings.ts';
import { formatProblem, ScorerError } from '../../errors.ts';
import { readMetrics } from '../../metrics/catalogue.ts';
import { account, INSIDE, page, read, SETTINGS } from './read-in-test.ts';
import { readNames } from './names.ts';
import type { NameCalls } from './name-calls.ts';

const LISTS: NameCalls = {
  tags: () => Promise.resolve(['Escalation – L2', 'billing']),
  teams: () => Promise.resolve([{ id: '5017602', name: 'Escalations' }]),
  attributes: () =>
    Promise.resolve([
      { name: 'Is escalated', type: 'boolean', options: [] },
      { name: 'Severity', type: 'list', options: ['P1', 'P2'] },
      { name: 'Score', type: 'integer', options: [] },
    ]),
  priorities: ['none', 'low', 'medium', 'high', 'urgent'],
};

const attribute = (name: string, equals: string | number | boolean): ConversationTest => ({
  custom_attribute: { name, equals },
});

async function judged(tests: readonly ConversationTest[], lists: Partial<NameCalls> = {}) {
  const settings = { p1_p2: [{ priority: ['urgent'] }], escalation: tests };
  const { unknown, unasked, hidden } = await readNames({ ...LISTS, ...lists }, settings);
  return { told: unknown.map(formatProblem), costs: unknown.flatMap(({ costs }) => costs), unasked, hidden };
}

describe('a test of conversations', () => {
  it.each<[string, ConversationTest[], string]>([
    ['a tag', [{ tag: ['escalated'] }], 'the tag "escalated"'],
    ['two tags', [{ tag: ['l2', 'l3'] }], 'the tag "l3"'],
    ['a tag that is written otherwise', [{ tag: ['escalation'] }], 'did you mean "Escalation – L2"?'],
    ['an attribute', [attribute('Escalated', true)], 'did you mean "Is escalated"?'],
    ['an option', [attribute('Severity', 'P3')], 'the value of the list attribute "Severity" "P3"'],
    ['an option in another case', [attribute('Severity', 'p1')], 'did you mean "P1"?'],
    ['a value of another type', [attribute('Severity', true)], '"true"'],
    ['a text for a number', [attribute('Score', '5')], 'the value of the integer attribute "Score" "5"'],
    ['a team by its name', [{ team: ['escalations'] }], 'did you mean "5017602"?'],
    ['a priority', [{ priority: ['Sev1'] }], 'the priority "Sev1"'],
    ['a priority of older versions', [{ priority: ['priority'] }], 'the priority "priority"'],
    ['several kinds', [{ tag: ['escalated'] }, attribute('Escalated', true)], 'the attribute "Escalated"'],
  ])('by %s that the workspace does not know is not asked, and told', async (_what, tests, said) => {
    const { told, costs, unasked } = await judged(tests);
    expect(unasked.get('escalation')).toBe('unknown_name');
    expect(told.join('\n')).toContain(said);
    expect(told[0]).toMatch(/^sources\.yaml intercom\.escalation\[0\]\./);
    expect(new Set(costs)).toEqual(new Set(['escalation_pct']));
  });

  it.each<[string, ConversationTest[], number]>([
    ['one of two tags', [{ tag: ['BILLING', 'escalated'] }], 1],
    ['one of two tests', [{ tag: ['escalated'] }, attribute('Is escalated', true)], 1],
    ['an option', [attribute('Severity', 'P1')], 0],
    ['a number', [attribute('Score', 5)], 0],
    ['a team', [{ team: ['5017602'] }], 0],
    ['the words of both versions', [{ priority: ['urgent', 'priority'] }], 0],
  ])('by %s that the workspace knows is asked; the others are told', async (_what, tests, count) => {
    const { told, costs, unasked } = await judged(tests);
    expect([unasked.get('escalation'), told.length, costs]).toEqual([undefined, count, []]);
  });

  it('by nothing is not configured', async () => {
    expect((await judged([])).unasked.get('escalation')).toBe('not_configured');
  });

  it('by names that we may not see has no permission', async () => {
    const refused = new ScorerError('SOURCE_REFUSED', 'status 403', { vendorStatus: 403 });
    const { unasked, hidden } = await judged([{ tag: ['escalated'] }], {
      tags: () => Promise.reject(refused),
    });
    expect([unasked.get('escalation'), hidden]).toEqual(['no_permission', ['tags: status 403']]);
  });

  it('fails with the list of names', async () => {
    const down = new ScorerError('SOURCE_DOWN', 'status 503');
    await expect(judged([{ tag: ['x'] }], { tags: () => Promise.reject(down) })).rejects.toBe(down);
  });
});

describe('a month whose tests name nothing that the workspace knows', () => {
  const settings: IntercomSource = { ...SETTINGS, escalation: [{ tag: ['escalated'] }] };
  const conversation = (id: string, tag: string) => ({
    id,
    created_at: INSIDE,
    company: { id: 'c1' },
    tags: { tags: [{ name: tag }] },
  });
  const readings = async (tag: string, tags: readonly string[]) => {
    const { extraction } = read(
      [account('A', 'c1')],
      ({ path }) =>
        path === '/tags'
          ? { type: 'list', data: tags.map((name) => ({ type: 'tag', id: name, name })) }
          : page([conversation('1', tag), conversation('2', 'billing')]),
      settings,
    );
    const { facts, notes } = await extraction;
    const nothing = { missing: 'not_configured' } as const;
    const intercom = facts.get('A') ?? nothing;
    const all = { intercom, jira: nothing, looker: nothing, salesforce: nothing };
    return { readings: readMetrics(all, OCTOBER), notes };
  };

  it('has no share of escalations, and says why', async () => {
    const { readings: own, notes } = await readings('Escalation – L2', ['Escalation – L2', 'billing']);
    expect(own).toMatchObject({
      total_conversations: { value: 2 },
      p1_p2_pct: { value: 0 },
      escalation_pct: { value: null, missing: 'unknown_name' },
    });
    expect(notes).toEqual([expect.objectContaining({ code: 'unknown_name' })]);
    expect(notes[0]?.message).toMatch(
      /the tag "escalated".*did you mean "Escalation – L2".*no escalation_pct/,
    );
  });

  it('is asked all the same where a conversation carries the name', async () => {
    const { readings: own } = await readings('escalated', ['billing']);
    expect(own['escalation_pct']).toEqual({ value: 50 });
  });
});
