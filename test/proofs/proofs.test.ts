import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GOOD_FOR_DAYS, PROOFS, proofsPage, staleProofs, type Proven } from '../../scripts/prove/proofs.ts';

const read = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
const recorded = JSON.parse(read('proofs.json')) as Proven;

describe('the proofs at full size', () => {
  // Not whether they are too old: a test must not turn red on a date without a change. `npm run release:check` asks.
  it('have all been run, and have passed', () => {
    const newest = Math.max(...recorded.runs.map(({ on }) => Date.parse(on)));
    expect(staleProofs(recorded, newest)).toEqual([]);
  });

  it('stand on the page as they are recorded', () => {
    const words = (text: string): string => text.replaceAll(/[\s|:-]+/g, ' ').trim();
    expect(words(read('proofs.md'))).toBe(words(proofsPage(recorded)));
  });

  const on = '2026-11-21';
  const good = PROOFS.map(({ name }) => ({ name, on, seconds: 1, passed: 3, failed: 0 }));
  const at = (days: number): number => Date.parse(on) + days * 86_400_000;

  it.each<[string, Proven['runs'], number, number]>([
    ['all of them today', good, 0, 0],
    ['all of them as long ago as is allowed', good, GOOD_FOR_DAYS, 0],
    ['all of them a day longer ago', good, GOOD_FOR_DAYS + 1, PROOFS.length],
    ['none', [], 0, PROOFS.length],
    ['one that failed', good.map((run, i) => (i === 0 ? { ...run, failed: 1 } : run)), 0, 1],
    ['one that ran nothing', good.map((run, i) => (i === 0 ? { ...run, passed: 0 } : run)), 0, 1],
  ])('%s: complains %#', (_, runs, days, complaints) => {
    expect(staleProofs({ machine: 'any', runs }, at(days))).toHaveLength(complaints);
  });
});
