import type { Base, Contact, Customer, PlannedConversation } from '../data/customer.ts';

/** The moment at which the tests' bases end. */
export const NOW = Date.parse('2026-11-21T09:00:00Z');
export const HOUR = 3_600_000;

/** A conversation, asked two hours before NOW, of which nothing else has happened; tests say what differs. */
export const planned = (differs: Partial<PlannedConversation> = {}): PlannedConversation => ({
  id: '1001',
  createdAt: NOW - 2 * HOUR,
  deliveredAs: 'customer_initiated',
  via: 'company',
  contact: 0,
  priority: 'none',
  tags: [],
  escalatedAttribute: false,
  state: 'open',
  firstReply: null,
  lastClose: null,
  rating: 'not asked',
  withoutStatistics: false,
  ...differs,
});

/** A contact whose Intercom id ends in `number`. */
export const person = (number: number, alsoAt: readonly number[] = []): Contact => ({
  salesforceId: `003AA${String(number).padStart(13, '0')}`,
  intercomId: `6762f0d01bb69f9f2193${String(number).padStart(4, '0')}`,
  firstName: 'Robin',
  lastName: 'Example',
  alsoAt,
});

/** A customer of Intercom alone: other systems know nothing of it. */
export const customer = (index: number, differs: Partial<Customer> = {}): Customer => ({
  index,
  story: 'steady champion',
  name: `Fictional Hotel ${index}`,
  segment: 'paid',
  accountId: `001AA${String(index).padStart(13, '0')}`,
  ownerId: '005AA0000000000000',
  customerSince: NOW - 24 * 365 * HOUR,
  intercomCompanyId: `6762f07f1bb69f9f2193${String(index).padStart(4, 'a')}`,
  intercomExternalId: `ext-${index}`,
  lookerCustomerId: null,
  jira: null,
  churnedOn: null,
  successTier: null,
  historyTracked: true,
  arr: [{ from: NOW - 24 * 365 * HOUR, value: 120_000 }],
  contacts: [person(index)],
  conversations: [],
  issues: [],
  usage: [],
  opportunities: [],
  contracts: [],
  cases: [],
  reviews: [],
  champions: [],
  signals: [],
  ...differs,
});

export const baseOf = (...customers: readonly Customer[]): Base => ({
  seed: 1,
  now: NOW,
  months: ['2026-10', '2026-11'],
  customers,
});
