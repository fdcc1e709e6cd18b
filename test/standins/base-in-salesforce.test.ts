import { describe, expect, it } from 'vitest';
import { generateBase } from '../../sandbox/data/generate.ts';
import { salesforceRecords } from '../../sandbox/data/salesforce.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const base = generateBase({ seed: 1, accounts: 60, months: 13, now: NOW });
const records = [...salesforceRecords(base)];
const of = (object: string) => records.filter((each) => each.object === object).map(({ fields }) => fields);
const tracked = base.customers.filter(({ historyTracked }) => historyTracked);

/** Three-character beginnings of ids, by object. */
const PREFIXES: Readonly<Record<string, string>> = {
  User: '005',
  Account: '001',
  Contact: '003',
  AccountContactRelation: '07k',
  Opportunity: '006',
  OpportunityHistory: '008',
  Contract: '800',
  Case: '500',
  Event: '00U',
  AccountHistory: '017',
};

describe('the base as an org holds it', () => {
  it('has every kind of record, and no scores', () => {
    const objects = new Set(records.map(({ object }) => object));
    expect([...objects].sort()).toEqual([...Object.keys(PREFIXES), 'Churn_Signal__c'].sort());
  });

  it.each(Object.entries(PREFIXES))(
    'gives each %s an 18-character id that begins with %s',
    (object, prefix) => {
      const ids = of(object).map(({ Id }) => String(Id));
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.filter((id) => id.length !== 18 || !id.startsWith(prefix))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('leaves the numbering of signals to the org', () => {
    expect(of('Churn_Signal__c').filter((fields) => 'Id' in fields)).toEqual([]);
  });

  it('loads parents before children', () => {
    const loaded = new Set<unknown>();
    const orphans = records.filter(({ fields }) => {
      const parents = ['AccountId', 'Account__c', 'ContactId', 'OpportunityId', 'OwnerId', 'WhatId'];
      const orphan = parents.some((name) => name in fields && !loaded.has(fields[name]));
      loaded.add(fields['Id']);
      return orphan;
    });
    expect(orphans).toEqual([]);
  });

  it('knows each customer by the ids that the other systems use', () => {
    const shown = of('Account').map((fields) => [
      fields['Id'],
      fields['Health_Segment__c'],
      fields['Intercom_Company_Id__c'],
      fields['Looker_Customer_Id__c'],
      fields['Jira_Project_Key__c'],
      fields['Jira_Component__c'],
      fields['Churned_On__c'],
    ]);
    const planned = base.customers.map((customer) => [
      customer.accountId,
      customer.segment,
      customer.intercomCompanyId,
      customer.lookerCustomerId,
      customer.jira?.project ?? null,
      customer.jira?.component ?? null,
      customer.churnedOn,
    ]);
    expect(shown).toEqual(planned);
  });

  it.each(['Intercom_Company_Id__c', 'Looker_Customer_Id__c', 'Jira_Project_Key__c'])(
    'has accounts without %s, and few of them',
    (field) => {
      expect(of('Account').filter((fields) => fields[field] === null)).toHaveLength(3);
    },
  );

  it('shows each opportunity as its newest history row has it, and dates it by its first', () => {
    const rows = Map.groupBy(of('OpportunityHistory'), (fields) => fields['OpportunityId']);
    expect(rows.size).toBe(of('Opportunity').length);
    const time = (row: Readonly<Record<string, unknown>>) => Date.parse(String(row['CreatedDate']));
    for (const opportunity of of('Opportunity')) {
      const own = rows.get(opportunity['Id'])?.toSorted((a, b) => time(a) - time(b));
      const [first, last] = [own?.[0], own?.at(-1)];
      expect(first?.['CreatedDate']).toBe(opportunity['CreatedDate']);
      expect([last?.['StageName'], last?.['CloseDate']]).toEqual([
        opportunity['StageName'],
        opportunity['CloseDate'],
      ]);
    }
  });

  it('walks the field history of revenue from the creation to what the account says today', () => {
    const rows = Map.groupBy(of('AccountHistory'), (fields) => fields['AccountId']);
    expect(rows.size).toBe(tracked.length);
    expect(tracked.length).toBeLessThan(base.customers.length);
    for (const { accountId, arr } of tracked) {
      const [created, ...changes] = rows.get(accountId) ?? [];
      expect([created?.['Field'], created?.['OldValue']]).toEqual(['created', null]);
      expect(changes.map(({ Field }) => Field)).toEqual(arr.slice(1).map(() => 'ARR__c'));
      expect(changes.map(({ OldValue }) => OldValue)).toEqual(arr.slice(0, -1).map(({ value }) => value));
      expect(changes.map(({ NewValue }) => NewValue)).toEqual(arr.slice(1).map(({ value }) => value));
      const account = of('Account').find(({ Id }) => Id === accountId);
      expect(account?.['ARR__c']).toBe(arr.at(-1)?.value);
    }
  });

  it('keeps one relation per contact and account', () => {
    const contacts = of('AccountContactRelation').map(({ ContactId }) => ContactId);
    expect(contacts.length).toBeGreaterThan(50);
    expect(new Set(contacts).size).toBe(contacts.length);
  });
});

describe('signals in the org', () => {
  it('have dates that agree with their status', () => {
    expect(of('Churn_Signal__c').length).toBeGreaterThan(4);
    for (const signal of of('Churn_Signal__c')) {
      expect(signal['Monitoring_From__c'] !== null).toBe(signal['Status__c'] === 'Monitoring');
      expect(signal['Resolved_On__c'] !== null).toBe(signal['Status__c'] === 'Resolved');
      expect(signal['Date_Observed__c']).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('are of each kind that a cap must tell apart on 31 October', () => {
    const past = (day: unknown) => typeof day === 'string' && day <= '2026-10-31';
    const kinds = of('Churn_Signal__c').map((signal) => {
      const state = !past(signal['Date_Observed__c'])
        ? 'later'
        : past(signal['Resolved_On__c'])
          ? 'resolved'
          : past(signal['Expires_On__c'])
            ? 'expired'
            : past(signal['Monitoring_From__c'])
              ? 'monitored'
              : 'counts';
      return `${String(signal['Severity__c'])} ${state}`;
    });
    expect(kinds.sort()).toEqual([
      'Critical counts',
      'Critical expired',
      'Critical later',
      'Critical monitored',
      'Critical resolved',
      'Moderate counts',
      'Moderate monitored',
      'Watch counts',
    ]);
  });
});
