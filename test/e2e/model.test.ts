import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, unexplained, type World } from './harness.ts';
import { edit } from './people.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.close());

const run = (...more: string[]) => world.scorer(['run', '--period', '2026-10', ...more]);
const versions = () => new Set(world.scores().map((row) => row['Model_Version__c']));

describe('the model in the org', () => {
  it('is the one that scores: shipped, it is the model of the files', async () => {
    expect((await run('--config-dir', 'config')).exit).toBe(0);
    const fromFiles = versions();
    expect((await run()).stdout).toContain('57 accounts: 0 scored, 57 unchanged');
    expect(versions()).toEqual(fromFiles);
  });

  it('decides: a threshold that an admin edits moves scores, and the scores still explain themselves', async () => {
    await run();
    const before = world.scores();
    edit(world, 'Health_Metric__mdt', 'messaging', {
      Green_Paid__c: 60,
      Green_Standard__c: 60,
      Yellow_Paid__c: 40,
      Yellow_Standard__c: 40,
    });
    expect((await run()).exit).toBe(0);
    const risen = world
      .scores()
      .filter(
        (row, i) => Number(row['Quantitative_Score__c']) > Number(before[i]?.['Quantitative_Score__c']),
      );
    expect(risen.length).toBeGreaterThan(30);
    expect(versions()).not.toEqual(new Set(before.map((row) => row['Model_Version__c'])));
    expect(unexplained(world)).toEqual([]);
  });

  it('is refused with every problem, each naming record and field, and nothing is scored', async () => {
    edit(world, 'Health_Metric__mdt', 'csat_score', { Green_Paid__c: 10 });
    edit(world, 'Health_Dimension__mdt', 'support', { Weight_Paid__c: 0.2, Weight_Standard__c: 0.2 });
    edit(world, 'Health_Cap__mdt', 'critical_signal', { Cap__c: 590 });
    edit(world, 'Health_Setting__mdt', 'Default', { Run_Day__c: 31 });
    const { exit, stderr } = await run();
    expect(exit).toBe(2);
    expect(stderr).toContain('The model in the org: 4 problems');
    expect(stderr).toContain('Health_Metric__mdt.csat_score');
    expect(stderr).toContain('Health_Cap__mdt.critical_signal Cap__c: found 590');
    expect(stderr).toContain('Health_Setting__mdt.Default Run_Day__c: found 31');
    expect(stderr).toMatch(/Health_Dimension__mdt: found weights that sum to 0.9/);
    expect([world.scores(), world.runs()]).toEqual([[], []]);
  });

  it('that is not there is said, with the way out', async () => {
    const { schema, store } = world.sandbox.org.org;
    const object = schema.objects.get('health_setting__mdt');
    const [row] = world.query('SELECT Id FROM Health_Setting__mdt');
    if (object !== undefined) store.erase(object, String(row?.['Id']));
    const { exit, stderr } = await run();
    expect(exit).toBe(2);
    expect(stderr).toMatch(
      /found 27 metrics, 5 dimensions, 4 tiers and 0 settings.*or name a folder with --config-dir/,
    );
  });
});

describe('scorer check --org', () => {
  it('finds no difference in a freshly deployed org', async () => {
    const { exit, stdout } = await world.scorer(['check', '--org']);
    expect([exit, stdout]).toEqual([0, expect.stringContaining('lacking in the org: none')]);
    expect(stdout).toContain('differences between the model of the org and of the folder: none');
  });

  it('lists what an admin changed and what the org lacks', async () => {
    await world.sandbox.close();
    world = await openWorld({ hiddenFields: ['Event.Attended__c'], hiddenObjects: ['Case'] });
    edit(world, 'Health_Metric__mdt', 'csat_score', { Green_Paid__c: 95 });
    const { exit, stdout } = await world.scorer(['check', '--org']);
    expect(exit).toBe(1);
    expect(stdout).toContain(
      'model.thresholds.csat_score.paid.green: found 95 in the org, expected 90 as in the folder',
    );
    expect(stdout).toContain('salesforce.payment_problems: found no object Case');
    expect(stdout).toContain('salesforce.qbr: found no field Event.Attended__c');
  });
});
