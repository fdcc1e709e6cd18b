import { describe, expect, it } from 'vitest';
import { allowanceOf, paceDelay, retryDelay, type Headers } from './retry-timing.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const UNIX = NOW / 1_000;

describe('the wait before another try', () => {
  it.each([
    ['seconds that the server names', { 'retry-after': '7' }, 1, 0, 7_000],
    ['a fraction of a second', { 'retry-after': '0.5' }, 1, 0, 500],
    ['no wait at all', { 'retry-after': '0' }, 1, 0.5, 0],
    ['an HTTP date', { 'retry-after': 'Sat, 21 Nov 2026 09:00:05 GMT' }, 1, 0, 5_000],
    ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 08:00:00 GMT' }, 1, 0, 0],
    [
      "a date by the server's own clock, ten minutes ahead of ours",
      { 'retry-after': 'Sat, 21 Nov 2026 09:10:05 GMT', date: 'Sat, 21 Nov 2026 09:10:00 GMT' },
      1,
      0,
      5_000,
    ],
    ['the reset of Intercom in UNIX seconds', { 'x-ratelimit-reset': String(UNIX + 9) }, 1, 0, 9_000],
    ['the reset of Jira as an ISO time', { 'x-ratelimit-reset': '2026-11-21T09:00:02Z' }, 1, 0, 2_000],
    [
      'Retry-After before a reset',
      { 'retry-after': '1', 'x-ratelimit-reset': String(UNIX + 9) },
      1,
      0,
      1_000,
    ],
    ['the server and up to a tenth more', { 'retry-after': '8' }, 1, 0.5, 8_400],
    ['nothing: half a second, jittered down', {}, 1, 0, 350],
    ['nothing: half a second, in the middle', {}, 1, 0.5, 500],
    ['nothing, second failure', {}, 2, 0.5, 1_000],
    ['nothing, third failure', {}, 3, 0.5, 2_000],
    ['nothing, twentieth failure: never above 30 s and jitter', {}, 20, 0.5, 30_000],
    ['words', { 'retry-after': 'soon' }, 1, 0.5, 500],
    ['a reset from last year', { 'x-ratelimit-reset': '1760000000' }, 1, 0.5, 500],
  ] as const)('by %s is as expected (attempt %#)', (_by, headers, attempt, random, ms) => {
    expect(retryDelay(headers, attempt, { now: NOW, random })).toBe(ms);
  });

  it.each([{ 'retry-after': '3600' }, { 'x-ratelimit-reset': String(UNIX + 300) }])(
    'is not begun when the server asks for minutes: %j',
    (headers) => {
      expect(retryDelay(headers, 1, { now: NOW, random: 0 })).toBeNull();
    },
  );
});

const delayOf = (headers: Headers, inFlight?: number): number => {
  const allowance = allowanceOf(headers, NOW);
  return allowance === null ? 0 : paceDelay(allowance, inFlight);
};

describe('slowing down before the limit', () => {
  it.each([
    ['no headers', {}, 0],
    ['plenty left', { 'x-ratelimit-limit': '1666', 'x-ratelimit-remaining': '1200' }, 0],
    [
      'a tenth left, ten seconds to go: spread',
      { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': String(UNIX + 10) },
      1_000,
    ],
    [
      'nothing left: all of it',
      { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(UNIX + 10) },
      10_000,
    ],
    [
      'nothing left and no reset: a second',
      { 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '0' },
      1_000,
    ],
    [
      'nothing left of a Data Center limit: its own interval',
      { 'x-ratelimit-limit': '70', 'x-ratelimit-remaining': '0', 'x-ratelimit-interval-seconds': '5' },
      5_000,
    ],
    ['no number', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': 'few' }, 0],
  ] as const)('with %s waits as expected', (_case, headers, ms) => {
    expect(delayOf(headers)).toBe(ms);
  });

  it.each([
    [1, 1_000],
    [4, 4_000],
    [32, 10_000],
  ])('%d calls at once wait %d ms each, and never beyond the reset', (inFlight, ms) => {
    const headers = {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '9',
      'x-ratelimit-reset': String(UNIX + 10),
    };
    expect(delayOf(headers, inFlight)).toBe(ms);
  });
});
