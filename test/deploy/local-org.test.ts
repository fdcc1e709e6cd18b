import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOrg } from 'local-org';
import type { RunningOrg } from 'local-org';
import { readComponents, readSource } from 'local-org/metadata';
import { deploy } from '../../scripts/deploy/deploy.ts';
import { readOptions } from '../../scripts/deploy/options.ts';
import { salesforceCli } from '../../scripts/deploy/sf.ts';
import type { Sf, SfAnswer } from '../../scripts/deploy/sf.ts';
import { readProject } from '../../scripts/metadata/project.ts';
import { CREDENTIALS, NOW } from '../org/org-fixture.ts';

/** Home of the CLI, edits and backups: nothing of it in the project. */
const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
const project = readProject(['force-app', 'force-app-defaults']);

describe('scripts/deploy with the real Salesforce CLI against an empty local org', () => {
  let org: RunningOrg;
  let sf: Sf;
  let token: string;

  /** What the CLI says of a query, asked of the org itself in its newest version: a start of the CLI takes seconds. */
  const asked = async (soql: string): Promise<SfAnswer> => {
    const response = await fetch(`${org.url}/services/data/v68.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const body = (await response.json()) as { records?: unknown[] } & {
      errorCode: string;
      message: string;
    }[];
    return response.ok
      ? { status: 0, result: body }
      : { status: 1, name: body[0]?.errorCode ?? '', message: body[0]?.message ?? '' };
  };
  const soqlOf = (args: string[]): string | undefined =>
    args[0] === 'data' && args[1] === 'query' ? args.at(-1) : undefined;
  /** The CLI for everything that changes the org; queries without it. */
  const changing: Sf = (args) => {
    const soql = soqlOf(args);
    return soql === undefined ? sf(args) : asked(soql);
  };
  /** The CLI for everything, and proof that it says of queries what the org says. */
  const comparing: Sf = async (args) => {
    const answer = await sf(args);
    const soql = soqlOf(args);
    if (soql !== undefined) {
      const direct = await asked(soql);
      const records = ({ result }: SfAnswer): unknown =>
        (result as { records?: unknown } | undefined)?.records;
      expect([answer.status, answer.name]).toEqual([direct.status, direct.name]);
      expect(records(answer)).toEqual(records(direct));
    }
    return answer;
  };

  /** As another, but what is in already is not sent again: a step of the app takes the CLI seconds. */
  const settled =
    (cli: Sf): Sf =>
    (args) =>
      args[0] === 'project' && !args.includes('force-app-defaults')
        ? Promise.resolve({ status: 0, result: { numberComponentsTotal: 0 } })
        : cli(args);

  beforeAll(async () => {
    org = await startOrg({ metadataDirs: [], records: [], clock: () => NOW, ...CREDENTIALS });
    const [admin] = org.org.query("SELECT Id FROM User WHERE Username = 'admin@org.example'") as {
      Id: string;
    }[];
    token = org.sessions.issue(admin?.Id ?? '');
    sf = salesforceCli(process.cwd(), { ...process.env, HOME: folder, SF_ACCESS_TOKEN: token });
    const login = await sf([
      'org',
      'login',
      'access-token',
      '--instance-url',
      org.url,
      '--no-prompt',
      '--alias',
      'local',
    ]);
    expect(login.status).toBe(0);
  }, 300_000);
  afterAll(async () => {
    await org.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (cli: Sf, ...args: string[]): Promise<{ action: string; lines: string[] }> => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const options = readOptions(['--target-org', 'local', ...args], ['Health_Admin', 'Health_Viewer']);
    const { action } = await deploy(
      { sf: cli, project, root: folder, now: () => new Date(NOW), print },
      options,
    );
    return { action, lines };
  };
  const healthyFrom = (): unknown =>
    org.org.query("SELECT From__c FROM Health_Tier__mdt WHERE DeveloperName = 'Healthy'")[0]?.['From__c'];

  it(
    'installs, keeps what an admin edits, resets on request and can put the edit back',
    { timeout: 900_000 },
    async () => {
      const checked = await run(comparing, '--dry-run');
      expect(checked.action).toBe('install');
      expect(checked.lines.find((line) => line.startsWith('Step 2 of 5'))).toContain('not checked, it calls');
      expect(healthyFrom).toThrow('Health_Tier__mdt');

      const first = await run(
        changing,
        '--assign',
        'Health_Admin',
        '--assign',
        'Health_Viewer=integration@org.example',
      );
      expect(first.action).toBe('install');
      expect(healthyFrom()).toBe(76);
      expect(first.lines.join('\n')).toContain('Set Health Segment');
      const steps = first.lines.filter((line) => /^Step \d of 5 .+ components deployed$/.test(line));
      expect(steps.map((line) => line.slice(0, 6))).toEqual([1, 2, 3, 4, 5].map((n) => `Step ${n}`));
      const held = new Set(org.org.components().map(({ type, name }) => `${type} ${name}`));
      const whole = readComponents(readSource(['force-app', 'force-app-defaults']));
      expect(whole.map(({ type, name }) => `${type} ${name}`).filter((key) => !held.has(key))).toEqual([]);
      const assigned = org.org.query(
        'SELECT PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment ORDER BY PermissionSet.Name',
      );
      expect(
        assigned.map((row) => [
          (row['PermissionSet'] as { Name: string }).Name,
          (row['Assignee'] as { Username: string }).Username,
        ]),
      ).toEqual([
        ['Health_Admin', 'admin@org.example'],
        ['Health_Viewer', 'integration@org.example'],
      ]);

      // As an admin would, but without Setup: through the Metadata API.
      const edit = join(folder, 'edit/customMetadata');
      mkdirSync(edit, { recursive: true });
      const file = 'Health_Tier.Healthy.md-meta.xml';
      const text = readFileSync(join('force-app-defaults/main/default/customMetadata', file), 'utf8');
      writeFileSync(join(edit, file), text.replace('>76<', '>80<'));
      expect(
        (
          await sf([
            'project',
            'deploy',
            'start',
            '--target-org',
            'local',
            '--source-dir',
            join(folder, 'edit'),
          ])
        ).status,
      ).toBe(0);
      expect(healthyFrom()).toBe(80);

      const kept = await run(settled(comparing));
      expect(kept.action).toBe('keep');
      expect(kept.lines).toContain('  Health_Tier.Healthy From__c: org 80, shipped 76');
      expect(healthyFrom()).toBe(80);

      const reset = await run(settled(changing), '--reset-model');
      const saved =
        /saved in (.+)$/.exec(reset.lines.find((line) => line.includes('saved in')) ?? '')?.[1] ?? '';
      expect(reset.action).toBe('reset');
      expect(healthyFrom()).toBe(76);

      expect(readdirSync(join(saved, 'customMetadata')).length).toBeGreaterThan(30);
      expect(
        (await sf(['project', 'deploy', 'start', '--target-org', 'local', '--source-dir', saved])).status,
      ).toBe(0);
      expect(healthyFrom()).toBe(80);
    },
  );
});
