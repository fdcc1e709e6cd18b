import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectOf, readProject } from '../../scripts/metadata/project.ts';
import { deploy } from '../../scripts/deploy/deploy.ts';
import { handSteps } from '../../scripts/deploy/hand-steps.ts';
import { readOptions } from '../../scripts/deploy/options.ts';
import type { ModelRecord } from '../../scripts/deploy/records.ts';
import { shippedRecords } from '../../scripts/deploy/records.ts';
import type { SfAnswer } from '../../scripts/deploy/sf.ts';

const project = readProject(['force-app', 'force-app-defaults']);
const SETS = ['Health_Admin', 'Health_Viewer'];

/** A record as `sf data query` gives it. */
const row = ({ name, label, values }: ModelRecord): Record<string, unknown> => ({
  DeveloperName: name.split('.')[1],
  MasterLabel: label,
  ...Object.fromEntries(values),
  Dimension__r: { DeveloperName: values.get('Dimension__c') },
});

interface Told {
  commands: string[];
  lines: string[];
  folder: string;
  outcome: string;
}

/** Runs a deploy against a CLI that answers from a list of records; undefined where the org refuses to show them. */
async function run(
  args: string[],
  org: ModelRecord[] | undefined,
  refuse: (command: string) => SfAnswer | undefined = () => undefined,
): Promise<Told> {
  const commands: string[] = [];
  const lines: string[] = [];
  const root = mkdtempSync(join(tmpdir(), 'deploy-'));
  const sf = (sent: string[]): Promise<SfAnswer> => {
    const command = sent.join(' ');
    const refused = refuse(command);
    if (refused) return Promise.resolve(refused);
    const type = /FROM (\w+)__mdt/.exec(command)?.[1];
    if (type === undefined) {
      if (!command.startsWith('data query')) commands.push(command);
      return Promise.resolve({ status: 0, result: { records: [{ Name: 'Org' }], numberComponentsTotal: 3 } });
    }
    if (!org) return Promise.resolve({ status: 1, name: 'INVALID_TYPE', message: 'not supported' });
    const records = org.filter(({ name }) => name.startsWith(`${type}.`)).map(row);
    return Promise.resolve({ status: 0, result: { records } });
  };
  const world = {
    sf,
    project,
    root,
    now: () => new Date('2026-11-21T09:00:00Z'),
    print: (line: string) => lines.push(line),
  };
  const outcome = await deploy(
    world,
    readOptions(args.includes('--scratch') ? args : ['--target-org', 'uat', ...args], SETS),
  ).then(
    ({ action }) => action,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { commands, lines, folder: root, outcome };
}

const shipped = shippedRecords(project);
const edited = shipped.map((record) =>
  record.name === 'Health_Tier.Healthy'
    ? { ...record, values: new Map([...record.values, ['From__c', 80] as const]) }
    : record,
);
const sent = ({ commands }: Told): string[] =>
  commands.flatMap((command) => [...command.matchAll(/--source-dir (\S+)/g)].map(([, name]) => name ?? ''));

describe('a deploy', () => {
  it('sends app and model into an org that has neither', async () => {
    const told = await run([], []);
    expect(told.outcome).toBe('install');
    expect(sent(told)).toEqual(['force-app', 'force-app-defaults']);
  });

  it('sends the app only where the model was edited, and names what differs', async () => {
    const told = await run([], edited);
    expect(told.outcome).toBe('keep');
    expect(sent(told)).toEqual(['force-app']);
    expect(told.lines).toContain('  Health_Tier.Healthy From__c: org 80, shipped 76');
  });

  it('overwrites an edited model only with --reset-model, and saves it first', async () => {
    const told = await run(['--reset-model'], edited);
    expect(sent(told)).toEqual(['force-app', 'force-app-defaults']);
    const [backup = ''] = readdirSync(join(told.folder, 'model-backups')).filter((name) =>
      name.startsWith('uat'),
    );
    const folder = join(told.folder, 'model-backups', backup, 'customMetadata');
    expect(readdirSync(folder)).toHaveLength(shipped.length);
    expect(readFileSync(join(folder, 'Health_Tier.Healthy.md-meta.xml'), 'utf8')).toContain('>80<');
  });

  it('takes a model that may not be read for no first install, and stops', async () => {
    const told = await run([], undefined);
    expect(told.outcome).toContain('Customize Application');
    expect(sent(told)).toEqual(['force-app']);
  });

  it('takes an expired session for no first install either', async () => {
    const told = await run([], [], (command) =>
      command.includes('__mdt') ? { status: 1, name: 'INVALID_SESSION_ID', message: 'expired' } : undefined,
    );
    expect(told.outcome).toContain('INVALID_SESSION_ID');
    expect(sent(told)).toEqual(['force-app']);
  });

  it('stops when the org refuses the app, before anything is said of the model', async () => {
    const told = await run([], [], (command) =>
      command.startsWith('project deploy')
        ? {
            status: 1,
            name: 'FailedDeploy',
            message: 'no',
            result: {
              details: {
                componentFailures: { fullName: 'Account.X__c', fileName: 'a', problem: 'too long' },
              },
            },
          }
        : undefined,
    );
    expect(told.outcome).toContain('FailedDeploy');
    expect(told.lines.at(-1)).toBe('  failed: a Account.X__c: too long');
  });

  it.each([
    ['nothing is there yet', undefined, 'install', ['force-app', 'force-app-defaults']],
    ['the model was edited', edited, 'keep', ['force-app']],
  ])('with --dry-run changes nothing when %s', async (_state, org, outcome, directories) => {
    const told = await run(['--dry-run', '--assign', 'Health_Admin'], org);
    expect(told.outcome).toBe(outcome);
    expect(sent(told)).toEqual(directories);
    expect(told.commands.every((command) => command.includes('--dry-run'))).toBe(true);
  });

  it('creates a scratch org first, and uses it as the target', async () => {
    const told = await run(['--scratch', 'try', '--days', '3', '--dev-hub', 'hub'], []);
    expect(told.outcome).toBe('install');
    expect(told.commands[0]).toBe(
      'org create scratch --alias try --definition-file config/project-scratch-def.json --duration-days 3 --wait 60 --target-dev-hub hub',
    );
    expect(told.commands[1]).toContain('--target-org try --source-dir force-app');
  });

  it('assigns permission sets where asked, to the deploying user or to those named', async () => {
    const told = await run(
      ['--assign', 'Health_Admin', '--assign', 'Health_Viewer=a@example.com,b@example.com'],
      shipped,
    );
    expect(told.commands.slice(1)).toEqual([
      'org assign permset --target-org uat --name Health_Admin',
      'org assign permset --target-org uat --name Health_Viewer --on-behalf-of a@example.com --on-behalf-of b@example.com',
    ]);
  });
});

describe('the command line', () => {
  it.each([
    [[], 'exactly one of --target-org and --scratch'],
    [['--target-org', 'a', '--scratch', 'b'], 'exactly one of --target-org and --scratch'],
    [['--target-org', 'a', '--assign', 'Admin'], 'found Admin, expected one of Health_Admin, Health_Viewer'],
    [['--target-org', 'a', '--assign', 'Health_Admin='], 'an empty username'],
    [['--target-org', 'a', '--days', '3'], 'go with --scratch'],
    [['--scratch', 'a', '--days', '31'], 'from 1 to 30'],
    [['--scratch', 'a', '--reset-model'], 'use --target-org'],
    [['--target-org', 'a', '--force'], '--force'],
  ])('%j is refused: %s', (args, words) => {
    expect(() => readOptions(args, SETS)).toThrow(words);
  });
});

describe('what is left for a person', () => {
  const nothing = { assigned: new Set<string>(), firstInstall: false };

  it('after an upgrade is only what was not assigned', () => {
    const [step, ...more] = handSteps(project, nothing);
    expect(step).toContain('Health_Viewer');
    expect(more.filter((line) => line.includes('Health Segment'))).toEqual([]);
  });

  it('names secret and scheduled flow as soon as the project ships them', () => {
    const flow = '<Flow><start><triggerType>Scheduled</triggerType></start></Flow>';
    const shipping = projectOf(
      new Map([
        ['a/flows/F.flow-meta.xml', flow],
        ['a/externalCredentials/E.externalCredential-meta.xml', '<ExternalCredential/>'],
      ]),
    );
    expect(handSteps(shipping, nothing).map((line) => line.slice(0, 12))).toEqual([
      'Connect the ',
      'Set the Defa',
    ]);
    expect(handSteps(projectOf(new Map()), nothing)).toEqual([]);
  });
});
