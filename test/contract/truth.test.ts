/** The readings of 200 accounts over three months, against what the generator says really happened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totalCalls } from '../../node-scorer/src/http/calls.ts';
import type { StandIn } from '../../sandbox/http/server.ts';
import { expectedReadings, type Expected } from '../../sandbox/data/truth.ts';
import { makeBase, metricsOf, readingsOf, requestOf, testRuntime } from './base.ts';
import { VENDORS } from './vendors.ts';

const BASE = makeBase(200);
const PERIODS = ['2026-10', '2026-09', '2026-04'];

/**
 * Exactly the expected reading. Only for the mean of days one unit of the sixth decimal is allowed: the truth adds
 * fractions of days, whose sum may lie a hair below a half that the exact sum of milliseconds rounds up.
 */
const exactly = (id: string, truth: Expected | undefined): unknown =>
  id === 'avg_resolution_days' && truth !== undefined && truth.value !== null
    ? { value: expect.closeTo(truth.value, 5) as number }
    : truth;

describe.each(VENDORS)('$name', (vendor) => {
  let standIn: StandIn;
  beforeAll(async () => {
    standIn = await vendor.start(BASE);
  });
  afterAll(() => standIn.close());

  it.each(PERIODS)('gives exactly the expected readings of all accounts for %s', async (period) => {
    const runtime = testRuntime();
    const request = requestOf(BASE, period);
    const extraction = await vendor.reader(standIn, runtime).extract(request);
    const readings = readingsOf(vendor.source, extraction, request);
    const expected = expectedReadings(BASE, period);
    const ids = metricsOf(vendor.source);
    expect(readings.size).toBe(expected.size);
    expect(readings.size).toBeGreaterThan(150);
    for (const [account, truth] of expected) {
      const own = Object.fromEntries(ids.map((id) => [id, exactly(id, truth[id])]));
      expect({ account, ...readings.get(account) }).toEqual({ account, ...own });
    }
    expect(totalCalls(runtime.calls.snapshot())).toBeLessThan(60);
  });
});
