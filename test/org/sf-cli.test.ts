import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrg } from 'local-org';
import type { RunningOrg } from 'local-org';
import { sfEnv } from '../../scripts/sf-env.ts';
import { CREDENTIALS, NOW } from './org-fixture.ts';

interface Answer {
  status: number;
  result: Record<string, unknown>;
  message?: string;
}

describe('the real Salesforce CLI against an empty local org', { timeout: 300_000 }, () => {
  let org: RunningOrg;
  const home = mkdtempSync(join(tmpdir(), 'sf-home-'));

  /** One command; its JSON, whether it ends 0 or not. */
  async function sf(args: string[], more: Record<string, string> = {}): Promise<Answer> {
    const env = sfEnv(process.cwd(), { ...process.env, HOME: home, ...more });
    try {
      const { stdout } = await promisify(execFile)('node_modules/.bin/sf', [...args, '--json'], {
        env,
        maxBuffer: 2 ** 26,
      });
      return JSON.parse(stdout) as Answer;
    } catch (error) {
      return JSON.parse((error as { stdout: string }).stdout) as Answer;
    }
  }

  beforeAll(async () => {
    org = await startOrg({ metadataDirs: [], clock: () => NOW, ...CREDENTIALS });
    const token = org.sessions.issue(org.org.adminId);
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
    expect(await sf(login, { SF_ACCESS_TOKEN: token })).toMatchObject({
      status: 0,
      result: { username: 'admin@org.example' },
    });
  }, 300_000);
  afterAll(async () => {
    await org.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('deploys everything we ship over SOAP, and the org is then what we ship', async () => {
    const answer = await sf([
      'project',
      'deploy',
      'start',
      '--source-dir',
      'force-app',
      '--target-org',
      'local',
    ]);
    expect(answer).toMatchObject({
      status: 0,
      result: { status: 'Succeeded', success: true, numberComponentErrors: 0 },
    });
    expect(org.calls.some((call) => call.path.startsWith('/services/Soap/m/'))).toBe(true);
    expect(org.org.schema.objects.get('health_score__c')?.fields.get('score_key__c')?.unique).toBe(true);
    expect(org.org.notExecuted).toContain('Report Customer_Health/Movers: not executed by the local org');
  });

  it('deploys the custom metadata records over REST', async () => {
    const answer = await sf(
      ['project', 'deploy', 'start', '--source-dir', 'force-app-defaults', '--target-org', 'local'],
      { SF_ORG_METADATA_REST_DEPLOY: 'true' },
    );
    expect(answer).toMatchObject({ status: 0, result: { status: 'Succeeded' } });
    expect(org.calls.some((call) => call.path.endsWith('/metadata/deployRequest'))).toBe(true);
    expect(org.org.query('SELECT Id FROM Health_Tier__mdt')).toHaveLength(4);
  });

  it('queries with parents', async () => {
    const soql =
      'SELECT DeveloperName, Dimension__r.DeveloperName FROM Health_Metric__mdt ORDER BY Order__c LIMIT 2';
    const answer = await sf(['data', 'query', '--query', soql, '--target-org', 'local']);
    expect(answer.result).toMatchObject({
      totalSize: 2,
      records: [{ DeveloperName: 'p1_p2_pct', Dimension__r: { DeveloperName: 'support' } }, {}],
    });
    const { stdout } = await promisify(execFile)(
      'node_modules/.bin/sf',
      ['data', 'query', '--query', soql, '--target-org', 'local', '--result-format', 'csv'],
      { env: sfEnv(process.cwd(), { ...process.env, HOME: home }) },
    );
    expect(stdout).toContain('p1_p2_pct,support');
  });

  it('imports a tree of records', async () => {
    const file = join(home, 'tree.json');
    const contact = { attributes: { type: 'Contact', referenceId: 'C1' }, LastName: 'Leaf' };
    const account = {
      attributes: { type: 'Account', referenceId: 'A1' },
      Name: 'Hotel Linden',
      Health_Segment__c: 'paid',
      Contacts: { records: [contact] },
    };
    writeFileSync(file, JSON.stringify({ records: [account] }));
    const answer = await sf(['data', 'import', 'tree', '--files', file, '--target-org', 'local']);
    expect(answer.status).toBe(0);
    expect(org.org.query('SELECT Name, Account.Name FROM Contact')).toMatchObject([
      { Name: 'Leaf', Account: { Name: 'Hotel Linden' } },
    ]);
  });

  it('upserts in bulk', async () => {
    const [account] = org.org.query('SELECT Id FROM Account');
    const id = account?.['Id'] as string;
    const file = join(home, 'scores.csv');
    writeFileSync(
      file,
      `Score_Key__c,Account__c,Health_Score__c\n${id}:2026-09,${id},70\n${id}:2026-10,${id},68.2\n`,
    );
    const args = [
      'data',
      'upsert',
      'bulk',
      '--sobject',
      'Health_Score__c',
      '--file',
      file,
      '--external-id',
      'Score_Key__c',
      '--wait',
      '1',
    ];
    const answer = await sf([...args, '--target-org', 'local', '--line-ending', 'LF']);
    expect(answer.status).toBe(0);
    expect(org.org.query('SELECT Health_Score__c FROM Health_Score__c ORDER BY Score_Key__c')).toMatchObject([
      { Health_Score__c: 70 },
      { Health_Score__c: 68.2 },
    ]);
  });

  it('assigns a permission set, and the user then has its access', async () => {
    const scorer = org.org.integrationUser;
    expect(
      await sf([
        'org',
        'assign',
        'permset',
        '--name',
        'Health_Viewer',
        '--on-behalf-of',
        scorer.username,
        '--target-org',
        'local',
      ]),
    ).toMatchObject({ status: 0 });
    expect(
      org.org.query('SELECT PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment'),
    ).toMatchObject([{ PermissionSet: { Name: 'Health_Viewer' }, Assignee: { Username: scorer.username } }]);
  });

  it('is told why a broken deploy is refused, and nothing of it stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broken-'));
    const objects = join(folder, 'force-app/main/default/objects');
    mkdirSync(join(objects, 'Fine__c/fields'), { recursive: true });
    mkdirSync(join(objects, 'Account/fields'), { recursive: true });
    writeFileSync(
      join(folder, 'sfdx-project.json'),
      JSON.stringify({
        packageDirectories: [{ path: 'force-app', default: true }],
        sourceApiVersion: '66.0',
      }),
    );
    const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    writeFileSync(
      join(objects, 'Fine__c/Fine__c.object-meta.xml'),
      `<?xml version="1.0" encoding="UTF-8"?><CustomObject ${ns}><deploymentStatus>Deployed</deploymentStatus><label>Fine</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>Fines</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`,
    );
    writeFileSync(
      join(objects, 'Account/fields/Bad__c.field-meta.xml'),
      `<?xml version="1.0" encoding="UTF-8"?><CustomField ${ns}><fullName>Bad__c</fullName><label>Bad</label><referenceTo>Nope__c</referenceTo><type>Lookup</type></CustomField>`,
    );
    const before = [...org.org.schema.objects.keys()];
    const cli = join(process.cwd(), 'node_modules/.bin/sf');
    const run = promisify(execFile)(
      cli,
      ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', 'local', '--json'],
      {
        cwd: folder,
        env: sfEnv(process.cwd(), { ...process.env, HOME: home }),
      },
    );
    const failure = (await run.catch((error: unknown) => error)) as { stdout: string };
    const answer = JSON.parse(failure.stdout) as {
      status: number;
      result: { details: { componentFailures: { fullName: string; problem: string }[] } };
    };
    expect(answer.status).toBe(1);
    expect(answer.result.details.componentFailures).toMatchObject([
      { fullName: 'Account.Bad__c', problem: 'refers to Nope__c, which does not exist' },
    ]);
    expect([...org.org.schema.objects.keys()]).toEqual(before);
    rmSync(folder, { recursive: true, force: true });
  });
});
