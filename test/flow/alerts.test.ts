import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objectOf, OrgError } from 'local-org';
import { create, update } from 'local-org/inside';
import { accountId, accounts } from '../org/org-fixture.ts';
import { addPerson, openFlowWorld } from './flow-world.ts';
import type { FlowWorld } from './flow-world.ts';
import { plant } from './planted-flow.ts';

/** A score as the scorer writes it: fell from Healthy (76 and more) to 70.0, by 10 points of behaviour. */
const FALL = {
  Health_Score__c: 70,
  Tier__c: 'At Risk',
  Previous_Tier__c: 'Healthy',
  Change__c: -10,
  Change_Behaviour__c: -10,
  Change_Data__c: 0,
  Change_Rules__c: 0,
  Change_Calendar__c: 0,
  Change_Signals__c: 0,
  Provisional__c: false,
  Main_Reason__c: 'Open bugs rose from 2 to 9 (−6.1).',
  Period__c: '2026-11',
  Window_End__c: '2026-11-30',
};

let one: FlowWorld;
let owner: string;
let scorer: string;
beforeEach(async () => {
  one = await openFlowWorld({
    start: '2026-12-03T05:00:00Z',
    runAs: { permissionSets: ['Health_Scorer_Integration'] },
  });
  owner = addPerson(one.org, 1, ['Health_Account_Manager']);
  one.org.load(accounts(2).map(({ object, fields }) => ({ object, fields: { ...fields, OwnerId: owner } })));
  scorer = one.org.integrationUser.id;
});
afterEach(() => one.close());

const scoreObject = () => {
  const object = objectOf(one.org.schema, 'Health_Score__c');
  if (!object) throw new Error('the org has no Health_Score__c');
  return object;
};
/** Writes a score with the rights of the scorer. */
function write(fields: Record<string, unknown> = {}, account = accountId(1), keyOf = account): string {
  const score: Record<string, unknown> = { ...FALL, Account__c: account, ...fields };
  const key = `${keyOf}:${score['Period__c'] as string}`;
  return create(one.org.writeWorld(one.org.user(scorer)), scoreObject(), { ...score, Score_Key__c: key }).id;
}
const change = (id: string, fields: Record<string, unknown>) =>
  update(one.org.writeWorld(one.org.user(scorer)), scoreObject(), id, fields);
const told = () => one.org.flows.notifications;
const at = (id: string) =>
  one.org.query(`SELECT Alerted_At__c FROM Health_Score__c WHERE Id = '${id}'`)[0]?.['Alerted_At__c'];

describe('when a customer falls into a lower tier', () => {
  it('tells the owner of the account who, how far and why', () => {
    const id = write();
    expect(told()).toEqual([
      {
        type: expect.any(String) as string,
        recipients: [owner],
        title: 'Hotel 1 fell to At Risk',
        body: 'Health 70, -10 since the last period; it was Healthy. Open bugs rose from 2 to 9 (−6.1).',
        target: accountId(1),
        at: Date.parse('2026-12-03T05:00:00Z'),
      },
    ]);
    expect(at(id)).toBe('2026-12-03T05:00:00.000+0000');
  });

  it.each([
    [
      'the margin of 2 points is just reached',
      { Health_Score__c: 74, Change__c: -6, Change_Behaviour__c: -6 },
    ],
    [
      'a signal capped it',
      { Health_Score__c: 59, Change__c: -21, Change_Signals__c: -21, Change_Behaviour__c: 0 },
    ],
    ['the renewal came nearer', { Change_Calendar__c: -10, Change_Behaviour__c: 0 }],
    [
      'some of it is data, but the rest is enough',
      { Health_Score__c: 65, Change_Data__c: -5, Change__c: -15 },
    ],
  ])('tells him when %s', (_what, fields) => {
    write(fields);
    expect(told()).toHaveLength(1);
  });

  it.each([
    ['the fall is within the margin', { Health_Score__c: 74.1, Change__c: -5.9, Change_Behaviour__c: -5.9 }],
    ['data that are missing now make the fall', { Change_Data__c: -10, Change_Behaviour__c: 0 }],
    ['new rules make the fall', { Change_Rules__c: -10, Change_Behaviour__c: 0 }],
    [
      'data and rules together make the fall',
      { Change_Data__c: -4, Change_Rules__c: -3, Change_Behaviour__c: -3 },
    ],
    ['the score is provisional', { Provisional__c: true }],
    ['the tier is the same', { Tier__c: 'Healthy', Health_Score__c: 77 }],
    ['the tier is better', { Tier__c: 'Champion', Health_Score__c: 91, Change__c: 12 }],
    ['there is no earlier score', { Previous_Tier__c: null, Change__c: null }],
    ['there is no score', { Health_Score__c: null, Tier__c: null, Change__c: null }],
    ['the month is long past', { Period__c: '2026-09', Window_End__c: '2026-09-30' }],
  ])('is silent when %s', (_what, fields) => {
    write(fields);
    expect(told()).toEqual([]);
  });

  it('is silent about a month that is not the newest of the account', () => {
    write({ Period__c: '2026-12', Window_End__c: '2026-12-02', Previous_Tier__c: 'At Risk', Change__c: 0 });
    write();
    expect(told()).toEqual([]);
  });

  it('is silent for the cooldown of 30 days, for this account alone', () => {
    write();
    one.clock.moveTo(Date.parse('2026-12-20T05:00:00Z'));
    write({
      Period__c: '2026-12',
      Window_End__c: '2026-12-19',
      Tier__c: 'Critical',
      Previous_Tier__c: 'At Risk',
      Health_Score__c: 40,
      Change__c: -30,
      Change_Behaviour__c: -30,
    });
    expect(told()).toHaveLength(1);
    write({}, accountId(2));
    expect(told()).toHaveLength(2);
    one.clock.moveTo(Date.parse('2027-01-03T05:00:01Z'));
    write({
      Period__c: '2027-01',
      Window_End__c: '2027-01-02',
      Tier__c: 'Critical',
      Previous_Tier__c: 'At Risk',
      Health_Score__c: 38,
      Change__c: -32,
      Change_Behaviour__c: -32,
    });
    expect(told().map((one_) => one_.title)).toEqual([
      'Hotel 1 fell to At Risk',
      'Hotel 2 fell to At Risk',
      'Hotel 1 fell to Critical',
    ]);
  });

  describe('beside scores of an account that was merged into it', () => {
    /** A score below the first account whose key is of the second. */
    const stray = (fields: Record<string, unknown> = {}) => write(fields, accountId(1), accountId(2));

    it('tells of its own fall, whatever is newer of the other', () => {
      stray({ Period__c: '2026-12', Window_End__c: '2026-12-31', Tier__c: 'Healthy', Change__c: 0 });
      write();
      expect(told()).toHaveLength(1);
    });

    it('tells of its own fall, though somebody was told of the other just now', () => {
      const other = stray({ Tier__c: 'Healthy', Change__c: 0 });
      one.org.store.update(scoreObject(), other, { Alerted_At__c: Date.parse('2026-12-02T05:00:00Z') });
      write();
      expect(told()).toHaveLength(1);
    });

    it('is silent of a fall of the other', () => {
      stray();
      expect(told()).toEqual([]);
    });
  });

  it('takes margin and cooldown from the settings', () => {
    one.setting({ Alert_Margin__c: 6.5, Alert_Cooldown_Days__c: 1 });
    write();
    expect(told()).toEqual([]);
    one.setting({ Alert_Margin__c: 6 });
    write({ Period__c: '2026-12', Window_End__c: '2026-12-02' });
    expect(told()).toHaveLength(1);
  });

  it('tells once of a score, however often it is written again', () => {
    const id = write();
    one.clock.moveTo(Date.parse('2027-02-03T05:00:00Z'));
    change(id, { Scored_At__c: '2027-02-03T05:00:00Z' });
    expect(told()).toHaveLength(1);
  });

  it('tells when a score of the month falls later in the month', () => {
    const id = write({ Health_Score__c: 80, Tier__c: 'Healthy', Change__c: 0, Change_Behaviour__c: 0 });
    expect(told()).toEqual([]);
    change(id, { Health_Score__c: 70, Tier__c: 'At Risk', Change__c: -10, Change_Behaviour__c: -10 });
    expect(told()).toHaveLength(1);
  });
});

describe('an alert that cannot be sent', () => {
  it.each([
    ['the notification type is gone', () => one.org.store.rows('DELETE FROM "CustomNotificationType"', [])],
    ['the settings are gone', () => one.org.store.rows('DELETE FROM "Health_Setting__mdt"', [])],
    ['the tiers are gone', () => one.org.store.rows('DELETE FROM "Health_Tier__mdt"', [])],
  ])('leaves the score written when %s', (_what, breakIt) => {
    breakIt();
    const id = write();
    expect(one.org.query(`SELECT Health_Score__c FROM Health_Score__c WHERE Id = '${id}'`)).toHaveLength(1);
    expect(told()).toEqual([]);
  });

  it('would undo the save if it failed without a fault path, as in an org', () => {
    const planted = plant('Health_Tier_Fall_Alert', [
      [/(<name>Tell_Owner<\/name>[\s\S]*?)<faultConnector>[\s\S]*?<\/faultConnector>/, '$1'],
      [
        /<name>title<\/name>\s*<value>[\s\S]*?<\/value>/,
        '<name>title</name><value><stringValue></stringValue></value>',
      ],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).messages.map((m) => m.problem)).toEqual([undefined]);
    expect(() => write()).toThrow(OrgError);
    expect(() => write()).toThrow('Health Tier Fall Alert');
    expect(one.org.query('SELECT Id FROM Health_Score__c')).toEqual([]);
  });

  it('is never a callout: the platform refuses one within a save', () => {
    const callout =
      '</actionCalls><actionCalls><name>Call</name><label>Call</label><locationX>0</locationX><locationY>0</locationY>' +
      '<actionName>NodeScorer.startRun</actionName><actionType>externalService</actionType></actionCalls>';
    const planted = plant('Health_Tier_Fall_Alert', [
      [/(<start>[\s\S]*?<targetReference>)Get_Settings/, '$1Call'],
      [/<\/actionCalls>/, callout],
    ]);
    expect(one.org.deploy(planted, { checkOnly: false }).success).toBe(true);
    const [set] = one.org.query("SELECT Id FROM PermissionSet WHERE Name = 'Health_Refresh_Callout'");
    one.org.load([
      { object: 'PermissionSetAssignment', fields: { AssigneeId: scorer, PermissionSetId: set?.['Id'] } },
    ]);
    expect(() => write()).toThrow('Callout from triggers are currently not supported.');
    expect(one.scorer.orders).toEqual([]);
  });
});
