import type { Base } from '../../../sandbox/data/customer.ts';

const DAY = 86_400_000;
/** The vendors' page sizes, and how many pages make a second chain of Intercom's search worth it. */
const CONVERSATIONS_A_PAGE = 150;
const PAGES_A_SLICE = 40;
const COMPANIES_A_PAGE = 60;
/** Tags and attributes: what the shipped settings test conversations by. */
const LISTS_OF_NAMES = 2;
const MOST_SLICES = 8;
const ISSUES_A_PAGE = 1_000;
const ISSUES_A_CHANGELOG = 1_000;
const PROJECTS_A_CALL = 50;
const EXPLORES = 3;
/** Some day of the third month before one. */
const LOOK_BACK_DAYS = 75;

export type BoundVendor = 'intercom' | 'jira' | 'looker';

/** Calls that a vendor cannot be read with less of, by what they are for. */
export type Bound = Readonly<Record<string, number>>;

/** A complete month, milliseconds since the epoch; the end is outside. */
export interface Month {
  readonly start: number;
  readonly end: number;
}

/**
 * The fewest calls that a month can be read with, worked out from what was planned to happen and from the vendors'
 * page sizes: nothing here comes from the scorer. Grows with conversations and bugs, never with accounts.
 *
 * @example callBound(base, october).looker // => { login: 1, queries: 3 }
 */
export const callBound = (base: Base, month: Month): Readonly<Record<BoundVendor, Bound>> => ({
  intercom: intercomBound(base, month),
  jira: jiraBound(base, month),
  looker: lookerBound(base, month),
});

/** @example totalOf({ login: 1, queries: 3 }) // => 4 */
export const totalOf = (bound: Bound): number => Object.values(bound).reduce((sum, calls) => sum + calls, 0);

function lookerBound({ customers }: Base, { start, end }: Month): Bound {
  const [first, last] = [start - LOOK_BACK_DAYS * DAY, end - DAY].map((at) =>
    new Date(at).toISOString().slice(0, 7),
  ) as [string, string];
  const unseen = customers.some(
    ({ lookerCustomerId, usage }) =>
      lookerCustomerId !== null && !usage.some(({ month }) => month >= first && month <= last),
  );
  // Silent for long or never there: without an earlier score only all of the past tells which.
  return { login: 1, queries: EXPLORES, ...(unseen && { 'queries of all of the past': EXPLORES }) };
}

function intercomBound({ customers }: Base, { start, end }: Month): Bound {
  let widened = 0;
  let unheard = 0;
  const contacts = new Set<string>();
  for (const { conversations, contacts: people, intercomCompanyId } of customers) {
    const near = conversations.filter(({ createdAt: at }) => at >= start - DAY && at < end + DAY);
    widened += near.length;
    // Only a company that a conversation names is known to be there without a question.
    if (intercomCompanyId !== null && !near.some(({ via }) => via === 'company')) unheard++;
    for (const { createdAt, via, contact, deliveredAs } of near) {
      if (createdAt < start || createdAt >= end) continue;
      const byCustomer = deliveredAs === 'customer_initiated' || deliveredAs === 'operator_initiated';
      if (via === 'contact' && byCustomer) contacts.add(people[contact]?.intercomId ?? '');
    }
  }
  const full = Math.floor(widened / CONVERSATIONS_A_PAGE);
  return {
    'who we are': 1,
    'full pages': full,
    'partial pages': Math.max(1, Math.min(MOST_SLICES, Math.floor(full / PAGES_A_SLICE))),
    'contacts without a company': contacts.size,
    'names of tests': LISTS_OF_NAMES,
    // One by one, or a page after the other: whichever is less.
    'companies unheard of': Math.min(unheard, Math.ceil(customers.length / COMPANIES_A_PAGE)),
  };
}

function jiraBound({ customers }: Base, { start, end }: Month): Bound {
  const places = customers.flatMap(({ jira }) => (jira === null ? [] : [jira]));
  const projects = new Set(places.map(({ project }) => project));
  const byComponent = new Set(
    places.filter(({ component }) => component !== null).map(({ project }) => project),
  );
  let bugs = 0;
  for (const { issues } of customers) {
    for (const { type, createdAt, moves, firstStatus } of issues) {
      if (type !== 'Bug' || createdAt >= end + DAY) continue;
      const last = moves.at(-1);
      const now = last?.to ?? firstStatus;
      const isDone = now === 'Done' || now === "Won't Fix";
      // What was done before the month and not touched since cannot matter to it.
      if (!isDone || (last?.at ?? createdAt) >= start - DAY) bugs++;
    }
  }
  return {
    'edition, user, statuses, priorities and issue types': 5,
    'count of bugs': 1,
    projects: Math.ceil(projects.size / PROJECTS_A_CALL),
    'components of shared projects': byComponent.size,
    'pages of bugs': Math.max(1, Math.ceil(bugs / ISSUES_A_PAGE)),
    'pages of histories': Math.ceil(bugs / ISSUES_A_CHANGELOG),
  };
}
