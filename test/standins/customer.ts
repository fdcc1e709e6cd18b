import type { Base, Customer } from '../../sandbox/data/customer.ts';

/** A customer of which only what a test speaks of is filled in. */
export const customer = (index: number, parts: Partial<Customer> = {}): Customer => ({
  index,
  story: 'steady champion',
  name: `Customer ${index}`,
  segment: 'paid',
  accountId: `001000000000${String(index).padStart(3, '0')}AAA`,
  ownerId: '005000000000001AAA',
  customerSince: Date.parse('2024-01-01T00:00:00Z'),
  intercomCompanyId: null,
  intercomExternalId: `customer-${index}`,
  lookerCustomerId: null,
  jira: null,
  churnedOn: null,
  successTier: null,
  historyTracked: true,
  arr: [],
  contacts: [],
  conversations: [],
  issues: [],
  usage: [],
  opportunities: [],
  contracts: [],
  cases: [],
  reviews: [],
  champions: [],
  signals: [],
  ...parts,
});

export const baseOf = (customers: readonly Customer[], now: string): Base => ({
  seed: 1,
  now: Date.parse(now),
  months: [],
  customers,
});
