import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type Row, type World } from './harness.ts';

/** Winner and loser of a merge. */
const [WINNER, LOSER] = ['001000000000001AAA', '001000000000003AAA'];

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: 8 });
});
afterEach(() => world.sandbox.close());

/** One call to the org as its administrator. */
async function asAdmin(method: string, path: string, body?: object): Promise<void> {
  const { org } = world.sandbox;
  const answer = await fetch(`${org.url}/services/data/v66.0/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${org.sessions.issue(org.org.adminId)}`,
      'Content-Type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(204);
}

const stored = (): Row[] =>
  world.query(
    'SELECT Score_Key__c, Account__c, Own__c, Health_Score__c, Tier__c, Change__c, Previous_Tier__c, Details__c, LastModifiedDate FROM Health_Score__c ORDER BY Score_Key__c',
  );
const keyed = (key: string): Row => stored().find((row) => row['Score_Key__c'] === key) as Row;

/** What a merge does to the loser's details: they hang below the winner, and keep all their fields. */
async function hangBelowWinner(): Promise<void> {
  const rows = world.query(`SELECT Id FROM Health_Score__c WHERE Account__c = '${LOSER}'`);
  for (const { Id } of rows)
    await asAdmin('PATCH', `sobjects/Health_Score__c/${String(Id)}`, { Account__c: WINNER });
}

/** The last step of a merge. All that hung below the loser hangs below the winner by then. */
function deleteLoser(): void {
  const { schema, store } = world.sandbox.org.org;
  const account = schema.objects.get('account');
  if (account === undefined) throw new Error('found no object Account');
  store.update(account, LOSER, { IsDeleted: 1 });
}

describe('scores of an account that was merged into another', () => {
  it.each([
    ['while it is still there', false],
    ['once it is gone', true],
  ])('are left alone, and are nobody else’s, %s', async (_when, gone) => {
    await world.run('--period', '2026-08');
    await world.run('--period', '2026-09');
    await hangBelowWinner();
    if (gone) deleteLoser();
    const before = stored();

    const again = await world.run('--period', '2026-09');
    expect(again.exit).toBe(0);
    expect(again.report.counts).toMatchObject({ scored: 0, written: 0, failed: 0 });
    expect(stored()).toEqual(before);
    const told = again.report.notes.filter(({ code }) => code === 'other_account');
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain(`${LOSER}:2026-09 (below ${WINNER})`);

    // Read again as well: neither the readings nor the revenue of the other one.
    const forced = await world.run('--period', '2026-09', '--force');
    expect(forced.report.counts).toMatchObject({ written: 0, failed: 0 });
    expect(stored()).toEqual(before);

    expect((await world.run('--period', '2026-10')).exit).toBe(0);
    expect(keyed(`${WINNER}:2026-09`)).toMatchObject({ Health_Score__c: 90, Tier__c: 'Champion' });
    expect(keyed(`${WINNER}:2026-10`)).toMatchObject({
      Health_Score__c: 59,
      Previous_Tier__c: 'Champion',
      Change__c: -31,
    });
    // Only what is the winner's own is shown of it.
    const own = stored().filter((row) => row['Account__c'] === WINNER && row['Own__c'] === true);
    expect(own.map((row) => row['Score_Key__c'])).toEqual([
      `${WINNER}:2026-08`,
      `${WINNER}:2026-09`,
      `${WINNER}:2026-10`,
    ]);
  });

  it('are not what the winner points at, and the next run points it at its own again', async () => {
    await world.run('--period', '2026-10');
    const [loser] = world.query(`SELECT Id FROM Health_Score__c WHERE Account__c = '${LOSER}'`);
    await hangBelowWinner();
    await asAdmin('PATCH', `sobjects/Account/${WINNER}`, { Current_Health_Score__c: loser?.['Id'] });
    const shown = () =>
      world.query(
        `SELECT Health_Score__c, Health_Tier__c, Health_Main_Reason__c, Health_Provisional__c FROM Account WHERE Id = '${WINNER}'`,
      )[0] as Row;
    expect(shown()).toMatchObject({
      Health_Score__c: null,
      Health_Tier__c: null,
      Health_Provisional__c: false,
    });

    expect((await world.run('--period', '2026-10')).report.counts.written).toBe(0);
    expect(shown()['Health_Score__c']).toBe(keyed(`${WINNER}:2026-10`)['Health_Score__c']);
  });
});
