import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
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
const SETS = ['Health_Admin', 'Health_Viewer', 'Health_Scorer_Champions'];

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
  held: { fullName: string }[] = [{ fullName: 'NodeScorer' }],
): Promise<Told> {
  const commands: string[] = [];
  const lines: string[] = [];
  const root = mkdtempSync(join(tmpdir(), 'deploy-'));
  const sf = (sent: string[]): Promise<SfAnswer> => {
    const command = sent.join(' ');
    const refused = refuse(command);
    if (refused) return Promise.resolve(refused);
    const type = /FROM (\w+)__mdt/.exec(command)?.[1];
    if (command.startsWith('org list metadata')) return Promise.resolve({ status: 0, result: held });
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
/** What was sent in each transaction. */
const transactions = ({ commands }: Told): string[][] =>
  commands
    .filter((command) => command.startsWith('project deploy'))
    .map((command) => [...command.matchAll(/--source-dir (.+?)(?= --)/g)].map(([, name]) => name ?? ''));
const APP = 'force-app/main/default';
const SERVICE = `${APP}/externalServiceRegistrations/NodeScorer.externalServiceRegistration-meta.xml`;
const START = `${APP}/flows/Health_Refresh_Start.flow-meta.xml`;
const CHAMPIONS = `${APP}/permissionsets/Health_Scorer_Champions.permissionset-meta.xml`;
const DASHBOARD = `${APP}/dashboards/Customer_Health/Customer_Health.dashboard-meta.xml`;
const MOVERS = `${APP}/reports/Customer_Health/Movers.report-meta.xml`;
const refusal = (failure: Record<string, string>): SfAnswer => ({
  status: 1,
  name: 'FailedDeploy',
  message: 'no',
  result: { details: { componentFailures: failure } },
});
/** The transactions in short: what of these stands in them, the model, or other. */
const inShort = (told: Told): string[] =>
  transactions(told).map((sources) =>
    [
      ['service', SERVICE],
      ['flows', START],
      ['champions', CHAMPIONS],
      ['reports', MOVERS],
      ['dashboard', DASHBOARD],
      ['model', 'force-app-defaults'],
    ]
      .filter(([, source = '']) => sources.includes(source))
      .map(([name]) => name)
      .join('+'),
  );
const WHOLE = ['service', 'flows', 'champions', 'reports', 'dashboard'];

describe('a deploy', () => {
  it('sends app and model into an org that has neither', async () => {
    const told = await run([], []);
    expect(told.outcome).toBe('install');
    expect(inShort(told)).toEqual(['service', 'flows', 'model', 'champions', 'reports', 'dashboard']);
  });

  it('sends everything that the project ships, and each part once', async () => {
    const told = await run([], []);
    const sources = transactions(told).flat();
    expect(new Set(sources).size).toBe(sources.length);
    const within = (file: string): boolean =>
      sources.some((source) => file === source || file.startsWith(`${source}/`));
    expect([...project.files.keys()].filter((file) => !within(file))).toEqual([]);
  });

  it('sends the app only where the model was edited, and names what differs', async () => {
    const told = await run([], edited);
    expect(told.outcome).toBe('keep');
    expect(inShort(told)).toEqual(WHOLE);
    expect(told.lines).toContain('  Health_Tier.Healthy From__c: org 80, shipped 76');
  });

  it('overwrites an edited model only with --reset-model, and saves it first', async () => {
    const told = await run(['--reset-model'], edited);
    expect(inShort(told)).toContain('model');
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
    expect(inShort(told)).toEqual(['service', 'flows']);
  });

  it('takes an expired session for no first install either', async () => {
    const told = await run([], [], (command) =>
      /FROM \w+__mdt/.test(command)
        ? { status: 1, name: 'INVALID_SESSION_ID', message: 'expired' }
        : undefined,
    );
    expect(told.outcome).toContain('INVALID_SESSION_ID');
    expect(inShort(told)).toEqual(['service', 'flows']);
  });

  it('stops when the org refuses the app, before anything is said of the model', async () => {
    const told = await run([], [], (command) =>
      command.startsWith('project deploy')
        ? refusal({ fullName: 'Account.X__c', fileName: 'a', problem: 'too long' })
        : undefined,
    );
    expect(told.outcome).toContain('FailedDeploy');
    expect(told.outcome).toContain('Step 1 of 5');
    expect(told.lines.at(-1)).toBe('  failed: a Account.X__c: too long');
  });

  it('goes on when it is run again after a step was refused', async () => {
    const refused = await run([], [], (command) =>
      command.includes(START)
        ? refusal({ componentType: 'Flow', fullName: 'Health_Refresh_Start', problem: 'no coverage' })
        : undefined,
    );
    expect(inShort(refused)).toEqual(['service']);
    expect(refused.outcome).toContain('Step 2 of 5');
    expect(refused.outcome).toContain('run the same command again');
    expect(refused.outcome).toContain('--flows draft');
    const again = await run([], []);
    expect(again.outcome).toBe('install');
    expect(inShort(again).slice(0, 3)).toEqual(['service', 'flows', 'model']);
  });

  it('sends flows as drafts with --flows draft, says so, and changes no file of the project', async () => {
    const texts: string[] = [];
    const told = await run(['--flows', 'draft'], shipped, (command) => {
      for (const [, file = ''] of command.matchAll(/--source-dir (\S+flow-meta\.xml)/g))
        texts.push(readFileSync(file, 'utf8'));
      return undefined;
    });
    expect(texts).toHaveLength(6);
    expect(texts.filter((text) => !text.includes('<status>Draft</status>'))).toEqual([]);
    expect(readFileSync(START, 'utf8')).toContain('<status>Active</status>');
    const step = told.lines.find((line) => line.includes('Activate the flows')) ?? '';
    const order = ['Health_Refresh_Failure', 'Health_Refresh_Start', 'Refresh_Health'];
    expect(order.map((name) => step.indexOf(`${name},`) >= 0 || step.includes(`${name}.`))).toEqual([
      true,
      true,
      true,
    ]);
    expect(step.indexOf('Health_Refresh_Failure')).toBeLessThan(step.indexOf('Health_Refresh_Start'));
    expect(step.indexOf('Health_Refresh_Start')).toBeLessThan(step.lastIndexOf('Refresh_Health'));
    // The copies are gone afterwards.
    const copies = told.commands.flatMap((command) => command.match(/\S*draft-flows\S*/g) ?? []);
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter((copy) => existsSync(copy))).toEqual([]);
  });

  it('leaves the permissions on an object out that the org does not have, and says what to switch on', async () => {
    const told = await run(['--assign', 'Health_Scorer_Champions=scorer@example.com'], shipped, (command) =>
      command.includes('FROM AccountContactRelation')
        ? { status: 1, name: 'INVALID_TYPE', message: 'not supported' }
        : undefined,
    );
    expect(told.outcome).toBe('none');
    expect(inShort(told)).toEqual(['service', 'flows', 'reports', 'dashboard']);
    expect(told.commands.filter((command) => command.includes('assign permset'))).toEqual([]);
    expect(told.lines).toContain('Health_Scorer_Champions not assigned: it is not in the org');
    expect(told.lines.join('\n')).toMatch(
      /1\. Without permission set Health_Scorer_Champions .+Account Settings/,
    );
  });

  it.each([
    ['the dashboard', DASHBOARD, WHOLE.slice(0, 4), ['the dashboard'], 'Enterprise 5'],
    [
      'the reports',
      MOVERS,
      WHOLE.slice(0, 3),
      ['the reports and their folder', 'the dashboard'],
      'Manage Reports',
    ],
  ])('takes a refusal of %s alone, and says what to do', async (_what, source, sentThen, without, advice) => {
    const told = await run([], shipped, (command) =>
      command.includes(source) && command.startsWith('project deploy')
        ? refusal({ fullName: 'x', problem: 'limit' })
        : undefined,
    );
    expect(told.outcome).toBe('none');
    expect(inShort(told)).toEqual(sentThen);
    const left = told.lines.filter((line) => /\d\. Without /.test(line));
    expect(left.map((line) => /Without (.+?) \(/.exec(line)?.[1])).toEqual(without);
    expect(left.join()).toContain(advice);
  });
});

describe('a deploy with --dry-run', () => {
  it.each([
    ['nothing is there yet', undefined, 'install', ['service+champions+reports+dashboard+model']],
    ['the model was edited', edited, 'keep', ['service+champions+reports+dashboard']],
  ])('changes nothing when %s', async (_state, org, outcome, sentThen) => {
    const told = await run(['--dry-run', '--assign', 'Health_Admin'], org, undefined, []);
    expect(told.outcome).toBe(outcome);
    expect(inShort(told)).toEqual(sentThen);
    expect(told.commands.every((command) => command.includes('--dry-run'))).toBe(true);
  });

  it('says that flows cannot be checked before the service that they call is in the org', async () => {
    const told = await run(['--dry-run'], [], undefined, []);
    expect(told.lines.find((line) => line.startsWith('Step 2 of 5'))).toContain(
      'it calls ExternalServiceRegistration NodeScorer, which the org does not have yet: cannot be checked before step 1 is in',
    );
  });

  it('checks every step at once in an org that has the service', async () => {
    const told = await run(['--dry-run'], shipped);
    expect(inShort(told)).toEqual(['service+flows+champions+reports+dashboard']);
    expect(told.lines.filter((line) => line.includes('not checked'))).toEqual([]);
  });

  it.each([
    [{ componentType: 'Dashboard', fullName: 'Customer_Health/Customer_Health' }, 'none', 'would fail alone'],
    [{ componentType: 'Report', fullName: 'Customer_Health/Movers' }, 'none', 'would fail alone'],
    [{ componentType: 'CustomField', fullName: 'Account.ARR__c' }, 'FailedDeploy', 'failed:'],
    [{ componentType: 'Flow', fullName: 'Refresh_Health' }, 'FailedDeploy', 'failed:'],
    [{ fullName: 'package.xml' }, 'FailedDeploy', 'failed:'],
  ])('tells apart what may fail alone from what may not: %j', async (part, outcome, words) => {
    const told = await run(['--dry-run'], shipped, (command) =>
      command.startsWith('project deploy') ? refusal({ ...part, problem: 'limit' }) : undefined,
    );
    expect(told.outcome).toContain(outcome);
    expect(told.lines.join('\n')).toContain(words);
  });
});

describe('what a deploy also does', () => {
  it('creates a scratch org first, and uses it as the target', async () => {
    const told = await run(['--scratch', 'try', '--days', '3', '--dev-hub', 'hub'], []);
    expect(told.outcome).toBe('install');
    expect(told.commands[0]).toBe(
      'org create scratch --alias try --definition-file config/project-scratch-def.json --duration-days 3 --wait 60 --target-dev-hub hub',
    );
    expect(told.commands[1]).toContain('--target-org try --source-dir force-app/');
  });

  it('assigns permission sets where asked, to the deploying user or to those named', async () => {
    const told = await run(
      ['--assign', 'Health_Admin', '--assign', 'Health_Viewer=a@example.com,b@example.com'],
      shipped,
    );
    expect(told.commands.slice(-2)).toEqual([
      'org assign permset --target-org uat --name Health_Admin',
      'org assign permset --target-org uat --name Health_Viewer --on-behalf-of a@example.com --on-behalf-of b@example.com',
    ]);
  });
});

describe('the command line', () => {
  it.each([
    [[], 'exactly one of --target-org and --scratch'],
    [['--target-org', 'a', '--scratch', 'b'], 'exactly one of --target-org and --scratch'],
    [
      ['--target-org', 'a', '--assign', 'Admin'],
      'found Admin, expected one of Health_Admin, Health_Viewer, Health_Scorer_Champions',
    ],
    [['--target-org', 'a', '--assign', 'Health_Admin='], 'an empty username'],
    [['--target-org', 'a', '--days', '3'], 'go with --scratch'],
    [['--scratch', 'a', '--days', '31'], 'from 1 to 30'],
    [['--scratch', 'a', '--reset-model'], 'use --target-org'],
    [['--target-org', 'a', '--force'], '--force'],
    [['--target-org', 'a', '--flows', 'inactive'], 'found inactive, expected active or draft'],
  ])('%j is refused: %s', (args, words) => {
    expect(() => readOptions(args, SETS)).toThrow(words);
  });
});

describe('what is left for a person', () => {
  const nothing = { assigned: new Set<string>(), firstInstall: false, drafts: [] };

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
