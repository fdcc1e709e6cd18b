/**
 * What a run makes of a read that fails: nothing is invented, nobody rises, and the month is read again. A seeded sample
 * with every call and every fault; all of them with FAULT_CELLS=all (`npm run prove faults`), which writes docs/faults.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsPage } from '../../scripts/prove/faults-page.ts';
import { CALLS, EXCEPTIONS, FAULTS } from './fault-calls.ts';
import { ALL_CELLS, openMatrix, sampleOf, type Matrix, type Verdict } from './fault-matrix.ts';
import { ROOT } from './harness.ts';

const ACCOUNTS = 14;
const isFull = process.env['FAULT_CELLS'] === 'all';
const seed = Number(process.env['FAULT_SEED'] ?? 1);
/** A part of the calls, to run parts side by side; their verdicts go to a file. */
const part = process.env['FAULT_CALLS'];
const calls = Object.keys(CALLS).filter((call) => new RegExp(part ?? '').test(call));
const cells = isFull ? ALL_CELLS : sampleOf(seed);
const verdicts: Verdict[] = [];

let matrix: Matrix;
beforeAll(async () => {
  matrix = await openMatrix({ accounts: ACCOUNTS, seed });
});
afterAll(async () => {
  await matrix.close();
  const results = process.env['FAULT_RESULTS'];
  if (results !== undefined) writeFileSync(results, JSON.stringify(verdicts));
  if (!isFull || part !== undefined) return;
  const file = join(ROOT, 'docs/faults.md');
  const options = await resolveConfig(file);
  const page = faultsPage(verdicts, { seed, accounts: ACCOUNTS, exceptions: EXCEPTIONS });
  writeFileSync(file, await format(page, { ...options, parser: 'markdown' }));
});

it('has 21 calls and 38 faults, and names fewer than one cell in a hundred as exceptions', () => {
  expect([Object.keys(CALLS).length, Object.keys(FAULTS).length]).toEqual([21, 38]);
  expect(Object.keys(EXCEPTIONS).length).toBeLessThan(ALL_CELLS.length / 100);
});

describe.each(calls)('%s', (call) => {
  const own = cells.filter(([name]) => name === call).map(([, fault]) => fault);

  it('fails as designed, and nobody rises', { timeout: 3_600_000 }, async () => {
    const bad: string[] = [];
    for (const fault of own) {
      const verdict = await matrix.run(call, fault);
      verdicts.push(verdict);
      const { outcome, wrong, promotions } = verdict;
      const isNamed = `${call} × ${fault}` in EXCEPTIONS;
      for (const one of [...(isNamed ? [] : wrong), ...promotions]) bad.push(`${fault}: ${outcome}: ${one}`);
    }
    expect(own.length).toBeGreaterThan(0);
    expect(bad).toEqual([]);
  });
});
