import { describe, expect, it } from 'vitest';
import type { Bug } from '../facts/index.ts';
import { OCTOBER } from '../facts/october-in-test.ts';
import { BUGS } from './bugs.ts';
import type { Facts } from './define-metric.ts';

const at = (iso: string): number => Date.parse(`${iso}Z`);

const bug = (over: Partial<Bug> = {}): Bug => ({
  id: '10001',
  createdAt: at('2026-08-05T10:00:00'),
  critical: false,
  doneAtEnd: false,
  resolvedAt: null,
  reopenedInWindow: false,
  ...over,
});

const resolved = (createdAt: string, resolvedAt: string): Bug =>
  bug({ createdAt: at(createdAt), resolvedAt: at(resolvedAt), doneAtEnd: true });

const read = (id: string, bugs: readonly Bug[], criticalMissing: 'unknown_name' | null = null) => {
  const facts: Facts = {
    intercom: { missing: 'not_mapped' },
    jira: { known: { bugs, criticalMissing } },
    looker: { missing: 'not_mapped' },
    salesforce: { missing: 'not_mapped' },
  };
  return BUGS.find((metric) => metric.id === id)?.read(facts, OCTOBER);
};

describe('bug metrics', () => {
  it.each([
    [
      'open_bugs',
      [bug(), bug({ critical: true }), resolved('2026-10-01T00:00:00', '2026-10-02T00:00:00')],
      2,
    ],
    ['critical_bugs', [bug({ critical: true }), bug({ critical: true, doneAtEnd: true, resolvedAt: 1 })], 1],
    ['reopened_bugs', [bug({ reopenedInWindow: true }), bug()], 1],
    [
      'avg_resolution_days',
      [
        resolved('2026-10-01T00:00:00', '2026-10-02T12:00:00'),
        resolved('2026-09-30T00:00:00', '2026-10-01T00:00:00'),
        resolved('2026-09-01T00:00:00', '2026-09-30T23:59:59'),
      ],
      1.25,
    ],
    [
      'bug_trend',
      [bug({ createdAt: at('2026-10-31T23:59:59') }), bug({ createdAt: at('2026-10-02T00:00:00') })],
      2,
    ],
    [
      'bug_trend',
      [
        resolved('2026-09-01T00:00:00', '2026-10-05T00:00:00'),
        resolved('2026-10-02T00:00:00', '2026-10-05T00:00:00'),
      ],
      0.5,
    ],
    ['bug_trend', [resolved('2026-09-01T00:00:00', '2026-10-05T00:00:00')], 0],
  ] as const)('%s of case %# is %d', (id, bugs, value) => {
    const expected = read(id, bugs);
    expect(expected).toEqual({ value: expect.closeTo(value, 6) as number });
  });

  it.each([
    ['open_bugs', { value: 0 }],
    ['critical_bugs', { value: 0 }],
    ['reopened_bugs', { value: 0 }],
    ['avg_resolution_days', { value: null, missing: 'no_activity' }],
    ['bug_trend', { value: null, missing: 'no_activity' }],
  ])('of a mapped project without bugs: %s is %j', (id, reading) => {
    expect(read(id, [])).toEqual(reading);
  });

  it('count a bug resolved in the last instant before the window as resolved earlier', () => {
    expect(read('bug_trend', [resolved('2026-09-01T00:00:00', '2026-09-30T23:59:59')])).toEqual({
      value: null,
      missing: 'no_activity',
    });
  });

  it('take the first instant of the window in and the first instant after it out', () => {
    const bugs = [bug({ createdAt: OCTOBER.start }), bug({ createdAt: OCTOBER.end })];
    expect(read('bug_trend', bugs)).toEqual({ value: 1 });
  });

  const lostEnd = bug({ doneAtEnd: 'unreadable', resolvedAt: 'unreadable', reopenedInWindow: 'unreadable' });
  const INVALID = { value: null, missing: 'invalid' };
  it.each([
    ['history', 'open_bugs', [bug(), lostEnd], INVALID],
    ['history', 'reopened_bugs', [bug(), lostEnd], INVALID],
    [
      'history',
      'avg_resolution_days',
      [resolved('2026-10-01T00:00:00', '2026-10-02T00:00:00'), lostEnd],
      INVALID,
    ],
    ['history of a critical bug', 'critical_bugs', [{ ...lostEnd, critical: true }], INVALID],
    [
      'history of one that is not critical',
      'critical_bugs',
      [bug({ critical: true }), lostEnd],
      { value: 1 },
    ],
    ['priority of an open bug', 'critical_bugs', [bug({ critical: 'unreadable' })], INVALID],
    ['priority of an open bug', 'open_bugs', [bug({ critical: 'unreadable' })], { value: 1 }],
    [
      'priority of a bug that is done',
      'critical_bugs',
      [{ ...resolved('2026-10-01T00:00:00', '2026-10-02T00:00:00'), critical: 'unreadable' as const }],
      { value: 0 },
    ],
    ['creation', 'bug_trend', [bug({ createdAt: 'unreadable' })], INVALID],
    ['creation', 'open_bugs', [bug({ createdAt: 'unreadable' })], { value: 1 }],
    [
      'creation of one that was resolved in the window',
      'avg_resolution_days',
      [bug({ createdAt: 'unreadable', doneAtEnd: true, resolvedAt: at('2026-10-05T00:00:00') })],
      INVALID,
    ],
    [
      'creation of one that was resolved before the window',
      'avg_resolution_days',
      [bug({ createdAt: 'unreadable', doneAtEnd: true, resolvedAt: at('2026-09-05T00:00:00') })],
      { value: null, missing: 'no_activity' },
    ],
    // One resolved bug less makes the pile look larger, never smaller.
    ['history', 'bug_trend', [bug({ createdAt: at('2026-10-05T00:00:00') }), lostEnd], { value: 1 }],
  ] as const)('that lost the %s: %s', (_field, id, bugs, reading) => {
    expect(read(id, bugs)).toEqual(reading);
  });

  it('are missing, and no zero, where no configured priority exists', () => {
    expect(read('critical_bugs', [bug()], 'unknown_name')).toEqual({ value: null, missing: 'unknown_name' });
    expect(read('open_bugs', [bug()], 'unknown_name')).toEqual({ value: 1 });
  });
});
