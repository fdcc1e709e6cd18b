import { describe, expect, it } from 'vitest';
import { makeJobPoller } from './salesforce-job-poller.ts';

/** Waits (ms) before each question about a job that takes so long. */
async function waitsFor(takes: number): Promise<number[]> {
  const slept: number[] = [];
  const poll = makeJobPoller((ms) => {
    slept.push(ms);
    return Promise.resolve();
  });
  const isOver = () => slept.reduce((sum, ms) => sum + ms, 0) >= takes;
  expect(await poll(() => Promise.resolve(isOver() ? 'over' : null))).toBe(takes < Infinity ? 'over' : null);
  return slept.map(Math.round);
}

describe('asking for a job', () => {
  it.each([
    [10, [250]],
    [250, [250]],
    [800, [250, 325, 423]],
  ])('that takes %i ms waits %o ms', async (takes, waits) => {
    expect(await waitsFor(takes)).toEqual(waits);
  });

  it('never waits more than 10 s, and gives up after 125 times: some twenty minutes', async () => {
    const waits = await waitsFor(Infinity);
    expect([waits.length, Math.max(...waits)]).toEqual([125, 10_000]);
    expect(waits.reduce((sum, ms) => sum + ms, 0) / 60_000).toBeCloseTo(19.2, 0);
  });
});
