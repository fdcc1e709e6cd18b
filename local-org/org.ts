// Local: puts the parts of the org together.

import { fullAccess, without } from './access.ts';
import type { Access, OrgUser } from './access.ts';
import { makeFlows } from './flow/runtime.ts';
import type { Flows } from './flow/runtime.ts';
import { salesforceId } from './id.ts';
import { loadRecords } from './load.ts';
import type { SeedRecord } from './load.ts';
import { buildSchema } from './schema/build-schema.ts';
import { readComponents, readSource } from './metadata/source.ts';
import type { Component } from './metadata/source.ts';
import type { DeployResult } from './deploy/metadata-state.ts';
import { makeMetadataState } from './deploy/metadata-state.ts';
import { readPermissionSets } from './schema/permission-sets.ts';
import type { PermissionSets } from './schema/permission-sets.ts';
import { all, textOf } from './metadata/xml.ts';
import { INTEGRATION_USER, ownRecords } from './own-records.ts';
import type { UserNames } from './own-records.ts';
import { addCurrencies, currencyRecords } from './standard/currencies.ts';
import type { Currencies } from './standard/currencies.ts';
import { setPicklist } from './standard/fields.ts';
import type { ObjectDef, Schema } from './schema/types.ts';
import { page, runQuery } from './soql/run.ts';
import type { Record_ } from './soql/shape.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';
import { assignPermissionSet, isAdministrator, userOf } from './users.ts';
import type { WriteWorld } from './write/world.ts';
import { makeRowLocks } from './write/row-locks.ts';
import type { RowLocks } from './write/row-locks.ts';

export const API_VERSION = '66.0';

export interface OrgOptions {
  /** Roots of source trees, e.g. `force-app/main/default`. */
  metadataDirs: string[];
  /** What the org holds when it opens, as {@link loadRecords} takes it. */
  records?: Iterable<SeedRecord>;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** How the integration user is called; integration@org.example when absent. */
  integrationUser?: UserNames;
  /** Permission sets of the integration user; without it, he is an administrator. */
  runAs?: { permissionSets: string[] };
  /** Who sees accounts of others; ReadWrite when absent, as in a new org. */
  accountSharing?: 'ReadWrite' | 'Read' | 'Private';
  /** `Account.ARR__c`: as if no permission set granted it to the integration user. */
  hiddenFields?: string[];
  hiddenObjects?: string[];
  /** Standard objects that nobody has switched on here: there are none, nor permission sets that name them. */
  switchedOff?: string[];
  /** Values of standard picklists, by Object.Field, where they are not those of a new org. */
  picklists?: Readonly<Record<string, readonly string[]>>;
  /** Makes it an org with several currencies; one when absent. */
  currencies?: Currencies;
  /** The user that Process Automation Settings name, with his permission sets; without it nobody was chosen. */
  defaultWorkflowUser?: { permissionSets: string[] };
  /** Flows that were deployed as drafts and then activated by a person. */
  activeFlows?: string[];
  /** Milliseconds after which a callout of a flow fails; 120,000 as in an org when absent. */
  calloutTimeoutMs?: number;
  /** Time zone of the org; GMT when absent. */
  timeZone?: string;
}

export interface Org {
  schema: Schema;
  store: Store;
  permissionSets: PermissionSets;
  clock: () => number;
  organizationId: string;
  adminId: string;
  /** A user as he may act now: permission sets may be assigned at any time. @throws Error for an unknown id. */
  user: (id: string) => OrgUser;
  /** Whether his profile is the administrator's. */
  isAdministrator: (id: string) => boolean;
  /** Whoever holds the client credentials acts as this user. */
  readonly integrationUser: OrgUser;
  writeWorld: (user: { id: string; access: Access }) => WriteWorld;
  /** Rows of a query as an administrator, all pages; for tests and for looking around. */
  query: (soql: string) => Record_[];
  load: (records: Iterable<SeedRecord>) => number;
  /** Locked rows: the fault that only some records of a batch meet. */
  rowLocks: RowLocks;
  /** Flows, their credentials and what they sent. */
  flows: Flows;
  /** Takes in a deploy zip: all of it, or nothing and the reasons. */
  deploy: (files: Map<string, Buffer>, options: { checkOnly: boolean }) => DeployResult;
  /** What of the metadata is stored but does nothing here, in words for the start-up message. */
  readonly notExecuted: string[];
  /** The metadata that the org holds. */
  components: () => readonly Component[];
  close: () => void;
}

/**
 * Builds a Salesforce org in memory from metadata and fills it with records.
 *
 * @throws Error that lists every metadata component or names the record that cannot be taken in.
 * @example openOrg({ metadataDirs: ['force-app'], clock: Date.now }).query('SELECT Id FROM Account') // => []
 */
export function openOrg(options: OrgOptions): Org {
  const { clock } = options;
  const off = options.switchedOff ?? [];
  const components = readComponents(readSource(options.metadataDirs)).filter(
    // An org refuses a permission set on an object that it has not: https://github.com/forcedotcom/cli/issues/1309
    ({ type, root }) =>
      type !== 'PermissionSet' ||
      !all(root, 'fieldPermissions').some((grant) =>
        off.includes(textOf(grant, 'field')?.split('.')[0] ?? ''),
      ),
  );
  const schema = buildSchema(components);
  for (const name of off) schema.objects.delete(name.toLowerCase());
  for (const [path, values] of Object.entries(options.picklists ?? {})) setPicklist(schema, path, values);
  const permissionSets = readPermissionSets(components, schema);
  const account = schema.objects.get('account');
  if (account) account.sharing = options.accountSharing ?? 'ReadWrite';
  if (options.currencies) addCurrencies(schema, options.currencies);
  const store = openStore(schema);
  const numbers = new Map<string, number>();
  const nextNumber = (object: ObjectDef): number => {
    const n = (numbers.get(object.name) ?? 0) + 1;
    numbers.set(object.name, n);
    return n;
  };
  const rowLocks = makeRowLocks();
  const skippedRules = new Set<string>();
  const writeWorld: Org['writeWorld'] = ({ id, access }) => ({
    schema,
    store,
    clock,
    access,
    userId: id,
    skippedRules,
    nextNumber,
    triggers: flows.triggers,
  });
  const [organizationId, admin, integration, workflow] = [
    salesforceId('00D', 1),
    salesforceId('005', 900_001),
    salesforceId('005', 900_002),
    salesforceId('005', 900_003),
  ];
  const world: WriteWorld = {
    schema,
    store,
    clock,
    access: fullAccess,
    userId: admin,
    skippedRules,
    nextNumber,
  };
  const flows = makeFlows({
    schema,
    store,
    permissionSets,
    clock,
    ownWorld: world,
    user: (id) => user(id),
    writeWorld: (one) => writeWorld(one),
    defaultWorkflowUser: () => (options.defaultWorkflowUser ? workflow : undefined),
    ...(options.calloutTimeoutMs === undefined ? {} : { calloutTimeoutMs: options.calloutTimeoutMs }),
  });
  const state = makeMetadataState({
    world,
    permissionSets,
    skippedRules,
    components,
    loadFlows: flows.load,
  });
  const load = (records: Iterable<SeedRecord>): number => loadRecords(world, records);
  const people = { admin, integration, workflow: options.defaultWorkflowUser ? workflow : undefined };
  load(
    ownRecords(organizationId, people, {
      integrationUser: options.integrationUser ?? INTEGRATION_USER,
      integrationIsAdmin: options.runAs === undefined,
      timeZone: options.timeZone ?? 'GMT',
    }),
  );
  if (options.currencies) load(currencyRecords(options.currencies));
  state.start();
  for (const name of options.runAs?.permissionSets ?? []) assignPermissionSet(world, integration, name);
  for (const name of options.defaultWorkflowUser?.permissionSets ?? [])
    assignPermissionSet(world, workflow, name);
  for (const name of options.activeFlows ?? []) flows.activate(name);
  if (options.records) load(options.records);

  const user: Org['user'] = (id) => {
    const { username, access } = userOf(world, permissionSets, id);
    const { hiddenObjects = [], hiddenFields = [] } = options;
    return {
      id,
      username,
      access: id === integration ? without(access, hiddenObjects, hiddenFields) : access,
    };
  };
  return {
    schema,
    store,
    permissionSets,
    clock,
    organizationId,
    adminId: admin,
    user,
    isAdministrator: (id) => isAdministrator(store, id),
    get integrationUser() {
      return user(integration);
    },
    writeWorld,
    query: (soql) => {
      const result = runQuery({ schema, store, clock }, fullAccess, soql);
      return page({ schema, store, clock }, result, 0, result.rows.length, API_VERSION);
    },
    load,
    rowLocks,
    flows,
    deploy: state.deploy,
    components: state.components,
    get notExecuted() {
      return state.notExecuted();
    },
    close: store.close,
  };
}
