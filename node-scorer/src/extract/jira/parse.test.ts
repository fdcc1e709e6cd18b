import { describe, expect, it } from 'vitest';
import { parseIssue, parseMoves } from './parse.ts';

const issue = (fields: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => ({
  id: '10001',
  key: 'ABC-1',
  fields: {
    created: '2026-10-03T09:14:05.000+0000',
    project: { key: 'ABC' },
    status: { id: '3', name: 'In Progress' },
    ...fields,
  },
  ...over,
});

describe('an issue', () => {
  it('is read from text and numbers as Jira writes them', () => {
    expect(
      parseIssue(
        issue({ priority: { name: 'Highest' }, components: [{ name: 'API' }, { name: null }] }),
        'status',
      ),
    ).toEqual({
      id: '10001',
      createdAt: Date.parse('2026-10-03T09:14:05Z'),
      projectKey: 'ABC',
      components: ['API'],
      priority: 'Highest',
      state: '3',
      moves: null,
    });
  });

  it.each([
    ['no priority', { priority: null }, { priority: null }],
    ['no components', { components: null }, { components: [] }],
    [
      'a time in another zone',
      { created: '2026-10-03T19:14:05.000+1000' },
      { createdAt: Date.parse('2026-10-03T09:14:05Z') },
    ],
  ])('with %s is read', (_what, fields, expected) => {
    expect(parseIssue(issue(fields), 'status')).toMatchObject(expected);
  });

  it.each([
    [{ id: '1' }, '1'],
    [null, null],
  ])('by its resolution %j has the state %j', (resolution, state) => {
    expect(parseIssue(issue({ resolution }), 'resolution')).toMatchObject({ state });
  });

  it.each([
    ['created', { created: 'yesterday' }],
    ['created', { created: null }],
    ['project', { project: null }],
    ['status', { status: null }],
  ])('with an impossible %s is bad and says so', (field, fields) => {
    expect(parseIssue(issue(fields), 'status')).toMatchObject({
      bad: expect.stringContaining(`issue 10001: field fields.${field}`) as string,
    });
  });

  it.each([[null], [undefined], [7], ['x'], [{}], [{ id: '1', fields: null }]])(
    'cannot be made of %j',
    (raw) => {
      expect(parseIssue(raw, 'status')).toHaveProperty('bad');
    },
  );

  it('whose embedded history was cut off is bad: its oldest moves would be missing', () => {
    expect(parseIssue(issue({}, { changelog: { histories: [], total: 3 } }), 'status')).toMatchObject({
      bad: expect.stringContaining('is incomplete') as string,
    });
  });
});

describe('the moves of an issue', () => {
  const item = (from: string | null, to: string | null) => ({ field: 'status', fieldId: 'status', from, to });

  it.each([
    ['text', '2026-10-05T12:00:00.000+0000', Date.parse('2026-10-05T12:00:00Z')],
    ['seconds', 1_791_201_600, 1_791_201_600_000],
    ['milliseconds', 1_791_201_600_000, 1_791_201_600_000],
  ])('are dated by %s', (_kind, created, at) => {
    expect(parseMoves([{ created, items: [item('1', '3')] }], 'status')).toEqual([
      { at, from: '1', to: '3' },
    ]);
  });

  it('come oldest first, of the one field only', () => {
    expect(
      parseMoves(
        [
          {
            created: 20,
            items: [item('3', '5'), { field: 'assignee', fieldId: 'assignee', from: 'a', to: 'b' }],
          },
          { created: 10, items: [item('1', '3')] },
        ],
        'status',
      ),
    ).toEqual([
      { at: 10_000, from: '1', to: '3' },
      { at: 20_000, from: '3', to: '5' },
    ]);
  });

  it('know an item by its name where it has no field id, as in Data Center', () => {
    const histories = [{ created: 10, items: [{ field: 'resolution', from: null, to: '1' }] }];
    expect(parseMoves(histories, 'resolution')).toEqual([{ at: 10_000, from: null, to: '1' }]);
  });

  it.each([[{ created: 'soon', items: [] }], [{ created: 1 }], [null]])(
    'cannot be told from %j',
    (history) => {
      expect(parseMoves([history], 'status')).toHaveProperty('bad');
    },
  );
});
