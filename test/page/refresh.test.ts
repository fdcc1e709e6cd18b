import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from '../../sandbox/page/server.ts';
import type { RunningPage } from '../../sandbox/page/server.ts';
import { openWorld } from '../e2e/harness.ts';
import type { World } from '../e2e/harness.ts';
import { connect } from '../flow/flow-world.ts';
import { startServing } from '../service/serve-fixture.ts';
import type { Served } from '../service/serve-fixture.ts';
import { TOKEN } from '../service/service-fixture.ts';
import { openBrowser, visit } from './browser.ts';
import { accountPage, openDetails } from './world.ts';

const SLOW = 300_000;

describe('a refresh from the card, through the screen flow and the real service', () => {
  let world: World;
  let service: Served;
  let local: RunningPage;
  let browser: Browser;
  beforeAll(async () => {
    world = await openWorld({ accounts: 12, months: 4 });
    service = await startServing(world.sandbox.env);
    connect(world.sandbox.org.org, service.address, TOKEN);
    local = await startPage({ org: world.sandbox.org });
    browser = await openBrowser();
  }, SLOW);
  afterAll(async () => {
    await browser.close();
    await local.close();
    await service.terminate();
    await world.sandbox.close();
  });

  it(
    'gives an account its first score, and the card shows it without another load of the page',
    async () => {
      const [account] = world.query(
        'SELECT Id FROM Account WHERE Health_Segment__c != null AND Churned_On__c = null LIMIT 1',
      );
      const { page, context, trouble } = await visit(browser, local.url);
      await page.goto(`${local.url}${accountPage(account?.['Id'])}`);
      const card = page.locator('c-health-card');
      await card.getByText('No score yet', { exact: true }).waitFor();
      await card.getByRole('button', { name: 'Refresh now' }).first().click();
      await card.getByText('Read all sources again').waitFor();
      await card.getByRole('button', { name: 'Refresh', exact: true }).click();
      await card.locator('c-run-progress').waitFor();
      await card.locator('[data-id="score"]').waitFor();
      await openDetails(card);
      await card.getByText('matches the stored score').waitFor();
      const [row] = world.query(
        `SELECT Health_Score__c, Run__r.Scope__c, Run__r.Mode__c FROM Health_Score__c WHERE Account__c = '${String(account?.['Id'])}'`,
      );
      expect(row?.['Run__r']).toMatchObject({ Scope__c: account?.['Id'], Mode__c: 'refresh' });
      expect(await card.locator('[data-id="score"]').innerText()).toBe(
        Number(row?.['Health_Score__c']).toFixed(1),
      );
      expect(trouble).toEqual([]);
      await context.close();
    },
    SLOW,
  );
});
