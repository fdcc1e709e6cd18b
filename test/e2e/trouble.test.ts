import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, ROOT, storedReadings, unexplained, type Outcome, type World } from './harness.ts';
import { begin, OUTAGES } from './outages.ts';
import { startScorer } from './process.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.close());

const run = (...more: string[]): Promise<Outcome> => world.scorer(['run', '--period', '2026-10', ...more]);
const missingOf = (metric: string): Set<unknown> =>
  new Set(world.scores().map((row) => (storedReadings(row)[metric] as { missing?: string }).missing));

describe('an org that hides things from the scorer', () => {
  it('gets the reasons no_field and no_permission, names them in the report, and scores the rest', async () => {
    await world.sandbox.close();
    world = await openWorld({
      hiddenFields: ['Account.ARR__c', 'Event.Attended__c'],
      hiddenObjects: ['Case'],
    });
    const { exit, stdout } = await run();
    expect(exit).toBe(0);
    expect(stdout).toContain('found no field Account.ARR__c, expected to read it');
    expect(stdout).toContain('qbr_attendance: found no field Event.Attended__c, expected to read it');
    expect(stdout).toContain('payment_health: found no object Case that the running user may read');
    expect(missingOf('tier_alignment')).toEqual(new Set(['no_field']));
    expect(missingOf('qbr_attendance')).toEqual(new Set(['no_field']));
    expect(missingOf('payment_health')).toEqual(new Set(['no_permission']));
    expect(unexplained(world)).toEqual([]);
  });

  it('misses champions in an org that relates contacts to one account each, and says what to switch on', async () => {
    await world.sandbox.close();
    world = await openWorld({ accounts: 8, switchedOff: ['AccountContactRelation'] });
    const { exit, stdout } = await run();
    expect(exit).toBe(0);
    expect(missingOf('champion_stability')).toEqual(new Set(['no_field']));
    expect(missingOf('qbr_attendance')).not.toContain('no_field');
    expect(stdout).toContain(
      'champion_stability: found no object AccountContactRelation, expected one that the running user may read; switch on Setup → Account Settings',
    );
    expect(unexplained(world)).toEqual([]);
    const checked = await world.scorer(['check', '--org']);
    expect(checked.stdout).toContain('salesforce.champion: found no object AccountContactRelation');
  });
});

describe('extract, of a source that is down', () => {
  it.each([
    ['intercom', 'Intercom as a whole'],
    ['jira', "Jira's search"],
    ['looker', 'Looker as a whole'],
    ['looker', 'sessions in Looker'],
  ])('ends 75 and prints what is missing: %s, %s', async (source, outage) => {
    await world.sandbox.close();
    world = await openWorld({ accounts: 8 });
    const extract = () => world.scorer(['extract', '--source', source, '--period', '2026-10']);
    expect((await extract()).exit).toBe(0);
    const down = OUTAGES[outage];
    if (down === undefined) throw new Error(`no outage ${outage}`);
    begin(world, down);
    const { exit, stdout } = await extract();
    expect(exit).toBe(75);
    expect(stdout).toContain('"missing":"source_down"');
  });
});

describe('what only a person can mend', () => {
  const noTrace = /\n\s+at /;

  it.each([
    ['INTERCOM_API_TOKEN', /INTERCOM_API_TOKEN/],
    ['JIRA_API_TOKEN', /JIRA_API_TOKEN/],
    ['LOOKER_CLIENT_SECRET', /LOOKER_CLIENT_SECRET/],
    ['SF_CLIENT_SECRET', /SF_CLIENT_SECRET/],
  ])('a wrong %s ends 2 with a message that names it, and nothing is scored', async (variable, named) => {
    const { exit, stdout, stderr } = await world.scorer(['run', '--period', '2026-10'], {
      [variable]: 'planted-wrong-secret',
    });
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(named);
    expect(stderr).not.toMatch(noTrace);
    expect(stderr).not.toContain('planted-wrong-secret');
    expect(world.scores()).toEqual([]);
    const failed = variable.startsWith('SF_') ? [] : [{ Status__c: 'Failed' }];
    expect(world.runs()).toMatchObject(failed);
  });

  it.each([
    [['run', '--period', '2026-13'], /--period: found "2026-13", expected a month such as 2026-10/],
    [['run', '--period', '2027-01'], /--period: found 2027-01, which has not begun/],
    [['run', '--account', '0010000000000012'], /--account: found "0010000000000012", expected an id/],
    [['run', '--mapping', 'no-such-file.csv'], /--mapping no-such-file.csv: found ENOENT/],
    [['run', '--config-dir', 'no-such-folder'], /no-such-folder/],
    [['run', '--perod', '2026-10'], /unknown option '--perod'/],
    [['extract', '--source', 'slack', '--period', '2026-10'], /slack/],
  ])('%j ends 2 and says what to do', async (args, message) => {
    const { exit, stdout, stderr } = await world.scorer(args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(noTrace);
    expect([world.scores(), world.runs()]).toEqual([[], []]);
  });

  it('a bad model lists all of its problems, and nothing is scored', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'health-config-'));
    for (const file of ['weights.yaml', 'thresholds.yaml', 'sources.yaml']) {
      const text = readFileSync(join(ROOT, 'config', file), 'utf8')
        .replace('weight: 0.30', 'weight: 0.20')
        .replace('cap: 59', 'cap: 590');
      writeFileSync(join(folder, file), text);
    }
    const { exit, stderr } = await run('--config-dir', folder);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/weights\.yaml:\d+.*0\.9/);
    expect(stderr).toMatch(/weights\.yaml:\d+.*590/);
    expect(world.scores()).toEqual([]);
  });

  it('a bad mapping file lists all of its problems', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'health-mapping-')), 'map.csv');
    writeFileSync(
      file,
      'sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component\nx,,,A,gold,,\n',
    );
    const { exit, stderr } = await run('--mapping', file);
    expect(exit).toBe(2);
    expect(stderr).toContain('The account mapping: 2 problems');
  });

  it('no org at all is said, with the way out', async () => {
    const { exit, stderr } = await world.scorer(['run', '--period', '2026-10'], {
      SF_LOGIN_URL: '',
      SF_CLIENT_ID: '',
      SF_CLIENT_SECRET: '',
    });
    expect(exit).toBe(2);
    expect(stderr).toContain('or use --dry-run with --mapping');
  });
});

describe('a run that cannot be recorded or reported', () => {
  it('tells what it wrote all the same, and that its record is not up to date', async () => {
    world.sandbox.org.faults.add({ kind: 'status', status: 503, match: /Health_Score_Run__c/, after: 1 });
    const { exit, stdout } = await run();
    expect(exit).toBe(75);
    expect(stdout).toContain('57 accounts: 57 scored, 0 unchanged, 0 unscored, 0 failed; 57 rows written');
    expect(stdout).toContain("note: salesforce: the run's record stays Running");
    expect(world.scores()).toHaveLength(57);
  });

  it('does not begin when its report cannot be written', async () => {
    const { exit, stderr } = await run('--report', '/no/such/folder/run.json');
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/--report .* found ENOENT, expected a file/)]);
    expect([world.scores(), world.runs()]).toEqual([[], []]);
  });
});

describe('a run that nobody listens to any more', () => {
  it.each(['stdout', 'stderr'] as const)('goes on to its end when its %s is closed', async (stream) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
    const env = { ...world.sandbox.env, SCORER_DATA_DIR: dataDir };
    const { child, ended } = startScorer(env, 'run', '--period', '2026-10');
    child[stream]?.destroy();
    expect(await ended).toMatchObject({ exit: 0, signal: null });
    expect(world.scores()).toHaveLength(57);
  });
});
