import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATES, openState } from './states.ts';
import { openPageWorld } from './world.ts';
import type { PageWorld } from './world.ts';

const SLOW = 300_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly violations: {
    readonly id: string;
    readonly nodes: { readonly target: unknown; readonly failureSummary?: string }[];
  }[];
  readonly passes: { readonly nodes: readonly { readonly html: string }[] }[];
}

/** Everything axe-core knows of WCAG 2.1 A and AA, and its best practices. */
async function examine(page: Page): Promise<{ problems: string[]; looked: number }> {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate<Found>('axe.run(document)');
  const problems = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
  );
  return { problems, looked: passes.flatMap(({ nodes }) => nodes).length };
}

describe('the health card for people who read it otherwise than by eye', () => {
  let at: PageWorld;
  beforeAll(async () => {
    at = await openPageWorld({ months: 3 });
  }, SLOW);
  afterAll(() => at.close());

  it(
    'is examined by a check that finds what is wrong inside a component',
    async () => {
      const [state] = STATES;
      const { page, context } = await openState(at, state ?? expect.fail('there are no states'));
      const { looked } = await examine(page);
      expect(looked).toBeGreaterThan(100);
      await page
        .locator('c-health-parts button.toggle')
        .first()
        .evaluate((button) => {
          button.setAttribute('aria-expanded', 'perhaps');
        });
      const { problems } = await examine(page);
      expect(problems.join('\n')).toContain('aria-valid-attr-value');
      await context.close();
    },
    SLOW,
  );

  for (const state of STATES)
    it(
      `has no violation in the state ${state.name}, light and dark`,
      async () => {
        await state.prepare?.(at);
        const { page, context } = await openState(at, state);
        // A colour on its way from light to dark is nobody's contrast.
        await page.addStyleTag({ content: '* { transition: none !important; }' });
        const light = (await examine(page)).problems;
        await page.evaluate(() => {
          for (const { classList } of [document.documentElement, document.body]) {
            classList.remove('slds-color-scheme_light');
            classList.add('slds-color-scheme_dark');
          }
        });
        const dark = (await examine(page)).problems;
        await context.close();
        expect({ light, dark }).toEqual({ light: [], dark: [] });
      },
      SLOW,
    );
});
