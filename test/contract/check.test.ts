/** `scorer check` is the test of every connection: it signs in, and asks each source for the names it is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startOrg } from 'local-org';
import type { StandIn } from 'local-org/http';
import { check } from '../../node-scorer/src/cli/check.ts';
import { Readable, Writable } from 'node:stream';
import { startIntercom } from '../../sandbox/intercom/server.ts';
import { startJira } from '../../sandbox/jira/server.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { ORG_SETUP } from '../../sandbox/org-setup.ts';
import { makeBase, NOW } from './base.ts';

const TOKEN = 'contract-token-0123456789';
const EMAIL = 'health@example.com';
const CONFIG = new URL('../../config/', import.meta.url);

const running: StandIn[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The shipped configuration with changes to sources.yaml. */
function configWith(changes: readonly (readonly [string, string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  folders.push(folder);
  for (const file of ['weights.yaml', 'thresholds.yaml', 'sources.yaml']) {
    let text = readFileSync(new URL(file, CONFIG), 'utf8');
    for (const [from, to] of file === 'sources.yaml' ? changes : []) {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    }
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

async function checked(
  changes: readonly (readonly [string, string])[] = [],
  token = TOKEN,
  more: Readonly<Record<string, string>> = {},
) {
  const clock = (): number => NOW;
  const base = makeBase(12);
  const intercom = await startIntercom({ base, clock, token: TOKEN });
  const looker = await startLooker({ base, clock, clientId: 'contract-client', clientSecret: TOKEN });
  const jira = await startJira({ base, clock, email: EMAIL, token: TOKEN });
  running.push(intercom, looker, jira);
  let stdout = '';
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      stdout += chunk.toString('utf8');
      done();
    },
  });
  const exit = await check(
    { configDir: configWith(changes) },
    {
      stdin: Readable.from([]),
      stdout: sink,
      stderr: sink,
      env: {
        ...more,
        JIRA_BASE_URL: jira.url,
        JIRA_EMAIL: EMAIL,
        JIRA_API_TOKEN: token,
        INTERCOM_API_TOKEN: token,
        INTERCOM_BASE_URL: intercom.url,
        LOOKER_BASE_URL: looker.url,
        LOOKER_CLIENT_ID: 'contract-client',
        LOOKER_CLIENT_SECRET: TOKEN,
      },
      cwd: '/',
      now: clock,
    },
  );
  return { exit, stdout };
}

it('finds the shipped names in every source that has credentials', async () => {
  const { exit, stdout } = await checked();
  expect(exit).toBe(0);
  for (const source of ['intercom', 'looker'])
    expect(stdout).toContain(`${source}: signed in; names of sources.yaml that it does not know: none`);
  expect(stdout).toContain('jira: signed in');
  expect(stdout).not.toContain('salesforce:');
});

it('lists names that no source knows, with what they cost and what was probably meant', async () => {
  const { exit, stdout } = await checked([
    ['escalated, escalation', 'escalations'],
    ['name: Escalated', 'name: Is escalated'],
    ['user_sessions.monthly_active_users', 'user_sessions.monthly_users'],
    ['view: feature_usage', 'view: features'],
  ]);
  expect(exit).toBe(2);
  expect(stdout).toMatch(
    /escalation\[0\]\.tag: found the tag "escalations".*"escalation"\? \(no escalation_pct\)/,
  );
  expect(stdout).toMatch(
    /found the attribute "Is escalated".*did you mean "Escalated"\? \(no escalation_pct\)/,
  );
  expect(stdout).toMatch(
    /queries\[0\]\.fields\.mau: found the field "user_sessions\.monthly_users".*monthly_active_users"\? \(no mau, stickiness_pct, mau_trend_pct\)/,
  );
  expect(stdout).toMatch(/queries\[1\]\.view: found the explore of the model alliants "features"/);
});

it('passes where others of a list are known, and tells the rest', async () => {
  const { exit, stdout } = await checked([['escalated, escalation', 'escalated, nobody']]);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/found the tag "nobody".*the others of its list count/);
});

it('says which source refuses its credentials', async () => {
  const { exit, stdout } = await checked([], 'contract-token-of-somebody-else');
  expect(exit).toBe(2);
  expect(stdout).toMatch(/intercom: Intercom: GET \/me: status 401.*INTERCOM_API_TOKEN/);
  expect(stdout).toContain('looker: signed in');
});

it('lists priorities and issue types that Jira does not have, with what was probably meant', async () => {
  const { exit, stdout } = await checked([
    ['critical_priorities: [Highest, Critical, Blocker, P1]', 'critical_priorities: [Higest, "P0 - Now"]'],
    ['bug_issue_types: [Bug]', 'bug_issue_types: [Bug, Buggs]'],
  ]);
  expect(exit).toBe(2);
  expect(stdout).toContain(
    'sources.yaml jira.critical_priorities: found the priority "Higest", expected one that the source has; did you mean "Highest"? (no critical_bugs)',
  );
  expect(stdout).toMatch(/found the priority "P0 - Now".*name one of its own \(no critical_bugs\)/);
  expect(stdout).toMatch(
    /jira\.bug_issue_types: found the issue type "Buggs".*did you mean "Bug"\? \(the others/,
  );
});

it('says what is lost when Jira has none of the issue types', async () => {
  const { exit, stdout } = await checked([['bug_issue_types: [Bug]', 'bug_issue_types: [Fehler]']]);
  expect(exit).toBe(2);
  expect(stdout).toMatch(/found the issue type "Fehler".*\(no open_bugs, critical_bugs, reopened_bugs/);
});

it('lists values of conditions that an org does not know', async () => {
  const org = await startOrg({
    ...ORG_SETUP,
    metadataDirs: ['force-app', 'force-app-defaults'].map((folder) =>
      join(import.meta.dirname, '../..', folder),
    ),
    records: [],
    clock: () => NOW,
    clientId: 'contract-client',
    clientSecret: TOKEN,
  });
  running.push(org);
  const signIn = { SF_LOGIN_URL: org.url, SF_CLIENT_ID: 'contract-client', SF_CLIENT_SECRET: TOKEN };
  const right = await checked([], TOKEN, signIn);
  expect(right.stdout).toContain('salesforce: signed in; names of sources.yaml that it does not know: none');
  const { exit, stdout } = await checked(
    [
      ["Type IN ('Expansion','Upsell')", "Type IN ('Expansion','Upsells')"],
      ["Type = 'Renewal' AND", "Type = 'Renewals' AND"],
    ],
    TOKEN,
    signIn,
  );
  expect(exit).toBe(2);
  expect(stdout).toMatch(
    /salesforce\.renewal\.where: found the value of Opportunity\.Type "Renewals".*did you mean "Renewal"\? \(no days_to_renewal\)/,
  );
  expect(stdout).toMatch(/"Upsells".*did you mean "Upsell"\? \(the others of its list count\)/);
});
