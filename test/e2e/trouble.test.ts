import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, ROOT, storedReadings, unexplained, type Outcome, type World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.close());

const run = (...more: string[]): Promise<Outcome> => world.scorer(['run', '--period', '2026-10', ...more]);
const missingOf = (metric: string): Set<unknown> =>
  new Set(world.scores().map((row) => (storedReadings(row)[metric] as { missing?: string }).missing));

describe('a source that is down', () => {
  it.each([
    ['intercom', 'csat_score', 'open_bugs'],
    ['jira', 'open_bugs', 'csat_score'],
    ['looker', 'feature_breadth', 'csat_score'],
  ] as const)(
    '%s: %s is source_down, %s lives, the run is degraded and ends 75',
    async (vendor, lost, kept) => {
      await world.sandbox[vendor].close();
      const { exit, stdout } = await run();
      expect(exit).toBe(75);
      expect(stdout).toContain('2026-10 (complete month): Degraded');
      expect(stdout).toContain(`down: ${vendor}`);
      expect(missingOf(lost)).toEqual(new Set(['source_down']));
      expect(missingOf(kept)).not.toContain('source_down');
      expect(world.scores().every((row) => row['Final__c'] === false)).toBe(true);
      expect(world.runs()).toMatchObject([{ Status__c: 'Degraded', Degraded_Sources__c: vendor }]);
      expect(unexplained(world)).toEqual([]);
    },
  );

  it('never makes a stored score rise: such a score is reported and not written', async () => {
    await run();
    const before = new Map(world.scores().map((row) => [row['Account__c'], row]));
    await world.sandbox.intercom.close();
    const { exit, stdout } = await run();
    expect(exit).toBe(75);
    const after = world.scores();
    const risen = after.filter(
      (row) => Number(row['Health_Score__c']) > Number(before.get(row['Account__c'])?.['Health_Score__c']),
    );
    expect(risen).toEqual([]);
    const refused = stdout.match(
      /failed: .* would rise from [\d.]+ to [\d.]+ while p1_p2_pct.* could not be read/g,
    );
    expect(refused?.length).toBeGreaterThan(5);
    expect(unexplained(world)).toEqual([]);
  });

  it('never takes a stored score away: nothing known is not written over something known', async () => {
    await run();
    const before = world.scores();
    for (const vendor of [world.sandbox.intercom, world.sandbox.jira, world.sandbox.looker])
      await vendor.close();
    world.sandbox.org.faults.add({
      kind: 'status',
      status: 503,
      match: /GET .*query/,
      content: /FROM\+(Opportunity|Case|Event|AccountContactRelation|AccountHistory)\b/,
    });
    const { exit, stdout } = await run();
    expect(exit).toBe(75);
    expect(stdout).toMatch(/failed: .* would lose its score of [\d.]+ while/);
    const scoreOf = (row: { readonly [field: string]: unknown }) => [
      row['Account__c'],
      row['Health_Score__c'],
    ];
    const after = new Map(world.scores().map((row) => [row['Account__c'], Number(row['Health_Score__c'])]));
    for (const [account, score] of before.map(scoreOf)) {
      expect(after.get(account)).toBeLessThanOrEqual(Number(score));
      expect(after.get(account)).not.toBe(0);
    }
  });

  it('writes again what the outage took, once the source is back', async () => {
    await run();
    const before = world.scores();
    world.sandbox.jira.faults.add({ kind: 'status', status: 503 });
    expect((await run()).exit).toBe(75);
    world.sandbox.jira.faults.clear();
    expect((await run()).exit).toBe(0);
    const times = ['Scored_At__c', 'Run__c', 'Id'];
    const lasting = (row: object) => Object.entries(row).filter(([field]) => !times.includes(field));
    expect(world.scores().map(lasting)).toEqual(before.map(lasting));
  });
});

describe('a source that fails in part', () => {
  it('one Looker explore: its metric is source_down, those of the others live', async () => {
    world.sandbox.looker.faults.add({ kind: 'status', status: 500, content: /feature_usage/ });
    expect((await run()).exit).toBe(75);
    expect(missingOf('feature_breadth')).toEqual(new Set(['source_down', 'not_mapped']));
    expect(missingOf('dau')).toEqual(new Set([undefined, 'not_mapped']));
    expect(missingOf('messaging')).toEqual(new Set([undefined, 'not_mapped', 'no_activity']));
  });

  it('one Salesforce object: its metric is source_down, those of the others live', async () => {
    world.sandbox.org.faults.add({ kind: 'status', status: 503, content: /FROM\+Case/ });
    const { exit, stdout } = await run();
    expect(exit).toBe(75);
    expect(stdout).toContain(
      'note: salesforce: payment_health: Salesforce query: status 503; try again later',
    );
    expect(missingOf('payment_health')).toEqual(new Set(['source_down']));
    expect(missingOf('contract_changes')).toEqual(new Set([undefined]));
  });

  it('a session that expires in the middle is renewed, and nothing is lost', async () => {
    world.sandbox.org.faults.add({
      kind: 'status',
      status: 401,
      body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
      match: /GET .*query/,
      after: 3,
      times: 1,
    });
    const { exit, stdout } = await run();
    expect(exit).toBe(0);
    expect(stdout).toContain('57 accounts: 57 scored');
    expect(world.sandbox.org.calls.filter(({ path }) => path.endsWith('/oauth2/token'))).toHaveLength(2);
  });
});

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
});

describe('signals that cannot be read', () => {
  it('leave every account without a new score and the stored ones as they are', async () => {
    await run();
    const before = world.scores();
    world.sandbox.org.faults.add({ kind: 'status', status: 503, content: /Churn_Signal__c/ });
    const { exit, stdout } = await run();
    expect(exit).toBe(75);
    expect(stdout).toContain('57 accounts: 0 scored, 0 unchanged, 0 unscored, 57 failed; 0 rows written');
    expect(stdout).toContain('down: salesforce signals');
    expect(world.scores()).toEqual(before);
    expect(world.runs().map((row) => row['Status__c'])).toEqual(['Finished', 'Degraded']);
  });
});

describe('an org that does not answer', () => {
  it('ends 75 with one line and scores nothing', async () => {
    world.sandbox.org.faults.add({ kind: 'reset' });
    const { exit, stdout, stderr } = await run();
    expect([exit, stdout]).toEqual([75, '']);
    expect(stderr).toMatch(/^SOURCE_DOWN: Salesforce token: .*; try again later\n$/);
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

describe('a customer that left', () => {
  it('is left out of every later month, the running one too', async () => {
    const client = world.sandbox.org.org;
    const account = client.schema.objects.get('account');
    if (account === undefined) throw new Error('found no Account');
    client.store.update(account, '001000000000001AAA', { Churned_On__c: '2026-10-25' });
    const scored = async (period: string) => {
      const { stdout } = await world.scorer(['run', '--period', period, '--account', '001000000000001']);
      return /(\d+) accounts:/.exec(stdout)?.[1];
    };
    expect([await scored('2026-10'), await scored('2026-11')]).toEqual(['1', '0']);
  });
});

describe('some accounts', () => {
  it('are scored alone with --account, by their 15-character ids too', async () => {
    const { exit, stdout } = await run('--account', '001000000000001', '00100000000000BAAQ');
    expect(exit).toBe(0);
    expect(stdout).toContain('2 accounts: 2 scored');
    expect(world.scores().map((row) => row['Account__c'])).toEqual([
      '001000000000001AAA',
      '00100000000000BAAQ',
    ]);
  });

  it('that the org does not know are failures beside the others', async () => {
    const { exit, stdout } = await run('--account', '001000000000001', '001zzzzzzzzzzzz');
    expect(exit).toBe(1);
    expect(stdout).toContain('2 accounts: 1 scored, 0 unchanged, 0 unscored, 1 failed');
    expect(stdout).toMatch(/failed: .*found none in the scored population/);
  });

  it('of a mapping file get their ids from it and never from the org', async () => {
    const [customer] = world.sandbox.base.customers;
    const file = join(mkdtempSync(join(tmpdir(), 'health-mapping-')), 'map.csv');
    writeFileSync(
      file,
      `sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component\n${customer?.accountId},,${customer?.lookerCustomerId},Mapped,paid,,\n`,
    );
    expect((await run('--mapping', file)).exit).toBe(0);
    expect(missingOf('csat_score')).toEqual(new Set(['not_mapped']));
    expect(missingOf('dau')).toEqual(new Set([undefined]));
  });

  it('that a mapping file does not hold are refused with --mapping', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'health-mapping-')), 'map.csv');
    writeFileSync(
      file,
      'sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component\n001000000000001,,,A,paid,,\n',
    );
    const { exit, stderr } = await run('--mapping', file, '--account', '001000000000002');
    expect([exit, stderr]).toEqual([
      2,
      expect.stringContaining('001000000000002AAA, expected an account of the mapping file'),
    ]);
  });

  it('whose record the org refuses are reported, and the others land', async () => {
    world.sandbox.org.org.rowLocks.add({ match: /001000000000001AAA:2026-10$/i });
    const { exit, stdout } = await run();
    expect(exit).toBe(1);
    expect(stdout).toContain('57 accounts: 56 scored, 0 unchanged, 0 unscored, 1 failed; 56 rows written');
    expect(stdout).toMatch(/failed: Amber Hotels.*the org refused the record: UNABLE_TO_LOCK_ROW/);
    expect(world.scores()).toHaveLength(56);
  });
});

describe('secrets', () => {
  it('appear in no output, record or report', async () => {
    await world.sandbox.intercom.close();
    const report = join(mkdtempSync(join(tmpdir(), 'health-report-')), 'run.json');
    const { stdout, stderr } = await run('--report', report);
    const everything = [
      stdout,
      stderr,
      readFileSync(report, 'utf8'),
      JSON.stringify(world.scores()),
      JSON.stringify(world.runs()),
    ].join('\n');
    const secrets = Object.entries(world.sandbox.env).filter(([name]) => /SECRET|TOKEN/.test(name));
    expect(secrets).toHaveLength(4);
    for (const [, secret] of secrets) expect(everything).not.toContain(secret);
  });
});
