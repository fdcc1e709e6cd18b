import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVERSATION_FIELDS } from './conversation-fields.ts';
import type { View } from './conversation.ts';
import { boundsOf, compile, type Field, type Fields } from './filter.ts';
import { Refusal } from './refusal.ts';
import { baseOf, customer, HOUR, NOW, planned } from './small-base.ts';
import { makeWorkspace } from './workspace.ts';

const ASKED = Math.floor((NOW - 2 * HOUR) / 1_000);
const workspace = makeWorkspace(
  baseOf(
    customer(0, {
      conversations: [
        planned({
          id: '1002',
          priority: 'high',
          tags: ['p1'],
          state: 'closed',
          firstReply: { seconds: 90, measured: true },
          lastClose: { seconds: 900, measured: false },
          rating: 4,
        }),
      ],
    }),
  ),
);
const view: View = { workspace, now: NOW / 1_000, version: 16 };
const [entry] = workspace.entries;
const filter = (field: string, operator: string, value: unknown) => ({ field, operator, value });
const group = (operator: string, ...value: unknown[]) => ({ operator, value });
const created = filter('created_at', '>', 0);

function matches(query: unknown, seen: View = view): boolean {
  if (entry === undefined) throw new Error('the workspace has no conversation');
  return compile(query, CONVERSATION_FIELDS)(entry, seen);
}

function refusal(query: unknown, fields: Fields<never, View> = CONVERSATION_FIELDS): Refusal {
  try {
    compile(query, fields);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a search for conversations finds', () => {
  it.each<[string, unknown, boolean]>([
    ['one created after an earlier second', filter('created_at', '>', ASKED - 1), true],
    ['none created after its own second', filter('created_at', '>', ASKED), false],
    ['one created before a later second', filter('created_at', '<', ASKED + 1), true],
    ['none created before its own second', filter('created_at', '<', ASKED), false],
    ['one created in exactly this second', filter('created_at', '=', ASKED), true],
    ['one whose second comes as text of digits', filter('created_at', '=', String(ASKED)), true],
    ['nothing for milliseconds, and no error', filter('created_at', '>', NOW - 24 * HOUR), false],
    ['one by its id', filter('id', '=', '1002'), true],
    ['one whose id is in a list', filter('id', 'IN', ['1', '1002']), true],
    ['none whose id is in the list of unwanted', filter('id', 'NIN', ['1', '1002']), false],
    ['one by its state, whatever the case', filter('state', '^', 'CLO'), true],
    ['one whose state ends so', filter('state', '$', 'sed'), true],
    ['one that does not contain a text', filter('state', '!~', 'open'), true],
    ['one that is not open', filter('open', '=', false), true],
    ['one by a tag id', filter('tag_ids', '=', '101'), true],
    ['one without another tag id', filter('tag_ids', '!=', '102'), true],
    ['one by a contact', filter('contact_ids', 'IN', ['6762f0d01bb69f9f21930000']), true],
    ['one by how it began', filter('source.delivered_as', '=', 'customer_initiated'), true],
    ['one by a word of its first message', filter('source.body', '=', 'About'), true],
    ['none by two words of its first message', filter('source.body', '=', 'About an'), false],
    ['one by the seconds to the team’s reply', filter('statistics.time_to_admin_reply', '<', 91), true],
    ['one by the moment of its close', filter('statistics.last_close_at', '=', ASKED + 900), true],
    ['none by an unmeasured time to close', filter('statistics.time_to_last_close', '>', 0), false],
    ['one whose time to close is null', filter('statistics.time_to_last_close', '=', null), true],
    ['one by its score', filter('conversation_rating.score', '>', 3), true],
    ['one that fits all filters', group('AND', created, filter('state', '=', 'closed')), true],
    ['none that fits only one of all filters', group('AND', created, filter('state', '=', 'open')), false],
    ['one that fits either filter', group('OR', filter('state', '=', 'open'), created), true],
    [
      'one that fits a group of groups',
      group('AND', group('OR', created, filter('open', '=', true)), group('OR', created)),
      true,
    ],
  ])('%s', (_what, query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it('the priority in the words of the version', () => {
    expect(matches(filter('priority', '=', 'high'))).toBe(true);
    expect(matches(filter('priority', '=', 'priority'))).toBe(false);
    expect(matches(filter('priority', '=', 'priority'), { ...view, version: 15 })).toBe(true);
  });
});

describe('a search for conversations refuses', () => {
  it.each<[string, unknown, string, string]>([
    ['a company, in any spelling', filter('company.id', '=', 'x'), 'parameter_invalid', 'company.id'],
    ['our own company id', filter('company_id', '=', 'x'), 'parameter_invalid', 'company_id'],
    [
      'a custom attribute',
      filter('custom_attributes.Escalated', '=', true),
      'parameter_invalid',
      'custom_attributes.Escalated',
    ],
    [
      'a rating under its payload name',
      filter('conversation_rating.rating', '=', 4),
      'parameter_invalid',
      'conversation_rating.rating',
    ],
    ['an unknown field', filter('colour', '=', 'red'), 'parameter_invalid', 'colour'],
    ['a field that is no text', { field: 7, operator: '=', value: 1 }, 'parameter_invalid', 'field'],
    ['an unknown operator', filter('id', 'LIKE', '1'), 'parameter_invalid', 'id'],
    [
      'at least, which conversations do not know',
      filter('created_at', '>=', 1),
      'parameter_invalid',
      'created_at',
    ],
    ['greater than for a text', filter('state', '>', 'a'), 'parameter_invalid', 'state'],
    ['contains for a number', filter('created_at', '~', '17'), 'parameter_invalid', 'created_at'],
    ['less than for yes and no', filter('open', '<', true), 'parameter_invalid', 'open'],
    ['a filter without an operator', { field: 'id', value: '1' }, 'parameter_invalid', 'id'],
    ['a word for a date', filter('created_at', '>', 'foorbar'), 'type_mismatch', 'created_at'],
    ['an ISO date', filter('created_at', '>', '2026-10-01T00:00:00Z'), 'type_mismatch', 'created_at'],
    ['half a second', filter('created_at', '>', 1.5), 'type_mismatch', 'created_at'],
    ['a number for a text', filter('id', '=', 1002), 'type_mismatch', 'id'],
    ['a text for yes or no', filter('open', '=', 'true'), 'type_mismatch', 'open'],
    ['a word for a number', filter('admin_assignee_id', '=', 'me'), 'type_mismatch', 'admin_assignee_id'],
    ['nothing to compare with', { field: 'created_at', operator: '>' }, 'type_mismatch', 'created_at'],
    ['a list for equals', filter('id', '=', ['1']), 'type_mismatch', 'id'],
    ['one value for a list', filter('id', 'IN', '1'), 'type_mismatch', 'id'],
    ['an empty list', filter('id', 'IN', []), 'type_mismatch', 'id'],
    ['a list of mixed types', filter('id', 'IN', ['1', 2]), 'type_mismatch', 'id'],
    ['a query that is a list', [created], 'parameter_invalid', 'query'],
    ['a query that is null', null, 'parameter_invalid', 'query'],
    ['a group that is neither AND nor OR', group('NOT', created), 'parameter_invalid', 'operator'],
    ['an empty group', group('AND'), 'parameter_invalid', 'value'],
    [
      'a group of one filter without a list',
      { operator: 'AND', value: created },
      'parameter_invalid',
      'value',
    ],
    ['three nested groups', group('AND', group('OR', group('AND', created))), 'parameter_invalid', 'query'],
    [
      '16 filters in a group',
      group('AND', ...Array<unknown>(16).fill(created)),
      'parameter_invalid',
      'query',
    ],
    ['a filter with something more', { ...created, boost: 2 }, 'parameter_invalid', 'boost'],
  ])('%s', (_what, query, code, field) => {
    expect(refusal(query)).toMatchObject({ status: 400, code, field });
  });

  it('no group of 15 filters', () => {
    expect(matches(group('AND', ...Array<unknown>(15).fill(created)))).toBe(true);
  });
});

describe('a date that is compared by day', () => {
  const DAY = 86_400;
  const dated: Field<number, null> = { type: 'date', read: (row) => row, byDay: true };
  const days = new Map([['at', dated]]);
  const fits = (operator: string, value: number, row: number) =>
    compile<number, null>(filter('at', operator, value), days)(row, null);
  it.each([
    ['=', 9 * 3_600, 0, true],
    ['=', 9 * 3_600, DAY - 1, true],
    ['=', 9 * 3_600, DAY, false],
    ['>', 9 * 3_600, DAY - 1, false],
    ['>', 9 * 3_600, DAY, true],
    ['<', DAY + 9 * 3_600, DAY - 1, true],
    ['<', DAY + 9 * 3_600, DAY, false],
  ])('%s %i s finds second %i: %s', (operator, value, row, expected) => {
    expect(fits(operator, value, row)).toBe(expected);
  });
});

describe('the bounds of a query', () => {
  it.each([
    ['one filter', created, { above: 0, below: Infinity }],
    ['digits as text', filter('created_at', '<', '9'), { above: -Infinity, below: 9 }],
    [
      'a group of which every filter must hold',
      group('AND', filter('created_at', '>', 3), created, group('AND', filter('created_at', '<', 9))),
      { above: 3, below: 9 },
    ],
    ['another field', filter('updated_at', '>', 3), { above: -Infinity, below: Infinity }],
    ['either of two', group('OR', created, created), { above: -Infinity, below: Infinity }],
    ['another operator', filter('created_at', '!=', 3), { above: -Infinity, below: Infinity }],
  ])('of %s', (_, query, bounds) => {
    expect(boundsOf(query, 'created_at')).toEqual(bounds);
  });

  it('hold every row that the query finds', () => {
    const at: Field<number, null> = { type: 'date', read: (row) => row };
    const fields = new Map([['at', at]]);
    const one = fc
      .tuple(fc.constantFrom('>', '<', '=', '!='), fc.integer({ min: 0, max: 9 }))
      .map(([operator, value]): unknown => filter('at', operator, value));
    const list = fc.array(one, { minLength: 1, maxLength: 3 });
    const inner = fc
      .tuple(fc.constantFrom('AND', 'OR'), list)
      .map(([operator, value]) => group(operator, ...value));
    const outer = fc
      .tuple(fc.constantFrom('AND', 'OR'), fc.array(fc.oneof(one, inner), { minLength: 1, maxLength: 3 }))
      .map(([operator, value]) => group(operator, ...value));
    fc.assert(
      fc.property(fc.oneof(one, inner, outer), (query) => {
        const { above, below } = boundsOf(query, 'at');
        const finds = compile<number, null>(query, fields);
        for (let row = 0; row < 10; row++)
          expect(finds(row, null) && (row <= above || row >= below)).toBe(false);
      }),
    );
  });
});
