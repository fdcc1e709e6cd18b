import { get } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from '../../sandbox/page/server.ts';
import type { RunningPage } from '../../sandbox/page/server.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { openBrowser, visit } from './browser.ts';
import type { Look, Visit } from './browser.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SLOW = 300_000;

describe('the local page, with a component that uses all of it', () => {
  let sandbox: Sandbox;
  let local: RunningPage;
  let browser: Browser;
  let account = '';
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, accounts: 4, months: 3 });
    local = await startPage({
      org: sandbox.org,
      sources: {
        lwcDirs: [join(FIXTURES, 'lwc')],
        labelsFile: join(FIXTURES, 'CustomLabels.labels-meta.xml'),
        cacheDir: join(import.meta.dirname, '../../.cache/page-test'),
      },
      flexipages: join(FIXTURES, 'flexipages'),
    });
    browser = await openBrowser();
    account = sandbox.base.customers[0]?.accountId ?? '';
  }, SLOW);
  afterAll(async () => {
    await browser.close();
    await local.close();
    await sandbox.close();
  });

  const recordPage = (): string => `${local.url}/lightning/r/Account/${account}/view`;
  const look = async (options: Look = {}): Promise<Visit> => {
    const visitor = await visit(browser, local.url, options);
    await visitor.page.goto(recordPage());
    return visitor;
  };
  const fact = async ({ page }: Visit, name: string): Promise<string> =>
    (await page.locator(`[data-fact="${name}"]`).textContent({ timeout: 60_000 })) ?? '';
  const eventually = async (visitor: Visit, name: string, value: string): Promise<void> => {
    await visitor.page.locator(`[data-fact="${name}"]`, { hasText: value }).waitFor({ timeout: 60_000 });
  };

  it(
    'gives a component its record, labels, schema, user and wire answers',
    async () => {
      const visitor = await look();
      await eventually(visitor, 'answers', '1');
      const names = ['name', 'segment', 'field', 'user', 'may-refresh', 'object', 'note', 'reference', 'now'];
      const facts = Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await fact(visitor, name)] as const)),
      );
      const [customer] = sandbox.base.customers;
      expect(facts).toEqual({
        name: customer?.name,
        segment: customer?.segment,
        field: 'Account.Name',
        user: local.people.find(({ key }) => key === 'manager')?.userId,
        'may-refresh': 'true',
        object: 'Account',
        note: 'set on the page',
        reference: account,
        now: '2026-11-21',
      });
      await visitor.page.getByText('What the page gives').waitFor();
      expect(visitor.trouble).toEqual([]);
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'hands on the errors of the org for a field that does not exist',
    async () => {
      const visitor = await look();
      await eventually(visitor, 'unknown', "Field 'Nope__c' in type 'Account' is undefined");
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'hides from a sales user what only permission sets of the health score grant',
    async () => {
      const visitor = await look({ person: 'sales' });
      await eventually(visitor, 'segment', 'hidden');
      expect(await fact(visitor, 'may-refresh')).toBe('false');
      expect(await visitor.page.locator('.page-fields').textContent()).not.toContain('Health segment');
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'asks again when a component asks the page to refresh',
    async () => {
      const visitor = await look();
      await eventually(visitor, 'answers', '1');
      await visitor.page.getByRole('button', { name: 'Refresh' }).click();
      await eventually(visitor, 'answers', '2');
      await eventually(visitor, 'refreshed', '1');
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'creates a record by a mutation, shows a toast, and leads to the record',
    async () => {
      const visitor = await look();
      await visitor.page.getByRole('button', { name: 'Raise' }).click();
      await visitor.page.getByRole('status').getByRole('link', { name: 'the signal' }).click();
      await visitor.page.locator('dd', { hasText: 'Seen by the probe' }).waitFor();
      const [signal] = sandbox.org.org.query(
        "SELECT Account__c, CreatedById FROM Churn_Signal__c WHERE Date_Observed__c = 2026-11-20 AND Severity__c = 'Watch' ORDER BY CreatedDate DESC LIMIT 1",
      );
      expect(signal).toMatchObject({
        Account__c: account,
        CreatedById: local.people.find(({ key }) => key === 'manager')?.userId,
      });
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'tells a component why the org refuses a mutation',
    async () => {
      const visitor = await look({ person: 'viewer' });
      await visitor.page.getByRole('button', { name: 'Raise' }).click();
      await eventually(visitor, 'made', 'refused: ');
      await visitor.page.getByRole('alert').getByText('Nothing raised').waitFor();
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'navigates where a component asks, and switches the person and the appearance',
    async () => {
      const { page, context } = await look();
      await page.getByRole('button', { name: 'All accounts' }).click();
      await page.getByRole('heading', { name: 'Accounts' }).waitFor();
      await page.getByLabel('Look as').selectOption('viewer');
      await page.getByLabel('Appearance').selectOption('dark');
      await page.getByRole('button', { name: 'Switch' }).click();
      await page.getByRole('heading', { name: 'Accounts' }).waitFor();
      expect(await page.getByLabel('Look as').inputValue()).toBe('viewer');
      expect(await page.locator('html').getAttribute('class')).toBe('slds-color-scheme_dark');
      await context.close();
    },
    SLOW,
  );

  it('says on every page that it is a simulation', async () => {
    for (const path of [
      '/lightning/o/Account/list',
      `/lightning/r/Account/${account}/view`,
      '/lightning/n/X',
    ]) {
      const text = await (await fetch(`${local.url}${path}`)).text();
      expect(text).toContain('Local simulation, not Salesforce.');
    }
  });

  it.each([
    ['a name that leads here from elsewhere', { Host: 'health.example.com' }],
    ['a page of another address', { Origin: 'https://elsewhere.example.com' }],
  ])('refuses %s', async (_case, headers) => {
    // Not fetch: it sets these headers itself.
    const status = await new Promise<number>((resolve, reject) => {
      get(local.url, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).on('error', reject);
    });
    expect(status).toBe(403);
  });

  it('refuses to lead back to another address', async () => {
    const response = await fetch(`${local.url}/sandbox/settings`, {
      method: 'POST',
      body: new URLSearchParams({ back: '//elsewhere.example.com' }),
      redirect: 'manual',
    });
    expect(response.headers.get('location')).toBe('/');
  });
});
