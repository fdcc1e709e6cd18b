import type { BugFacts } from '../../facts/index.ts';
import { defineSource } from '../source.ts';
import type { JiraCredentials } from './client.ts';
import type { JiraSource } from './settings.ts';

declare module '../../metrics/define-metric.ts' {
  interface FactsOfSource {
    readonly jira: BugFacts;
  }
}

declare module '../../facts/account.ts' {
  interface Account {
    readonly jiraProjectKey: string | null;
    readonly jiraComponent: string | null;
  }
}

const PROJECT = 'jira_project_key';

export const JIRA = defineSource({
  name: 'jira',
  title: 'Jira',
  env: [
    {
      about: [
        'Jira Cloud: the site, and an API token of a user with "Browse projects" in every mapped project (the approximate count',
        'of a search, which proves that nothing was cut off, needs no more; a scoped token must allow reading issues)',
      ],
      names: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN'],
    },
    {
      about: ['Data Center: a personal access token instead of e-mail and API token'],
      names: ['JIRA_PAT'],
    },
  ],
  credentials: ({ get, group }): JiraCredentials | null =>
    get('JIRA_PAT') === null
      ? group({ baseUrl: 'JIRA_BASE_URL', email: 'JIRA_EMAIL', token: 'JIRA_API_TOKEN' })
      : group({ baseUrl: 'JIRA_BASE_URL', pat: 'JIRA_PAT' }),
  settings: async () => (await import('./settings.ts')).SETTINGS,
  summary: ({ edition }: JiraSource) => `Jira ${edition}`,
  mappingFields: [
    { key: 'jiraProjectKey', column: PROJECT, setting: 'jira_project' },
    {
      key: 'jiraComponent',
      column: 'jira_component',
      setting: 'jira_component',
      needs: { column: PROJECT, expected: 'a project, because a component is named' },
    },
  ],
  silence: { lists: [{ name: 'jira bugs', begunLater: true }] },
  settingsOf: (metric, { edition, bug_issue_types, critical_priorities, open_by, timezone }: JiraSource) => [
    edition,
    bug_issue_types,
    open_by,
    timezone,
    metric === 'critical_bugs' ? critical_priorities : [],
  ],
  open: async (credentials, _, runtime) => (await import('./client.ts')).jiraTransport(credentials, runtime),
  read: async (transport, settings, request) =>
    (await import('./index.ts')).extractJira({ transport, settings }, request),
  checkNames: async (transport, settings) =>
    (await import('./check-names.ts')).checkJiraNames({ transport, settings }),
});
