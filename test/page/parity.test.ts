import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOf, scoreAccount } from '../../node-scorer/src/scoring/index.ts';
import type { AccountInput, Model, Scorecard } from '../../node-scorer/src/scoring/index.ts';
import { anyCase } from '../../node-scorer/test/property/arbitraries.ts';
import { openBrowser } from './browser.ts';

interface Case {
  readonly model: Model;
  readonly account: AccountInput;
}
interface Core {
  scoreAccount: (model: Model, account: AccountInput) => Scorecard;
  changeOf: (
    earlier: Scorecard,
    present: Scorecard,
    advance: (id: string, value: number) => number,
  ) => unknown;
}

/** Another number of scorecards with PARITY_CASES; 10,000 are what the project promises. */
const CASES = Number(process.env['PARITY_CASES'] ?? 1_000);
const SEED = 20_261_121;
const CHUNK = 500;
const CORE = join(import.meta.dirname, '../../force-app/main/default/lwc/scoringCore/scoringCore.js');

/** What the two sides are compared by: every number to its last bit, and the sign of zero. */
function textOf(core: Core, cases: readonly Case[]): string[] {
  const exact = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? `number ${Object.is(value, -0) ? '-0' : String(value)}`
      : value;
  let earlier: Scorecard | undefined;
  return cases.map(({ model, account }) => {
    const card = core.scoreAccount(model, account);
    const change = earlier && core.changeOf(earlier, card, (_id, value) => value);
    earlier = card;
    return JSON.stringify({ card, change }, exact);
  });
}

describe('the scoring core in a browser', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    const core = `data:text/javascript;base64,${readFileSync(CORE).toString('base64')}`;
    await page.addScriptTag({
      type: 'module',
      content: `import * as core from '${core}'; globalThis.core = core;`,
    });
    await page.waitForFunction(() => 'core' in globalThis);
  });
  afterAll(() => browser.close());

  it(`gives the scorecard that Node gives, and the same change, ${CASES} random times`, async () => {
    // Through JSON, as stored input is.
    const cases = JSON.parse(JSON.stringify(fc.sample(anyCase, { seed: SEED, numRuns: CASES }))) as Case[];
    expect(cases.length).toBe(CASES);
    for (let from = 0; from < cases.length; from += CHUNK) {
      const chunk = cases.slice(from, from + CHUNK);
      const inBrowser = await page.evaluate<string[]>(
        `(${textOf.toString()})(globalThis.core, ${JSON.stringify(chunk)})`,
      );
      const inNode = textOf({ scoreAccount, changeOf }, chunk);
      expect(inBrowser).toEqual(inNode);
    }
  }, 600_000);
});
