import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountPage, openDetails, openPageWorld } from './world.ts';
import type { PageWorld } from './world.ts';

const SLOW = 600_000;
/** The record column of an account's page, and what of it a person sees without moving. */
const COLUMN = 380;
const SCREEN = 640;

describe('the first screen of the card', () => {
  let at: PageWorld;
  beforeAll(async () => {
    at = await openPageWorld({ accounts: 60 });
  }, SLOW);
  afterAll(() => at.close());

  it(
    'shows each of the 57 customers without scrolling, and says what presses',
    async () => {
      const scores = at.world.scores();
      expect(scores).toHaveLength(57);
      const [first] = scores;
      const { page, card, context, trouble } = await at.open(accountPage(first?.['Account__c']), {
        details: false,
      });
      for (const row of scores) {
        const name = String(row['Account__c']);
        await page.goto(`${at.local.url}${accountPage(name)}`);
        await card.locator('[data-id="score"]').waitFor();
        const { height, text } = await card.evaluate((element, width) => {
          const host = element as HTMLElement;
          host.style.inlineSize = `${String(width)}px`;
          return { height: host.getBoundingClientRect().height, text: host.innerText };
        }, COLUMN);
        expect([name, height <= SCREEN, Math.round(height)]).toEqual([name, true, Math.round(height)]);
        const codes = String(row['Headline_Codes__c']);
        if (/renewal/.test(codes))
          expect([name, text]).toEqual([name, expect.stringMatching(/Renews|renewal was due/)]);
        if (/silent_users/.test(codes))
          expect([name, text]).toEqual([name, expect.stringContaining('No one has')]);
        if (/champion_vacant/.test(codes))
          expect([name, text]).toEqual([name, expect.stringContaining('No champion')]);
        expect(text).not.toMatch(/undefined|NaN|null|\{\w+\}|_signal|_hold/);
      }
      expect(trouble).toEqual([]);
      await context.close();
    },
    SLOW,
  );

  it(
    'leads to everything else in one move, and back',
    async () => {
      const [row] = at.world.scores();
      const { card, context } = await at.open(accountPage(row?.['Account__c']), { details: false });
      expect(await card.getByText('Where points are lost').isVisible()).toBe(false);
      await openDetails(card);
      expect(await card.getByText('Where points are lost').isVisible()).toBe(true);
      await card.getByRole('button', { name: 'Fewer details' }).click();
      expect(await card.getByText('Where points are lost').isVisible()).toBe(false);
      await context.close();
    },
    SLOW,
  );
});
