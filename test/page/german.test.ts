import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountPage, openDetails, openPageWorld } from './world.ts';
import type { PageWorld } from './world.ts';

const SLOW = 300_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Words that only English sentences of ours have. */
const ENGLISH =
  /\b(?:the|with|without|were|is|are|and|good at|Next steps|Create|Owner|from|rose|fell|of what|by)\b/;

describe('the health card in German', () => {
  let at: PageWorld;
  beforeAll(async () => {
    at = await openPageWorld();
  }, SLOW);
  afterAll(() => at.close());

  it(
    'says everything in German, numbers and days as Germans write them, on one screen and without a violation',
    async () => {
      const scores = at.world.scores();
      const [first] = scores;
      const written = new Set(
        at.world
          .query('SELECT Signal_Detail__c FROM Churn_Signal__c')
          .map((signal) => String(signal['Signal_Detail__c'])),
      );
      const { page, card, context, trouble } = await at.open(accountPage(first?.['Account__c']), {
        language: 'de',
        details: false,
      });
      for (const row of scores) {
        await page.goto(`${at.local.url}${accountPage(row['Account__c'])}`);
        await card.locator('[data-id="score"]').waitFor();
        const height = await card.evaluate((element) => {
          (element as HTMLElement).style.inlineSize = '380px';
          return element.getBoundingClientRect().height;
        });
        expect([row['Account__c'], height <= 640, height]).toEqual([row['Account__c'], true, height]);
        await openDetails(card);
        const shown = (await card.innerText()).replace(String(row['Model_Version__c']), '');
        expect(shown).toMatch(/Nächste Schritte/);
        expect(shown).toMatch(/\d+,\d/);
        // What people wrote of a signal stays in their words.
        const own = shown.split('\n').filter((line) => !written.has(line) && !/Account Manager/.test(line));
        expect([row['Account__c'], own.filter((line) => ENGLISH.test(line))]).toEqual([
          row['Account__c'],
          [],
        ]);
      }
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run(document)');
      expect(violations.map(({ id }) => id)).toEqual([]);
      expect(trouble).toEqual([]);
      await context.close();
    },
    SLOW,
  );
});
