import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import { openWorld, storedReadings, type World } from './harness.ts';

const YEN = 150;

describe('an org with several currencies', () => {
  let world: World;
  /** Every other customer pays in yen, now and in all of the history. */
  const inYen = (n: number): boolean => n % 2 === 0;
  beforeAll(async () => {
    world = await openWorld({ accounts: 12, currencies: { corporate: 'USD', rates: { JPY: YEN } } });
    const { schema, store } = world.sandbox.org.org;
    const [account, history] = ['account', 'accounthistory'].map((name) => schema.objects.get(name));
    if (account === undefined || history === undefined) throw new Error('found no accounts in the org');
    for (const [n, { accountId }] of world.sandbox.base.customers.entries()) {
      if (!inYen(n)) continue;
      const arr = Number(store.find(account, accountId)?.['ARR__c']);
      store.update(account, accountId, { CurrencyIsoCode: 'JPY', ARR__c: arr * YEN });
      for (const { Id } of world.query(
        `SELECT Id FROM AccountHistory WHERE AccountId = '${accountId}' AND Field = 'ARR__c'`,
      )) {
        const row = store.find(history, String(Id));
        const times = (value: unknown) => String(Number(value) * YEN);
        store.update(history, String(Id), {
          OldValue: times(row?.['OldValue']),
          NewValue: times(row?.['NewValue']),
        });
      }
    }
  });
  afterAll(() => world.sandbox.close());

  it('reads what it would in one currency, and writes nothing the second time', async () => {
    expect((await world.run('--period', '2026-10')).exit).toBe(0);
    const expected = expectedReadings(world.sandbox.base, '2026-10');
    for (const row of world.scores())
      expect(storedReadings(row)).toEqual(expected.get(String(row['Account__c'])));
    const again = await world.run('--period', '2026-10', '--force');
    expect(again.report.counts).toMatchObject({ written: 0, failed: 0 });
  });

  it('stores revenue in the currency of the account', () => {
    const rows = world.query(
      'SELECT Account__c, CurrencyIsoCode, Account__r.CurrencyIsoCode FROM Health_Score__c',
    );
    expect(new Set(rows.map((row) => row['CurrencyIsoCode']))).toEqual(new Set(['USD', 'JPY']));
    for (const row of rows)
      expect(row['Account__r']).toMatchObject({ CurrencyIsoCode: row['CurrencyIsoCode'] });
  });
});
