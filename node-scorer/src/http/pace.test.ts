import { describe, expect, it } from 'vitest';
import { makePace } from './pace.ts';

const headers = (remaining: number): Record<string, string> => ({
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': '10',
});

/** A pace at the beginning of a window of ten seconds, with a clock to turn. */
function paceAt(inFlight = 1) {
  const clock = { tick: 0 };
  return { clock, pace: makePace({ now: () => 0, tick: () => clock.tick, inFlight: () => inFlight }) };
}

describe('the pace of calls', () => {
  it('does not hold back before anything is known, nor while plenty is left', () => {
    const { pace } = paceAt();
    expect(pace.wait()).toBe(0);
    pace.learn(headers(60), 200);
    expect(pace.wait()).toBe(0);
  });

  it('counts the calls that begin before the next answer is back', () => {
    const { pace } = paceAt();
    pace.learn(headers(13), 200);
    expect([pace.wait(), pace.wait(), pace.wait()]).toEqual([0, 0, 0]);
    expect(pace.wait()).toBe(909);
  });

  it('takes what is under way off what is left', () => {
    const { pace } = paceAt(5);
    pace.learn(headers(13), 200);
    expect(pace.wait()).toBe(5_000);
  });

  it('holds back for the rest of the window only, and not beyond it', () => {
    const { clock, pace } = paceAt();
    pace.learn(headers(0), 200);
    clock.tick = 4_000;
    expect(pace.wait()).toBe(6_000);
    clock.tick = 10_000;
    expect(pace.wait()).toBe(0);
  });

  it('holds every call back as long as the vendor told one of them to wait', () => {
    const { clock, pace } = paceAt();
    pace.learn({ 'retry-after': '3' }, 429);
    expect(pace.wait()).toBe(3_000);
    clock.tick = 3_000;
    expect(pace.wait()).toBe(0);
  });
});
