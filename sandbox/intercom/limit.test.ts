import { expect, it } from 'vitest';
import { makeLimit } from './limit.ts';

it('a window of 10 seconds allows its calls, tells what is left and ends at its reset', () => {
  let now = 1_763_715_604_000;
  const count = makeLimit(2, () => now);
  const reset = '1763715610';
  const left = (remaining: string) => ({
    'X-RateLimit-Limit': '2',
    'X-RateLimit-Remaining': remaining,
    'X-RateLimit-Reset': reset,
  });
  expect(count()).toEqual({ allowed: true, headers: left('1') });
  expect(count()).toEqual({ allowed: true, headers: left('0') });
  expect(count()).toEqual({ allowed: false, headers: left('0') });
  now = Number(reset) * 1_000 - 1;
  expect(count().allowed).toBe(false);
  now += 1;
  expect(count()).toMatchObject({ allowed: true, headers: { 'X-RateLimit-Reset': '1763715620' } });
});
