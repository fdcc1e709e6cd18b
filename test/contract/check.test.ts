/** `scorer check` is the test of every connection: it signs in, and asks each source for the names it is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { check } from '../../node-scorer/src/cli/check.ts';
import { Readable, Writable } from 'node:stream';
import type { StandIn } from '../../sandbox/http/server.ts';
import { startIntercom } from '../../sandbox/intercom/server.ts';
import { startLooker } from '../../sandbox/looker/server.ts';
import { makeBase, NOW } from './base.ts';

const TOKEN = 'contract-token-0123456789';
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

async function checked(changes: readonly (readonly [string, string])[] = [], token = TOKEN) {
  const clock = (): number => NOW;
  const base = makeBase(12);
  const intercom = await startIntercom({ base, clock, token: TOKEN });
  const looker = await startLooker({ base, clock, clientId: 'contract-client', clientSecret: TOKEN });
  running.push(intercom, looker);
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
  expect(stdout).not.toContain('jira:');
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
