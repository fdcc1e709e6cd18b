/** The readings of 200 accounts over three months, against what the generator says really happened. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandIn } from 'local-org/http';
import { totalCalls } from '../../node-scorer/src/http/calls.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import { makeBase, metricsOf, readingsOf, requestOf, testRuntime } from './base.ts';
import { VENDORS } from './vendors.ts';

const BASE = makeBase(200);
const PERIODS = ['2026-10', '2026-09', '2026-04'];

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
      const own = Object.fromEntries(ids.map((id) => [id, truth[id]]));
      expect({ account, ...readings.get(account) }).toEqual({ account, ...own });
    }
    expect(totalCalls(runtime.calls.snapshot())).toBeLessThan(60);
  });
});
