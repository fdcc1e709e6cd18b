import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './harness.ts';
import { startScorer } from './process.ts';

const ARGS = ['run', '--period', '2026-10'];

let world: World;
let secrets: Set<string>;
beforeEach(async () => {
  world = await openWorld({ accounts: 12, months: 6 });
  secrets = new Set();
  const { JIRA_EMAIL, ...env } = world.sandbox.env;
  for (const [name, value] of Object.entries(env)) if (/SECRET|TOKEN/.test(name)) plant(value);
  plant(Buffer.from(`${String(JIRA_EMAIL)}:${String(env['JIRA_API_TOKEN'])}`).toString('base64'));
});
afterEach(() => world.sandbox.close());

/** Nothing that is planted may be seen again. */
function plant(secret: string): string {
  secrets.add(secret);
  return secret;
}

/** All that a run leaves behind: what it printed, its report, its journal byte for byte, and its records in full. */
function everything(...outputs: readonly string[]): string {
  const files = readdirSync(world.dataDir).map((name) => readFileSync(join(world.dataDir, name), 'latin1'));
  const records = ['Health_Score_Run__c', 'Health_Score__c'].flatMap((object) => {
    const fields = [
      ...(world.sandbox.org.org.schema.objects.get(object.toLowerCase())?.fields.values() ?? []),
    ];
    return world.query(`SELECT ${fields.map(({ name }) => name).join(', ')} FROM ${object}`);
  });
  return [...outputs, ...files, JSON.stringify(records)].join('\n');
}

/** What we send to a vendor, and it therefore can throw back. */
function ownSecrets(vendor: 'org' | 'intercom' | 'jira' | 'looker'): string[] {
  const {
    SF_CLIENT_SECRET = '',
    INTERCOM_API_TOKEN = '',
    JIRA_API_TOKEN = '',
    LOOKER_CLIENT_SECRET = '',
  } = world.sandbox.env;
  const basic = [...secrets].filter((secret) => !Object.values(world.sandbox.env).includes(secret));
  return {
    org: [SF_CLIENT_SECRET],
    intercom: [INTERCOM_API_TOKEN],
    jira: [JIRA_API_TOKEN, ...basic],
    looker: [LOOKER_CLIENT_SECRET],
  }[vendor];
}

const found = (text: string): string[] =>
  [...secrets].filter((secret) => [secret, encodeURIComponent(secret)].some((form) => text.includes(form)));

describe('secrets', () => {
  it('are looked for in what is really there', async () => {
    const { stdout, report } = await world.run('--period', '2026-10');
    const text = everything(stdout);
    // The journal, the report, the record and the scores: a search that reads none of them would find nothing either.
    expect(text.split(report.runId).length).toBeGreaterThan(4);
    expect(text).toContain('SQLite format 3');
    expect(text).toContain('"Details__c"');
    expect(secrets.size).toBe(5);
    plant(report.runId);
    expect(found(text)).toEqual([report.runId]);
  });

  it('appear nowhere after a run, an account run and a dry run', async () => {
    const outputs: string[] = [];
    for (const more of [[], ['--account', '001000000000001'], ['--dry-run']]) {
      const { exit, stdout, stderr } = await world.run('--period', '2026-10', ...more);
      expect(exit).toBe(0);
      outputs.push(stdout, stderr);
    }
    expect(found(everything(...outputs))).toEqual([]);
  });

  it.each([
    [401, 'intercom'],
    [403, 'jira'],
    [400, 'looker'],
    [500, 'org'],
    [503, 'intercom'],
    [503, 'jira'],
    [503, 'looker'],
  ] as const)('appear nowhere when a %s of %s throws them back at us', async (status, vendor) => {
    const own = ownSecrets(vendor).join(' and ');
    const body = { error: 'bad request', message: `you sent ${own}` };
    world.sandbox[vendor].faults.add({
      kind: 'status',
      status,
      body,
      headers: { 'Retry-After': '0', 'WWW-Authenticate': own },
    });
    const { exit, stdout, stderr } = await world.scorer([
      ...ARGS,
      '--report',
      join(world.dataDir, 'report.json'),
    ]);
    expect([status, vendor, exit]).not.toEqual([status, vendor, 0]);
    expect(found(everything(stdout, stderr))).toEqual([]);
  });

  it.each<[string, () => Record<string, string>]>([
    ['a wrong secret of the org', () => ({ SF_CLIENT_SECRET: plant('planted-client-secret') })],
    ['a wrong Intercom token', () => ({ INTERCOM_API_TOKEN: plant('planted-intercom-token') })],
    ['a wrong Looker secret', () => ({ LOOKER_CLIENT_SECRET: plant('planted-looker-secret') })],
    ['a wrong Jira token', () => ({ JIRA_API_TOKEN: plant('planted-jira-token') })],
    [
      'a token where none belongs',
      () => ({ JIRA_EMAIL: '', JIRA_API_TOKEN: '', JIRA_PAT: plant('planted-pat') }),
    ],
    [
      'a key that the org does not know',
      () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
        const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
        plant(pem.split('\n')[1] ?? '');
        return { SF_CLIENT_SECRET: '', SF_JWT_KEY: pem, SF_USERNAME: 'nobody@example.com' };
      },
    ],
    [
      'a key that is none',
      () => ({
        SF_CLIENT_SECRET: '',
        SF_JWT_KEY: plant('planted-no-key'),
        SF_USERNAME: 'nobody@example.com',
      }),
    ],
    [
      'an access token that has expired',
      () => ({
        SF_CLIENT_SECRET: '',
        SF_ACCESS_TOKEN: plant('planted-access-token'),
        SF_INSTANCE_URL: world.sandbox.org.url,
        SF_LOGIN_URL: '',
        SF_CLIENT_ID: '',
      }),
    ],
    [
      'a wrong password',
      () => ({
        SF_CLIENT_ID: '',
        SF_CLIENT_SECRET: '',
        SF_USERNAME: 'nobody@example.com',
        SF_PASSWORD: plant('planted-password'),
        SF_SECURITY_TOKEN: plant('planted-security-token'),
      }),
    ],
  ])('appear nowhere after %s', async (_what, wrong) => {
    const { exit, stdout, stderr } = await world.scorer(ARGS, wrong());
    expect([stdout, exit === 0]).toEqual(['', false]);
    expect(found(everything(stderr))).toEqual([]);
  });

  it('appear nowhere after a process was killed', async () => {
    const { child, onLine, ended } = startScorer(
      { ...world.sandbox.env, SCORER_DATA_DIR: world.dataDir },
      ...ARGS,
    );
    onLine((line) => line === '2026-10: scored' && child.kill('SIGKILL'));
    const { signal, stdout, stderr } = await ended;
    expect(signal).toBe('SIGKILL');
    expect(readdirSync(world.dataDir)).toContain('runs.sqlite-wal');
    expect(found(everything(stdout, stderr))).toEqual([]);
  });
});
