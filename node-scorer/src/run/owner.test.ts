import { describe, expect, it } from 'vitest';
import { isGone, isRunning, makeOwner } from './owner.ts';

const self = makeOwner('worker-1', 4712, 'x8d2');

describe('the process behind a run', () => {
  it.each([
    ['runs here', makeOwner('worker-1', 4711, 'k3j9'), true, false],
    ['ran here', makeOwner('worker-1', 4711, 'k3j9'), false, true],
    ['is on another machine, of which nothing is known', makeOwner('worker-2', 4711, 'k3j9'), false, false],
    ['is ourselves', self, true, false],
    ['had our number before us', makeOwner('worker-1', 4712, 'k3j9'), true, true],
  ])('%s: gone? %#', (_what, owner, running, gone) => {
    expect(isGone(owner, self, () => running)).toBe(gone);
  });

  it('is looked for among those of this machine', () => {
    expect([isRunning(process.pid), isRunning(2 ** 22 + 1)]).toEqual([true, false]);
  });
});
