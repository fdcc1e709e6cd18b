/** What people do in the org while the scorer looks elsewhere. */
import type { ObjectDef } from 'local-org';
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

/** The org as it was before anything was scored: no score, no run, no account that points at one. */
export function unscore(world: World): void {
  const { schema, store } = world.sandbox.org.org;
  const each = (name: string, condition: string, work: (object: ObjectDef, id: string) => void): void => {
    const object = schema.objects.get(name.toLowerCase());
    if (object === undefined) throw new Error(`found no ${name}`);
    for (const row of world.query(`SELECT Id FROM ${name}${condition}`)) work(object, String(row['Id']));
  };
  each('Account', ' WHERE Current_Health_Score__c != null', (object, id) =>
    store.update(object, id, { Current_Health_Score__c: null }),
  );
  each('Health_Score__c', '', store.erase);
  each('Health_Score_Run__c', '', store.erase);
}
