import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsAddUp, lasting, openWorld, storedReadings, unexplained, type World } from './harness.ts';
import { begin, detailsOf, end, OUTAGES, risen, shownScores, type Outage } from './outages.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: 20 });
});
afterEach(() => world.sandbox.close());

const outage = (name: string): Outage => OUTAGES[name] as Outage;
const missingOf = (metric: string): Set<unknown> =>
  new Set(world.scores().map((row) => (storedReadings(row)[metric] as { missing?: string }).missing));
const storedOf = (metric: string, period = '2026-10') =>
  world.scores(period).map((row) => {
    const reading = detailsOf(row).readings.find(({ id }) => id === metric);
    return { value: reading?.value, carriedFrom: reading?.carriedFrom, missing: reading?.missing };
  });

describe('a source that is down', () => {
  it.each([
    ['intercom', 'csat_score', 'open_bugs'],
    ['jira', 'open_bugs', 'csat_score'],
    ['looker', 'feature_breadth', 'csat_score'],
  ] as const)(
    '%s, the first time: %s is source_down, %s lives, no score is final, the run is Degraded and ends 75',
    async (vendor, lost, kept) => {
      world.sandbox[vendor].faults.add({ kind: 'reset' });
      const { exit, stdout, report } = await world.run('--period', '2026-10');
      expect([exit, report.status, report.degradedSources]).toEqual([75, 'Degraded', [vendor]]);
      expect(stdout).toContain('2026-10 (complete month): Degraded');
      expect(stdout).toContain(`not all read: ${vendor}`);
      expect(missingOf(lost)).toEqual(new Set(['source_down']));
      expect(missingOf(kept)).not.toContain('source_down');
      expect(world.scores().every((row) => row['Final__c'] === false)).toBe(true);
      expect(world.runs()).toMatchObject([{ Status__c: 'Degraded', Degraded_Sources__c: vendor }]);
      // Nothing was stored before: no hold, and what is not known widens the band, up to where a signal caps it.
      for (const row of world.scores()) {
        expect(detailsOf(row).hold).toBeNull();
        if (row['Cap__c'] === null)
          expect(Number(row['Band_High__c'])).toBeGreaterThan(Number(row['Band_Low__c']));
      }
      expect(unexplained(world)).toEqual([]);
    },
  );

  it('for a month: values of the month before are carried, with the day they are of, and promote nobody', async () => {
    await world.run('--period', '2026-09');
    begin(world, outage('Jira as a whole'));
    const { exit, report } = await world.run('--period', '2026-10');
    expect([exit, report.status, countsAddUp(report)]).toEqual([75, 'Degraded', true]);
    const before = storedOf('open_bugs', '2026-09');
    const accounts = world.scores('2026-09').map((row) => row['Account__c']);
    expect(before.length).toBeGreaterThan(15);
    for (const [i, row] of world.scores().entries()) {
      const lender = before[accounts.indexOf(row['Account__c'])];
      const carried = storedOf('open_bugs')[i];
      if (lender?.value === null) expect(carried).toMatchObject({ value: null, missing: 'source_down' });
      else expect(carried).toEqual({ value: lender?.value, carriedFrom: '2026-09-30', missing: undefined });
      expect(row['Final__c']).toBe(false);
    }
    const shown = shownScores(world, '2026-09');
    for (const row of world.scores()) {
      const { hold } = detailsOf(row);
      expect(hold).toMatchObject({ earlier: shown.get(row['Account__c']), why: { source_down: ['jira'] } });
    }
    expect(risen(world, '2026-10', shown)).toEqual([]);
    expect(unexplained(world)).toEqual([]);
    // Scored again in the same outage, the cap stays where it was.
    const again = await world.run('--period', '2026-10');
    expect(again.report.counts).toMatchObject({ written: 0, scored: 0 });
  });

  it('for two months: what is older than 45 days is lost, and the score is held where it was', async () => {
    await world.run('--period', '2026-08');
    begin(world, outage('Looker as a whole'));
    await world.run('--period', '2026-09');
    const lent = storedOf('feature_breadth', '2026-09').filter(({ carriedFrom }) => carriedFrom);
    expect(new Set(lent.map(({ carriedFrom }) => carriedFrom))).toEqual(new Set(['2026-08-31']));
    const before = shownScores(world, '2026-09');
    const { exit } = await world.run('--period', '2026-10');
    expect(exit).toBe(75);
    expect(missingOf('feature_breadth')).toEqual(new Set(['source_down']));
    const held = world.scores().filter((row) => detailsOf(row).hold !== null);
    expect(held.length).toBeGreaterThan(15);
    for (const row of held) {
      const { hold } = detailsOf(row);
      expect(hold?.sources).toEqual(['looker']);
      expect(hold?.at).toBeGreaterThanOrEqual(Number(before.get(row['Account__c'])));
      expect(Number(row['Health_Score__c'])).toBeLessThanOrEqual(Number(hold?.at));
    }
    const lowered = world.scores().filter((row) => String(row['Cap__c']).startsWith('outage_hold'));
    expect(lowered.length).toBeGreaterThan(0);
    expect(unexplained(world)).toEqual([]);
  });

  it('is read again as soon as it is back, and the month becomes as if nothing had been', async () => {
    await world.run('--period', '2026-09');
    begin(world, outage('Jira as a whole'));
    expect((await world.run('--period', '2026-10')).exit).toBe(75);
    end(world);
    const back = await world.run('--period', '2026-10');
    expect([back.exit, back.report.status]).toEqual([0, 'Finished']);
    const undisturbed = await openWorld({ accounts: 20 });
    await undisturbed.run('--period', '2026-09');
    await undisturbed.run('--period', '2026-10');
    expect(lasting(world.scores())).toEqual(lasting(undisturbed.scores()));
    await undisturbed.sandbox.close();
  });

  it('while the month is read again with --force: the values of that very month are carried', async () => {
    await world.run('--period', '2026-10');
    const before = storedOf('open_bugs').map(({ value }) => value);
    const scores = shownScores(world, '2026-10');
    begin(world, outage('Jira as a whole'));
    expect((await world.run('--period', '2026-10', '--force')).exit).toBe(75);
    expect(storedOf('open_bugs').map(({ value }) => value)).toEqual(before);
    for (const [account, score] of shownScores(world, '2026-10'))
      expect(Number(score)).toBeLessThanOrEqual(Number(scores.get(account)));
    expect(unexplained(world)).toEqual([]);
  });
});

describe('everything but the accounts is down', () => {
  it('takes no stored score away, makes none rise and turns nothing into 0', async () => {
    await world.run('--period', '2026-08');
    const before = shownScores(world, '2026-08');
    for (const name of [
      'Intercom as a whole',
      'Jira as a whole',
      'Looker as a whole',
      'all contracts in Salesforce',
    ])
      begin(world, outage(name));
    const { exit, report } = await world.run('--period', '2026-10');
    expect([exit, report.degradedSources]).toEqual([75, ['intercom', 'jira', 'looker', 'salesforce']]);
    expect(shownScores(world, '2026-08')).toEqual(before);
    for (const row of world.scores()) {
      const score = row['Health_Score__c'];
      expect(score).not.toBe(0);
      if (typeof score === 'number') expect(score).toBeLessThanOrEqual(Number(before.get(row['Account__c'])));
    }
    expect(unexplained(world)).toEqual([]);
  });
});

describe('a session that expires in the middle', () => {
  it('is renewed, and nothing is lost', async () => {
    world.sandbox.org.faults.add({
      kind: 'status',
      status: 401,
      body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
      match: /GET .*query/,
      after: 3,
      times: 1,
    });
    const { exit, report } = await world.run('--period', '2026-10');
    expect([exit, report.counts.failed]).toEqual([0, 0]);
    expect(world.sandbox.org.calls.filter(({ path }) => path.endsWith('/oauth2/token'))).toHaveLength(2);
  });
});

describe('signals that cannot be read', () => {
  it('leave every account without a new score and the stored ones as they are', async () => {
    await world.run('--period', '2026-10');
    const before = world.scores();
    begin(world, { vendor: 'org', source: 'salesforce', fault: { content: /FROM\+Churn_Signal__c/ } });
    const { exit, report } = await world.run('--period', '2026-10');
    const accounts = before.length;
    expect(exit).toBe(75);
    expect(report.counts).toEqual({
      accounts,
      scored: 0,
      unchanged: 0,
      unscored: 0,
      failed: accounts,
      written: 0,
    });
    expect(report.degradedSources).toEqual(['salesforce signals']);
    expect(world.scores()).toEqual(before);
    expect(world.runs().map((row) => row['Status__c'])).toEqual(['Finished', 'Degraded']);
  });
});

describe('an org that does not answer', () => {
  it('ends 75 with one line and scores nothing', async () => {
    world.sandbox.org.faults.add({ kind: 'reset' });
    const { exit, stdout, stderr } = await world.scorer(['run', '--period', '2026-10']);
    expect([exit, stdout]).toEqual([75, '']);
    expect(stderr).toMatch(/^SOURCE_DOWN: Salesforce token: .*; try again later\n$/);
  });
});
