import { fullAccess, without } from './access.ts';
import type { Access } from './access.ts';
import { salesforceId } from './id.ts';
import { loadRecords } from './load.ts';
import type { SeedRecord } from './load.ts';
import { buildSchema } from './metadata/build-schema.ts';
import { readComponents, readSource } from './metadata/components.ts';
import { loadCustomMetadata } from './metadata/custom-metadata.ts';
import { accessBy, readPermissionSets } from './metadata/permission-sets.ts';
import type { PermissionSets } from './metadata/permission-sets.ts';
import type { ObjectDef, Schema } from './schema/types.ts';
import { page, runQuery } from './soql/run.ts';
import type { Record_ } from './soql/shape.ts';
import { STAGES } from './standard/deals.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';
import { loadRules } from './write/rules.ts';
import type { WriteWorld } from './write/save.ts';
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
  /** Permission sets of the integration user; without it, he is an administrator. */
  runAs?: { permissionSets: string[] };
  /** `Account.ARR__c`: as if no permission set granted it to the integration user. */
  hiddenFields?: string[];
  hiddenObjects?: string[];
}

export interface Org {
  schema: Schema;
  store: Store;
  permissionSets: PermissionSets;
  clock: () => number;
  organizationId: string;
  /** Whoever holds the client credentials acts as this user. */
  integrationUser: { id: string; username: string; access: Access };
  writeWorld: (user: { id: string; access: Access }) => WriteWorld;
  /** Rows of a query as an administrator, all pages; for tests and for looking around. */
  query: (soql: string) => Record_[];
  load: (records: Iterable<SeedRecord>) => number;
  /** Locked rows: the fault that only some records of a batch meet. */
  rowLocks: RowLocks;
  /** What of the metadata is stored but does nothing here, in words for the start-up message. */
  notExecuted: string[];
  close: () => void;
}

/** What an org has before anybody puts anything in: itself, two users, the stages of opportunities. */
function ownRecords(organizationId: string, admin: string, integration: string): SeedRecord[] {
  const profile = salesforceId('00e', 1);
  return [
    {
      object: 'Organization',
      fields: {
        Id: organizationId,
        Name: 'Local stand-in org',
        OrganizationType: 'Developer Edition',
        InstanceName: 'LOCAL',
        IsSandbox: true,
        TimeZoneSidKey: 'GMT',
        DefaultLocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
      },
    },
    { object: 'Profile', fields: { Id: profile, Name: 'System Administrator' } },
    {
      object: 'User',
      fields: {
        Id: admin,
        Username: 'admin@org.example',
        LastName: 'Administrator',
        Alias: 'admin',
        ProfileId: profile,
      },
    },
    {
      object: 'User',
      fields: { Id: integration, Username: 'scorer@org.example', LastName: 'Health Scorer', Alias: 'scorer' },
    },
    ...STAGES.map((stage, i) => ({
      object: 'OpportunityStage',
      fields: {
        MasterLabel: stage.name,
        ApiName: stage.name,
        IsActive: true,
        SortOrder: i + 1,
        IsClosed: stage.closed,
        IsWon: stage.won,
        ForecastCategoryName: stage.forecast,
        DefaultProbability: stage.probability,
      },
    })),
  ];
}

/**
 * Builds a Salesforce org in memory from metadata and fills it with records.
 *
 * @throws Error that lists every metadata component or names the record that cannot be taken in.
 * @example openOrg({ metadataDirs: ['force-app'], clock: Date.now }).query('SELECT Id FROM Account') // => []
 */
export function openOrg(options: OrgOptions): Org {
  const components = readComponents(readSource(options.metadataDirs));
  const schema = buildSchema(components);
  const permissionSets = readPermissionSets(components, schema);
  const store = openStore(schema);
  const { clock } = options;
  const numbers = new Map<string, number>();
  const nextNumber = (object: ObjectDef): number => {
    const n = (numbers.get(object.name) ?? 0) + 1;
    numbers.set(object.name, n);
    return n;
  };
  const rowLocks = makeRowLocks();
  const broken = loadRules({ schema, store, clock });
  const skippedRules = new Set(broken.map((rule) => `${rule.object}.${rule.rule}`));
  const writeWorld: Org['writeWorld'] = ({ id, access }) => ({
    schema,
    store,
    clock,
    access,
    userId: id,
    skippedRules,
    nextNumber,
  });
  const [organizationId, admin, integration] = [
    salesforceId('00D', 1),
    salesforceId('005', 900_001),
    salesforceId('005', 900_002),
  ];
  const asAdmin = writeWorld({ id: admin, access: fullAccess });
  const load = (records: Iterable<SeedRecord>): number => loadRecords(asAdmin, records);
  loadCustomMetadata(asAdmin, components);
  load(ownRecords(organizationId, admin, integration));
  if (options.records) load(options.records);
  const access = options.runAs ? accessBy(permissionSets, options.runAs.permissionSets, schema) : fullAccess;
  return {
    schema,
    store,
    permissionSets,
    clock,
    organizationId,
    integrationUser: {
      id: integration,
      username: 'scorer@org.example',
      access: without(access, options.hiddenObjects ?? [], options.hiddenFields ?? []),
    },
    writeWorld,
    query: (soql) => {
      const result = runQuery({ schema, store, clock }, fullAccess, soql);
      return page({ schema, store, clock }, result, 0, result.rows.length, API_VERSION);
    },
    load,
    rowLocks,
    notExecuted: [
      ...schema.kept.map((part) => `${part.type} ${part.name}: ${part.why}`),
      ...broken.map((rule) => `ValidationRule ${rule.object}.${rule.rule}: ${rule.why}`),
    ],
    close: store.close,
  };
}
