import { afterAll, describe, expect, it } from 'vitest';
import { objectOf, openOrg, OrgError } from 'local-org';
import { accessBy, create, page, runQuery, update } from 'local-org/inside';
import { accountId, accounts, NOW } from './org-fixture.ts';

const org = openOrg({
  metadataDirs: ['force-app', 'force-app-defaults'],
  records: accounts(2),
  clock: () => NOW,
  runAs: { permissionSets: ['Health_Scorer_Integration', 'Health_Scorer_Champions'] },
});
afterAll(() => org.close());

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return error instanceof OrgError ? error.code : String(error);
  }
};
const as = (...sets: string[]) => accessBy(org.permissionSets, sets, org.schema);
const SCORER = ['Health_Scorer_Integration', 'Health_Scorer_Champions'];
const reads = (set: string | string[], soql: string): string =>
  codeOf(() => runQuery(org, as(...[set].flat()), soql));
const creates = (set: string, object: string, input: Record<string, unknown>): string =>
  codeOf(() => {
    const def = objectOf(org.schema, object);
    if (!def) throw new Error(`no ${object}`);
    return create(org.writeWorld({ id: org.integrationUser.id, access: as(set) }), def, input);
  });

const score = (key: string): Record<string, unknown> => ({
  Account__c: accountId(1),
  Score_Key__c: key,
  Health_Score__c: 80,
});
const review = { StartDateTime: '2026-11-01T09:00:00Z', DurationInMinutes: 30, Subject: 'Review' };
const signal = {
  Account__c: accountId(1),
  Severity__c: 'Watch',
  Status__c: 'Active',
  Date_Observed__c: '2026-11-01',
  Signal_Detail__c: 'Seen',
};

describe('the permission sets of the scorer', () => {
  it.each([
    'SELECT Id, Name, Health_Segment__c, ARR__c, Success_Tier__c, Churned_On__c, Intercom_Company_Id__c, Current_Health_Score__c, Owner.Name FROM Account',
    "SELECT AccountId, CloseDate, Type, IsClosed, Amount FROM Opportunity WHERE Type = 'Renewal' AND IsClosed = false",
    "SELECT AccountId, EndDate FROM Contract WHERE Status = 'Activated'",
    "SELECT AccountId, CreatedDate FROM Case WHERE Type = 'Billing'",
    "SELECT AccountId, ActivityDate, Attended__c FROM Event WHERE Type = 'QBR'",
    "SELECT AccountId, StartDate, EndDate FROM AccountContactRelation WHERE Roles INCLUDES ('Champion')",
    'SELECT OpportunityId, StageName, CloseDate, CreatedDate FROM OpportunityHistory',
    'SELECT AccountId, Field, OldValue, NewValue, CreatedDate FROM AccountHistory',
    'SELECT ApiName, IsClosed, IsWon FROM OpportunityStage',
    'SELECT FIELDS(ALL) FROM Churn_Signal__c LIMIT 200',
    'SELECT FIELDS(ALL) FROM Health_Score__c LIMIT 200',
    'SELECT DeveloperName, Dimension__r.DeveloperName, Weight_Paid__c, Green_Standard__c FROM Health_Metric__mdt WHERE Enabled__c = true ORDER BY Order__c',
    'SELECT DeveloperName, Run_Day__c FROM Health_Setting__mdt',
  ])('reads %s', (soql) => {
    expect(reads(SCORER, soql)).toBe('allowed');
  });

  it('writes scores, runs and the current score of an account, and nothing else', () => {
    expect(creates('Health_Scorer_Integration', 'Health_Score__c', score('a'))).toBe('allowed');
    expect(
      creates('Health_Scorer_Integration', 'Health_Score_Run__c', { Run_Key__c: 'r', Status__c: 'Running' }),
    ).toBe('allowed');
    expect(creates('Health_Scorer_Integration', 'Churn_Signal__c', signal)).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
    const account = objectOf(org.schema, 'Account');
    const [stored] = org.query("SELECT Id FROM Health_Score__c WHERE Score_Key__c = 'a'");
    const world = org.writeWorld(org.integrationUser);
    const change = (input: Record<string, unknown>): string =>
      codeOf(() => account && update(world, account, accountId(1), input));
    expect(change({ Current_Health_Score__c: stored?.['Id'] })).toBe('allowed');
    expect(change({ Health_Segment__c: 'standard' })).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
  });
});

describe('the other permission sets', () => {
  it.each([
    [
      'Health_Viewer',
      'SELECT Health_Score__c, Tier__c, Details__c, Run__r.Model__c FROM Health_Score__c',
      'allowed',
    ],
    ['Health_Viewer', 'SELECT Health_Tier__c FROM Account', 'allowed'],
    ['Health_Viewer', 'SELECT Id FROM Case', 'INVALID_TYPE'],
    ['Health_Viewer', 'SELECT Id FROM Health_Metric__mdt', 'INVALID_TYPE'],
    ['Health_Viewer', 'SELECT Id, (SELECT Id FROM Cases) FROM Account', 'INVALID_TYPE'],
    ['Health_Viewer', 'SELECT Industry FROM Account', 'INVALID_FIELD'],
    ['Health_Viewer', "SELECT Id FROM Health_Score__c WHERE Account__r.Industry = 'x'", 'INVALID_FIELD'],
    ['Health_Viewer', 'SELECT Id FROM Health_Score__c ORDER BY Account__r.Industry', 'INVALID_FIELD'],
    [
      'Health_Viewer',
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity)',
      'INVALID_TYPE',
    ],
    ['Health_Viewer', 'SELECT Id FROM AccountHistory', 'allowed'],
    ['Health_Viewer', 'SELECT Status__c, Error__c, Accounts__c FROM Health_Score_Run__c', 'allowed'],
    ['Health_Viewer', 'SELECT Tier_Moves__c FROM Health_Score_Run__c', 'INVALID_FIELD'],
    ['Health_Account_Manager', 'SELECT Errors__c FROM Health_Score_Run__c', 'INVALID_FIELD'],
    ['Health_Admin', 'SELECT Tier_Moves__c, Errors__c FROM Health_Score_Run__c', 'allowed'],
    ['Health_Account_Manager', 'SELECT Attended__c FROM Event', 'allowed'],
    ['Health_Refresh_Callout', 'SELECT Id FROM Event', 'INVALID_TYPE'],
    [
      'Health_Scorer_Integration',
      "SELECT StartDate FROM AccountContactRelation WHERE Roles INCLUDES ('Champion')",
      'INVALID_FIELD',
    ],
    ['Health_Admin', 'SELECT DeveloperName FROM Health_Metric__mdt', 'allowed'],
  ])('%s asking %s is %s', (set, soql, outcome) => {
    expect(reads(set, soql)).toBe(outcome);
  });

  it.each([
    ['Health_Viewer', 'Churn_Signal__c', signal, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
    ['Health_Account_Manager', 'Churn_Signal__c', signal, 'allowed'],
    ['Health_Account_Manager', 'Health_Score__c', score('b'), 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
    ['Health_Admin', 'Churn_Signal__c', signal, 'allowed'],
    ['Health_Account_Manager', 'Event', review, 'allowed'],
    ['Health_Viewer', 'Event', review, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'],
  ])('%s creating %s', (set, object, input, outcome) => {
    expect(creates(set, object, input)).toBe(outcome);
  });

  it('grant nothing when there are none', () => {
    expect(codeOf(() => runQuery(org, as(), 'SELECT Id FROM Account'))).toBe('INVALID_TYPE');
    expect(codeOf(() => as('Nope'))).toContain('Permission set Nope does not exist');
  });

  it('give access to every field that we ship, in at least one of them', () => {
    const all = as(...SCORER, 'Health_Admin');
    const hidden = [...org.schema.objects.values()].flatMap((object) =>
      [...object.fields.values()]
        .filter((field) => field.custom && !all.canReadField(object, field))
        .map((field) => `${object.name}.${field.name}`),
    );
    expect(hidden).toEqual([]);
  });
});

describe('the shipped model as custom metadata', () => {
  it('has weights that sum to 1 in every group and segment', () => {
    const metrics = org.query(
      'SELECT Dimension__r.DeveloperName, Weight_Paid__c, Weight_Standard__c FROM Health_Metric__mdt',
    );
    const sums = new Map<string, number>();
    for (const metric of metrics)
      for (const segment of ['Paid', 'Standard']) {
        const key = `${(metric['Dimension__r'] as { DeveloperName: string }).DeveloperName} ${segment}`;
        sums.set(key, (sums.get(key) ?? 0) + Number(metric[`Weight_${segment}__c`]));
      }
    expect(sums.size).toBe(10);
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 9);
  });

  it('cannot be written through the API', () => {
    expect(creates('Health_Admin', 'Health_Tier__mdt', { MasterLabel: 'x' })).toBe(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    );
  });

  it.each([
    ['SELECT MAX(From__c) m FROM Health_Tier__mdt', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Health_Metric__mdt WHERE Unit__c = 'days' OR Enabled__c = true", 'MALFORMED_QUERY'],
    [
      "SELECT Id FROM Health_Metric__mdt WHERE Enabled__c = true AND (Unit__c = 'days' OR Unit__c = 'count')",
      'allowed',
    ],
    ['SELECT Id FROM Health_Metric__mdt ORDER BY Dimension__r.DeveloperName', 'MALFORMED_QUERY'],
  ])('is queried within the rules for custom metadata: %s is %s', (soql, code) => {
    expect(codeOf(() => runQuery(org, as('Health_Admin'), soql))).toBe(code);
  });

  it('names what of the metadata is not executed here', () => {
    expect(org.notExecuted).toContain(
      'Dashboard Customer_Health/Customer_Health: not executed by the local org',
    );
    const result = runQuery(
      org,
      as('Health_Admin'),
      'SELECT MasterLabel FROM Health_Tier__mdt ORDER BY Order__c',
    );
    expect(page(org, result, 0, 9, '66.0').map((row) => row['MasterLabel'])).toEqual([
      'Champion',
      'Healthy',
      'At Risk',
      'Critical',
    ]);
  });
});
