import { describe, expect, it } from 'vitest';
import type { SessionUsage, UsageFacts } from '../facts/index.ts';
import { OCTOBER } from '../facts/october-in-test.ts';
import { ADOPTION } from './adoption.ts';
import { PLATFORM_VALUE } from './platform-value.ts';

const sessions = (over: Partial<SessionUsage> = {}): UsageFacts['sessions'] => ({
  known: { silent: false, dau: 30, mau: 120, loginFrequency: 3.5, earlierMau: [100, 100, 100], ...over },
});

const usage = (over: Partial<UsageFacts> = {}): UsageFacts => ({
  sessions: sessions(),
  features: { known: { silent: false, used: 12, licensed: 20 } },
  platform: { known: {} },
  ...over,
});

const read = (id: string, over: Partial<UsageFacts>) =>
  [...ADOPTION, ...PLATFORM_VALUE]
    .find((metric) => metric.id === id)
    ?.read(
      {
        intercom: { missing: 'not_mapped' },
        jira: { missing: 'not_mapped' },
        looker: { known: usage(over) },
        salesforce: { missing: 'not_mapped' },
      },
      OCTOBER,
    );

const none = (missing: string) => ({ value: null, missing });

describe('adoption metrics', () => {
  it.each([
    ['dau', {}, { value: 30 }],
    ['mau', {}, { value: 120 }],
    ['stickiness_pct', {}, { value: 25 }],
    ['mau_trend_pct', {}, { value: 20 }],
    ['login_frequency', {}, { value: 3.5 }],
    ['dau', { dau: null }, none('no_activity')],
    ['stickiness_pct', { mau: 0 }, none('no_activity')],
    ['stickiness_pct', { dau: null }, none('no_activity')],
    ['mau_trend_pct', { earlierMau: [] }, none('no_history')],
    ['mau_trend_pct', { earlierMau: [0, 0] }, none('no_history')],
    ['mau_trend_pct', { earlierMau: [160] }, { value: -25 }],
    ['mau_trend_pct', { mau: null }, none('no_activity')],
    ['login_frequency', { loginFrequency: 0 }, { value: 0 }],
    // What is lost takes what needs it, and nothing else.
    ['dau', { dau: 'invalid' }, none('invalid')],
    ['mau', { dau: 'invalid' }, { value: 120 }],
    ['mau', { mau: 'invalid' }, none('invalid')],
    ['stickiness_pct', { dau: 'invalid' }, none('invalid')],
    ['stickiness_pct', { mau: 'invalid' }, none('invalid')],
    ['stickiness_pct', { mau: 'unknown_name' }, none('unknown_name')],
    ['stickiness_pct', { dau: 'invalid', mau: 0 }, none('no_activity')],
    ['stickiness_pct', { dau: null, mau: 'invalid' }, none('no_activity')],
    ['mau_trend_pct', { dau: 'invalid' }, { value: 20 }],
    ['mau_trend_pct', { mau: 'invalid' }, none('invalid')],
    ['mau_trend_pct', { mau: 'unknown_name', earlierMau: [] }, none('unknown_name')],
    // The lost month may have been the busiest one, unless nothing could make it worse.
    ['mau_trend_pct', { earlierMau: [100, 'invalid', 100] }, none('invalid')],
    ['mau_trend_pct', { earlierMau: ['invalid'] }, none('invalid')],
    ['mau_trend_pct', { mau: 0, earlierMau: [100, 'invalid'] }, { value: -100 }],
    ['mau_trend_pct', { mau: 0, earlierMau: ['invalid'] }, none('invalid')],
    ['login_frequency', { loginFrequency: 'invalid' }, none('invalid')],
    ['login_frequency', { loginFrequency: 'unknown_name', silent: true }, none('unknown_name')],
    ['mau_trend_pct', { mau: 'unknown_name', silent: true }, none('unknown_name')],
  ] as const)('%s with sessions %j is %j', (id, over, reading) => {
    expect(read(id, { sessions: sessions(over) })).toEqual(reading);
  });

  it.each([
    ['dau', { value: 0 }],
    ['mau', { value: 0 }],
    ['login_frequency', { value: 0 }],
    ['mau_trend_pct', { value: -100 }],
    ['stickiness_pct', none('no_activity')],
  ])('of a customer who fell silent: %s is %j, so that the score falls', (id, reading) => {
    expect(
      read(id, { sessions: sessions({ silent: true, dau: null, mau: null, loginFrequency: null }) }),
    ).toEqual(reading);
  });

  it('know no trend of a silent customer who had no users before either', () => {
    expect(
      read('mau_trend_pct', { sessions: sessions({ silent: true, mau: null, earlierMau: [] }) }),
    ).toEqual(none('no_history'));
  });

  it.each([
    [{ silent: false, used: 12, licensed: 20 }, { value: 60 }],
    [{ silent: false, used: 0, licensed: 20 }, { value: 0 }],
    [{ silent: true, used: null, licensed: null }, { value: 0 }],
    [{ silent: false, used: 5, licensed: 0 }, none('no_activity')],
    [{ silent: false, used: null, licensed: 20 }, none('no_activity')],
    [{ silent: false, used: 'invalid', licensed: 20 }, none('invalid')],
    [{ silent: false, used: 12, licensed: 'invalid' }, none('invalid')],
    [{ silent: false, used: 'invalid', licensed: 0 }, none('no_activity')],
    [{ silent: true, used: null, licensed: 'unknown_name' }, none('unknown_name')],
  ] as const)('feature_breadth of %j is %j', (known, reading) => {
    expect(read('feature_breadth', { features: { known } })).toEqual(reading);
  });

  it('lose only the query that failed', () => {
    const over = { sessions: { missing: 'source_down' } as const };
    expect(read('dau', over)).toEqual(none('source_down'));
    expect(read('stickiness_pct', over)).toEqual(none('source_down'));
    expect(read('mau_trend_pct', over)).toEqual(none('source_down'));
    expect(read('feature_breadth', over)).toEqual({ value: 60 });
  });
});

describe('platform value pillars', () => {
  it.each([
    [{ messaging: 87.5 }, { value: 87.5 }],
    [{ messaging: 0 }, { value: 0 }],
    [{ messaging: null }, none('no_activity')],
    [{}, none('no_activity')],
    [{ messaging: 100.5 }, none('invalid')],
    [{ messaging: -1 }, none('invalid')],
    [{ messaging: 'invalid' }, none('invalid')],
    [{ messaging: 'unknown_name' }, none('unknown_name')],
  ] as const)('messaging of %j is %j', (known, reading) => {
    expect(read('messaging', { platform: { known } })).toEqual(reading);
  });

  it('are source_down together when their query failed', () => {
    for (const { id } of PLATFORM_VALUE) {
      expect(read(id, { platform: { missing: 'source_down' } })).toEqual(none('source_down'));
    }
  });
});
