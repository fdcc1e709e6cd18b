import { describe, expect, it } from 'vitest';
import { makeFaults, type Fault } from './faults.ts';

const call = (line = 'GET /items', content = '') => ({ line, content: () => content });

/** Which of the first calls a fault meets, as a row of x and dots. */
function met(fault: Fault, calls: number): string {
  const faults = makeFaults();
  faults.add(fault);
  return Array.from({ length: calls }, () => (faults.meet(call()) === null ? '.' : 'x')).join('');
}

describe('a fault meets', () => {
  it.each<[string, Partial<Fault>, string]>([
    ['every call', {}, 'xxxxxx'],
    ['the first two calls', { times: 2 }, 'xx....'],
    ['calls after the first three', { after: 3 }, '...xxx'],
    ['two calls after the first three', { after: 3, times: 2 }, '...xx.'],
    ['no call for a share of nothing', { share: 0 }, '......'],
    ['every call for a share of all', { share: 1 }, 'xxxxxx'],
  ])('%s', (_what, rule, expected) => {
    expect(met({ kind: 'reset', ...rule }, 6)).toBe(expected);
  });

  it.each([
    [{ match: /^POST / }, 'POST /items', '', true],
    [{ match: /^POST / }, 'GET /items', '', false],
    [{ content: /per_page":150/ }, 'POST /search', '{"per_page":150}', true],
    [{ content: /per_page":150/ }, 'POST /search', '{"per_page":20}', false],
    [{ match: /^POST /, content: /x/ }, 'GET /items', 'x', false],
  ])('only what it is meant for: %o and %s with %j: %s', (rule, line, content, expected) => {
    const faults = makeFaults();
    faults.add({ kind: 'status', ...rule });
    expect(faults.meet(call(line, content)) !== null).toBe(expected);
  });

  it('a share of the calls, the same ones for the same seed', () => {
    const third = (seed: number) => met({ kind: 'status', share: 0.3, seed }, 1_000);
    const count = third(1).replaceAll('.', '').length;
    expect(third(1)).toBe(third(1));
    expect(third(1)).not.toBe(third(2));
    expect(count).toBeGreaterThan(250);
    expect(count).toBeLessThan(350);
  });
});

it('of two faults the first that is not over meets the call', () => {
  const faults = makeFaults();
  faults.add({ kind: 'reset', times: 1 });
  faults.add({ kind: 'html' });
  expect([1, 2].map(() => faults.meet(call())?.kind)).toEqual(['reset', 'html']);
});

it('nothing meets a call once faults are cleared', () => {
  const faults = makeFaults();
  faults.add({ kind: 'hang' });
  faults.clear();
  expect(faults.meet(call())).toBeNull();
});
