import { describe, expect, it } from 'vitest';
import { windowFor } from './window.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const iso = (time: number) => new Date(time).toISOString();

describe('the window of a period', () => {
  it.each([
    ['2026-10', '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-10-31', true],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z', '2024-02-29', true],
    ['2025-12', '2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2025-12-31', true],
    ['2026-11', '2026-10-23T00:00:00.000Z', '2026-11-22T00:00:00.000Z', '2026-11-21', false],
  ])('%s is read from %s to before %s, as of %s, complete: %s', (period, start, end, asOf, complete) => {
    const window = windowFor(period, now);
    expect([iso(window.start), iso(window.end), window.asOf, window.complete]).toEqual([
      start,
      end,
      asOf,
      complete,
    ]);
  });

  it('is the last complete month when no period is named, also on 1 January', () => {
    expect(windowFor(undefined, now).period).toBe('2026-10');
    expect(windowFor(undefined, Date.parse('2027-01-01T00:00:00Z')).period).toBe('2026-12');
  });

  it.each(['2026-13', '26-10', 'october', '', '2026-10-01', '1999-12'])('refuses %j as a month', (period) => {
    expect(() => windowFor(period, now)).toThrow(/--period: found .* expected a month such as 2026-10/);
  });

  it('refuses a month that has not begun', () => {
    expect(() => windowFor('2026-12', now)).toThrow(/has not begun, expected 2026-11 \(running\) or earlier/);
  });
});
