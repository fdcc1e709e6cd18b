import { describe, expect, it } from 'vitest';
import { asOfCondition, populationConditions, soqlIds, soqlName, soqlText, soqlTime } from './soql.ts';

describe('SOQL from settings', () => {
  it.each(["Name FROM User WHERE Id != ''", 'Health Segment', '', 'a.b', "x'"])(
    'refuses %j as a name',
    (name) => {
      expect(() => soqlName(name)).toThrow(/expected the API name/);
    },
  );

  it.each([
    ["O'Neill", "'O\\'Neill'"],
    ['back\\slash', "'back\\\\slash'"],
    ["\\' OR Id != '", "'\\\\\\' OR Id != \\''"],
  ])('quotes %j as %j', (text, literal) => {
    expect(soqlText(text)).toBe(literal);
  });

  it('refuses control characters and bad ids', () => {
    expect(() => soqlText('a\nb')).toThrow(/control character/);
    expect(() => soqlIds(["001') OR (Id != '"])).toThrow(/expected a Salesforce id/);
  });

  it.each([
    ["Type = 'A' OR Type = 'B'", 'AccountId != null'],
    ["Name = 'this OR that'", 'AccountId IN (SELECT Id FROM Account WHERE Health_Segment__c != null)'],
    [
      "Name = 'it\\'s OR' AND ORDER__c = 1",
      'AccountId IN (SELECT Id FROM Account WHERE Health_Segment__c != null)',
    ],
  ])('never joins a semi-join with an OR: %j', (other, condition) => {
    const population = { where: 'Health_Segment__c != null' };
    expect(populationConditions('AccountId', population, [other])).toEqual([condition]);
  });

  it('limits a query to the whole population by one semi-join, to 1,000 ids by three lists', () => {
    expect(populationConditions('AccountId', { where: 'Health_Segment__c != null' })).toEqual([
      'AccountId IN (SELECT Id FROM Account WHERE Health_Segment__c != null)',
    ]);
    const ids = Array.from({ length: 1_000 }, (_, i) => `001${String(i).padStart(12, '0')}`);
    expect(populationConditions('AccountId', { ids })).toHaveLength(3);
  });

  it.each([
    ["Type = 'Renewal' AND IsClosed = false", "Type = 'Renewal' AND CreatedDate < 2026-11-01T00:00:00Z"],
    ["isclosed=FALSE AND Type = 'Renewal'", "CreatedDate < 2026-11-01T00:00:00Z AND Type = 'Renewal'"],
    ["Type = 'A' OR Type = 'B'", "(Type = 'A' OR Type = 'B') AND CreatedDate < 2026-11-01T00:00:00Z"],
    [undefined, 'CreatedDate < 2026-11-01T00:00:00Z'],
  ])('asks for a past moment: %s becomes %s', (where, past) => {
    expect(asOfCondition(where, soqlTime('datetime', Date.parse('2026-11-01')))).toBe(past);
  });
});
