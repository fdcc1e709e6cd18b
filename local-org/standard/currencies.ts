// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm

import type { SeedRecord } from '../load.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { always, field, flag, object, pick, readOnly, systemFields, text, whole } from './fields.ts';

/** An org with several currencies. */
export interface Currencies {
  /** ISO code of the org's own one. */
  readonly corporate: string;
  /** How much of each other one is one unit of it. */
  readonly rates: Readonly<Record<string, number>>;
}

const STANDARD = ['Account', 'Opportunity', 'OpportunityHistory', 'Contract', 'Contact', 'User'];

/** Only there in an org with several currencies: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm */
const currencyType = (): ObjectDef =>
  object(
    'CurrencyType',
    '01L',
    [
      ...systemFields().filter(({ name }) => name !== 'IsDeleted'),
      ...[
        text('IsoCode', 'Currency ISO Code', 3),
        field('ConversionRate', 'Conversion Rate', 'double', { precision: 18, scale: 6 }),
        whole('DecimalPlaces', 'Decimal Places'),
        flag('IsActive', 'Active'),
        flag('IsCorporate', 'Corporate Currency'),
      ].map((one) => readOnly(always(one))),
    ],
    { permissionable: false, createable: false, updateable: false, deletable: false },
  );

/**
 * Gives an org several currencies: each record with amounts then has one, the corporate one unless it says another (in a
 * real org the currency of whoever makes it).
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.admin_currency.htm
 */
export function addCurrencies(schema: Schema, { corporate, rates }: Currencies): void {
  const codes = [corporate, ...Object.keys(rates)];
  for (const each of schema.objects.values()) {
    if (!STANDARD.includes(each.name) && !each.name.endsWith('__c')) continue;
    const own = pick('CurrencyIsoCode', 'Currency ISO Code', codes, {
      defaultValue: corporate,
      restricted: true,
    });
    each.fields.set('currencyisocode', always({ ...own, nillable: false }));
  }
  const type = currencyType();
  schema.objects.set(type.name.toLowerCase(), type);
}

/** The rates as records; that of the corporate currency is 1. */
export const currencyRecords = ({ corporate, rates }: Currencies): SeedRecord[] =>
  Object.entries({ [corporate]: 1, ...rates }).map(([IsoCode, ConversionRate]) => ({
    object: 'CurrencyType',
    fields: { IsoCode, ConversionRate, DecimalPlaces: 2, IsActive: true, IsCorporate: IsoCode === corporate },
  }));
