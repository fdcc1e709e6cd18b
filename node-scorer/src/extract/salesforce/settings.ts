import { z } from 'zod';
import { mapOf, number, text, textOf, wholeNumber, type DeepReadonly } from '../../config/schema-parts.ts';

/** Objects and fields go into SOQL as they are, so nothing but a name may pass. */
const name = textOf(/^[A-Za-z][A-Za-z0-9_]*$/, 'an API name of Salesforce');
/** A clause that the admin wrote; absent is right, empty is not. */
const where = text().exactOptional();
/** Whole months up to the window's end. */
const months = wholeNumber(1, 120);

/** Records of an object that belong to an account. */
const records = { object: name, account: name };
/** The same, with a day. */
const dated = { ...records, date: name };

/**
 * What `sources.yaml` says of Salesforce.
 *
 * @param mapped keys of the Account fields that hold what other systems call an account
 */
export const settingsWith = (mapped: readonly string[]) =>
  z.strictObject({
    accounts: z.strictObject({ where: text() }),
    /** Names of the Account fields that carry the mapping. */
    fields: z.strictObject({
      segment: name,
      arr: name,
      success_tier: name,
      churned_on: name,
      ...(Object.fromEntries(mapped.map((key) => [key, name])) as Record<string, typeof name>),
    }),
    renewal: z.strictObject({
      ...dated,
      where,
      /** Asked for accounts that have no such record. */
      else: z.strictObject({ ...dated, where }).exactOptional(),
    }),
    payment_problems: z.strictObject({ ...dated, where, months }),
    contract_changes: z.strictObject({ ...dated, where, months }),
    arr_history: z.strictObject({ ...dated, value: name, where, months }),
    /** ARR above the limit of its tier is misaligned; a tier that is not listed has no limit. */
    tier_limits: mapOf(z.string(), number(0, 1e15)).transform((limits): Record<string, number> =>
      Object.fromEntries(limits),
    ),
    qbr: z.strictObject({ ...dated, attended: name, where, months }),
    champion: z.strictObject({ ...records, since: name, until: name, where }),
    expansion: z.strictObject({ ...records, where }),
    signals: z.strictObject({ ...records, where }),
    /** What past periods are read from; without an entry their readings are `no_history`. */
    history: z.strictObject({
      opportunity: z
        .strictObject({ object: name, opportunity: name, at: name, stage: name, close: name })
        .optional(),
      account: z.strictObject({ object: name, account: name, at: name, field: name, old: name }).optional(),
    }),
  });

export type SalesforceSource = DeepReadonly<z.output<ReturnType<typeof settingsWith>>>;
