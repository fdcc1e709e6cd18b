import type { UsageFacts } from '../../facts/index.ts';
import { defineSource } from '../source.ts';
import type { LookerCredentials } from './sdk.ts';
import type { LookerSource } from './settings.ts';

declare module '../../metrics/define-metric.ts' {
  interface FactsOfSource {
    readonly looker: UsageFacts;
  }
}

declare module '../../facts/account.ts' {
  interface Account {
    readonly lookerCustomerId: string | null;
  }
}

/** Measures of Looker that a metric is made from; a pillar is one itself. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  stickiness_pct: ['dau', 'mau'],
  mau_trend_pct: ['mau'],
  feature_breadth: ['features_used', 'features_licensed'],
};

export const LOOKER = defineSource({
  name: 'looker',
  title: 'Looker',
  env: [
    {
      about: ['Looker: API credentials of a user with access to the model and download_without_limit'],
      names: ['LOOKER_BASE_URL', 'LOOKER_CLIENT_ID', 'LOOKER_CLIENT_SECRET'],
    },
  ],
  credentials: ({ group }): LookerCredentials | null =>
    group({
      baseUrl: 'LOOKER_BASE_URL',
      clientId: 'LOOKER_CLIENT_ID',
      clientSecret: 'LOOKER_CLIENT_SECRET',
    }),
  settings: async () => (await import('./settings.ts')).SETTINGS,
  summary: ({ queries, looks }: LookerSource) => `${queries.length + looks.length} Looker queries`,
  mappingFields: [{ key: 'lookerCustomerId', column: 'looker_customer_id', setting: 'looker', once: true }],
  // Who is absent and whether the table was filled is decided with its rows at hand.
  silence: { lists: [], tells: 'looker usage' },
  settingsOf: (metric, settings: LookerSource) => measuresOf(MEASURES[metric] ?? [metric], settings),
  open: async (credentials, _, runtime) => (await import('./sdk.ts')).makeLookerSdk(credentials, runtime),
  read: async (sdk, settings, request) =>
    (await import('./index.ts')).extractLooker({ sdk, settings }, request),
  checkNames: async (sdk, settings) => (await import('./names.ts')).checkLookerNames({ sdk, settings }),
});

/** Where some measures come from: of each entry that has one its own column, and none of the others. */
function measuresOf(measures: readonly string[], { model, timezone, queries, looks }: LookerSource): unknown {
  const entries = [...queries, ...looks].map(({ fields, fractions, ...entry }) => ({
    ...entry,
    columns: measures.map((name) => [fields[name] ?? null, fractions?.includes(name) ?? false]),
    has: measures.some((name) => name in fields),
  }));
  return [model, timezone, entries.filter(({ has }) => has)];
}
