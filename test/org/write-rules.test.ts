import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { objectOf, openOrg, OrgError, salesforceId } from 'local-org';
import type { ObjectDef, SeedRecord } from 'local-org';
import { checkNames, create, keyField, update, upsert } from 'local-org/inside';
import { accountId, accounts, METADATA, NOW, orgWith } from './org-fixture.ts';

const org = orgWith(accounts(3));
afterAll(() => org.close());

const world = org.writeWorld(org.integrationUser);
const defined = (name: string): ObjectDef => {
  const object = objectOf(org.schema, name);
  if (!object) throw new Error(`no ${name}`);
  return object;
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'saved';
  } catch (error) {
    return error instanceof OrgError ? error.code : String(error);
  }
};

let key = 0;
const score = (more: Record<string, unknown>): Record<string, unknown> => ({
  Account__c: accountId(1),
  Score_Key__c: `key-${key++}`,
  ...more,
});
const stored = (id: string, fields: string, object: string): Record<string, unknown> =>
  org.query(`SELECT ${fields} FROM ${object} WHERE Id = '${id}'`)[0] ?? {};

describe('a score', () => {
  it.each([
    ['with a number of two decimals', { Health_Score__c: 86.65 }, 'Health_Score__c', 86.7],
    ['with a negative change', { Change__c: -6.05 }, 'Change__c', -6.1],
    ['with 100', { Health_Score__c: 100 }, 'Health_Score__c', 100],
    ['with a number as text', { Health_Score__c: '59.0' }, 'Health_Score__c', 59],
    ['with an explicit null', { Health_Score__c: null }, 'Health_Score__c', null],
    ['with empty text', { Main_Reason__c: '' }, 'Main_Reason__c', null],
    ['with text in blanks', { Main_Reason__c: '  CSAT ' }, 'Main_Reason__c', 'CSAT'],
    ['with a value in other case', { Tier__c: 'at risk' }, 'Tier__c', 'At Risk'],
    ['with a date', { Window_End__c: '2026-10-31' }, 'Window_End__c', '2026-10-31'],
    [
      'with a time in another zone',
      { Scored_At__c: '2026-11-21T10:00:00+01:00' },
      'Scored_At__c',
      '2026-11-21T09:00:00.000+0000',
    ],
    ['without a checkbox', {}, 'Final__c', false],
    ['with 255 characters outside the basic plane', { Cap__c: '𝒜'.repeat(255) }, 'Cap__c', '𝒜'.repeat(255)],
  ])('%s is stored', (_, more, field, expected) => {
    const { id } = create(world, defined('Health_Score__c'), score(more));
    expect(stored(id, field, 'Health_Score__c')[field]).toBe(expected);
  });

  it.each([
    ['without a key', { Score_Key__c: null }, 'REQUIRED_FIELD_MISSING'],
    ['without an account', { Account__c: null }, 'REQUIRED_FIELD_MISSING'],
    ['with a key of 41 characters', { Score_Key__c: 'x'.repeat(41) }, 'STRING_TOO_LONG'],
    ['with readings of 4,001 characters', { Readings__c: 'x'.repeat(4001) }, 'STRING_TOO_LONG'],
    ['of 1,000 points', { Health_Score__c: 1000 }, 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['of 999.95 points, which rounds to 1,000', { Health_Score__c: 999.95 }, 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['that is not a number', { Health_Score__c: 'good' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
    ['on 31 February', { Window_End__c: '2026-02-31' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
    [
      'with a time without a zone',
      { Scored_At__c: '2026-10-01T00:00:00' },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
    ],
    ['in an unknown tier', { Tier__c: 'Splendid' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    ['of a malformed account id', { Account__c: '0012' }, 'MALFORMED_ID'],
    ['of an account that is not there', { Account__c: accountId(99) }, 'INVALID_CROSS_REFERENCE_KEY'],
    ['whose account is a contact', { Account__c: salesforceId('003', 1) }, 'FIELD_INTEGRITY_EXCEPTION'],
    ['with a name of its own', { Name: 'HS-1' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    ['with a creation date', { CreatedDate: '2026-10-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
  ])('%s is refused', (_, more, code) => {
    const before = org.query('SELECT Id FROM Health_Score__c').length;
    expect(codeOf(() => create(world, defined('Health_Score__c'), score(more)))).toBe(code);
    expect(org.query('SELECT Id FROM Health_Score__c')).toHaveLength(before);
  });

  it('has a key that no other has, whatever its case', () => {
    create(world, defined('Health_Score__c'), score({ Score_Key__c: 'abc:2026-10' }));
    expect(
      codeOf(() => create(world, defined('Health_Score__c'), score({ Score_Key__c: 'ABC:2026-10' }))),
    ).toBe('DUPLICATE_VALUE');
  });

  it('is changed by its key and keeps the fields that were not sent', () => {
    const object = defined('Health_Score__c');
    const field = keyField(object, 'Score_Key__c');
    const first = upsert(world, object, field, 'again', {
      Account__c: accountId(1),
      Health_Score__c: 70,
      Tier__c: 'At Risk',
    });
    const second = upsert(world, object, field, 'again', { Account__c: accountId(1), Health_Score__c: null });
    expect([first.created, second.created, second.id]).toEqual([true, false, first.id]);
    expect(stored(first.id, 'Health_Score__c, Tier__c', 'Health_Score__c')).toMatchObject({
      Health_Score__c: null,
      Tier__c: 'At Risk',
    });
  });

  it('is not upserted by a field that is no external id', () => {
    expect(codeOf(() => keyField(defined('Health_Score__c'), 'Period__c'))).toBe('INVALID_FIELD');
  });

  it.each([
    ['a key that it has', { Run_Key__c: 'run-1' }, 'saved'],
    ['a key in other case', { Run_Key__c: 'RUN-1' }, 'saved'],
    ['a key that nobody has', { Run_Key__c: 'run-2' }, 'INVALID_FIELD'],
    ['no key', {}, 'INVALID_FIELD'],
    ['two keys', { Run_Key__c: 'run-1', Name: 'R-1' }, 'INVALID_FIELD'],
    ['a field that is no key', { Status__c: 'Finished' }, 'INVALID_FIELD'],
    ['an empty key', { Run_Key__c: null }, 'NOT_MODELLED'],
  ])('names its run by %s: %o → %s', (_, Run__r, code) => {
    upsert(
      world,
      defined('Health_Score_Run__c'),
      keyField(defined('Health_Score_Run__c'), 'Run_Key__c'),
      'run-1',
      {},
    );
    expect(codeOf(() => create(world, defined('Health_Score__c'), score({ Run__r })))).toBe(code);
  });

  it('is not written under its run by a protocol that knows no keys of parents', () => {
    const input = score({ Run__r: { Run_Key__c: 'run-1' } });
    expect(codeOf(() => checkNames(defined('Health_Score__c'), input, world.access))).toBe('NOT_MODELLED');
    expect(codeOf(() => checkNames(defined('Health_Score__c'), input, world.access, { parents: true }))).toBe(
      'saved',
    );
  });

  it('shows on its account through the formulas over the current score', () => {
    const { id } = create(
      world,
      defined('Health_Score__c'),
      score({
        Score_Key__c: `${accountId(1)}:2026-10`,
        Health_Score__c: 61.5,
        Tier__c: 'At Risk',
        Provisional__c: true,
      }),
    );
    update(world, defined('Account'), accountId(2), { Current_Health_Score__c: id });
    expect(
      stored(accountId(2), 'Health_Score__c, Health_Tier__c, Health_Provisional__c', 'Account'),
    ).toMatchObject({
      Health_Score__c: 61.5,
      Health_Tier__c: 'At Risk',
      Health_Provisional__c: true,
    });
    expect(
      codeOf(() => update(world, defined('Account'), accountId(2), { Health_Tier__c: 'Champion' })),
    ).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
  });
});

describe('a churn signal', () => {
  const signal = (more: Record<string, unknown>): Record<string, unknown> => ({
    Account__c: accountId(1),
    Severity__c: 'Moderate',
    Signal_Detail__c: 'Asked for an exit plan',
    Date_Observed__c: '2026-10-03',
    ...more,
  });
  it.each([
    ['active', {}, 'saved'],
    ['without detail', { Signal_Detail__c: null }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['without a date', { Date_Observed__c: null }, 'REQUIRED_FIELD_MISSING'],
    ['monitored since a day', { Status__c: 'Monitoring', Monitoring_From__c: '2026-10-20' }, 'saved'],
    ['monitored since no day', { Status__c: 'Monitoring' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['active but monitored', { Monitoring_From__c: '2026-10-20' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    [
      'resolved on a day',
      { Status__c: 'Resolved', Resolved_On__c: '2026-10-20', Resolved_As__c: 'Solved' },
      'saved',
    ],
    ['resolved on no day', { Status__c: 'Resolved' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['active but resolved', { Resolved_On__c: '2026-10-20' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['active with an outcome', { Resolved_As__c: 'Solved' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['expiring the day after it was seen', { Expires_On__c: '2026-10-04' }, 'saved'],
    ['expiring the day it was seen', { Expires_On__c: '2026-10-03' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    [
      'resolved before it was seen',
      { Status__c: 'Resolved', Resolved_On__c: '2026-10-02' },
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    ],
  ])('%s is %3$s', (_, more, outcome) => {
    expect(codeOf(() => create(world, defined('Churn_Signal__c'), signal(more)))).toBe(outcome);
  });

  it('does not move to another account', () => {
    const { id } = create(world, defined('Churn_Signal__c'), signal({}));
    expect(codeOf(() => update(world, defined('Churn_Signal__c'), id, { Account__c: accountId(2) }))).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
  });

  it('stays as it was when a change breaks a rule', () => {
    const { id } = create(world, defined('Churn_Signal__c'), signal({}));
    expect(codeOf(() => update(world, defined('Churn_Signal__c'), id, { Status__c: 'Resolved' }))).toBe(
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    );
    expect(stored(id, 'Status__c', 'Churn_Signal__c')['Status__c']).toBe('Active');
  });

  it('is measured by rules that are all executed here', () => {
    expect(org.notExecuted.filter((line) => line.startsWith('ValidationRule'))).toEqual([]);
  });
});

describe('a validation rule', () => {
  const outcomes = (active: boolean, formula: string): [saved: string, notExecuted: string[]] => {
    const folder = mkdtempSync(join(tmpdir(), 'rule-'));
    const rules = join(folder, 'objects/Health_Score_Run__c/validationRules');
    mkdirSync(rules, { recursive: true });
    writeFileSync(
      join(rules, 'Planted.validationRule-meta.xml'),
      `<?xml version="1.0" encoding="UTF-8"?>
<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Planted</fullName><active>${active}</active>
<errorConditionFormula>${formula}</errorConditionFormula><errorMessage>Planted.</errorMessage></ValidationRule>`,
    );
    const own = openOrg({ metadataDirs: [...METADATA, folder], clock: () => NOW });
    rmSync(folder, { recursive: true });
    try {
      const run = objectOf(own.schema, 'Health_Score_Run__c');
      const saved = codeOf(() => create(own.writeWorld(own.integrationUser), run as ObjectDef, {}));
      return [saved, own.notExecuted.filter((line) => line.startsWith('ValidationRule'))];
    } finally {
      own.close();
    }
  };

  it.each([
    [true, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    [false, 'saved'],
  ])('that is active: %s, and broken by every record: %s', (active, outcome) => {
    expect(outcomes(active, 'ISBLANK(Period__c)')).toEqual([outcome, []]);
  });

  it('that is not active need not be understood', () => {
    expect(outcomes(false, 'NOT_A_FUNCTION(Period__c)')).toEqual(['saved', []]);
  });
});

describe('what the platform derives', () => {
  it('gives a contract the last day of its term', () => {
    const { id } = create(world, defined('Contract'), {
      AccountId: accountId(1),
      StartDate: '2026-01-31',
      ContractTerm: 1,
    });
    expect(stored(id, 'EndDate, ContractNumber, Status', 'Contract')).toMatchObject({
      EndDate: '2026-02-27',
      ContractNumber: '00000001',
      Status: 'Draft',
    });
  });

  it('writes down how an opportunity stood and which tracked fields of an account changed', () => {
    const deal = {
      Name: 'Deal',
      AccountId: accountId(1),
      CloseDate: '2026-12-31',
      StageName: 'Prospecting',
      Amount: 10,
    };
    const { id } = create(world, defined('Opportunity'), deal);
    update(world, defined('Opportunity'), id, { Name: 'Better deal' });
    update(world, defined('Opportunity'), id, { StageName: 'Closed Won' });
    const history = org.query(
      `SELECT StageName, Amount, Probability FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY Id`,
    );
    expect(history.map((row) => [row['StageName'], row['Amount'], row['Probability']])).toEqual([
      ['Prospecting', 10, 10],
      ['Closed Won', 10, 100],
    ]);
    const made = create(world, defined('Account'), { Name: 'Hotel', ARR__c: 100 });
    update(world, defined('Account'), made.id, {
      Name: 'Hotel Two',
      ARR__c: 120.5,
      Health_Segment__c: 'paid',
    });
    const changes = org.query(
      `SELECT Field, OldValue, NewValue FROM AccountHistory WHERE AccountId = '${made.id}' ORDER BY Field`,
    );
    expect(changes.map((row) => [row['Field'], row['OldValue'], row['NewValue']])).toEqual([
      ['ARR__c', 100, 120.5],
      ['created', null, null],
      ['Health_Segment__c', null, 'paid'],
    ]);
  });

  it('refuses a stage that the org does not define', () => {
    const deal = { Name: 'Deal', AccountId: accountId(1), CloseDate: '2026-12-31', StageName: 'Dreaming' };
    expect(codeOf(() => create(world, defined('Opportunity'), deal))).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });
});

describe('loading records', () => {
  const load = (record: SeedRecord): string => {
    try {
      org.load([record]);
      return 'loaded';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  it.each([
    ['an unknown object', { object: 'Acount', fields: {} }, 'expected one that the org has'],
    ['an unknown field', { object: 'Account', fields: { Nam: 'x' } }, 'found field Nam'],
    [
      'a wrong type',
      { object: 'Account', fields: { Name: 'x', ARR__c: 'much' } },
      'value not of required type',
    ],
    [
      'an unknown value',
      { object: 'Account', fields: { Name: 'x', Health_Segment__c: 'gold' } },
      'restricted picklist',
    ],
    [
      'a foreign id',
      { object: 'Account', fields: { Id: salesforceId('003', 5), Name: 'x' } },
      'begins with 001',
    ],
    ['a taken id', { object: 'Account', fields: { Id: accountId(1), Name: 'x' } }, 'is taken'],
    [
      'a dangling reference',
      { object: 'Contact', fields: { LastName: 'x', AccountId: accountId(99) } },
      'expected the id of a Account',
    ],
    [
      'a derived field that cannot be',
      {
        object: 'Opportunity',
        fields: { Name: 'x', CloseDate: '2026-12-31', StageName: 'Closed Won', IsWon: false },
      },
      'the platform would derive 1',
    ],
    ['a formula', { object: 'Account', fields: { Name: 'x', Health_Tier__c: 'Champion' } }, 'is a formula'],
    [
      'an old record that breaks a newer rule',
      {
        object: 'Churn_Signal__c',
        fields: {
          Account__c: accountId(1),
          Severity__c: 'Watch',
          Status__c: 'Monitoring',
          Date_Observed__c: '2026-01-01',
        },
      },
      'loaded',
    ],
  ])('%s', (_, record, expected) => {
    expect(load(record)).toContain(expected);
  });

  it('takes over the id prefix of a custom object from records of another org', () => {
    const own = orgWith(accounts(1));
    const id = salesforceId('a01', 1);
    const signal = { Account__c: accountId(1), Severity__c: 'Watch', Date_Observed__c: '2026-01-01' };
    own.load([{ object: 'Churn_Signal__c', fields: { Id: id, ...signal } }]);
    own.load([{ object: 'Churn_Signal__c', fields: signal }]);
    own.load([{ object: 'Health_Score_Run__c', fields: { Status__c: 'Running' } }]);
    expect(own.query('SELECT Id FROM Churn_Signal__c ORDER BY Id').map((row) => row['Id'])).toEqual([
      id,
      salesforceId('a01', 2),
    ]);
    expect(own.query('SELECT Id FROM Health_Score_Run__c').map((row) => row['Id'])).toEqual([
      salesforceId('a00', 1),
    ]);
    own.close();
  });
});
