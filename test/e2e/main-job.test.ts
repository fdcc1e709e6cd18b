import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Details } from '../../node-scorer/src/load/details.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../node-scorer/src/run/report.ts';
import { expectedReadings } from '../../sandbox/data/truth.ts';
import { openWorld, storedReadings, unexplained, type Outcome, type Row, type World } from './harness.ts';

describe('the main job over the demo base', () => {
  let world: World;
  let first: Outcome;

  beforeAll(async () => {
    world = await openWorld();
    first = await world.scorer(['run', '--period', '2026-10']);
  });
  afterAll(() => world.sandbox.close());

  it('scores every account that had not left, and says why for the others', () => {
    expect(first.exit).toBe(0);
    expect(first.stderr).toBe(
      '2026-10: read what is stored\n2026-10: read the sources\n2026-10: scored\n2026-10: written 1/1\n',
    );
    expect(first.stdout).toContain('2026-10 (complete month): Finished');
    expect(first.stdout).toContain(
      '57 accounts: 57 scored, 0 unchanged, 0 unscored, 0 failed; 57 rows written',
    );
    expect(first.stdout.match(/left out: .* left on 2026-08-14, its last score stays/g)).toHaveLength(3);
    expect(world.scores()).toHaveLength(57);
  });

  it('reads exactly what the generator expects, for every account and metric', () => {
    const expected = expectedReadings(world.sandbox.base, '2026-10');
    const read = new Map(world.scores().map((row) => [row['Account__c'], storedReadings(row)]));
    expect([...read.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [accountId, readings] of expected) expect(read.get(accountId)).toEqual(readings);
    expect(Object.keys([...expected.values()][0] ?? {})).toHaveLength(31);
  });

  it('stores scores that explain themselves: each equals the score recomputed from what is beside it', () => {
    expect(unexplained(world)).toEqual([]);
  });

  it('stores when, by which model and run, and with every reading sourced', () => {
    const [row] = world.scores();
    expect(row).toMatchObject({
      Score_Key__c: '001000000000001AAA:2026-10',
      Window_End__c: '2026-10-31',
      Final__c: true,
      Scored_At__c: '2026-11-21T09:00:00.000+0000',
    });
    const { readings } = JSON.parse(String(row?.['Details__c'])) as { readings: object[] };
    expect(readings[0]).toEqual({
      id: 'p1_p2_pct',
      value: 0,
      unit: 'percent',
      source: 'intercom',
      observedAt: '2026-11-21T09:00:00.000Z',
      digest: expect.stringMatching(/^[0-9a-f]{10}$/) as string,
    });
    expect(String(row?.['Readings__c']).length).toBeLessThanOrEqual(2_000);
    expect(String(row?.['Details__c']).length).toBeLessThanOrEqual(16_000);
  });

  it('stores what is urgent and what to do first, for lists and reports', () => {
    const [row] = world.scores();
    expect(row).toMatchObject({
      Main_Reason__c: expect.stringMatching(/^Capped at 59: executive sponsor left \(−\d+\.\d\)$/) as string,
      Headline_Codes__c: expect.stringContaining(';signal_critical;') as string,
      Renewal_On__c: expect.stringMatching(/^202\d-\d\d-\d\d$/) as string,
      Next_Step__c: expect.stringMatching(
        /\. (Agree on a renewal plan|Agree on a rescue plan|Get the renewal).*\.$/,
      ) as string,
    });
    const { facts, advice } = JSON.parse(String(row?.['Details__c'])) as Details;
    expect(facts).toMatchObject({ arr: expect.any(Number) as number, lastUsed: '2026-10' });
    expect(facts?.counts?.p1_p2_pct).toHaveLength(2);
    expect(advice?.headline?.cap).toMatchObject({ at: 59, category: 'Executive sponsor left' });
    for (const each of world.scores()) {
      expect(each['Main_Reason__c']).toMatch(/^["A-Z].* \([+−]\d+\.\d\)$/);
      expect(each['Next_Step__c'] ?? 'None.').toMatch(/^[A-Z].*\.$/);
    }
  });

  // The number grows with pages, not with customers. Names are compared with the source's own lists each time, because
  // one that was renamed there since would count nothing: of Salesforce the picklists of six objects, of Intercom tags
  // and attributes, of Jira types, priorities, states, projects and components. Looker is asked once more per explore
  // for what was before the look-back, because one customer is seen in none of its months. Advice takes three: its settings, what runs of the year before have
  // counted, and where accounts stood three months ago.
  it('needs at most 71 calls for 60 accounts and four systems, and prints them', () => {
    const total = Number(/calls: (\d+) \(/.exec(first.stdout)?.[1]);
    const { org, intercom, jira, looker } = world.sandbox;
    const seen = [org, intercom, jira, looker].reduce((sum, { calls }) => sum + calls.length, 0);
    expect(total).toBe(seen);
    expect(total).toBeLessThanOrEqual(71);
    expect(org.calls.length).toBeLessThanOrEqual(40);
  });

  it('caps by signals as of the end of the month, and shows the score without the cap', () => {
    const scoreOf = (index: number) => {
      const { accountId } = world.sandbox.base.customers[index] ?? { accountId: '' };
      const row = world.scores().find((each) => each['Account__c'] === accountId);
      return [row?.['Cap__c'], row?.['Health_Score__c'], Number(row?.['Quantitative_Score__c']) > 76];
    };
    expect(scoreOf(0)).toEqual(['critical_signal (59)', 59, true]);
    expect(scoreOf(3)).toEqual(['moderate_signal (75)', 75, true]);
    expect(scoreOf(13)).toEqual(['moderate_signal (75)', 75, true]);
    // In monitoring, expired, resolved, watched, observed later: none of them caps.
    for (const index of [1, 5, 7, 9, 11]) expect(scoreOf(index)[0]).toBeNull();
  });

  it('writes nothing the second time', async () => {
    const before = world.scores();
    const again = await world.scorer(['run', '--period', '2026-10']);
    expect(again.exit).toBe(0);
    expect(again.stdout).toContain(
      '57 accounts: 0 scored, 57 unchanged, 0 unscored, 0 failed; 0 rows written',
    );
    expect(world.scores()).toEqual(before);
    expect(world.runs()).toHaveLength(2);
  });

  it('points each account at its newest score, and never back', async () => {
    const current = () =>
      world.query(
        'SELECT Id, Current_Health_Score__r.Period__c FROM Account WHERE Current_Health_Score__c != null ORDER BY Id',
      );
    const periods = () => current().map((row) => (row['Current_Health_Score__r'] as Row)['Period__c']);
    expect(new Set(periods())).toEqual(new Set(['2026-10']));
    expect(current()).toHaveLength(57);
    expect((await world.scorer(['run', '--period', '2026-08'])).exit).toBe(0);
    // Customers that had not left yet in August get their first one; nobody goes back.
    expect(periods().toSorted()).toEqual([
      ...Array<string>(3).fill('2026-08'),
      ...Array<string>(57).fill('2026-10'),
    ]);
  });

  it('lets the score of the customer that went silent fall', async () => {
    const silent = world.sandbox.base.customers.filter(({ story }) => story === 'silent customer');
    expect((await world.scorer(['run', '--period', '2026-07'])).exit).toBe(0);
    const scoreIn = (period: string, accountId: string) =>
      Number(world.scores(period).find((row) => row['Account__c'] === accountId)?.['Health_Score__c']);
    expect(silent.length).toBeGreaterThanOrEqual(3);
    for (const { accountId } of silent) {
      expect(scoreIn('2026-10', accountId)).toBeLessThan(scoreIn('2026-07', accountId) - 5);
    }
  });

  it('lets the scores of the customers that were about to leave fall', async () => {
    const left = world.sandbox.base.customers.filter(({ story }) => story === 'churned');
    const scoreIn = (period: string, accountId: string) =>
      Number(world.scores(period).find((row) => row['Account__c'] === accountId)?.['Health_Score__c']);
    for (const period of ['2025-12', '2026-08']) {
      expect((await world.scorer(['run', '--period', period])).exit).toBe(0);
    }
    expect(left.length).toBeGreaterThanOrEqual(3);
    for (const { accountId } of left) {
      expect(scoreIn('2026-08', accountId)).toBeLessThan(scoreIn('2025-12', accountId) - 10);
    }
  });

  it('reads the running month over the last 30 days and calls it not final', async () => {
    const { exit, stdout } = await world.scorer(['run', '--from', '2026-11', '--to', '2026-11']);
    expect([exit, stdout.split('\n')[0]]).toEqual([0, '2026-11 (last 30 days to 2026-11-21): Finished']);
    const [row] = world.scores('2026-11');
    expect(row).toMatchObject({ Window_End__c: '2026-11-21', Final__c: false });
    expect(unexplained(world, '2026-11')).toEqual([]);
  });
});

describe('the report as JSON', () => {
  it('stands alone on standard output, with counts that add up and the fewest calls', async () => {
    const world = await openWorld({ accounts: 20, months: 6 });
    const { exit, stdout, stderr } = await world.scorer(['run', '--period', '2026-10', '--report', '-']);
    const report = JSON.parse(stdout) as Report;
    const { accounts, scored, unchanged, unscored, failed } = report.counts;
    expect([exit, scored + unchanged + unscored + failed]).toEqual([0, accounts]);
    expect(report).toMatchObject({ period: '2026-10', scope: 'all', mode: 'refresh', held: null });
    const made = Object.values(report.calls['jira'] ?? {}).reduce((sum, count) => sum + count, 0);
    expect(report.leastCalls['jira']).toBe(made);
    expect(stderr).toContain('2026-10 (complete month): Finished');
    const refused = await world.scorer(['run', '--dry-run', '--report', '-']);
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringContaining('--report -: found --dry-run'),
    ]);
    await world.sandbox.close();
  });
});

describe('a dry run', () => {
  it('writes nothing anywhere and prints the rows as CSV', async () => {
    const world = await openWorld();
    const { exit, stdout, stderr } = await world.scorer(['run', '--period', '2026-10', '--dry-run']);
    expect(exit).toBe(0);
    expect(stdout.split('\r\n').filter(Boolean)).toHaveLength(58);
    expect(stdout).toMatch(/^Score_Key__c,Account__c,Health_Score__c,/);
    expect(stderr).toContain('Finished, dry run, nothing written');
    expect([world.scores(), world.runs()]).toEqual([[], []]);
    expect(world.sandbox.org.calls.filter(({ method }) => method !== 'GET').map(({ path }) => path)).toEqual([
      '/services/oauth2/token',
    ]);
    await world.sandbox.close();
  });
});

describe('conversations from a CSV export', () => {
  it('give the same readings as the API where an export can tell them', async () => {
    const world = await openWorld();
    const { base } = world.sandbox;
    const known = base.customers.filter(({ contacts }) =>
      contacts.every(({ alsoAt }) => alsoAt.length === 0),
    );
    const heading =
      'Conversation ID,Created at,Company ID,State,Priority,Tags,Delivered as,Time to admin reply,Time to last close,Rating,Rating requested at,Escalated';
    const lines = known.flatMap(({ intercomCompanyId, conversations }) =>
      conversations.map((each) =>
        [
          each.id,
          each.createdAt / 1_000,
          intercomCompanyId,
          each.state,
          each.priority,
          each.tags.join(';'),
          each.deliveredAs,
          each.withoutStatistics ? '' : (each.firstReply?.seconds ?? ''),
          each.withoutStatistics ? '' : (each.lastClose?.seconds ?? ''),
          typeof each.rating === 'number' ? each.rating : '',
          each.rating === 'not asked' ? '' : each.createdAt / 1_000,
          each.escalatedAttribute ? 'true' : '',
        ].join(','),
      ),
    );
    const file = join(mkdtempSync(join(tmpdir(), 'health-export-')), 'october.csv');
    writeFileSync(file, [heading, ...lines].join('\n'));
    const args = ['extract', '--source', 'intercom', '--period', '2026-10', '--intercom-export', file];
    const { exit, stdout, stderr } = await world.scorer(args, { INTERCOM_API_TOKEN: '' });
    expect([exit, stderr]).toEqual([0, expect.stringContaining('calls: 0 to intercom')]);
    const read = stdout
      .trim()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { accountId: string; metric: string; value: unknown; missing: unknown },
      );
    const expected = expectedReadings(base, '2026-10');
    const ids = new Set(known.map(({ accountId }) => accountId));
    for (const { accountId, metric, value, missing } of read.filter((each) => ids.has(each.accountId))) {
      const found = missing === null ? { value } : { value, missing };
      expect([accountId, metric, found]).toEqual([accountId, metric, expected.get(accountId)?.[metric]]);
    }
    expect(read.filter((each) => ids.has(each.accountId)).length).toBeGreaterThan(300);
    expect(world.sandbox.intercom.calls).toEqual([]);
    await world.sandbox.close();
  });
});
