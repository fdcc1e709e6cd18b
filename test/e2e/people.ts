/** What people do in the org while the scorer looks elsewhere. */
import type { World } from './harness.ts';

type Value = string | number | null;

/** Changes a record, or all that a condition finds. @throws Error when there is none */
export function change(
  world: World,
  object: string,
  condition: string,
  fields: Readonly<Record<string, Value>>,
): void {
  const { schema, store } = world.sandbox.org.org;
  const definition = schema.objects.get(object.toLowerCase());
  const rows = world.query(`SELECT Id FROM ${object} WHERE ${condition}`);
  if (definition === undefined || rows.length === 0) throw new Error(`found no ${object} with ${condition}`);
  for (const row of rows) store.update(definition, String(row['Id']), fields);
}

/** Edits the model in Setup: custom metadata cannot be written over REST. */
export const edit = (
  world: World,
  type: string,
  record: string,
  fields: Readonly<Record<string, Value>>,
): void => change(world, type, `DeveloperName = '${record}'`, fields);

/** Raises a critical signal on each of the accounts. */
export function raise(world: World, accountIds: readonly string[], observedOn: string): void {
  world.sandbox.org.org.load(
    accountIds.map((Account__c) => ({
      object: 'Churn_Signal__c',
      fields: {
        Account__c,
        Severity__c: 'Critical',
        Status__c: 'Active',
        Confidence__c: 'Confirmed',
        Signal_Category__c: 'Budget cut',
        Signal_Detail__c: 'Seen by their account manager.',
        Date_Observed__c: observedOn,
      },
    })),
  );
}

/** Mixes up which customer of Looker an account is: the mistake that moves many tiers at once. */
export function mixUpLooker(world: World, by = 1): void {
  const mapped = world.query(
    'SELECT Id, Looker_Customer_Id__c FROM Account WHERE Looker_Customer_Id__c != null ORDER BY Id',
  );
  const ids = mapped.map((row) => String(row['Looker_Customer_Id__c']));
  for (const row of mapped)
    change(world, 'Account', `Id = '${String(row['Id'])}'`, { Looker_Customer_Id__c: null });
  mapped.forEach((row, i) =>
    change(world, 'Account', `Id = '${String(row['Id'])}'`, {
      Looker_Customer_Id__c: ids[(i + by) % ids.length] ?? null,
    }),
  );
}

/** Takes away every record of an object, as if there had never been one. */
export function erase(world: World, object: string): void {
  const { schema, store } = world.sandbox.org.org;
  const definition = schema.objects.get(object.toLowerCase());
  if (definition === undefined) throw new Error(`found no ${object}`);
  for (const row of world.query(`SELECT Id FROM ${object}`)) store.erase(definition, String(row['Id']));
}
