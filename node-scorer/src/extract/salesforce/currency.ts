/** Amounts of an org with several currencies. One with a single currency has none of these fields. */
import type { Known } from '../../facts/index.ts';
import { mapKnown, toText, type ObjectReader } from './access.ts';
import type { Row } from './client.ts';
import { toNumber } from './history.ts';

/** On every record with amounts, in an org with several currencies only. */
export const CURRENCY = 'CurrencyIsoCode';

/** How much of each currency one unit of the org's own (corporate) one is; null in an org with a single currency. */
export type Rates = Known<ReadonlyMap<string, number>> | null;

/**
 * The org's own rates, as of today; rates by date, where an org has them, are left aside.
 *
 * Not `convertCurrency`: that one converts to the currency of whoever asks.
 *
 * @param accountRows the accounts as read: where they have no currency, nothing is asked
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm
 */
export async function readRates(reader: ObjectReader, accountRows: ReadonlyMap<string, Row>): Promise<Rates> {
  const [first] = accountRows.values();
  if (first === undefined || !(CURRENCY in first)) return null;
  const rows = await reader.read({
    purpose: 'conversion rates',
    object: 'CurrencyType',
    fields: ['IsoCode', 'ConversionRate', 'IsCorporate'],
  });
  return mapKnown(
    rows,
    (known) =>
      new Map(
        known.flatMap((row) => {
          const [code, rate] = [toText(row['IsoCode']), toNumber(row['ConversionRate'])];
          return code === null || rate === null || rate <= 0 ? [] : [[code, rate] as const];
        }),
      ),
  );
}

/**
 * An amount in another currency.
 *
 * @param from null: the org's own
 * @returns `invalid` for a currency without a rate
 * @example convert(200_000, null, 'JPY', { known: new Map([['JPY', 150]]) }) // => { known: 30_000_000 }
 */
export function convert(amount: number, from: string | null, to: string | null, rates: Rates): Known<number> {
  if (rates === null || from === to) return { known: amount };
  return mapKnown2(rateOf(from, rates), rateOf(to, rates), (a, b) => (amount / a) * b);
}

function rateOf(code: string | null, rates: NonNullable<Rates>): Known<number> {
  if (code === null) return { known: 1 };
  if ('missing' in rates) return rates;
  const rate = rates.known.get(code);
  return rate === undefined ? { missing: 'invalid' } : { known: rate };
}

const mapKnown2 = (
  a: Known<number>,
  b: Known<number>,
  change: (a: number, b: number) => number,
): Known<number> => {
  if ('missing' in a) return a;
  return mapKnown(b, (known) => change(a.known, known));
};
