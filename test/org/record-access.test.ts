import { afterAll, describe, expect, it } from 'vitest';
import { objectOf, openOrg, OrgError, salesforceId } from 'local-org';
import type { Org, SeedRecord } from 'local-org';
import { create, page, remove, runQuery, update } from 'local-org/inside';
import { accountId, METADATA, NOW } from './org-fixture.ts';

const [ANNA, BEN, SCORER] = [salesforceId('005', 1), salesforceId('005', 2), salesforceId('005', 3)];
const user = (Id: string, name: string): SeedRecord => ({
  object: 'User',
  fields: { Id, LastName: name, Username: `${name}@org.example` },
});
const account = (n: number, OwnerId: string): SeedRecord => ({
  object: 'Account',
  fields: { Id: accountId(n), Name: `Hotel ${n}`, OwnerId, Health_Segment__c: 'paid' },
});
const score = (n: number): SeedRecord => ({
  object: 'Health_Score__c',
  fields: { Account__c: accountId(n), Score_Key__c: `${accountId(n)}:2026-10`, Health_Score__c: 70 },
});
const review = (n: number): SeedRecord => ({
  object: 'Event',
  fields: { WhatId: accountId(n), ActivityDate: '2026-10-01', Type: 'QBR' },
});

function orgOf(accountSharing: 'Private' | 'Read' | 'ReadWrite'): Org {
  const org = openOrg({
    metadataDirs: METADATA,
    clock: () => NOW,
    accountSharing,
    records: [
      user(ANNA, 'anna'),
      user(BEN, 'ben'),
      user(SCORER, 'scorer2'),
      account(1, ANNA),
      account(2, BEN),
      score(1),
      score(2),
      review(1),
      review(2),
      { object: 'Health_Score_Run__c', fields: { Run_Key__c: 'r', Status__c: 'Finished' } },
    ],
  });
  const assign = (AssigneeId: string, name: string): void => {
    const [set] = org.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
    org.load([{ object: 'PermissionSetAssignment', fields: { AssigneeId, PermissionSetId: set?.['Id'] } }]);
  };
  assign(ANNA, 'Health_Account_Manager');
  assign(BEN, 'Health_Viewer');
  assign(SCORER, 'Health_Scorer_Integration');
  return org;
}

const rows = (org: Org, userId: string, soql: string): Record<string, unknown>[] => {
  const result = runQuery(org, org.user(userId).access, soql);
  return page(org, result, 0, result.rows.length, '66.0');
};
const outcome = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof OrgError ? error.code : String(error);
  }
};
const creates = (org: Org, userId: string, object: string, fields: Record<string, unknown>): string =>
  outcome(() => {
    const def = objectOf(org.schema, object);
    return def && create(org.writeWorld(org.user(userId)), def, fields);
  });
const signal = (n: number): Record<string, unknown> => ({
  Account__c: accountId(n),
  Severity__c: 'Watch',
  Date_Observed__c: '2026-11-01',
  Signal_Detail__c: 'Seen',
});

describe('private accounts', () => {
  const org = orgOf('Private');
  afterAll(() => org.close());

  it.each([
    ['an owner sees his account', ANNA, 'SELECT Id FROM Account', 1],
    ['and its scores', ANNA, 'SELECT Id FROM Health_Score__c', 1],
    ['and its reviews', ANNA, 'SELECT Id FROM Event', 1],
    ['and every run', ANNA, 'SELECT Id FROM Health_Score_Run__c', 1],
    ['View All lifts that', SCORER, 'SELECT Id FROM Account', 2],
    ['with the scores', SCORER, 'SELECT Id FROM Health_Score__c', 2],
    [
      'a semi-join sees no more',
      BEN,
      'SELECT Id FROM Health_Score__c WHERE Account__c IN (SELECT Id FROM Account)',
      1,
    ],
    [
      'nor does a count of groups',
      BEN,
      'SELECT Account__c a, COUNT(Id) n FROM Health_Score__c GROUP BY Account__c',
      1,
    ],
    [
      'nor a filter on the parent',
      BEN,
      "SELECT Id FROM Health_Score__c WHERE Account__r.Name = 'Hotel 1'",
      0,
    ],
    ['nor children of what is seen', ANNA, 'SELECT Id, (SELECT Id FROM Health_Scores__r) FROM Account', 1],
  ])('%s', (_, who, soql, count) => {
    expect(rows(org, who, soql)).toHaveLength(count);
  });

  it('let a manager raise a signal on his account only', () => {
    expect(creates(org, ANNA, 'Churn_Signal__c', signal(1))).toBe('done');
    expect(creates(org, ANNA, 'Churn_Signal__c', signal(2))).toBe(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    );
    expect(creates(org, BEN, 'Churn_Signal__c', signal(2))).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
  });

  it('let the scorer write scores of accounts that it may only read, and not change the accounts', () => {
    const [first] = rows(org, SCORER, 'SELECT Id FROM Health_Score__c ORDER BY Score_Key__c');
    expect(creates(org, SCORER, 'Health_Score__c', { Account__c: accountId(2), Score_Key__c: 'x' })).toBe(
      'done',
    );
    const def = objectOf(org.schema, 'Account');
    const world = org.writeWorld(org.user(SCORER));
    expect(
      outcome(() => def && update(world, def, accountId(1), { Current_Health_Score__c: first?.['Id'] })),
    ).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('hide records of others from changes by id', () => {
    const def = objectOf(org.schema, 'Churn_Signal__c');
    const [mine] = rows(org, ANNA, 'SELECT Id FROM Churn_Signal__c');
    const id = mine?.['Id'] as string;
    const as = (who: string) => org.writeWorld(org.user(who));
    expect(outcome(() => def && update(as(BEN), def, id, { Severity__c: 'Critical' }))).toBe('NOT_FOUND');
    expect(outcome(() => def && remove(as(BEN), def, id))).toBe('NOT_FOUND');
    expect(outcome(() => def && update(as(ANNA), def, id, { Severity__c: 'Critical' }))).toBe('done');
  });

  it('empty the parent for who may not see it, while formulas look through', () => {
    const run = objectOf(org.schema, 'Health_Score_Run__c');
    expect(run?.sharing).toBe('ReadWrite');
    const contact = { object: 'Contact', fields: { LastName: 'x', AccountId: accountId(2), OwnerId: ANNA } };
    org.load([contact]);
    const access = org.user(ANNA).access;
    const everything = { ...access, canRead: () => true, canReadField: () => true };
    const result = runQuery(org, everything, 'SELECT LastName, Account.Name FROM Contact');
    expect(page(org, result, 0, 1, '66.0')).toMatchObject([{ LastName: 'x', Account: null }]);
  });
});

describe('accounts that others may read', () => {
  const org = orgOf('Read');
  afterAll(() => org.close());

  it('are seen by all, and take signals from all who may raise them', () => {
    expect(rows(org, BEN, 'SELECT Id FROM Account')).toHaveLength(2);
    expect(creates(org, ANNA, 'Churn_Signal__c', signal(2))).toBe('done');
  });
});

describe('accounts that are open', () => {
  const org = orgOf('ReadWrite');
  afterAll(() => org.close());

  it('let the scorer set the current score of any account', () => {
    const [first] = rows(org, SCORER, 'SELECT Id FROM Health_Score__c ORDER BY Score_Key__c');
    const def = objectOf(org.schema, 'Account');
    const world = org.writeWorld(org.user(SCORER));
    expect(
      outcome(() => def && update(world, def, accountId(1), { Current_Health_Score__c: first?.['Id'] })),
    ).toBe('done');
  });
});
