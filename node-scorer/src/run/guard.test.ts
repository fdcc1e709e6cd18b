import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../metrics/catalogue.ts';
import { downSources, risesInOutage } from './guard.ts';
import type { Readings } from './readings.ts';

const lost: Readings = { csat_score: { value: null, missing: 'source_down' } };
const silent: Readings = { csat_score: { value: null, missing: 'no_activity' } };

describe('a source that is down for the run', () => {
  it.each([
    [[lost, silent, silent], ['intercom']],
    [[lost, silent, silent, silent], []],
    [[silent, silent], []],
    [[], []],
  ])('when 30 %% of the accounts lost a reading: %j → %j', (accounts, down) => {
    expect(downSources(accounts, CATALOGUE, 0.3)).toEqual(down);
  });
});

describe('a score in an outage', () => {
  it.each<[number | null, number | null, boolean, boolean]>([
    [70.1, 61.2, true, true],
    [61.2, 61.2, true, false],
    [60, 61.2, true, false],
    [70.1, 61.2, false, false],
    [70.1, null, true, false],
    [null, 61.2, true, false],
  ])('of %j after %j, a reading lost: %s, would look better: %s', (shown, earlier, isLost, rises) => {
    expect(risesInOutage(shown, earlier, isLost)).toBe(rises);
  });
});
