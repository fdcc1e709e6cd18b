import { describe, expect, it } from 'vitest';
import { parseMoves } from './moves.ts';
import { parseIssue, problemsOf } from './parse.ts';

const issue = (fields: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => ({
  id: '10001',
  key: 'ABC-1',
  fields: {
    created: '2026-10-03T09:14:05.000+0000',
    project: { key: 'ABC' },
    status: { id: '3', name: 'In Progress' },
    priority: null,
    components: [],
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
      priority: { id: null, name: 'Highest' },
      state: { id: '3', name: 'In Progress' },
      resolvedAt: null,
      categorySince: null,
      updatedAt: null,
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
    [{ id: '1' }, { id: '1', name: null }],
    [null, null],
  ])('by its resolution %j has the state %j', (resolution, state) => {
    expect(parseIssue(issue({ resolution }), 'resolution')).toMatchObject({ state });
  });

  it.each([
    ['created', 'createdAt', { created: 'yesterday' }],
    ['created', 'createdAt', { created: null }],
    ['status', 'state', { status: null }],
    ['status', 'state', { status: 'Done' }],
    ['priority', 'priority', { priority: 'High' }],
    ['components', 'components', { components: 'API' }],
  ])('with an impossible %s keeps everything but its %s, and says so', (field, part, fields) => {
    const good = { ...parseIssue(issue(), 'status') };
    const read = parseIssue(issue(fields), 'status');
    expect(read).toEqual({
      ...good,
      [part]: expect.objectContaining({ bad: expect.any(String) as string }) as unknown,
    });
    expect(read && problemsOf(read)).toEqual([expect.stringContaining(`field fields.${field}`)]);
  });

  it('whose project cannot be read is where its key says', () => {
    expect(parseIssue(issue({ project: null }), 'status')).toMatchObject({ projectKey: 'ABC' });
    expect(parseIssue(issue({ project: null }, { key: null }), 'status')).toMatchObject({ projectKey: null });
  });

  it.each([[null], [undefined], [7], ['x'], [{}], [{ id: null, fields: {} }]])(
    'cannot be made of %j',
    (raw) => {
      expect(parseIssue(raw, 'status')).toBeNull();
    },
  );

  it.each([
    ['whose count says more', { histories: [], total: 3 }],
    ['that is not the last page', { histories: [], total: 0, isLast: false }],
    ['without histories', {}],
  ])('with an embedded history %s keeps its other fields', (_what, changelog) => {
    expect(parseIssue(issue({}, { changelog }), 'status')).toMatchObject({
      createdAt: Date.parse('2026-10-03T09:14:05Z'),
      moves: { bad: expect.stringContaining('changelog') as string },
    });
  });
});

describe('the moves of an issue', () => {
  const state = (id: string) => ({ id, name: null });
  const item = (from: string | null, to: string | null) => ({ field: 'status', fieldId: 'status', from, to });

  it.each([
    ['text', '2026-10-05T12:00:00.000+0000', Date.parse('2026-10-05T12:00:00Z')],
    ['seconds', 1_791_201_600, 1_791_201_600_000],
    ['milliseconds', 1_791_201_600_000, 1_791_201_600_000],
  ])('are dated by %s', (_kind, created, at) => {
    expect(parseMoves([{ created, items: [item('1', '3')] }], 'status')).toEqual([
      { at, from: state('1'), to: state('3') },
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
      { at: 10_000, from: state('1'), to: state('3') },
      { at: 20_000, from: state('3'), to: state('5') },
    ]);
  });

  it('know an item by its name where it has no field id, as in Data Center', () => {
    const histories = [{ created: 10, items: [{ field: 'resolution', from: null, to: '1' }] }];
    expect(parseMoves(histories, 'resolution')).toEqual([{ at: 10_000, from: null, to: state('1') }]);
  });

  it('have names where they have no ids', () => {
    const named = { field: 'status', from: '1', fromString: 'Open', to: null, toString: 'Done' };
    expect(parseMoves([{ created: 10, items: [named] }], 'status')).toEqual([
      { at: 10_000, from: { id: '1', name: 'Open' }, to: { id: null, name: 'Done' } },
    ]);
  });

  it.each([
    [{ created: 'soon', items: [item('1', '3')] }],
    [{ created: 1 }],
    [{ created: 1, items: [null] }],
    [{ created: 1, items: [{ field: 'status', from: {}, to: '1' }] }],
    [null],
  ])('cannot be told from %j', (history) => {
    expect(parseMoves([history], 'status')).toHaveProperty('bad');
  });

  it('are not spoilt by a broken change of another field', () => {
    const other = { field: 'assignee', from: {}, to: [] };
    expect(parseMoves([{ created: 'soon', items: [other] }], 'status')).toEqual([]);
  });
});
