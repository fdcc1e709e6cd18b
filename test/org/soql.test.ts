import { afterAll, describe, expect, it } from 'vitest';
import { OrgError, salesforceId } from 'local-org';
import type { SeedRecord } from 'local-org';
import { accountId, orgWith } from './org-fixture.ts';

const account = (n: number, fields: Record<string, unknown>): SeedRecord => ({
  object: 'Account',
  fields: { Id: accountId(n), ...fields },
});
const opportunity = (n: number, of: number, fields: Record<string, unknown>): SeedRecord => ({
  object: 'Opportunity',
  fields: {
    Id: salesforceId('006', n),
    AccountId: accountId(of),
    Name: `Deal ${n}`,
    StageName: 'Prospecting',
    CloseDate: '2026-12-31',
    ...fields,
  },
});

const org = orgWith([
  account(1, {
    Name: 'Alder House',
    Type: 'Prospect',
    ARR__c: 1000.5,
    Health_Segment__c: 'paid',
    CreatedDate: '2026-10-31T23:59:59.999Z',
  }),
  account(2, { Name: 'birch Inn', Type: 'Other', ARR__c: 0, Health_Segment__c: 'standard' }),
  account(3, { Name: "Cedar's Rest", ARR__c: 5_000_000, CreatedDate: '2026-11-01T00:00:00Z' }),
  account(4, { Name: '100% Oak_Lodge', ParentId: accountId(1), CreatedDate: '2026-11-21T08:00:00+00:00' }),
  opportunity(1, 1, { Type: 'Renewal', Amount: 500, CloseDate: '2026-11-21' }),
  opportunity(2, 1, { Type: 'Renewal', StageName: 'Closed Won', Amount: 250 }),
  opportunity(3, 2, { Type: 'Upsell', StageName: 'Closed Lost' }),
  { object: 'Contact', fields: { Id: salesforceId('003', 1), LastName: 'One', AccountId: accountId(1) } },
  { object: 'Contact', fields: { Id: salesforceId('003', 2), LastName: 'Two', AccountId: accountId(2) } },
  {
    object: 'AccountContactRelation',
    fields: { AccountId: accountId(1), ContactId: salesforceId('003', 1), Roles: 'Champion;Decision Maker' },
  },
  {
    object: 'AccountContactRelation',
    fields: { AccountId: accountId(1), ContactId: salesforceId('003', 2), Roles: 'Evaluator' },
  },
  {
    object: 'Event',
    fields: {
      WhatId: accountId(1),
      Subject: 'Review',
      Type: 'QBR',
      ActivityDate: '2026-10-05',
      Attended__c: true,
    },
  },
]);
afterAll(() => org.close());

const names = (where: string): unknown[] =>
  org.query(`SELECT Name FROM Account WHERE ${where} ORDER BY Id`).map((row) => row['Name']);
const ALDER = 'Alder House';
const BIRCH = 'birch Inn';
const CEDAR = "Cedar's Rest";
const OAK = '100% Oak_Lodge';

describe('WHERE', () => {
  it.each([
    ["Name = 'ALDER house'", [ALDER]],
    ["Name = 'Cedar\\'s Rest'", [CEDAR]],
    ["Name LIKE 'b%'", [BIRCH]],
    ["Name LIKE '100\\%%'", [OAK]],
    ["Name LIKE '%Oak\\_L%'", [OAK]],
    ["Name LIKE '%a_der%'", [ALDER]],
    ["Type != 'Prospect'", [BIRCH, CEDAR, OAK]],
    ["NOT Type = 'Prospect'", [BIRCH, CEDAR, OAK]],
    ["Type IN ('Prospect', 'Other')", [ALDER, BIRCH]],
    ["Type NOT IN ('Prospect')", [BIRCH, CEDAR, OAK]],
    ["Type IN (null, 'Other')", [BIRCH, CEDAR, OAK]],
    ['Type = null', [CEDAR, OAK]],
    ["Type = ''", [CEDAR, OAK]],
    ['Type != null', [ALDER, BIRCH]],
    ['ARR__c >= 1000.5', [ALDER, CEDAR]],
    ['ARR__c < 1', [BIRCH]],
    ['NOT (ARR__c < 1)', [ALDER, CEDAR, OAK]],
    ['NOT (ARR__c < 1 OR Type = null)', [ALDER]],
    ["Health_Segment__c = 'paid' OR (Type = null AND ARR__c > 1)", [ALDER, CEDAR]],
    ["Name = 'x' OR (NOT Name LIKE '%e%')", [BIRCH]],
    ["Parent.Name = 'Alder House'", [OAK]],
    [`Id = '${accountId(3).slice(0, 15)}'`, [CEDAR]],
    ['CreatedDate = LAST_MONTH', [ALDER]],
    ['CreatedDate >= THIS_MONTH', [BIRCH, CEDAR, OAK]],
    ['CreatedDate = TODAY', [BIRCH, OAK]],
    ['CreatedDate < 2026-11-01T00:00:00Z', [ALDER]],
    ['CreatedDate < 2026-11-01T01:00:00+01:00', [ALDER]],
    ['CreatedDate = LAST_N_MONTHS:12', [ALDER]],
    ["Id IN (SELECT AccountId FROM Opportunity WHERE Type = 'Renewal' AND IsClosed = false)", [ALDER]],
    ['Id NOT IN (SELECT AccountId FROM Opportunity)', [CEDAR, OAK]],
    ['Health_Tier__c = null', [ALDER, BIRCH, CEDAR, OAK]],
    ['Health_Provisional__c = false', [ALDER, BIRCH, CEDAR, OAK]],
  ])('%s finds %o', (where, expected) => {
    expect(names(where)).toEqual(expected);
  });

  it.each([
    ["Roles INCLUDES ('Champion')", 1],
    ["Roles INCLUDES ('Champion;Decision Maker')", 1],
    ["Roles INCLUDES ('Champion;Evaluator')", 0],
    ["Roles INCLUDES ('Champion', 'Evaluator')", 2],
    ["Roles INCLUDES ('Maker')", 0],
    ["Roles EXCLUDES ('Champion')", 1],
  ])('%s finds %d roles', (where, count) => {
    expect(org.query(`SELECT Id FROM AccountContactRelation WHERE ${where}`)).toHaveLength(count);
  });
});

describe('SELECT', () => {
  it('nests parents, with null where there is none', () => {
    expect(org.query('SELECT Name, parent.NAME, Parent.Owner.Name FROM Account WHERE ARR__c = null')).toEqual(
      [
        {
          attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${accountId(4)}` },
          Name: OAK,
          Parent: {
            attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${accountId(1)}` },
            Name: ALDER,
            Owner: {
              attributes: expect.objectContaining({ type: 'User' }) as unknown,
              Name: 'Administrator',
            },
          },
        },
      ],
    );
    expect(org.query("SELECT Parent.Name FROM Account WHERE Name = 'birch inn'")[0]?.['Parent']).toBeNull();
  });

  it('lists children, each parent with its own limit', () => {
    const rows = org.query(
      'SELECT Name, (SELECT Name FROM Opportunities ORDER BY Amount DESC LIMIT 1) FROM Account ORDER BY Id',
    );
    const children = rows.map(
      (row) => (row['Opportunities'] as { records: { Name: string }[] } | null)?.records,
    );
    expect(children.map((list) => list?.map((child) => child.Name))).toEqual([
      ['Deal 1'],
      ['Deal 3'],
      undefined,
      undefined,
    ]);
  });

  it('writes times with +0000, dates bare, booleans and numbers as such', () => {
    const [event] = org.query(
      'SELECT CreatedDate, ActivityDate, Attended__c, DurationInMinutes, AccountId FROM Event',
    );
    expect(event).toMatchObject({
      CreatedDate: '2026-11-21T09:00:00.000+0000',
      ActivityDate: '2026-10-05',
      Attended__c: true,
      DurationInMinutes: null,
      AccountId: accountId(1),
    });
  });

  it('derives whether an opportunity is closed and won from its stage', () => {
    const rows = org.query('SELECT IsClosed, IsWon, Probability FROM Opportunity ORDER BY Id');
    expect(rows.map((row) => [row['IsClosed'], row['IsWon'], row['Probability']])).toEqual([
      [false, false, 10],
      [true, true, 100],
      [true, false, 0],
    ]);
  });

  it('groups, counts, sums and filters groups', () => {
    expect(
      org.query(
        'SELECT AccountId a, COUNT(Id) n, SUM(Amount), MAX(CloseDate) latest FROM Opportunity GROUP BY AccountId HAVING COUNT(Id) > 1',
      ),
    ).toEqual([
      { attributes: { type: 'AggregateResult' }, a: accountId(1), n: 2, expr0: 750, latest: '2026-12-31' },
    ]);
    expect(
      org.query(
        'SELECT CALENDAR_MONTH(CloseDate) m, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_MONTH(CloseDate)',
      ),
    ).toHaveLength(2);
  });

  it.each([
    ['Name', [OAK, ALDER, BIRCH, CEDAR]],
    ['ARR__c DESC NULLS LAST, Name', [CEDAR, ALDER, BIRCH, OAK]],
    ['ARR__c', [OAK, BIRCH, ALDER, CEDAR]],
    ['Health_Segment__c NULLS LAST, Name DESC', [ALDER, BIRCH, CEDAR, OAK]],
  ])('orders by %s', (order, expected) => {
    expect(org.query(`SELECT Name FROM Account ORDER BY ${order}`).map((row) => row['Name'])).toEqual(
      expected,
    );
  });

  it('cuts with LIMIT and OFFSET', () => {
    expect(
      org.query('SELECT Name FROM Account ORDER BY Name LIMIT 2 OFFSET 1').map((row) => row['Name']),
    ).toEqual([ALDER, BIRCH]);
  });
});

describe('refusals', () => {
  it.each([
    ['SELECT Foo__c FROM Account', 'INVALID_FIELD'],
    ['SELECT Owner.Foo FROM Account', 'INVALID_FIELD'],
    ['SELECT Owned.Name FROM Account', 'INVALID_FIELD'],
    ['SELECT Name, name FROM Account', 'INVALID_FIELD'],
    ['SELECT Id FROM Foo__c', 'INVALID_TYPE'],
    ['SELECT Id, (SELECT Id FROM Foos) FROM Account', 'INVALID_TYPE'],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account WHERE Name = 5', 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE ARR__c > '5'", 'INVALID_FIELD'],
    ['SELECT Id FROM Account WHERE CreatedDate > 2026-10-01', 'INVALID_FIELD'],
    ["SELECT Id FROM Opportunity WHERE CloseDate > '2026-10-01'", 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ["SELECT Id FROM Churn_Signal__c WHERE Signal_Detail__c = 'x'", 'INVALID_FIELD'],
    ['SELECT Id FROM AccountHistory ORDER BY OldValue', 'INVALID_FIELD'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY'],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Id IN (SELECT AccountId FROM Case)',
      'MALFORMED_QUERY',
    ],
    ['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)', 'MALFORMED_QUERY'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ["SELECT Id FROM Account WHERE DISTANCE(A__c, GEOLOCATION(1, 2), 'mi') < 5", 'NOT_MODELLED'],
    ['SELECT toLabel(Type) FROM Account', 'NOT_MODELLED'],
    ['SELECT TYPEOF What WHEN Account THEN Name END FROM Event', 'NOT_MODELLED'],
    ['SELECT What.Name FROM Event', 'NOT_MODELLED'],
    ['SELECT Id FROM Account WHERE CreatedDate = LAST_N_FISCAL_YEARS:2', 'NOT_MODELLED'],
    ['SELECT Id FROM Account FOR UPDATE', 'NOT_MODELLED'],
  ])('%s is %s', (soql, code) => {
    let found = 'answered';
    try {
      org.query(soql);
    } catch (error) {
      found = error instanceof OrgError ? error.code : String(error);
    }
    expect(found).toBe(code);
  });
});
