import { z } from 'zod';
import { isMap } from './schema-parts.ts';
import { readBySchema, type Read } from './schema-problems.ts';

// What an admin left empty is null: what it should be, the schemas of the model say, which serve files as well.
const amount = z.number().nullable();
const word = z.string().nullable();
const named = { DeveloperName: z.string(), MasterLabel: z.string() };

const amounts = <F extends string>(fields: readonly F[]) =>
  Object.fromEntries(fields.map((field) => [field, amount])) as Record<F, typeof amount>;

/** Keys of the YAML and the fields of Health_Setting__mdt that hold them. */
export const SETTING_FIELDS = {
  health: { churn_risk: 'Churn_Risk_Weight__c', platform_value: 'Platform_Value_Weight__c' },
  guards: {
    provisional_below_coverage: 'Provisional_Below_Coverage__c',
    max_carry_forward_days: 'Max_Carry_Forward_Days__c',
    outage_share: 'Outage_Share__c',
    tier_move_share: 'Tier_Move_Share__c',
    tier_move_min_accounts: 'Tier_Move_Min_Accounts__c',
    rule_move_share: 'Rule_Move_Share__c',
  },
  settings: {
    run_day: 'Run_Day__c',
    alert_margin: 'Alert_Margin__c',
    alert_cooldown_days: 'Alert_Cooldown_Days__c',
  },
} as const;

const flags = { Enabled__c: z.boolean(), Order__c: amount };
const bySegment = <F extends string>(field: F) => amounts([`${field}_Paid__c`, `${field}_Standard__c`]);

/** The custom metadata types that hold the model, and the fields that are read of each. */
export const RECORDS = {
  metrics: {
    type: 'Health_Metric__mdt',
    record: z.object({
      ...named,
      ...flags,
      Dimension__r: z.object({ DeveloperName: z.string() }).nullable(),
      Direction__c: word,
      Unit__c: word,
      ...bySegment('Weight'),
      ...bySegment('Green'),
      ...bySegment('Yellow'),
      ...bySegment('Red'),
    }),
  },
  dimensions: {
    type: 'Health_Dimension__mdt',
    record: z.object({ ...named, Part_Of__c: word, Order__c: amount, ...bySegment('Weight') }),
  },
  tiers: { type: 'Health_Tier__mdt', record: z.object({ ...named, From__c: amount, Order__c: amount }) },
  caps: {
    type: 'Health_Cap__mdt',
    record: z.object({
      ...named,
      ...flags,
      Severity__c: word,
      At_Least__c: amount,
      Cap__c: amount,
      Confirmed_Only__c: z.boolean(),
      Segment__c: word,
    }),
  },
  settings: {
    type: 'Health_Setting__mdt',
    record: z.object({
      ...named,
      ...amounts(Object.values(SETTING_FIELDS.health)),
      Monitoring_Reduction__c: amount,
      ...amounts(Object.values(SETTING_FIELDS.guards)),
      ...amounts(Object.values(SETTING_FIELDS.settings)),
    }),
  },
} as const;

export type Kind = keyof typeof RECORDS;

/** A record of one type, as SOQL gives it. */
export type Row<K extends Kind> = z.output<(typeof RECORDS)[K]['record']>;

/** The records of a model by what they are; `settings` is the one named Default. */
export type MetadataRecords = {
  readonly [K in Exclude<Kind, 'settings'>]: readonly Row<K>[];
} & { readonly settings: Row<'settings'> };

/**
 * The query that reads the fields of a type.
 *
 * @example queryOf('tiers') // => 'SELECT DeveloperName, MasterLabel, From__c, Order__c FROM Health_Tier__mdt'
 */
export function queryOf(kind: Kind): string {
  const { type, record } = RECORDS[kind];
  const fields = Object.keys(record.shape).map((field) => field.replace(/__r$/, '__r.DeveloperName'));
  return `SELECT ${fields.join(', ')} FROM ${type}`;
}

/**
 * Records of one type, or what is wrong with them.
 *
 * @param rows as the query gives them
 * @example readRows('tiers', [{ DeveloperName: 'Healthy', MasterLabel: 'Healthy', From__c: '76', Order__c: 2 }]).problems
 * // => [{ where: 'Health_Tier__mdt.Healthy From__c', found: '"76" (text)', expected: 'a number' }]
 */
export function readRows<K extends Kind>(kind: K, rows: readonly unknown[]): Read<Row<K>[]> {
  const { type, record } = RECORDS[kind];
  const where = (path: readonly (string | number)[]): string => {
    const row = rows[Number(path[0])];
    const name = isMap(row) ? `.${String(row['DeveloperName'])}` : '';
    return `${type}${name} ${path.slice(1).join('.')}`.trimEnd();
  };
  return readBySchema(z.array(record), rows, { where }) as Read<Row<K>[]>;
}
