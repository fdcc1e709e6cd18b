import { salesforceId } from 'local-org';
import type { Base, Customer } from './customer.ts';

export interface SalesforceRecord {
  readonly object: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Ids of rows that nobody points at: numbered in the order of loading. */
type NextId = (prefix: string) => string;

const iso = (time: number): string => new Date(time).toISOString();

/** The base as records of an org, parents before children. No Health_Score__c rows: those are the scorer's. */
export function* salesforceRecords(base: Base): Generator<SalesforceRecord> {
  const counts = new Map<string, number>();
  const nextId: NextId = (prefix) => {
    const n = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, n);
    return salesforceId(prefix, n);
  };
  for (const [n, id] of [...new Set(base.customers.map(({ ownerId }) => ownerId))].sort().entries()) {
    yield record('User', id, {
      FirstName: 'Account',
      LastName: `Manager ${n + 1}`,
      Username: `account.manager.${n + 1}@sandbox.example`,
      Email: `account.manager.${n + 1}@sandbox.example`,
    });
  }
  for (const customer of base.customers) yield account(customer);
  for (const customer of base.customers) yield* children(customer, nextId);
}

const record = (object: string, id: string, fields: Record<string, unknown>): SalesforceRecord => ({
  object,
  fields: { Id: id, ...fields },
});

const account = (customer: Customer): SalesforceRecord =>
  record('Account', customer.accountId, {
    Name: customer.name,
    OwnerId: customer.ownerId,
    CreatedDate: iso(customer.customerSince),
    Health_Segment__c: customer.segment,
    Intercom_Company_Id__c: customer.intercomCompanyId,
    Looker_Customer_Id__c: customer.lookerCustomerId,
    Jira_Project_Key__c: customer.jira?.project ?? null,
    Jira_Component__c: customer.jira?.component ?? null,
    ARR__c: customer.arr.at(-1)?.value ?? null,
    Success_Tier__c: customer.successTier,
    Churned_On__c: customer.churnedOn,
  });

function* children(customer: Customer, nextId: NextId): Generator<SalesforceRecord> {
  const { accountId: AccountId, ownerId: OwnerId, name } = customer;
  for (const contact of customer.contacts) {
    yield record('Contact', contact.salesforceId, {
      AccountId,
      FirstName: contact.firstName,
      LastName: contact.lastName,
    });
  }
  for (const { contact, since, until } of customer.champions) {
    yield record('AccountContactRelation', nextId('07k'), {
      AccountId,
      ContactId: customer.contacts[contact]?.salesforceId,
      Roles: 'Business User;Champion',
      StartDate: since,
      EndDate: until,
    });
  }
  for (const { id, type, amount, states } of customer.opportunities) {
    const [first, last] = [states[0], states.at(-1)];
    if (first === undefined || last === undefined) continue;
    yield record('Opportunity', id, {
      AccountId,
      OwnerId,
      Name: `${type} of ${name}`,
      Type: type,
      Amount: amount,
      StageName: last.stage,
      CloseDate: last.closeDate,
      CreatedDate: iso(first.at),
    });
    for (const { at, stage, closeDate } of states) {
      yield record('OpportunityHistory', nextId('008'), {
        OpportunityId: id,
        StageName: stage,
        CloseDate: closeDate,
        Amount: amount,
        CreatedDate: iso(at),
      });
    }
  }
  for (const { id, startDate, termMonths, status } of customer.contracts) {
    yield record('Contract', id, {
      AccountId,
      StartDate: startDate,
      ContractTerm: termMonths,
      Status: status,
    });
  }
  for (const { createdAt, type } of customer.cases) {
    yield record('Case', nextId('500'), {
      AccountId,
      Type: type,
      Subject: type === 'Billing' ? 'Invoice overdue' : 'Question',
      CreatedDate: iso(createdAt),
    });
  }
  for (const [n, { day, type, attended }] of customer.reviews.entries()) {
    const event = {
      WhatId: AccountId,
      OwnerId,
      Type: type,
      Subject: type === 'QBR' ? 'Quarterly business review' : 'Call',
      IsAllDayEvent: true,
      ActivityDate: day,
      DurationInMinutes: 1_440,
    };
    yield record('Event', nextId('00U'), { ...event, Attended__c: attended });
    // To every other review a colleague was invited: his own event is a child of it, on which nobody ticks anything.
    if (n % 2 === 0) yield record('Event', nextId('00U'), { ...event, IsChild: true, Attended__c: false });
  }
  yield* history(customer, nextId);
  for (const signal of customer.signals) {
    // No id: which prefix a custom object gets is the org's own business.
    const fields = {
      Account__c: AccountId,
      Severity__c: signal.severity,
      Status__c: signal.status,
      Confidence__c: signal.confidence,
      Signal_Category__c: signal.category,
      Signal_Detail__c: signal.detail,
      Date_Observed__c: signal.observedOn,
      Monitoring_From__c: signal.monitoringFrom,
      Resolved_On__c: signal.resolvedOn,
      Expires_On__c: signal.expiresOn,
    };
    yield { object: 'Churn_Signal__c', fields };
  }
}

/** Field history, where it was switched on: one row for the creation and one for each change. */
function* history(
  { accountId, historyTracked, customerSince, arr }: Customer,
  nextId: NextId,
): Generator<SalesforceRecord> {
  if (!historyTracked) return;
  const row = (Field: string, at: number, OldValue: unknown, NewValue: unknown) =>
    record('AccountHistory', nextId('017'), {
      AccountId: accountId,
      Field,
      OldValue,
      NewValue,
      CreatedDate: iso(at),
    });
  yield row('created', customerSince, null, null);
  for (const [n, step] of arr.entries()) {
    const before = arr[n - 1];
    if (before !== undefined) yield row('ARR__c', step.from, before.value, step.value);
  }
}
