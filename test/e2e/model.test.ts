import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, unexplained, type World } from './harness.ts';
import type { Details } from '../../node-scorer/src/load/details.ts';
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

  it('has owner, words and a switch for all that is advised; scores stay as they are', async () => {
    await run();
    const before = world.scores();
    const off = before.flatMap(
      (row) => /;(\w+);/.exec(String(row['Headline_Codes__c']))?.[1] ?? [],
    )[0] as string;
    edit(world, 'Health_Advice__mdt', off, { Enabled__c: 0 });
    edit(world, 'Health_Advice__mdt', 'messaging', { Owner__c: 'product', Action__c: 'Ask for a workshop' });
    expect((await run()).exit).toBe(0);
    const after = world.scores();
    expect(after.map((row) => row['Health_Score__c'])).toEqual(before.map((row) => row['Health_Score__c']));
    expect(versions()).toEqual(new Set(before.map((row) => row['Model_Version__c'])));
    expect(after.map((row) => String(row['Headline_Codes__c'])).join()).not.toContain(`;${off};`);
    const { advice } = JSON.parse(String(after[0]?.['Details__c'])) as Details;
    expect(advice).toMatchObject({
      off: [off],
      words: { messaging: { owner: 'product', action: 'Ask for a workshop', enabled: true } },
    });
    edit(world, 'Health_Advice__mdt', 'messaging', { Owner__c: 'boss' });
    expect(await run()).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('metrics.messaging.owner: found boss, expected csm, support') as string,
    });
  });

  it('is refused with every problem, each naming record and field, and nothing is scored', async () => {
    edit(world, 'Health_Metric__mdt', 'csat_score', { Green_Paid__c: 10 });
    edit(world, 'Health_Dimension__mdt', 'support', { Weight_Paid__c: 0.2, Weight_Standard__c: 0.2 });
    edit(world, 'Health_Cap__mdt', 'critical_signal', { Cap__c: 590 });
    edit(world, 'Health_Setting__mdt', 'Default', { Run_Day__c: 31 });
    const { exit, stderr } = await run();
    expect(exit).toBe(2);
    // The run that was begun is in the org, with the reason.
    const [record, ...others] = world.runs();
    expect([world.scores(), others]).toEqual([[], []]);
    expect(record).toMatchObject({ Status__c: 'Failed', Period__c: '2026-10', Model__c: null });
    expect(record?.['Error__c']).toMatch(
      /^CONFIG_INVALID: The model in the org: 4 problems\n.*Health_Cap__mdt.critical_signal Cap__c: found 590/s,
    );
    expect(stderr).toContain('The model in the org: 4 problems');
    expect(stderr).toContain('Health_Metric__mdt.csat_score');
    expect(stderr).toContain('Health_Cap__mdt.critical_signal Cap__c: found 590');
    expect(stderr).toContain('Health_Setting__mdt.Default Run_Day__c: found 31');
    expect(stderr).toMatch(/Health_Dimension__mdt: found weights that sum to 0.9/);
    edit(world, 'Health_Metric__mdt', 'csat_score', { Green_Paid__c: 90 });
    edit(world, 'Health_Dimension__mdt', 'support', { Weight_Paid__c: 0.3, Weight_Standard__c: 0.3 });
    edit(world, 'Health_Cap__mdt', 'critical_signal', { Cap__c: 59 });
    edit(world, 'Health_Setting__mdt', 'Default', { Run_Day__c: 3 });
    expect((await run()).exit).toBe(0);
    expect(world.runs().map((row) => row['Status__c'])).toEqual(['Failed', 'Finished']);
  });

  it('is refused where a name means nothing or a metric is another than is computed, by check and run alike', async () => {
    edit(world, 'Health_Metric__mdt', 'csat_score', { DeveloperName: 'CSAT_Score' });
    edit(world, 'Health_Metric__mdt', 'qbr_attendance', { DeveloperName: 'nps' });
    edit(world, 'Health_Metric__mdt', 'open_bugs', { Unit__c: 'bugs' });
    edit(world, 'Health_Metric__mdt', 'payment_health', {
      Direction__c: 'higher',
      ...{ Green_Paid__c: 3, Red_Paid__c: 0, Green_Standard__c: 3, Red_Standard__c: 0 },
    });
    edit(world, 'Health_Metric__mdt', 'messaging', { Dimension__c: null });
    edit(world, 'Health_Dimension__mdt', 'adoption', { DeveloperName: 'Adoption' });
    edit(world, 'Health_Tier__mdt', 'Healthy', { MasterLabel: 'Good' });
    edit(world, 'Health_Cap__mdt', 'critical_signal', { Cap__c: 80 });
    const checked = await world.scorer(['check', '--org']);
    // The check signs in to every source all the same: one answer tells all that there is to mend.
    const before = world.sandbox.intercom.calls.length;
    const ran = await run();
    for (const told of [
      'Health_Metric__mdt.CSAT_Score: found the metric CSAT_Score, expected one that is computed; did you mean csat_score?',
      'Health_Metric__mdt.nps: found the metric nps, expected one that is computed',
      'Health_Metric__mdt.open_bugs Unit__c: found "bugs", expected count, in which open_bugs is computed',
      'Health_Metric__mdt.payment_health Direction__c: found higher is better, expected lower, as payment_health is computed',
      'Health_Metric__mdt.messaging Dimension__c: found nothing, expected one of support, financial, ',
      'Health_Dimension__mdt.Adoption: found the dimension Adoption, expected one of support, financial, adoption, relationship, for which the org keeps a score; did you mean adoption?',
      'Health_Tier__mdt.Healthy label: found the tier "Good", expected one of Champion, Healthy, At Risk, Critical, the values of Health_Score__c.Tier__c',
      'Health_Cap__mdt.critical_signal Cap__c: found critical_signal at 80 above moderate_signal at 75, expected a critical signal to cap at least as low as a moderate one',
    ])
      expect([checked.stderr, ran.stderr]).toEqual([
        expect.stringContaining(told),
        expect.stringContaining(told),
      ]);
    expect([checked.exit, ran.exit, world.sandbox.intercom.calls.length - before]).toEqual([2, 2, 0]);
  });

  it('takes a tier whose value an admin has added to the picklist', async () => {
    const tier = world.sandbox.org.org.schema.objects.get('health_score__c')?.fields.get('tier__c');
    tier?.values?.push({ ...(tier.values[0] as object), value: 'Thriving', label: 'Thriving' } as never);
    edit(world, 'Health_Tier__mdt', 'Champion', { MasterLabel: 'Thriving' });
    expect((await run()).exit).toBe(0);
    expect(new Set(world.scores().map((row) => row['Tier__c']))).toContain('Thriving');
  });

  it('shares the weight of a metric that is switched off, and needs no other edit', async () => {
    await run();
    const score = (row: Record<string, unknown> | undefined) => {
      const { readings } = JSON.parse(String(row?.['Details__c'])) as { readings: { id: string }[] };
      return readings.map(({ id }) => id);
    };
    expect(score(world.scores()[0])).toContain('csat_score');
    edit(world, 'Health_Metric__mdt', 'csat_score', { Enabled__c: 0 });
    const { exit, stderr } = await run();
    expect([exit, stderr]).toEqual([0, expect.not.stringContaining('problem')]);
    const model = JSON.parse(String(world.runs().at(-1)?.['Model__c'])) as {
      dimensions: { metrics: { id: string }[] }[];
    };
    expect(model.dimensions[0]?.metrics.map(({ id }) => id)).not.toContain('csat_score');
    // Old rows by the old model, new ones by the new: each explains itself.
    expect(unexplained(world)).toEqual([]);
    expect((await world.scorer(['check', '--org'])).exit).toBe(0);
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
