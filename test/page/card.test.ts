import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountPage, openDetails, openPageWorld } from './world.ts';
import type { CardVisit, PageWorld } from './world.ts';

const SLOW = 300_000;
const CURRENT = '2026-11';

describe('the health card on a record page, as people use it', () => {
  let at: PageWorld;
  let scored: Record<string, unknown>[] = [];
  beforeAll(async () => {
    at = await openPageWorld();
    scored = at.world.scores();
  }, SLOW);
  afterAll(() => at.close());

  /** An account without a cap, whose score rests on all its data. */
  const free = (): Record<string, unknown> => {
    const row = scored.find(
      ({ Cap__c, Provisional__c, Tier__c }) => !Cap__c && !Provisional__c && Tier__c === 'Healthy',
    );
    if (!row) throw new Error('no account is Healthy without a cap in this base');
    return row;
  };
  const shown = (value: unknown): string => Number(value).toFixed(1);
  const score = ({ card }: CardVisit): Promise<string> => card.locator('[data-id="score"]').innerText();
  const refreshed = async (accountId: unknown): Promise<void> => {
    const { exit, stderr } = await at.world.scorer([
      'run',
      '--period',
      CURRENT,
      '--account',
      String(accountId),
    ]);
    expect([exit, stderr]).toEqual([0, expect.anything()]);
  };

  it(
    'says score, tier and change first, and what is stored is what is shown',
    async () => {
      const row = free();
      const visitor = await at.open(accountPage(row['Account__c']));
      expect(await score(visitor)).toBe(shown(row['Health_Score__c']));
      expect(await visitor.card.locator('[data-id="tier"]').innerText()).toContain(String(row['Tier__c']));
      await visitor.card.getByText('matches the stored score').waitFor();
      expect(visitor.trouble).toEqual([]);
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'asks once for what it shows',
    async () => {
      const visitor = await at.open(accountPage(free()['Account__c']));
      await visitor.card.getByText('matches the stored score').waitFor();
      expect(visitor.asked).toHaveLength(1);
      await visitor.context.close();
    },
    SLOW,
  );

  it(
    'unfolds a part into its metrics by keyboard alone',
    async () => {
      const { page, card, context } = await at.open(accountPage(free()['Account__c']));
      const toggle = card.locator('[data-part="support"] button.toggle');
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        if (await toggle.evaluate((element) => element.matches(':focus'))) break;
      }
      expect(await toggle.evaluate((element) => element.matches(':focus'))).toBe(true);
      expect(await toggle.getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('Enter');
      await card.locator('[data-part="support"] [data-metric]').first().waitFor();
      expect(await toggle.getAttribute('aria-expanded')).toBe('true');
      expect(await card.locator('[data-part="support"] [data-metric]').count()).toBeGreaterThan(5);
      await page.keyboard.press('Space');
      await card.locator('[data-part="support"] [data-metric]').first().waitFor({ state: 'detached' });
      await context.close();
    },
    SLOW,
  );

  it(
    'holds the score at 59 after a Critical signal was raised, and gives it back when it is resolved',
    async () => {
      const accountId = free()['Account__c'];
      await refreshed(accountId);
      const visitor = await at.open(accountPage(accountId));
      const { page, card, context } = visitor;
      const before = await score(visitor);
      expect(Number(before)).toBeGreaterThan(59);

      await card.getByRole('button', { name: 'Raise a signal' }).click();
      const form = card.locator('c-health-signal-form');
      const choose = async (field: string, option: string): Promise<void> => {
        await form.getByRole('combobox', { name: field }).click();
        // What each does is said beside it.
        await form.getByRole('option', { name: new RegExp(`^${option}`) }).click();
      };
      await choose('Severity', 'Critical');
      await choose('Confidence', 'Confirmed');
      await form.getByRole('combobox', { name: 'Category' }).click();
      await form.getByRole('option').nth(1).click();
      await form.getByRole('textbox', { name: 'What was seen' }).fill('The sponsor has left.');
      await form.getByRole('button', { name: 'Save' }).click();
      await page.locator('#sandbox-toasts').getByRole('status').waitFor();
      const raised = card.locator('[data-id="signals"] li', { hasText: 'The sponsor has left.' });
      await raised.getByText('Critical').waitFor();
      expect(await score(visitor)).toBe(before);

      await refreshed(accountId);
      await page.reload();
      await openDetails(card);
      await card.locator('[data-notice="cap"]').getByText('Capped at 59.0').waitFor();
      expect(await score(visitor)).toBe('59.0');
      await card.getByText('matches the stored score').waitFor();

      await raised.getByRole('button', { name: 'Resolve' }).click();
      await form.getByRole('combobox').first().click();
      await form.getByRole('option').nth(1).click();
      await form.getByRole('button', { name: 'Save' }).click();
      await raised.waitFor({ state: 'detached' });

      await refreshed(accountId);
      await page.reload();
      await openDetails(card);
      await card.getByText('matches the stored score').waitFor();
      expect(await score(visitor)).toBe(before);
      expect(visitor.trouble).toEqual([]);
      await context.close();
    },
    SLOW,
  );

  it(
    'fills in a task for a next step, and shows it from then on in place of the button',
    async () => {
      const { page, card, context } = await at.open(accountPage(free()['Account__c']));
      const account = accountPage(free()['Account__c']);
      await card.locator('c-health-steps').getByRole('button', { name: 'Create task' }).first().click();
      await page.getByRole('heading', { name: 'New Task' }).waitFor();
      const subject = await page.getByLabel('Subject').inputValue();
      expect(subject).not.toBe('');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: subject }).waitFor();
      const [task] = at.world.query(
        'SELECT WhatId, Subject FROM Task ORDER BY CreatedDate DESC, Id DESC LIMIT 1',
      );
      expect(task).toEqual(expect.objectContaining({ Subject: subject, WhatId: free()['Account__c'] }));
      await page.goto(`${at.local.url}${account}`);
      await card.getByRole('button', { name: /^Open task, due / }).waitFor();
      await context.close();
    },
    SLOW,
  );

  it(
    'shows a sales user without access to health nothing of it',
    async () => {
      const row = free();
      const { card, page, context, asked } = await at.open(accountPage(row['Account__c']), {
        person: 'sales',
      });
      await card.getByText('not its health score').waitFor();
      const text = await page.locator('main').innerText();
      expect(text).not.toContain(shown(row['Health_Score__c']));
      expect(text).not.toContain(String(row['Main_Reason__c']));
      expect(asked.length).toBeGreaterThan(0);
      await context.close();
    },
    SLOW,
  );

  it(
    'offers a viewer neither signals to raise nor to resolve, nor a refresh',
    async () => {
      const capped = scored.find(({ Cap__c }) => Cap__c);
      const { card, context } = await at.open(accountPage(capped?.['Account__c']), { person: 'viewer' });
      await card.getByText('matches the stored score').waitFor();
      const buttons = await card.getByRole('button').allInnerTexts();
      expect(buttons.length).toBeGreaterThan(3);
      expect(buttons.join(' ')).not.toMatch(/Raise|Resolve|Refresh/);
      await context.close();
    },
    SLOW,
  );

  it.each([
    ['the stored score', { Health_Score__c: 99.9 }],
    ['a stored reading', undefined],
  ])(
    'warns when %s was changed by hand',
    async (_what, change) => {
      const row = scored
        .filter(({ Cap__c, Provisional__c }) => !Cap__c && !Provisional__c)
        .at(change ? 1 : 2);
      const id = String(row?.['Id']);
      const details = JSON.parse(String(row?.['Details__c'])) as {
        readings: { id: string; value: number | null }[];
      };
      const tampered = {
        ...details,
        readings: details.readings.map((reading) =>
          reading.id === 'messaging' ? { ...reading, value: 1 } : reading,
        ),
      };
      const fields = change ?? { Details__c: JSON.stringify(tampered) };
      at.world.sandbox.org.org.store.update(
        at.world.sandbox.org.org.schema.objects.get('health_score__c') ?? expect.fail('no Health_Score__c'),
        id,
        fields,
      );
      const { card, context } = await at.open(accountPage(row?.['Account__c']));
      await card.locator('[data-notice="proof"]').waitFor();
      expect(await card.innerText()).not.toContain('matches the stored score');
      await card
        .getByText(/does not match the stored score|other values come out/)
        .first()
        .waitFor();
      await context.close();
    },
    SLOW,
  );
});
