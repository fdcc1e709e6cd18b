import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const jira = {
  JIRA_BASE_URL: 'https://acme.atlassian.net/',
  JIRA_EMAIL: 'health@example.com',
  JIRA_API_TOKEN: 's3cret-token',
};

describe('the environment', () => {
  it('leaves a source without variables out', () => {
    expect(readEnvironment({ INTERCOM_API_TOKEN: ' ' })).toEqual({
      intercom: null,
      jira: null,
      looker: null,
      salesforce: null,
      clockUrl: null,
      fixedNow: null,
    });
  });

  it('takes the slash off an address', () => {
    expect(readEnvironment(jira).jira?.baseUrl).toBe('https://acme.atlassian.net');
  });

  it('lists every problem at once and never a secret', () => {
    const message = problemOf({
      JIRA_API_TOKEN: 's3cret-token',
      LOOKER_BASE_URL: 'https://user:s3cret-token@looker.example.com',
      LOOKER_CLIENT_ID: 'id',
      SCORER_NOW: 'yesterday',
    });
    expect(message.split('\n').slice(1)).toEqual([
      '  JIRA_BASE_URL: found nothing, expected a value, because JIRA_API_TOKEN is set; set it, or unset the whole group to leave this source out',
      '  JIRA_EMAIL: found nothing, expected a value, because JIRA_API_TOKEN is set; set it, or unset the whole group to leave this source out',
      '  LOOKER_BASE_URL: found something that is not an address, expected an http(s) address without user, query or fragment; for example https://api.intercom.io',
      '  LOOKER_CLIENT_SECRET: found nothing, expected a value, because LOOKER_BASE_URL is set; set it, or unset the whole group to leave this source out',
      '  SCORER_NOW: found yesterday, expected an ISO time such as 2026-11-21T09:00:00Z',
    ]);
    expect(message).not.toContain('s3cret');
  });
});

function problemOf(variables: Record<string, string>): string {
  try {
    readEnvironment(variables);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
}
