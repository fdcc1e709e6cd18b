import { expect, it } from 'vitest';
import { collectGarbage, makeTidy } from './tidy.ts';

it('memory is looked through when 50 MB have come on since the last time', () => {
  const held = [100, 120, 149, 150, 90, 139, 141, 95].map((megabytes) => megabytes * 1e6);
  let looks = 0;
  const tidy = makeTidy(
    () => held.shift() ?? 0,
    () => looks++,
  );
  // 120, 149 and 150 are measured by 100; of the 150, 90 are left, and 139 and 141 are measured by those.
  expect([0, 1, 2, 3, 4].map(() => (tidy(), looks))).toEqual([0, 0, 1, 1, 2]);
});

it('garbage is collected, whatever the options that Node was started with', () => {
  let waste: number[] | null = Array.from({ length: 4_000_000 }, (_, i) => i + 0.5);
  const full = process.memoryUsage().heapUsed;
  expect(waste.length).toBe(4_000_000);
  waste = null;
  collectGarbage();
  expect(process.memoryUsage().heapUsed).toBeLessThan(full - 20e6);
});
