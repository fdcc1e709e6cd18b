import { describe, expect, it } from 'vitest';
import type { RunView, StartedRun, StartRequest } from '../run/runs.ts';
import { oneOfTheSame } from './same-start.ts';

const ASKED: StartRequest = { mode: 'refresh', dryRun: false };

/** Starts that are counted, and ended or refused by hand. */
function open() {
  let count = 0;
  let month = '2026-10';
  let failure: Error | null = null;
  const endings: (() => void)[] = [];
  const start = oneOfTheSame(
    (request) => {
      count++;
      if (failure !== null) return Promise.reject(failure);
      const { promise, resolve } = Promise.withResolvers<RunView>();
      endings.push(() => resolve({} as RunView));
      const started: StartedRun = {
        runId: `run-${count}`,
        status: 'Running',
        period: request.period ?? month,
        ended: promise,
      };
      return Promise.resolve(started);
    },
    (period) => period ?? month,
  );
  const idOf = async (request = ASKED) => (await start(request)).runId;
  return {
    idOf,
    turn: () => (month = '2026-11'),
    fail: (error: Error | null) => (failure = error),
    end: async () => {
      for (const ending of endings) ending();
      await new Promise(setImmediate);
    },
  };
}

describe('the same asked for again', () => {
  it('is one run while it is under way, however many ask at once', async () => {
    const { idOf } = open();
    expect(await Promise.all([idOf(), idOf(), idOf({ ...ASKED, period: '2026-10' })])).toEqual([
      'run-1',
      'run-1',
      'run-1',
    ]);
    expect(await idOf()).toBe('run-1');
  });

  it('begins anew once it has ended', async () => {
    const { idOf, end } = open();
    await idOf();
    await end();
    expect(await idOf()).toBe('run-2');
  });

  it('is not the same once the month has turned', async () => {
    const { idOf, turn } = open();
    await idOf();
    turn();
    expect(await idOf()).toBe('run-2');
  });

  it.each([
    ['another account', { ...ASKED, accountId: '001000000000001AAA' }],
    ['a dry run', { ...ASKED, dryRun: true }],
    ['the other mode', { ...ASKED, mode: 'ensure' as const }],
    ['a confirmation', { ...ASKED, confirm: 'run-0' }],
  ])('is asked of the journal for %s', async (_name, other) => {
    const { idOf } = open();
    await idOf();
    expect(await idOf(other)).toBe('run-2');
  });

  it('is tried again after a refusal', async () => {
    const { idOf, fail } = open();
    fail(new Error('for now'));
    await expect(idOf()).rejects.toThrow('for now');
    fail(null);
    expect(await idOf()).toBe('run-2');
  });
});
