import type { Conversation } from '../../facts/index.ts';
import { defineSource } from '../source.ts';
import type { IntercomCredentials } from './client.ts';
import type { IntercomSource } from './settings.ts';

declare module '../../metrics/define-metric.ts' {
  interface FactsOfSource {
    readonly intercom: readonly Conversation[];
  }
}

declare module '../../facts/account.ts' {
  interface Account {
    readonly intercomCompanyId: string | null;
  }
}

export const INTERCOM = defineSource({
  name: 'intercom',
  title: 'Intercom',
  env: [
    {
      about: [
        'Intercom: Settings > Integrations > Developer Hub > your app > access token. Its app needs',
        '"Read conversations" and "Read and list users and companies"; for names in sources.yaml also "Read tags" (tags), "Read admins"',
        '(teams) and the right to read data attributes (custom attributes)',
      ],
      names: ['INTERCOM_API_TOKEN'],
    },
    {
      about: [
        'Default: intercom.base_url of sources.yaml. https://api.intercom.io, https://api.eu.intercom.io, https://api.au.intercom.io',
      ],
      names: ['INTERCOM_BASE_URL'],
    },
  ],
  credentials: ({ get, url }): IntercomCredentials | null => {
    const token = get('INTERCOM_API_TOKEN');
    const baseUrl = url('INTERCOM_BASE_URL');
    return token === null ? null : { token, baseUrl };
  },
  settings: async () => (await import('./settings.ts')).SETTINGS,
  summary: ({ api_version }: IntercomSource) => `Intercom ${api_version}`,
  mappingFields: [
    { key: 'intercomCompanyId', column: 'intercom_company_id', setting: 'intercom', once: true },
  ],
  amongAll: true,
  silence: { lists: [{ name: 'intercom conversations', begunLater: true }] },
  settingsOf: (metric, { base_url, company_id, exclude_delivered_as, p1_p2, escalation }: IntercomSource) => [
    base_url,
    company_id,
    exclude_delivered_as,
    ...(metric === 'p1_p2_pct' ? [p1_p2] : []),
    ...(metric === 'escalation_pct' ? [escalation] : []),
  ],
  open: async (credentials, settings, runtime) =>
    (await import('./client.ts')).intercomTransport(credentials, settings, runtime),
  read: async (transport, settings, request) =>
    (await import('./index.ts')).extractIntercom({ transport, settings }, request),
  checkNames: async (transport, settings) =>
    (await import('./index.ts')).checkIntercomNames({ transport, settings }),
  file: {
    option: 'intercom-export',
    about: "conversations of a file, in place of Intercom's API",
    fix: 'export the conversations of the month from Intercom',
    read: async (file, settings, request) =>
      (await import('./export.ts')).readIntercomExport({ ...file, settings }, request),
  },
});
