import { describe, expect, it } from 'vitest';
import { guardOf, type Moves, type MovesNow } from './guard.ts';
import { moveLimit } from './move-limit.ts';

const settings = { tierMoveShare: 0.4, minAccounts: 20 };
const calm = (of = 60): Moves => ({ data: [1, 1], behaviour: [4, 5], of });
const now = (behaviour: readonly [number, number], of = 60): MovesNow => ({
  data: [1, 1],
  behaviour,
  of,
  read: behaviour,
});
const months = (count: number, of = 60) => Array.from({ length: count }, () => calm(of));

describe('the limit of moves', () => {
  it('needs three months, and looks at the newest twelve', () => {
    expect(
      moveLimit(
        [
          [1, 60],
          [2, 60],
        ],
        60,
      ),
    ).toBeNull();
    const twelve = Array.from({ length: 12 }, (_, i) => [5 + (i % 3), 60] as const);
    expect(moveLimit([[60, 60], [0, 60], ...twelve], 60)).toBe(moveLimit(twelve, 60));
  });

  it('lets three always pass, and never asks for more than all', () => {
    const none = Array.from({ length: 12 }, () => [0, 25] as const);
    expect(moveLimit(none, 25)).toBeGreaterThanOrEqual(3);
    expect(
      moveLimit(
        Array.from({ length: 12 }, () => [0, 1000] as const),
        5,
      ),
    ).toBe(3);
    expect(
      moveLimit(
        [
          [0, 50],
          [50, 50],
          [0, 50],
        ],
        50,
      ),
    ).toBe(50);
  });

  it('agrees with the figures of the design', () => {
    const steady = (x: number, n: number) => Array.from({ length: 12 }, () => [x, n] as const);
    expect(moveLimit(steady(12, 57), 57)).toBeCloseTo(24.3, 0);
    expect(moveLimit(steady(115, 500), 500)).toBeGreaterThan(140);
  });
});

describe('the guard', () => {
  it('passes calm months and holds one unlike them, by cause and direction', () => {
    expect(guardOf(months(12), now([4, 5]), [], settings)).toMatchObject({ held: false, why: [] });
    const down = guardOf(months(12), now([0, 30]), [], settings);
    expect(down.why).toEqual(['moves:behaviour:total', 'moves:behaviour:down']);
    expect(Object.keys(down.limits)).toEqual([
      'data:total',
      'data:up',
      'data:down',
      'behaviour:total',
      'behaviour:up',
      'behaviour:down',
    ]);
  });

  it.each([0, 2])('goes by the share of moves with %d months of history', (count) => {
    expect(guardOf(months(count), now([12, 12]), [], settings)).toEqual({ held: false, why: [], limits: {} });
    expect(guardOf(months(count), now([12, 13]), [], settings).why).toEqual(['moves:read']);
  });

  it('goes by its own months from three on', () => {
    expect(guardOf(months(3), now([12, 13]), [], settings).why).not.toContain('moves:read');
    expect(guardOf(months(15), now([4, 5]), [], settings).limits).toEqual(
      guardOf(months(12), now([4, 5]), [], settings).limits,
    );
  });

  it('says nothing of moves of fewer accounts than set, and does not count such months', () => {
    expect(guardOf(months(12, 15), now([7, 8], 15), [], settings).held).toBe(false);
    expect(guardOf([...months(12, 19), ...months(2)], now([12, 13]), [], settings).why).toEqual([
      'moves:read',
    ]);
    expect(guardOf(months(12, 15), now([7, 8], 15), ['looker'], settings).why).toEqual(['alarm:looker']);
  });

  it('names alarms first', () => {
    expect(guardOf(months(12), now([0, 40]), ['dau:scale', 'mau:stuck'], settings).why).toEqual([
      'alarm:dau:scale',
      'alarm:mau:stuck',
      'moves:behaviour:total',
      'moves:behaviour:down',
    ]);
  });
});
