import { salesforceId } from 'local-org';
import { DAY, dayOf, monthOf, monthStart, shiftMonth } from './calendar.ts';
import {
  planCases,
  planChampions,
  planContracts,
  planOpportunities,
  planRevenue,
  planReviews,
  successTier,
} from './contract.ts';
import { planConversations } from './conversations.ts';
import type { Base, Contact, Customer, Segment } from './customer.ts';
import { planIssues } from './issues.ts';
import { companyName } from './names.ts';
import { makeRandom } from './random.ts';
import { signalsOf } from './signals.ts';
import { levelOf, SILENT_MONTHS, storyOf } from './story.ts';
import { planUsage } from './usage.ts';

export interface BaseOptions {
  readonly seed: number;
  readonly accounts: number;
  /** Complete months of history before the running one. */
  readonly months: number;
  /** Milliseconds since the epoch: nothing happens later. */
  readonly now: number;
}

const OWNERS = 4;
const CONTACTS = 3;
/** Customers with a Jira project of their own; the others share one and have a component each. */
const OWN_PROJECTS_BELOW = 50;
const SHARED_PROJECT = 'SUPPORT';
const CHURNED_MONTHS_AGO = 3;

/** One consistent customer base: the same customers, ids and times in all four systems. */
export function generateBase(options: BaseOptions): Base {
  return {
    seed: options.seed,
    now: options.now,
    months: monthsOf(options),
    customers: [...customers(options)],
  };
}

/** The same base, customer by customer, so that a large one need not be held at once. */
export function* customers(options: BaseOptions): Generator<Customer> {
  const months = monthsOf(options);
  for (let index = 0; index < options.accounts; index++) yield customerAt(index, months, options);
}

const monthsOf = ({ months, now }: BaseOptions): string[] =>
  Array.from({ length: months + 1 }, (_, i) => shiftMonth(monthOf(now), i - months));

const segmentOf = (index: number): Segment => (index % 5 < 2 ? 'paid' : 'standard');

/** What a customer's component is called: other customers' issues may carry it too. */
const componentOf = (index: number): string => companyName(index);

const hasOwnProject = (index: number): boolean => index < OWN_PROJECTS_BELOW && index % 5 === 0;

/** Everything about one customer is a function of seed and index: any of them can be made without the others. */
function customerAt(
  index: number,
  months: readonly string[],
  { seed, accounts, now }: BaseOptions,
): Customer {
  const random = (purpose: string) => makeRandom(seed, `${index}:${purpose}`);
  const story = storyOf(index);
  const segment = segmentOf(index);
  const running = monthOf(now);
  const ago = (month: string) => months.length - 1 - months.indexOf(month);
  const level = (month: string) => levelOf(story, ago(month));

  const isNew = story === 'new customer';
  const customerSince = isNew
    ? monthStart(shiftMonth(running, -3)) + 9 * DAY
    : now - random('age').whole(800, 1_900) * DAY;
  const churnedOn =
    story === 'churned' ? dayOf(monthStart(shiftMonth(running, -CHURNED_MONTHS_AGO)) + 13 * DAY) : null;
  const until = churnedOn === null ? now : Date.parse(churnedOn);
  const span = { from: customerSince, until };

  const silentFrom = story === 'silent customer' ? shiftMonth(running, -SILENT_MONTHS) : null;
  const unknownToLooker = index % 20 === 19;
  const ownProject = hasOwnProject(index);
  const neighbour = index + 1;
  const neighbourShares =
    neighbour < accounts && index % 15 === 6 && !hasOwnProject(neighbour) && !ownProject;
  const project = ownProject ? `OWN${String.fromCharCode(65 + index / 5)}` : SHARED_PROJECT;
  const revenue = planRevenue(
    { index, segment, customerSince, now, until, level: level(running).relationship },
    random('revenue'),
  );
  const yearly = revenue.at(-1)?.value ?? null;
  const deals = {
    index,
    customerSince,
    now,
    until,
    level: level(running).relationship,
    yearly: yearly ?? 20_000,
  };

  return {
    index,
    story,
    name: companyName(index),
    segment,
    accountId: salesforceId('001', index + 1),
    ownerId: salesforceId('005', (index % OWNERS) + 1),
    customerSince,
    intercomCompanyId: index % 20 === 16 ? null : (0x64f1_0000 + index).toString(16).padEnd(24, '0'),
    intercomExternalId: `company-${index + 1}`,
    lookerCustomerId: index % 20 === 13 ? null : String(1_001 + index),
    jira: index % 20 === 9 ? null : { project, component: ownProject ? null : componentOf(index) },
    churnedOn,
    successTier: successTier(yearly, index, random('tier')),
    historyTracked: index % 20 !== 11,
    arr: revenue,
    contacts: contactsOf(index, accounts),
    conversations:
      index % 20 === 16
        ? []
        : planConversations(
            {
              index,
              months,
              level: (month) => level(month).support,
              quietFrom: silentFrom,
              ...span,
              byContact: index % 12 === 3,
              sharedContact: sharesContact(index, accounts) ? 1 : null,
            },
            random('conversations'),
          ),
    issues:
      index % 20 === 9
        ? []
        : planIssues(
            {
              index,
              project,
              months,
              level: (month) => level(month).support,
              ...span,
              otherComponents: neighbourShares ? [componentOf(neighbour)] : [],
            },
            random('issues'),
          ),
    usage: unknownToLooker
      ? []
      : planUsage(
          {
            months,
            level: (month) => level(month).usage,
            firstMonth: isNew ? monthOf(customerSince) : (months[0] ?? running),
            silentFrom: churnedOn === null ? silentFrom : shiftMonth(churnedOn.slice(0, 7), 1),
          },
          random('usage'),
        ),
    opportunities: planOpportunities(deals, random('opportunities')),
    contracts: planContracts(deals, random('contracts')),
    cases: planCases(deals, random('cases')),
    reviews: planReviews(deals, random('reviews')),
    champions: planChampions(deals, random('champions')),
    signals: signalsOf(index, now),
  };
}

/** One contact in a few customers belongs to two companies: what it writes belongs to neither for sure. */
const sharesContact = (index: number, accounts: number): boolean => index % 24 === 3 && index + 2 < accounts;

const contactsOf = (index: number, accounts: number): Contact[] =>
  Array.from({ length: CONTACTS }, (_, n) => ({
    salesforceId: salesforceId('003', index * CONTACTS + n + 1),
    intercomId: (0x66aa_0000_0000 + index * CONTACTS + n).toString(16).padEnd(24, '0'),
    firstName: 'Contact',
    lastName: `${index + 1}-${n + 1}`,
    alsoAt: n === 1 && sharesContact(index, accounts) ? [index + 2] : [],
  }));
