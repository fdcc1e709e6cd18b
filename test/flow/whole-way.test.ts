import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objectOf } from 'local-org';
import { openWorld, unexplained } from '../e2e/harness.ts';
import type { World } from '../e2e/harness.ts';
import { startServing } from '../service/serve-fixture.ts';
import type { Served } from '../service/serve-fixture.ts';
import { TOKEN } from '../service/service-fixture.ts';
import { addPerson, connect } from './flow-world.ts';

type Row = Readonly<Record<string, unknown>>;

let world: World;
let service: Served;
beforeEach(async () => {
  // As many accounts as it takes for some of them to change their tier from one month to the next.
  world = await openWorld({ accounts: 40, months: 6 });
  service = await startServing(world.sandbox.env);
  connect(world.sandbox.org.org, service.address, TOKEN);
});
afterEach(async () => {
  await service.terminate();
  await world.sandbox.close();
});

const post = async (path: string, body: unknown, token?: string): Promise<Row> => {
  const response = await fetch(`${world.sandbox.org.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Row;
};
const moveTo = (now: string): Promise<Row> => post('/__sandbox/clock', { now });
const runs = (): readonly Row[] =>
  world.query(
    'SELECT Run_Key__c, Period__c, Scope__c, Window__c, Mode__c, Status__c, Error__c, Started_At__c FROM Health_Score_Run__c ORDER BY Name',
  );
async function settled(count: number): Promise<void> {
  while (runs().length < count || runs().some((run) => run['Status__c'] === 'Running')) await sleep(25);
}

describe('from the schedule to the scores, with the real service', () => {
  it('scores the owed month the next morning, and the next month on its run day', async () => {
    await moveTo('2026-11-22T06:00:00Z');
    await settled(1);
    expect(runs()).toEqual([
      expect.objectContaining({
        Period__c: '2026-10',
        Scope__c: 'all',
        Window__c: 'complete',
        Mode__c: 'ensure',
        Status__c: 'Finished',
      }),
    ]);
    expect(world.scores('2026-10').length).toBeGreaterThan(5);
    expect(unexplained(world)).toEqual([]);

    const { interviews } = await moveTo('2026-12-03T06:00:00Z');
    expect(interviews).toHaveLength(11);
    await settled(2);
    expect(runs()[1]).toMatchObject({ Period__c: '2026-11', Window__c: 'complete', Status__c: 'Finished' });
    // The scorer lives by the same clock as the org.
    expect(runs()[1]?.['Started_At__c']).toMatch(/^2026-12-03T05:00/);
    expect(world.scores('2026-11').length).toBeGreaterThan(5);

    // Whoever was told of, fell: the other way round, margin and artefacts keep some falls silent.
    const order = ['Critical', 'At Risk', 'Healthy', 'Champion'];
    const fell = world
      .scores('2026-11')
      .filter(
        (row) => order.indexOf(row['Tier__c'] as string) < order.indexOf(row['Previous_Tier__c'] as string),
      )
      .map((row) => row['Account__c']);
    const told = world.sandbox.org.org.flows.notifications.map((notification) => notification.target);
    expect(told.filter((account) => !fell.includes(account))).toEqual([]);

    await moveTo('2026-12-10T06:00:00Z');
    expect(runs()).toHaveLength(2);
  });

  it('reads the sources of a final month again only when an admin ticks it', async () => {
    const { org } = world.sandbox.org;
    const token = world.sandbox.org.sessions.issue(
      addPerson(org, 1, ['Health_Admin', 'Health_Refresh_Callout']),
    );
    const calls = (): unknown => {
      const [run] = world.query(
        'SELECT Calls__c, Mode__c, Status__c, Period__c FROM Health_Score_Run__c ORDER BY Name DESC LIMIT 1',
      );
      expect(run).toMatchObject({ Period__c: '2026-10', Status__c: 'Finished' });
      const asked = JSON.parse(run?.['Calls__c'] as string) as object;
      return Object.keys(asked)
        .filter((name) => name !== 'total' && name !== 'least')
        .sort();
    };
    const { intercom, jira, looker } = world.sandbox;
    const vendorCalls = (): number =>
      [intercom, jira, looker].reduce((sum, { calls }) => sum + calls.length, 0);
    const start = (input: object): Promise<Row> =>
      post('/services/data/v66.0/actions/custom/flow/Health_Refresh_Start', { inputs: [input] }, token);
    await start({ period: '2026-10' });
    await settled(1);
    expect(calls()).toEqual(['intercom', 'jira', 'looker', 'salesforce']);
    expect(world.scores('2026-10').every((row) => row['Final__c'] === true)).toBe(true);

    const before = vendorCalls();
    await start({ period: '2026-10', mode: 'refresh' });
    await settled(2);
    expect(calls()).toEqual(['salesforce']);
    expect(vendorCalls()).toBe(before);

    const [run] = world.query('SELECT Id FROM Health_Score_Run__c ORDER BY Name DESC LIMIT 1');
    const first = await post(
      '/__sandbox/flow-interviews',
      { flow: 'Refresh_Health', inputs: { recordId: run?.['Id'] } },
      token,
    );
    await post(
      `/__sandbox/flow-interviews/${first['interviewId'] as string}/next`,
      { values: { Again_All: true } },
      token,
    );
    await settled(3);
    expect(calls()).toEqual(['intercom', 'jira', 'looker', 'salesforce']);
    expect(vendorCalls()).toBeGreaterThan(before);
  });

  it('refreshes one account for its manager, and the progress on the screen finds the run', async () => {
    const { org } = world.sandbox.org;
    const manager = addPerson(org, 1, ['Health_Account_Manager', 'Health_Refresh_Callout']);
    const token = world.sandbox.org.sessions.issue(manager);
    const [account] = world.query(
      'SELECT Id FROM Account WHERE Health_Segment__c != null AND Churned_On__c = null LIMIT 1',
    );
    const first = await post(
      '/__sandbox/flow-interviews',
      { flow: 'Refresh_Health', inputs: { recordId: account?.['Id'] } },
      token,
    );
    const second = await post(`/__sandbox/flow-interviews/${first['interviewId'] as string}/next`, {}, token);
    const { components } = second['screen'] as { components: { inputs: Record<string, string> }[] };
    await settled(1);
    expect(runs()).toEqual([
      expect.objectContaining({
        Scope__c: account?.['Id'],
        Period__c: '2026-11',
        Window__c: 'running',
        Mode__c: 'refresh',
        Status__c: 'Finished',
      }),
    ]);
    // The component's own query, with what the flow hands it.
    const source = readFileSync('force-app/main/default/lwc/runProgress/runProgress.js', 'utf8');
    const query = /gql`([^`]+)`/.exec(source)?.[1] ?? '';
    const { scope, period, runWindow } = components[0]?.inputs ?? {};
    const answer = await post(
      '/services/data/v66.0/graphql',
      { query, variables: { scope, period, runWindow } },
      token,
    );
    expect(answer['errors'] ?? []).toEqual([]);
    expect(JSON.stringify(answer['data'])).toContain('"Status__c":{"value":"Finished"}');
  });

  it('holds a month in which too many tiers move, tells the schedule so, and writes it once a person releases it', async () => {
    const { org } = world.sandbox.org;
    const settings = objectOf(org.schema, 'Health_Setting__mdt');
    const [row] = world.query("SELECT Id FROM Health_Setting__mdt WHERE DeveloperName = 'Default'");
    if (!settings || !row) throw new Error('the org has no settings');
    org.store.update(settings, row['Id'] as string, {
      Tier_Move_Share__c: 0.01,
      Tier_Move_Min_Accounts__c: 1,
    });
    await moveTo('2026-11-22T06:00:00Z');
    await settled(1);
    await moveTo('2026-12-03T06:00:00Z');
    await settled(2);
    expect(runs()[1]).toMatchObject({ Period__c: '2026-11', Status__c: 'Held' });
    expect(world.scores('2026-11')).toEqual([]);
    // The schedule leaves it to a person.
    await moveTo('2026-12-06T06:00:00Z');
    expect(runs()).toHaveLength(2);

    const admin = addPerson(org, 1, ['Health_Admin', 'Health_Refresh_Callout']);
    const token = world.sandbox.org.sessions.issue(admin);
    const [held] = world.query("SELECT Id FROM Health_Score_Run__c WHERE Status__c = 'Held'");
    const inputs = { recordId: held?.['Id'] };
    const first = await post('/__sandbox/flow-interviews', { flow: 'Refresh_Health', inputs }, token);
    expect(JSON.stringify(first['screen'])).toContain('The refresh of 2026-11 is held');
    await post(`/__sandbox/flow-interviews/${first['interviewId'] as string}/next`, {}, token);
    while (world.scores('2026-11').length === 0 || runs().some((run) => run['Status__c'] === 'Running'))
      await sleep(25);
    expect(runs().map((run) => [run['Period__c'], run['Status__c']])).toContainEqual(['2026-11', 'Finished']);
    expect(unexplained(world, '2026-11')).toEqual([]);
  });

  it('writes what to do when the service knows another token', async () => {
    connect(world.sandbox.org.org, service.address, `${TOKEN}-of-yesterday`);
    await moveTo('2026-11-22T06:00:00Z');
    expect(runs()).toEqual([expect.objectContaining({ Status__c: 'Failed', Period__c: '2026-10' })]);
    expect(runs()[0]?.['Error__c']).toMatch(/does not accept the token.*HTTP status 401/s);
    expect(service.output()).not.toContain(`${TOKEN}-of-yesterday`);
  });

  it('is refused by the service when a flow asks for nonsense, and says so', async () => {
    const { org } = world.sandbox.org;
    const token = world.sandbox.org.sessions.issue(addPerson(org, 1, ['Health_Refresh_Callout']));
    await post(
      '/services/data/v66.0/actions/custom/flow/Health_Refresh_Start',
      { inputs: [{ period: '2026-13' }] },
      token,
    );
    expect(runs()).toEqual([expect.objectContaining({ Status__c: 'Failed' })]);
    expect(runs()[0]?.['Error__c']).toContain('HTTP status 400');
  });
});
