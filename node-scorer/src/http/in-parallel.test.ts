import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('work in parallel', () => {
  it('keeps the order of the items whoever is done first', async () => {
    const act = async (ms: number): Promise<number> => {
      await later(ms);
      return ms * 10;
    };
    expect(await inParallel([9, 1, 5], 3, act)).toEqual([90, 10, 50]);
  });

  it('never does more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    await inParallel(Array.from({ length: 20 }), 4, async () => {
      most = Math.max(most, ++running);
      await later(1);
      running--;
    });
    expect(most).toBe(4);
  });

  it('begins nothing more after an error', async () => {
    const begun: number[] = [];
    const work = inParallel([1, 2, 3, 4, 5], 1, (item) => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item);
    });
    await expect(work).rejects.toThrow('two');
    expect(begun).toEqual([1, 2]);
  });

  it('of nothing is nothing', async () => {
    expect(await inParallel([], 3, () => Promise.resolve(1))).toEqual([]);
  });
});
