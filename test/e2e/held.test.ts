import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refresh } from '../../node-scorer/src/refresh-org.ts';
import { makeHandler } from '../../node-scorer/src/service/lambda.ts';
import { startServing } from '../service/serve-fixture.ts';
import { openWorld, ROOT, unexplained, type Row, type World } from './harness.ts';
import { edit, mixUpLooker, raise } from './people.ts';
import { startScorer } from './process.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.run('--period', '2026-09');
});
afterEach(() => world.sandbox.close());

const october = (...more: string[]) => world.run('--period', '2026-10', ...more);
const records = () => world.runs().filter((row) => row['Period__c'] === '2026-10');
const lookups = () => world.query('SELECT Id, Current_Health_Score__c FROM Account ORDER BY Id');
const tierOf = (row: Row): string => `${String(row['Account__c'])} ${String(row['Tier__c'])}`;

describe('a run that would move too many tiers', () => {
  beforeEach(() => mixUpLooker(world));

  it('is Held: it ends 3, writes no score, and reports what it would have done', async () => {
    const before = lookups();
    const { exit, stdout, report } = await october();
    expect([exit, report.status, report.counts.written]).toEqual([3, 'Held', 0]);
    expect(report.tierMoves.moved).toBeGreaterThan(0.15 * report.tierMoves.of);
    expect(report.tierMoves.accounts).toHaveLength(report.tierMoves.moved);
    expect(report.held).toMatch(
      /^would move \d+ of 57 tiers \(.* > .* \d+.*\), more than 15 %: nothing is written/,
    );
    expect(stdout).toContain(`release it: scorer run --confirm ${report.runId}`);
    expect([world.scores(), lookups()]).toEqual([[], before]);
    const [record] = records();
    expect(record).toMatchObject({ Status__c: 'Held', Accounts__c: 57, Written__c: 0 });
    expect(JSON.parse(String(record?.['Tier_Moves__c']))).toEqual(report.tierMoves);
    expect(record?.['Error__c']).toContain('would move');
  });

  it.each([
    ['its run id', (row: Row) => String(row['Run_Key__c'])],
    ["its record's id", (row: Row) => String(row['Id'])],
  ])(
    'is released by %s: the moves that were seen are written, under the same record',
    async (_what, idOf) => {
      const held = await october();
      const { exit, report } = await world.run('--confirm', idOf(records()[0] ?? {}));
      expect([exit, report.status, report.runId]).toEqual([0, 'Finished', held.report.runId]);
      expect(report.tierMoves).toEqual(held.report.tierMoves);
      expect(report.counts).toMatchObject({ accounts: 57, scored: 57, written: 57 });
      expect(records()).toMatchObject([{ Status__c: 'Finished', Written__c: 57, Error__c: null }]);
      const stored = new Set(world.scores().map(tierOf));
      for (const { accountId, to } of held.report.tierMoves.accounts)
        expect(stored).toContain(`${accountId} ${to}`);
      expect(unexplained(world)).toEqual([]);
      // Once is enough: what is written has been seen.
      const again = await october();
      expect([again.exit, again.report.counts.written]).toEqual([0, 0]);
    },
  );

  it('is not offered for release by a dry run, which leaves nothing behind', async () => {
    const { exit, stdout, stderr, report } = await october('--dry-run');
    expect([exit, report.status]).toEqual([3, 'Held']);
    expect(report.held).toMatch(/: a run that writes would be held; look at the sources/);
    expect(stderr).toContain('dry run, nothing written');
    expect(`${stdout}${stderr}`).not.toMatch(/--confirm|release it/);
  });

  it('is not released by a dry run of it, nor with anything else that says what to run, on any way in', async () => {
    const { report } = await october();
    const { runId } = report;
    const line = await world.scorer(['run', '--confirm', runId, '--dry-run']);
    expect([line.exit, line.stderr]).toEqual([
      2,
      expect.stringMatching(/^USAGE: --confirm: found another option/),
    ]);
    const settings = { environment: world.sandbox.env, now: Date.now };
    const account = String(world.scores('2026-09')[0]?.['Account__c']);
    for (const more of [{ dryRun: true }, { accountId: account }, { force: true }])
      await expect(refresh({ confirm: runId, ...more }, settings)).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringMatching(
          /^confirm: found (dryRun|accountId|force) too, expected none/,
        ) as string,
      });
    await expect(refresh({ confirm: runId, period: '2026-09' }, settings)).rejects.toMatchObject({
      message: expect.stringContaining('found period 2026-09 too, expected 2026-10') as string,
    });
    const lambda = makeHandler({
      environment: world.sandbox.env,
      configDir: join(ROOT, 'config'),
      now: Date.now,
      out: new PassThrough(),
    });
    const context = {
      ...{ awsRequestId: 'one', functionName: 'scorer', invokedFunctionArn: 'arn' },
      getRemainingTimeInMillis: () => 900_000,
    };
    await expect(lambda({ confirm: runId, dry_run: true }, context)).rejects.toThrow(/found dryRun too/);

    const service = await startServing(world.sandbox.env, world.dataDir);
    try {
      for (const query of ['dryRun=true', 'dryRun=true&mode=ensure', `accountId=${account}`, 'force=true']) {
        const answer = await service.ask('POST', `/v1/runs?confirm=${runId}&${query}`);
        expect([query, answer.status]).toEqual([query, 400]);
      }
      // The id of a dry run is none that could be released.
      const dry = (await (await service.ask('POST', '/v1/runs?dryRun=true')).json()) as { runId: string };
      expect(await service.ended(dry.runId)).toMatchObject({ status: 'Held', dryRun: true });
      const refused = await service.ask('POST', `/v1/runs?confirm=${dry.runId}`);
      expect([refused.status, await refused.text()]).toEqual([
        400,
        expect.stringContaining('found a dry run'),
      ]);
      // Journal and org still say the same.
      expect(await (await service.ask('GET', `/v1/runs/${runId}`)).json()).toMatchObject({ status: 'Held' });
      expect(records()).toMatchObject([{ Run_Key__c: runId, Status__c: 'Held', Written__c: 0 }]);
      expect(world.scores()).toEqual([]);
      // And it can be released, also in the mode that would be content with it.
      await service.ask('POST', `/v1/runs?confirm=${runId}&period=2026-10&mode=ensure`);
      expect(await service.ended(runId)).toMatchObject({ status: 'Finished' });
      expect(world.scores()).toHaveLength(57);
    } finally {
      await service.terminate();
    }
  });

  it('is not released when other tiers would move by now', async () => {
    const held = await october();
    mixUpLooker(world, 5);
    const { exit, report } = await world.run('--confirm', held.report.runId);
    expect([exit, report.status]).toEqual([3, 'Held']);
    expect(report.held).toContain('and not the moves that were released: nothing is written');
    expect(world.scores()).toEqual([]);
    expect(records()).toMatchObject([{ Status__c: 'Held' }]);
    // What was seen now can be released.
    expect((await world.run('--confirm', held.report.runId)).exit).toBe(0);
    expect(world.scores()).toHaveLength(57);
  });

  it('is asked again by the guard when it is killed between its verdict and its end', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'health-journal-'));
    const { child, onLine, ended } = startScorer(
      { ...world.sandbox.env, SCORER_DATA_DIR: dataDir },
      ...['run', '--period', '2026-10'],
    );
    onLine((line) => line === '2026-10: held' && child.kill('SIGKILL'));
    expect((await ended).signal).toBe('SIGKILL');
    const { exit, report } = await world.runIn(dataDir, {}, '--period', '2026-10');
    expect([exit, report.status]).toEqual([3, 'Held']);
    expect([world.scores(), records().map((row) => row['Status__c'])]).toEqual([[], ['Held']]);
  });

  it('of some accounts is not held, however many they are', async () => {
    const ids = world.scores('2026-09').map((row) => String(row['Account__c']));
    const { exit, report } = await october('--account', ...ids);
    expect([exit, report.status, report.counts.written]).toEqual([0, 'Finished', report.counts.accounts]);
    expect(report.tierMoves.moved).toBeGreaterThan(0.15 * report.tierMoves.of);
    expect(report.counts.accounts).toBeGreaterThanOrEqual(50);
  });
});

describe('moves that a person has made', () => {
  beforeEach(async () => {
    await world.run('--from', '2026-10', '--to', '2026-10');
    before = new Set(world.scores().map(tierOf));
  });
  let before: Set<string>;
  const moved = (): number => world.scores().filter((row) => !before.has(tierOf(row))).length;

  it('by new rules have a guard of their own: told apart, asked for, and released', async () => {
    const falling = world
      .scores()
      .filter(({ Health_Score__c: now }) => Number(now) >= 76 && Number(now) < 85);
    expect(falling).toHaveLength(20);
    edit(world, 'Health_Tier__mdt', 'Healthy', { From__c: 85 });
    const told = /^20 of 57 tiers would move because of the rules: Healthy > At Risk 20; more than 15 %: /;
    const dry = await october('--dry-run');
    expect([dry.exit, dry.report.status, dry.report.held]).toEqual([3, 'Held', expect.stringMatching(told)]);
    expect(dry.stderr + dry.stdout).toContain('tiers moved by the rules: 20 of 57 (Healthy > At Risk 20)');
    expect(dry.stderr + dry.stdout).not.toMatch(/--confirm|release it|moved by what was read/);

    const held = await october();
    expect([held.exit, held.report.status, held.report.counts.written]).toEqual([3, 'Held', 0]);
    expect(held.report.held).toMatch(told);
    expect(held.report.tierMoves).toMatchObject({ of: 57, moved: 0, rules: { of: 57, moved: 20 } });
    expect(held.report.tierMoves.rules.accounts.map(({ accountId }) => accountId).sort()).toEqual(
      falling.map((row) => String(row['Account__c'])).sort(),
    );
    const record = records().find((row) => row['Status__c'] === 'Held');
    expect(JSON.parse(String(record?.['Tier_Moves__c']))).toEqual(held.report.tierMoves);
    expect(moved()).toBe(0);

    // Other rules than those that a person saw are not released with them.
    edit(world, 'Health_Tier__mdt', 'Healthy', { From__c: 84 });
    const other = await world.run('--confirm', held.report.runId);
    expect([other.exit, other.report.held]).toEqual([
      3,
      expect.stringContaining('not the moves that were released'),
    ]);
    edit(world, 'Health_Tier__mdt', 'Healthy', { From__c: 85 });
    expect((await world.run('--confirm', held.report.runId)).exit).toBe(3);
    const released = await world.run('--confirm', held.report.runId);
    expect([released.exit, released.report.status]).toEqual([0, 'Finished']);
    expect(moved()).toBe(20);
    expect(unexplained(world, '2026-10')).toEqual([]);
    // Once is enough: what is stored now was scored by these rules.
    expect((await october()).report.tierMoves).toMatchObject({ moved: 0, rules: { of: 57, moved: 0 } });
  });

  it('by new rules are let through where the model says so', async () => {
    edit(world, 'Health_Setting__mdt', 'Default', { Rule_Move_Share__c: 0.5 });
    edit(world, 'Health_Tier__mdt', 'Healthy', { From__c: 85 });
    const { exit, report } = await october();
    expect([exit, report.tierMoves.rules.moved, moved()]).toEqual([0, 20, 20]);
  });

  it('by signals do not count', async () => {
    const ids = world.scores('2026-09').map((row) => String(row['Account__c']));
    raise(world, ids.slice(0, 40), '2026-10-20');
    const { exit, report } = await october();
    expect([exit, report.status]).toEqual([0, 'Finished']);
    expect(moved()).toBeGreaterThan(0.15 * 57);
    expect(report.tierMoves).toMatchObject({ of: 57, moved: 0 });
  });
});

describe('what cannot be released', () => {
  it('is a run that nobody knows', async () => {
    const { exit, stderr } = await world.scorer(['run', '--confirm', 'no-such-run']);
    expect([exit, stderr]).toEqual([
      2,
      'USAGE: --confirm "no-such-run": found no such run, expected the id of a run that is Held, or of one in which reads gave nothing for anybody\n',
    ]);
  });

  it('is a run that is not Held', async () => {
    const { report } = await world.run('--period', '2026-09');
    const { exit, stderr } = await world.scorer(['run', '--confirm', report.runId]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('found a run that is Finished, expected')]);
  });
});

describe('a base of fewer accounts than the guard asks for', () => {
  it('is never held', async () => {
    await world.sandbox.close();
    world = await openWorld({ accounts: 40 });
    await world.run('--period', '2026-09');
    mixUpLooker(world);
    const { exit, report } = await october();
    expect([exit, report.status]).toEqual([0, 'Finished']);
    expect(report.tierMoves.moved).toBeGreaterThan(0.15 * report.tierMoves.of);
    expect(report.tierMoves.of).toBeLessThan(50);
  });

  it('is held by new rules, in a model that does not say at how many, but not while history is filled in', async () => {
    await world.sandbox.close();
    world = await openWorld({ accounts: 40 });
    await world.run('--period', '2026-09');
    edit(world, 'Health_Setting__mdt', 'Default', { Rule_Move_Share__c: null });
    edit(world, 'Health_Tier__mdt', 'Healthy', { From__c: 85 });
    const dry = await october('--dry-run');
    expect([dry.exit, dry.report.held]).toEqual([
      3,
      expect.stringMatching(/^\d+ of \d+ tiers would move because of the rules: .*; more than 15 %: /),
    ]);
    expect((await world.scorer(['run', '--from', '2026-10', '--to', '2026-10'])).exit).toBe(0);
    expect(world.scores().length).toBeGreaterThanOrEqual(20);
  });
});
