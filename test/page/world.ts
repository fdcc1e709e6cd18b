import type { Browser, Locator } from 'playwright-core';
import { startPage } from '../../sandbox/page/server.ts';
import type { RunningPage } from '../../sandbox/page/server.ts';
import { openWorld } from '../e2e/harness.ts';
import type { Row, World } from '../e2e/harness.ts';
import { openBrowser, visit } from './browser.ts';
import type { Look, Visit } from './browser.ts';

/** The sandbox with scores that the real scorer wrote, its page, and a browser. */
export interface PageWorld {
  readonly world: World;
  readonly local: RunningPage;
  readonly browser: Browser;
  /** The score of an account in the newest complete month. */
  readonly scoreOf: (accountId: string) => Row;
  /** Opens a record page as somebody and waits until the card says something. */
  readonly open: (path: string, look?: Look & { readonly details?: boolean }) => Promise<CardVisit>;
  readonly close: () => Promise<void>;
}

export interface CardVisit extends Visit {
  readonly card: Locator;
}

export const PERIOD = '2026-10';

/** Months that the scorer fills: the trend shows thirteen. */
const MONTHS = [...Array(13).keys()].map((n) => {
  const month = new Date(Date.UTC(2025, 9 + n, 1));
  return month.toISOString().slice(0, 7);
});

const HELD = 3;

/** A small base can move more tiers than the guard lets pass; the person at the console says yes. */
function release(world: World): ReturnType<World['scorer']> {
  const held = world.runs().find(({ Status__c }) => Status__c === 'Held');
  return world.scorer(['run', '--confirm', String(held?.['Run_Key__c'])]);
}

/** @param months how many months are scored, the newest last; 1 is enough for what is not about history */
export async function openPageWorld({ accounts = 12, months = 2 } = {}): Promise<PageWorld> {
  const world = await openWorld({ accounts, months: 24 });
  const browser = await openBrowser();
  for (const period of MONTHS.slice(-months)) {
    const first = await world.scorer(['run', '--period', period]);
    const { exit, stderr } = first.exit === HELD ? await release(world) : first;
    if (exit !== 0)
      throw new Error(`scorer run --period ${period}: found exit ${exit}, expected 0; ${stderr}`);
  }
  const local = await startPage({ org: world.sandbox.org });
  return {
    world,
    local,
    browser,
    scoreOf: (accountId) => {
      const row = world.scores(PERIOD).find(({ Account__c: id }) => id === accountId);
      if (!row) throw new Error(`${accountId}: found no score of ${PERIOD}`);
      return row;
    },
    open: async (path, look = {}) => {
      const visitor = await visit(browser, local.url, look);
      await visitor.page.goto(`${local.url}${path}`);
      const card = visitor.page.locator('c-health-card, c-health-compact').first();
      await card.getByRole('heading').first().waitFor();
      if (look.answers === undefined && look.details !== false) await openDetails(card);
      return { ...visitor, card };
    },
    close: async () => {
      await browser.close();
      await local.close();
      await world.sandbox.close();
    },
  };
}

/** Opens the details of a card that has them closed; a wide card shows them always. */
export async function openDetails(card: Locator): Promise<void> {
  await card.locator('[data-id="score"], [data-notice]').first().waitFor();
  const button = card.locator('[data-act="details"][aria-expanded="false"]');
  if (await button.isVisible()) await button.click();
}

export const accountPage = (accountId: unknown): string => `/lightning/r/Account/${String(accountId)}/view`;
