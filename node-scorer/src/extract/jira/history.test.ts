import { describe, expect, it } from 'vitest';
import { OCTOBER } from '../../facts/october-in-test.ts';
import { bugAt } from './history.ts';
import type { KeyedMove as Move } from './states.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const isDone = (status: string | null): boolean => status === 'done' || status === 'closed';

const move = (day: string, from: string, to: string): Move => ({ at: at(day), from, to });

const bug = (state: string, moves: readonly Move[], created = '2026-08-01') =>
  bugAt({ id: '1', createdAt: at(created), critical: false }, state, moves, OCTOBER, isDone);

describe('a bug at the end of October', () => {
  it.each([
    ['open, never moved', bug('open', []), false, null, false],
    ['created done', bug('done', []), true, '2026-08-01', false],
    ['done in October', bug('done', [move('2026-10-05', 'open', 'done')]), true, '2026-10-05', false],
    ['done in September', bug('done', [move('2026-09-05', 'open', 'done')]), true, '2026-09-05', false],
    ['done in November, open before', bug('done', [move('2026-11-02', 'open', 'done')]), false, null, false],
    [
      'reopened in November, done before',
      bug('open', [move('2026-10-05', 'open', 'done'), move('2026-11-02', 'done', 'open')]),
      true,
      '2026-10-05',
      false,
    ],
    [
      'reopened in October and still open',
      bug('open', [move('2026-09-05', 'open', 'done'), move('2026-10-05', 'done', 'open')]),
      false,
      null,
      true,
    ],
    [
      'reopened in October and done again',
      bug('done', [
        move('2026-09-05', 'open', 'done'),
        move('2026-10-05', 'done', 'open'),
        move('2026-10-09', 'open', 'done'),
      ]),
      true,
      '2026-10-09',
      true,
    ],
    [
      'reopened in September',
      bug('open', [move('2026-09-05', 'open', 'done'), move('2026-09-06', 'done', 'open')]),
      false,
      null,
      false,
    ],
    [
      'moved from one done state to another: resolved the first time',
      bug('closed', [move('2026-10-05', 'open', 'done'), move('2026-10-20', 'done', 'closed')]),
      true,
      '2026-10-05',
      false,
    ],
    [
      'first seen in a done state that its history tells of',
      bug('open', [move('2026-10-05', 'done', 'open')]),
      false,
      null,
      true,
    ],
  ])('%s', (_story, read, doneAtEnd, resolvedOn, reopenedInWindow) => {
    expect(read).toMatchObject({
      doneAtEnd,
      resolvedAt: resolvedOn === null ? null : at(resolvedOn),
      reopenedInWindow,
    });
  });

  it('that an import dates as done before its creation was resolved at once', () => {
    const read = bug('done', [move('2026-07-01', 'open', 'done')], '2026-08-01');
    expect(read.resolvedAt).toBe(at('2026-08-01'));
  });

  it('takes a move in the first instant of the window in and one in the first instant after it out', () => {
    const edges: Move[] = [
      { at: OCTOBER.start, from: 'done', to: 'open' },
      { at: OCTOBER.end, from: 'open', to: 'done' },
    ];
    expect(bug('done', edges)).toMatchObject({ doneAtEnd: false, resolvedAt: null, reopenedInWindow: true });
  });

  it('counts an empty resolution as not done where the resolution decides', () => {
    const moves: Move[] = [{ at: at('2026-10-05'), from: null, to: '1' }];
    const read = bugAt(
      { id: '1', createdAt: 0, critical: true },
      '1',
      moves,
      OCTOBER,
      (state) => state !== null,
    );
    expect(read).toMatchObject({ doneAtEnd: true, resolvedAt: at('2026-10-05'), critical: true });
  });
});
