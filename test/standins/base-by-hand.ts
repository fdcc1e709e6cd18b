import type {
  Customer,
  PlannedConversation,
  PlannedIssue,
  PlannedOpportunity,
} from '../../sandbox/data/customer.ts';

/** Customers written by hand, so that what the truth says of them can be worked out by hand. */
const at = (text: string): number => Date.parse(text);

/** A customer with whom nothing ever happened. */
export const nobody = (index: number, more: Partial<Customer> = {}): Customer => ({
  index,
  story: 'steady champion',
  name: `Customer ${index} (fictional)`,
  segment: 'paid',
  accountId: `account ${index}`,
  ownerId: 'owner',
  customerSince: at('2024-01-01T00:00:00Z'),
  intercomCompanyId: `company ${index}`,
  intercomExternalId: `external ${index}`,
  lookerCustomerId: `${index}`,
  jira: { project: 'SHARED', component: `Part ${index}` },
  churnedOn: null,
  successTier: null,
  historyTracked: false,
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
  ...more,
});

const wrote = (createdAt: string, more: Partial<PlannedConversation> = {}): PlannedConversation => ({
  id: createdAt,
  createdAt: at(createdAt),
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
  ...more,
});

const reply = (seconds: number) => ({ firstReply: { seconds, measured: false } });
const closed = (seconds: number) => ({ state: 'closed', lastClose: { seconds, measured: true } }) as const;

const bug = (
  createdAt: string,
  moves: readonly (readonly [string, PlannedIssue['firstStatus']])[],
  more: Partial<PlannedIssue> = {},
): PlannedIssue => ({
  id: createdAt,
  key: createdAt,
  createdAt: at(createdAt),
  type: 'Bug',
  priority: 'Medium',
  firstStatus: 'To Do',
  moves: moves.map(([moment, to]) => ({ at: at(moment), to })),
  otherComponents: [],
  ...more,
});

export const used = (month: string, mau: number | null): Customer['usage'][number] => ({
  month,
  dau: 12,
  mau,
  loginsPerUserWeek: 3.5,
  featuresUsed: 9,
  featuresLicensed: 12,
  pillars: { messaging: 80, automations: null, contactless: 0, requests: 55.5, staff_adoption: 100 },
});

const person = (alsoAt: readonly number[]): Customer['contacts'][number] => ({
  salesforceId: 'contact',
  intercomId: 'contact',
  firstName: 'Contact',
  lastName: '1',
  alsoAt,
});

const deal = (
  type: PlannedOpportunity['type'],
  amount: number,
  ...states: readonly (readonly [string, PlannedOpportunity['states'][number]['stage'], string])[]
): PlannedOpportunity => ({
  id: type,
  type,
  amount,
  states: states.map(([moment, stage, closeDate]) => ({ at: at(moment), stage, closeDate })),
});

/** October 2026 of a customer with something of everything; most of it at an edge. */
export const BUSY = nobody(0, {
  contacts: [person([1]), person([])],
  conversations: [
    wrote('2026-09-30T23:59:59Z', { priority: 'urgent' }),
    wrote('2026-10-01T00:00:00Z', { priority: 'urgent', ...reply(600), ...closed(4_000), rating: 5 }),
    wrote('2026-10-10T12:00:00Z', { escalatedAttribute: true, ...closed(7_000), rating: 2 }),
    // Closed, but Intercom kept no figures of it.
    wrote('2026-10-11T12:00:00Z', { state: 'closed', withoutStatistics: true }),
    wrote('2026-10-12T12:00:00Z', { deliveredAs: 'automated', ...reply(1) }),
    // By a person who is also at the other customer: counts for neither.
    wrote('2026-10-13T12:00:00Z', { via: 'contact', contact: 0, ...reply(1) }),
    wrote('2026-10-14T12:00:00Z', {
      ...{ via: 'contact', contact: 1, tags: ['escalated'], rating: 4 },
      ...reply(3_000),
      ...closed(10_000),
    }),
    // Closed once and open again: no resolution.
    wrote('2026-10-31T23:59:59Z', {
      ...{ tags: ['P2'], rating: 'unanswered' },
      ...reply(1_200),
      ...closed(9_000),
      state: 'open',
    }),
    wrote('2026-11-01T00:00:00Z', { priority: 'urgent' }),
  ],
  issues: [
    bug('2026-09-20T12:00:00Z', [['2026-10-05T12:00:00Z', 'Done']]),
    // Resolved, reopened and resolved again: 10.5 days.
    bug('2026-10-02T00:00:00Z', [
      ['2026-10-04T00:00:00Z', 'Done'],
      ['2026-10-10T00:00:00Z', 'In Progress'],
      ['2026-10-12T12:00:00Z', 'Done'],
    ]),
    bug('2026-10-20T00:00:00Z', [], { priority: 'Highest', otherComponents: ['Part 1'] }),
    bug('2026-10-25T00:00:00Z', [], { firstStatus: 'Done' }),
    // From one done status to another: neither resolved in October nor reopened.
    bug('2026-08-01T00:00:00Z', [
      ['2026-09-05T00:00:00Z', 'Done'],
      ['2026-10-06T00:00:00Z', "Won't Fix"],
    ]),
    // Came back and was done again before October: nothing of it belongs to October.
    bug('2026-08-10T00:00:00Z', [
      ['2026-08-20T00:00:00Z', 'Done'],
      ['2026-09-20T00:00:00Z', 'In Progress'],
      ['2026-09-28T00:00:00Z', 'Done'],
    ]),
    bug('2026-10-07T00:00:00Z', [], { type: 'Task' }),
    bug('2026-11-01T00:00:00Z', []),
    bug('2026-07-01T00:00:00Z', [['2026-11-03T00:00:00Z', 'Done']], { priority: 'Blocker' }),
    bug('2026-09-01T00:00:00Z', [
      ['2026-09-10T00:00:00Z', 'Done'],
      ['2026-10-15T00:00:00Z', 'In Progress'],
      ['2026-11-02T00:00:00Z', 'Done'],
    ]),
  ],
  usage: [
    used('2026-06', 999),
    used('2026-07', 36),
    used('2026-08', null),
    used('2026-09', 60),
    used('2026-10', 54),
  ],
  opportunities: [
    deal(
      ...(['Renewal', 9_000] as const),
      ['2026-06-01T09:00:00Z', 'Prospecting', '2026-12-15'],
      ['2026-10-20T09:00:00Z', 'Negotiation/Review', '2026-12-10'],
      ['2026-11-05T09:00:00Z', 'Closed Won', '2026-11-05'],
    ),
    deal('Downgrade', -100, ['2026-10-31T09:00:00Z', 'Closed Won', '2026-10-31']),
    deal('Amendment', -500, ['2025-10-31T09:00:00Z', 'Closed Won', '2025-10-31']),
    deal('Amendment', 500, ['2026-03-01T09:00:00Z', 'Closed Won', '2026-03-01']),
    deal('Downgrade', -100, ['2026-04-01T09:00:00Z', 'Closed Lost', '2026-04-01']),
    deal(
      ...(['Upsell', 100] as const),
      ['2026-09-01T09:00:00Z', 'Prospecting', '2026-12-01'],
      ['2026-11-10T09:00:00Z', 'Closed Won', '2026-11-10'],
    ),
    deal('Expansion', 100, ['2026-11-02T09:00:00Z', 'Prospecting', '2027-01-01']),
    deal(
      ...(['Expansion', 100] as const),
      ['2026-08-02T09:00:00Z', 'Prospecting', '2026-10-01'],
      ['2026-10-09T09:00:00Z', 'Closed Lost', '2026-10-09'],
    ),
  ],
  cases: [
    { createdAt: at('2025-10-31T23:59:59Z'), type: 'Billing' },
    { createdAt: at('2025-11-01T00:00:00Z'), type: 'Billing' },
    { createdAt: at('2026-10-15T00:00:00Z'), type: 'Technical' },
    { createdAt: at('2026-10-31T23:59:59Z'), type: 'Billing' },
    { createdAt: at('2026-11-01T00:00:00Z'), type: 'Billing' },
  ],
  historyTracked: true,
  successTier: 'Standard',
  arr: [
    { from: at('2024-01-01T00:00:00Z'), value: 100_000 },
    { from: at('2025-12-01T09:00:00Z'), value: 120_000 },
    { from: at('2026-09-01T09:00:00Z'), value: 90_000 },
    { from: at('2026-11-10T09:00:00Z'), value: 300_000 },
  ],
  reviews: [
    { day: '2025-10-31', type: 'QBR', attended: false },
    { day: '2025-11-01', type: 'QBR', attended: true },
    { day: '2026-05-01', type: 'QBR', attended: false },
    { day: '2026-06-01', type: 'Call', attended: false },
    { day: '2026-10-31', type: 'QBR', attended: true },
  ],
  champions: [
    { contact: 0, since: '2025-01-01', until: '2026-10-21' },
    { contact: 1, since: '2026-10-25', until: null },
  ],
});

/** Used the product until July, and lost its champion. */
export const SILENT = nobody(1, {
  usage: [used('2026-07', 40)],
  champions: [{ contact: 0, since: '2025-01-01', until: '2026-10-01' }],
});
