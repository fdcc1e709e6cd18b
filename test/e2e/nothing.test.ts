import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeHandler } from '../../node-scorer/src/service/lambda.ts';
import { startServing } from '../service/serve-fixture.ts';
import { openWorld, ROOT, unexplained, type World } from './harness.ts';
import { begin, detailsOf, end, risen, shownScores, type Outage } from './outages.ts';
import { change, edit } from './people.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: 20 });
});
afterEach(() => world.sandbox.close());

const empty = (vendor: Outage['vendor'], fault: Outage['fault']): Outage => ({
  vendor,
  source: vendor === 'org' ? 'salesforce' : vendor,
  fault: { status: 200, ...fault },
});
/** A query that Salesforce answers with no row at all. */
const noRows = (object: string): Outage =>
  empty('org', {
    match: /query/,
    content: new RegExp(`FROM\\+${object}\\b`),
    body: { totalSize: 0, done: true, records: [] },
  });
const NO_BUGS = empty('jira', { match: /search\/jql/, body: { isLast: true, issues: [] } });
/** The count agrees, so that nothing contradicts itself. */
const NO_COUNT = empty('jira', { match: /search\/approximate-count/, body: { count: 0 } });
const NO_CONVERSATIONS = empty('intercom', {
  match: /conversations\/search/,
  body: {
    type: 'conversation.list',
    conversations: [],
    total_count: 0,
    pages: { type: 'pages', total_pages: 0 },
  },
});

describe('a list that is empty for everybody, where there was some the month before', () => {
  it.each([
    ['intercom conversations', [NO_CONVERSATIONS]],
    ['jira bugs', [NO_BUGS, NO_COUNT]],
    ['salesforce opportunities', [noRows('Opportunity')]],
  ])('%s: is a failed read, promotes nobody and is released by an admin', async (name, outages) => {
    await world.run('--period', '2026-09');
    const before = shownScores(world, '2026-09');
    for (const outage of outages) begin(world, outage);
    const { exit, stdout, report } = await world.run('--period', '2026-10');
    expect([exit, report.status]).toEqual([75, 'Degraded']);
    expect(report.emptyReads).toContain(name);
    expect(stdout).toContain(`release it: scorer run --confirm ${report.runId}`);
    expect(risen(world, '2026-10', before)).toEqual([]);
    expect(world.scores().some((row) => row['Final__c'] === false)).toBe(true);
    expect(unexplained(world, '2026-10')).toEqual([]);

    // Read again without a release it stays failed; released, it is believed, and the month is final.
    const again = await world.run('--period', '2026-10');
    expect([again.exit, again.report.counts.written]).toEqual([75, 0]);
    const released = await world.run('--confirm', again.report.runId);
    expect([released.report.emptyReads, released.report.status]).toEqual([[], 'Finished']);
    expect(world.scores().every((row) => row['Final__c'] === true)).toBe(true);
    expect(unexplained(world, '2026-10')).toEqual([]);
    end(world);
  });

  it('signals: no cap is lifted, and every account keeps its earlier score', async () => {
    await world.run('--period', '2026-09');
    const had = world.scores('2026-09').filter((row) => detailsOf(row).signals.length > 0);
    expect(had.length).toBeGreaterThanOrEqual(5);
    begin(world, noRows('Churn_Signal__c'));
    const { exit, report } = await world.run('--period', '2026-10');
    expect([exit, report.emptyReads, report.counts.written]).toEqual([75, ['salesforce signals'], 0]);
    expect(world.scores()).toEqual([]);
  });

  it('accounts: is an error with what to do, also for extract', async () => {
    begin(world, noRows('Account'));
    const run = await world.scorer(['run', '--period', '2026-10']);
    const extract = await world.scorer(['extract', '--source', 'jira', '--period', '2026-10']);
    for (const { exit, stderr } of [run, extract]) {
      expect(exit).toBe(2);
      expect(stderr).toMatch(/found no account to score .*set Account.Health_Segment__c/);
    }
  });
});

describe('the release of lists that are empty for everybody', () => {
  const CONVERSATIONS = 'intercom conversations';
  const recordOf = (runId: string) =>
    world.query(
      `SELECT Id, Status__c, Empty_Reads__c FROM Health_Score_Run__c WHERE Run_Key__c = '${runId}'`,
    )[0];

  it('works over HTTP, also when the guard asks in between, and not on a dry run', async () => {
    await world.run('--period', '2026-09');
    begin(world, NO_CONVERSATIONS);
    const service = await startServing(world.sandbox.env, world.dataDir);
    const start = async (query: string) => {
      const answer = await service.ask('POST', `/v1/runs?${query}`);
      return { http: answer.status, ...((await answer.json()) as { runId: string; detail: string }) };
    };
    try {
      const { runId } = await start('period=2026-10&mode=refresh');
      expect(await service.ended(runId)).toMatchObject({
        status: 'Degraded',
        report: { emptyReads: [CONVERSATIONS] },
      });
      expect(recordOf(runId)).toMatchObject({ Status__c: 'Degraded', Empty_Reads__c: CONVERSATIONS });
      for (const more of ['dryRun=true', 'force=true', 'period=2026-09'])
        expect([more, (await start(`confirm=${runId}&${more}`)).http]).toEqual([more, 400]);
      const dry = await start('period=2026-10&mode=refresh&dryRun=true');
      expect(await service.ended(dry.runId)).toMatchObject({ report: { emptyReads: [CONVERSATIONS] } });
      expect(await start(`confirm=${dry.runId}`)).toMatchObject({
        http: 400,
        detail: expect.stringContaining('found a dry run') as string,
      });

      // What was released is still believed when the guard has asked about the moves that it makes.
      edit(world, 'Health_Setting__mdt', 'Default', { Tier_Move_Share__c: 0, Tier_Move_Min_Accounts__c: 1 });
      const released = await start(`confirm=${runId}`);
      expect(released).toMatchObject({ http: 202, runId: `${runId}-released` });
      expect(await service.ended(released.runId)).toMatchObject({
        status: 'Held',
        report: { emptyReads: [], counts: { written: 0 } },
      });
      expect((await start(`confirm=${released.runId}`)).runId).toBe(released.runId);
      expect(await service.ended(released.runId)).toMatchObject({
        status: 'Finished',
        report: { emptyReads: [] },
      });
      expect(recordOf(released.runId)).toMatchObject({ Status__c: 'Finished', Empty_Reads__c: null });
      expect(world.scores().every((row) => row['Final__c'] === true)).toBe(true);
      expect(unexplained(world, '2026-10')).toEqual([]);
    } finally {
      end(world);
      await service.terminate();
    }
  });

  it('works on Lambda, and again for a list that was empty only then, by whichever id', async () => {
    await world.run('--period', '2026-09');
    begin(world, NO_CONVERSATIONS);
    const { report } = await world.run('--period', '2026-10');
    const lambda = makeHandler({
      environment: world.sandbox.env,
      configDir: join(ROOT, 'config'),
      now: Date.now,
      out: new PassThrough(),
    });
    const call = (event: object) =>
      lambda(event, {
        ...{ awsRequestId: 'one', functionName: 'scorer', invokedFunctionArn: 'arn' },
        getRemainingTimeInMillis: () => 900_000,
      });
    await expect(call({ confirm: report.runId, dry_run: true })).rejects.toThrow(/found dryRun too/);
    expect(world.runs().map((row) => row['Status__c'])).toEqual(['Finished', 'Degraded']);

    for (const outage of [NO_BUGS, NO_COUNT]) begin(world, outage);
    const first = `${report.runId}-released`;
    expect(await call({ confirm: String(recordOf(report.runId)?.['Id']) })).toMatchObject({
      runId: first,
      status: 'Degraded',
      report: { emptyReads: ['jira bugs'] },
    });
    expect(await call({ confirm: first })).toMatchObject({
      runId: `${first}-2`,
      status: 'Finished',
      report: { emptyReads: [] },
    });
    expect(world.scores().every((row) => row['Final__c'] === true)).toBe(true);
    await expect(call({ confirm: `${first}-2` })).resolves.toMatchObject({ runId: `${first}-2` });
    end(world);
  });
});

describe('a mapping that is corrected after the month was final', () => {
  it('is read again, at its source alone, and the others keep their readings to the byte', async () => {
    await world.run('--period', '2026-10');
    const [first, second] = world.scores();
    const [id, other] = [String(first?.['Account__c']), String(second?.['Account__c'])];
    const mapping = `SELECT Jira_Project_Key__c, Jira_Component__c FROM Account WHERE Id = '${id}'`;
    const [account] = world.query(mapping);
    const right = account?.['Jira_Project_Key__c'];
    const component = (account?.['Jira_Component__c'] ?? null) as string | null;
    expect(typeof right).toBe('string');
    change(world, 'Account', `Id = '${id}'`, { Jira_Project_Key__c: 'WRONGKEY', Jira_Component__c: null });
    const wrong = await world.run('--period', '2026-10');
    expect(Object.keys(wrong.report.calls).sort()).toEqual(['jira', 'salesforce']);
    const readingOf = (account: string, metric: string) =>
      detailsOf(world.scores().find((row) => row['Account__c'] === account) ?? {}).readings.find(
        (reading) => reading.id === metric,
      );
    expect(readingOf(id, 'open_bugs')).toMatchObject({ value: null, missing: 'not_mapped' });
    change(world, 'Account', `Id = '${id}'`, {
      Jira_Project_Key__c: String(right),
      Jira_Component__c: component,
    });
    const mended = await world.run('--period', '2026-10');
    expect([mended.exit, mended.report.counts.scored]).toEqual([0, 1]);
    const details = (row: typeof first | undefined) =>
      detailsOf(row ?? {}).readings.map(({ id: metric, value }) => [metric, value]);
    expect(details(world.scores().find((row) => row['Account__c'] === id))).toEqual(details(first));
    expect(world.scores().find((row) => row['Account__c'] === other)?.['Details__c']).toBe(
      second?.['Details__c'],
    );
    const quiet = await world.run('--period', '2026-10');
    expect([quiet.report.counts.written, Object.keys(quiet.report.calls)]).toEqual([0, ['salesforce']]);
  });
});
