import { describe, expect, it } from 'vitest';
import { makeLooks } from './salesforce-looks.ts';

/** Waits (ms) before each look at jobs that take so long, one after the other. */
async function waitsFor(
  jobs: readonly { kind?: string; rows: number; takes: number }[],
): Promise<number[][]> {
  let slept: number[] = [];
  const looks = makeLooks((ms) => {
    slept.push(Math.round(ms));
    return Promise.resolve();
  });
  const all: number[][] = [];
  for (const { kind = 'upsert', rows, takes } of jobs) {
    slept = [];
    const isOver = () => slept.reduce((sum, ms) => sum + ms, 0) >= takes;
    await looks(kind, rows, () => Promise.resolve(isOver() ? 'over' : null));
    all.push(slept);
  }
  return all;
}

describe('looking at a job', () => {
  it.each([
    ['250, 325, 423 ms for the first', [{ rows: 1_000, takes: 800 }], [[250, 325, 423]]],
    [
      'as long as the last one took, which ended between two looks',
      [
        { rows: 1_000, takes: 800 },
        { rows: 1_000, takes: 700 },
      ],
      [[250, 325, 423], [786]],
    ],
    [
      'a tenth less when it was over at the first look',
      [
        { rows: 1_000, takes: 10 },
        { rows: 1_000, takes: 10 },
        { rows: 1_000, takes: 10 },
      ],
      [[250], [225], [203]],
    ],
    [
      'a seventh more, and a third more each time, when it takes longer than the last',
      [
        { rows: 1_000, takes: 800 },
        { rows: 1_000, takes: 1_000 },
      ],
      [
        [250, 325, 423],
        [786, 118, 153],
      ],
    ],
    [
      'by its rows',
      [
        { rows: 1_000, takes: 800 },
        { rows: 500, takes: 300 },
      ],
      [[250, 325, 423], [393]],
    ],
    [
      'by its kind',
      [
        { rows: 1_000, takes: 800 },
        { kind: 'update', rows: 1_000, takes: 100 },
      ],
      [[250, 325, 423], [250]],
    ],
    [
      'never less than 50 ms',
      [
        { rows: 1_000, takes: 10 },
        { rows: 1, takes: 10 },
      ],
      [[250], [50]],
    ],
  ])('waits %s', async (_name, jobs, waits) => {
    expect(await waitsFor(jobs)).toEqual(waits);
  });

  it('never waits more than 10 s, and gives up after 125 looks', async () => {
    const [waits = []] = await waitsFor([{ rows: 1_000, takes: Infinity }]);
    expect([waits.length, Math.max(...waits)]).toEqual([125, 10_000]);
  });
});
