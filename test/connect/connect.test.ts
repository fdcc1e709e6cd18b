import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOrg } from 'local-org';
import type { RunningOrg } from 'local-org';
import { flowUser } from 'local-org/inside';
import { connect } from '../../scripts/connect/connect.ts';
import { namedCredentialInput } from '../../scripts/connect/named-credential-input.ts';
import { readOptions, readToken } from '../../scripts/connect/options.ts';
import { restByFetch, restBySf } from '../../scripts/connect/rest.ts';
import type { Rest } from '../../scripts/connect/rest.ts';
import { sfEnv } from '../../scripts/sf-env.ts';
import { CREDENTIALS, NOW } from '../org/org-fixture.ts';
import { addPerson, METADATA } from '../flow/flow-world.ts';

const TOKEN = randomBytes(32).toString('hex');
const URL_ = 'https://scorer.example.org';

let org: RunningOrg;
beforeEach(async () => {
  org = await startOrg({ metadataDirs: METADATA, clock: () => NOW, ...CREDENTIALS });
});
afterEach(() => org.close());

const restAs = (userId: string): Rest => restByFetch(org.url, () => org.sessions.issue(userId));

const run = async (rest: Rest, token = TOKEN, url = URL_): Promise<string> => {
  const lines: string[] = [];
  await connect({ rest, print: (line) => lines.push(line), targetOrg: 'uat', url, token });
  return lines.join('\n');
};

/** What a callout of a person with the permission set would carry. */
const callout = () => {
  const person = org.org.user(addPerson(org.org, 1, ['Health_Refresh_Callout']));
  return org.org.flows.credentials.authorize(
    'Node_Scorer',
    flowUser(org.org, org.org.permissionSets, person),
  );
};

/** Deploys the shipped permission set without one of its rights. */
const deployWithout = (right: RegExp): void => {
  const file = 'permissionsets/Health_Refresh_Callout.permissionset-meta.xml';
  const shipped = readFileSync(join('force-app/main/default', file), 'utf8');
  const less = shipped.replace(right, '');
  expect(less).not.toBe(shipped);
  const manifest =
    '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>';
  const files = { 'package.xml': manifest, [file]: less };
  const zip = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  expect(org.org.deploy(zip, { checkOnly: false }).success).toBe(true);
};

describe('connecting an org to the service', () => {
  it('fills the principal, sets the address, and says what only a person can do', async () => {
    const printed = await run(restAs(org.org.adminId));
    expect(callout()).toEqual({ url: URL_, headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(printed).toContain(`SCORER_TOKEN_SHA256=${createHash('sha256').update(TOKEN).digest('hex')}`);
    expect(printed).toMatch(/1\. .*Default Workflow User/);
    expect(printed).toMatch(/2\. .*Activate/);
    expect(printed.match(/Check: /g)).toHaveLength(2);
    expect(printed).not.toContain(TOKEN);
  });

  it('exchanges the token on the second run', async () => {
    await run(restAs(org.org.adminId));
    const next = randomBytes(32).toString('hex');
    expect(await run(restAs(org.org.adminId), next)).toContain('has a new token');
    expect(callout().headers).toEqual({ Authorization: `Bearer ${next}` });
  });

  it.each([
    [
      'may not use the principal',
      /<externalCredentialPrincipalAccesses>[^]*<\/externalCredentialPrincipalAccesses>/,
    ],
    ['may not read where tokens are kept', /<objectPermissions>[^]*<\/objectPermissions>/],
  ])('lends the credential to nobody who %s', async (_what, right) => {
    await run(restAs(org.org.adminId));
    deployWithout(right);
    expect(callout).toThrow(/Node_Scorer/);
  });

  it('gets no secret back from the org', async () => {
    await run(restAs(org.org.adminId));
    const { body } = await restAs(org.org.adminId)(
      'GET',
      '/services/data/v66.0/named-credentials/credential?externalCredential=Node_Scorer&principalName=Scorer&principalType=NamedPrincipal',
    );
    expect(body).toMatchObject({
      authenticationStatus: 'Configured',
      credentials: { Token: { encrypted: true, revision: 1 } },
    });
    expect(JSON.stringify(body)).not.toContain(TOKEN);
  });

  it('says what to do when the user may not manage credentials', async () => {
    const manager = addPerson(org.org, 2, ['Health_Admin']);
    await expect(run(restAs(manager))).rejects.toThrow(/403, INSUFFICIENT_ACCESS.*Manage Named Credentials/);
  });

  it('sends an org back nothing but what it takes', async () => {
    const rest = restAs(org.org.adminId);
    const sent: unknown[] = [];
    await run((method, path, body) => {
      if (method === 'PUT') sent.push(body);
      return rest(method, path, body);
    });
    expect(sent).toEqual([
      {
        calloutOptions: {
          allowMergeFieldsInBody: false,
          allowMergeFieldsInHeader: true,
          generateAuthorizationHeader: false,
        },
        calloutUrl: URL_,
        developerName: 'Node_Scorer',
        externalCredentials: [{ developerName: 'Node_Scorer' }],
        masterLabel: 'Node Scorer',
        type: 'SecuredEndpoint',
      },
    ]);
  });

  it.each(['', 'externalCredentials', 'calloutOptions', 'customHeaders', 'parameters'])(
    'is refused by the org when it sends a field of an answer inside %j',
    async (inside) => {
      const rest = restAs(org.org.adminId);
      const path = '/services/data/v66.0/named-credentials/named-credential-setup/Node_Scorer';
      const { body } = await rest('GET', path);
      const input = namedCredentialInput(body as object);
      const extra = { authenticationStatus: 'Configured' };
      const spoilt = {
        ...input,
        ...(inside === ''
          ? extra
          : { [inside]: inside === 'calloutOptions' ? extra : [{ developerName: 'Node_Scorer', ...extra }] }),
      };
      const answer = await rest('PUT', path, spoilt);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toMatch(/Unrecognized field.*JSON_PARSER_ERROR/);
      expect((await rest('PUT', path, body as object)).status).toBe(400);
    },
  );

  it('keeps headers, parameters and the private connection of a named credential', () => {
    const kept = {
      calloutUrl: URL_,
      customHeaders: [{ headerName: 'X-Org', headerValue: 'uat', id: '0pv1', sequenceNumber: 1 }],
      networkConnection: { developerName: 'Private' },
      parameters: [
        {
          id: '0px1',
          parameterName: 'Ns',
          parameterType: 'AllowedManagedPackageNamespaces',
          parameterValue: 'ns',
        },
      ],
    };
    const output = {
      ...kept,
      calloutStatus: 'Enabled',
      networkConnection: { ...kept.networkConnection, id: '0CN1', status: 'Ready' },
      parameters: kept.parameters.map((one) => ({
        ...one,
        createdByNamespace: null,
        parameterDescription: null,
      })),
      externalCredentials: [{ developerName: 'Node_Scorer', id: '0pu1', principals: [{ id: '0pw1' }] }],
    };
    expect(namedCredentialInput(output)).toEqual({
      ...kept,
      externalCredentials: [{ developerName: 'Node_Scorer' }],
    });
  });

  it('never repeats the token when the org does', async () => {
    const echo: Rest = (method) =>
      Promise.resolve(
        method === 'GET'
          ? { status: 200, body: { credentials: {} } }
          : { status: 400, body: [{ errorCode: 'BAD', message: `found ${TOKEN}` }] },
      );
    await expect(run(echo)).rejects.toThrow('found [token]');
  });

  it('fails when the org took the token and does not have it', async () => {
    const forgetful: Rest = (_method, path) =>
      Promise.resolve({
        status: 200,
        body: path.includes('setup') ? { calloutUrl: URL_ } : { credentials: {} },
      });
    await expect(run(forgetful)).rejects.toThrow('expected Configured');
  });

  it('puts the placeholder back with a new deploy, and keeps the token', async () => {
    await run(restAs(org.org.adminId));
    const { readFileSync } = await import('node:fs');
    const file = 'namedCredentials/Node_Scorer.namedCredential-meta.xml';
    const zip = new Map([
      ['package.xml', Buffer.from('<Package><version>66.0</version></Package>')],
      [file, readFileSync(`force-app/main/default/${file}`)],
    ]);
    expect(org.org.deploy(zip, { checkOnly: false }).success).toBe(true);
    expect(callout()).toEqual({
      url: 'https://scorer.example.com',
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
  });
});

describe('the command line', () => {
  it.each([
    [['--url', URL_], 'no --target-org'],
    [['--target-org', 'uat'], '--url: found (none)'],
    [['--target-org', 'uat', '--url', 'http://scorer.example.org'], 'expected https://host'],
    [['--target-org', 'uat', '--url', `${URL_}/v1`], 'without a path'],
    [['--target-org', 'uat', '--url', 'https://user:pw@scorer.example.org'], 'expected https://host'],
    [['--target-org', 'uat', '--url', URL_, '--token', TOKEN], "Unknown option '--token'"],
  ])('refuses %j', (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });

  it('reads the token from the environment, else from standard input', async () => {
    expect(await readToken({ SCORER_TOKEN: TOKEN }, Readable.from([]))).toBe(TOKEN);
    expect(await readToken({}, Readable.from([`${TOKEN}\n`]))).toBe(TOKEN);
  });

  it.each([
    ['none', ''],
    ['a short one', 'short'],
    ['one with a space inside', `${TOKEN} x`],
  ])('refuses %s, without saying it', async (_what, token) => {
    const refused = readToken({ SCORER_TOKEN: token }, Readable.from([]));
    await expect(refused).rejects.toThrow(/^found (no token|a token of \d+ characters)/);
  });
});

describe('as a command', () => {
  it('ends 2 and shows how it is used when something is missing', async () => {
    const started = promisify(execFile)(process.execPath, ['scripts/connect.mjs', '--target-org', 'uat']);
    await expect(started).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('openssl rand -hex 32') as string,
    });
  });
});

describe('the body for the Salesforce CLI', () => {
  it('lies in a file that only this user may read while the CLI runs, and nowhere afterwards', async () => {
    const root = mkdtempSync(join(tmpdir(), 'sf-root-'));
    try {
      // Stands in for the CLI: tells how it was called and what it could read of the body.
      mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
      writeFileSync(
        join(root, 'node_modules/.bin/sf'),
        `#!${process.execPath}
const { readFileSync, statSync } = require('node:fs');
const file = process.argv[process.argv.indexOf('--body') + 1].slice(1);
const body = { args: process.argv, text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777, file };
process.stdout.write(JSON.stringify({ status: 0, result: { statusCode: 200, body } }));
`,
        { mode: 0o755 },
      );
      const { body } = await restBySf(root, process.env, 'uat')('PUT', '/x', { credentials: TOKEN });
      const seen = body as { args: string[]; text: string; mode: number; file: string };
      expect(JSON.parse(seen.text)).toEqual({ credentials: TOKEN });
      expect(seen.mode).toBe(0o600);
      expect(seen.args.join(' ')).not.toContain(TOKEN);
      expect(existsSync(seen.file)).toBe(false);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe('with the real Salesforce CLI', { timeout: 300_000 }, () => {
  it('connects the local org', async () => {
    const home = mkdtempSync(join(tmpdir(), 'connect-'));
    const env = { ...process.env, HOME: home, SF_ACCESS_TOKEN: org.sessions.issue(org.org.adminId) };
    try {
      const login = [
        'org',
        'login',
        'access-token',
        '--instance-url',
        org.url,
        '--alias',
        'local',
        '--no-prompt',
      ];
      await promisify(execFile)('node_modules/.bin/sf', login, { env: sfEnv(process.cwd(), env) });
      expect(await run(restBySf(process.cwd(), env, 'local'), TOKEN, 'http://127.0.0.1:9')).toContain(
        'is filled',
      );
      expect(callout()).toEqual({ url: 'http://127.0.0.1:9', headers: { Authorization: `Bearer ${TOKEN}` } });
      // What the CLI leaves when it starts to update itself, which would outlive this test.
      expect(existsSync(join(home, '.cache/sf/lastrun'))).toBe(false);
      expect(existsSync(join(home, '.cache/sf/autoupdate'))).toBe(false);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
