import { describe, expect, it } from 'vitest';
import { uniformFrom } from '../scoring/index.ts';
import { aucOf } from './auc.ts';
import { wilson } from './wilson.ts';

/** Standard normal values by the method of Box and Muller, from a seed. */
function normalFrom(seed: number): () => number {
  const next = uniformFrom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

describe('Wilson interval', () => {
  it.each([
    [0, 0, null],
    [0, 1, [0, 0.793450688]],
    [1, 1, [0.206549312, 1]],
    [5, 10, [0.23659309, 0.76340691]],
    [7, 18, [0.20306, 0.61384]],
  ])('of %d of %d', (x, n, expected) => {
    const found = wilson(x, n);
    expect(found?.map((end) => end.toFixed(4)) ?? null).toEqual(
      expected?.map((end) => end.toFixed(4)) ?? null,
    );
  });

  it('lies within 0 and 1, around the share', () => {
    for (let n = 1; n < 40; n++) {
      for (let x = 0; x <= n; x++) {
        const [low, high] = wilson(x, n) as readonly [number, number];
        expect(0 <= low && low <= x / n && x / n <= high && high <= 1).toBe(true);
      }
    }
  });
});

describe('AUC', () => {
  it('counts pairs, ties half', () => {
    const lost = [59, 59, 40, 70];
    const kept = [59, 80, 75, 59, 70];
    const pairs = lost.flatMap((l) => kept.map((k) => (l < k ? 1 : l === k ? 0.5 : 0)));
    expect(aucOf(lost, kept)?.auc).toBeCloseTo(pairs.reduce<number>((sum, p) => sum + p, 0) / 20, 12);
  });

  it('is nothing without both sides, and ends at 0 and 1', () => {
    expect(aucOf([], [1])).toBeNull();
    expect(aucOf([1], [])).toBeNull();
    expect(aucOf([1, 2], [3, 4])).toMatchObject({ auc: 1, high: 1 });
    expect(aucOf([3, 4], [1, 2])).toMatchObject({ auc: 0, low: 0 });
    expect(aucOf([3, 3], [3, 3])?.auc).toBe(0.5);
    // One event: DeLong has no variance of one value.
    expect(aucOf([60], [50, 70, 80])).toMatchObject({ auc: 2 / 3 });
  });

  it('mirrors when the sides change places', () => {
    const there = aucOf([50, 61, 72], [55, 66, 77, 88]);
    const back = aucOf([55, 66, 77, 88], [50, 61, 72]);
    expect(there?.auc).toBeCloseTo(1 - (back?.auc ?? 0), 12);
    expect(there?.low).toBeCloseTo(1 - (back?.high ?? 0), 9);
    expect(there?.high).toBeCloseTo(1 - (back?.low ?? 0), 9);
  });

  it('covers a planted truth in 95 of 100 bases', () => {
    const normal = normalFrom(7);
    // Two normal distributions 0.954 apart: AUC 0.75.
    let covered = 0;
    const bases = 400;
    for (let base = 0; base < bases; base++) {
      const lost = Array.from({ length: 12 }, () => normal());
      const kept = Array.from({ length: 90 }, () => normal() + 0.9539);
      const { low = 1, high = 0 } = aucOf(lost, kept) ?? {};
      if (low <= 0.75 && 0.75 <= high) covered++;
    }
    expect(covered / bases).toBeGreaterThan(0.93);
  });
});
