import { salesforceId } from 'local-org';
import { DAY, dayOf, shiftDay } from './calendar.ts';
import type { Customer, OpportunityStage, PlannedContract, PlannedOpportunity, Segment } from './customer.ts';
import type { Random } from './random.ts';

/** Records of one kind that a customer may have; ids of its own range. */
const PER_CUSTOMER = 100;
const recordId = (prefix: string, index: number, n: number): string =>
  salesforceId(prefix, index * PER_CUSTOMER + n + 1);

type State = PlannedOpportunity['states'][number];

export interface DealsRequest {
  readonly index: number;
  readonly customerSince: number;
  readonly now: number;
  readonly until: number;
  /** 0 to 1: how the relationship has been of late. */
  readonly level: number;
  readonly yearly: number;
}

/** Renewals year after year, expansions, and what was taken back. */
export function planOpportunities(request: DealsRequest, random: Random): PlannedOpportunity[] {
  const { index, customerSince, now, until, level, yearly } = request;
  const planned: PlannedOpportunity[] = [];
  const add = (type: PlannedOpportunity['type'], amount: number, states: readonly State[]) => {
    const seen = states.filter(({ at }) => at >= customerSince && at < until);
    if (seen.length > 0) {
      planned.push({ id: recordId('006', index, planned.length), type, amount, states: seen });
    }
  };
  for (const states of renewalStates(request, random)) add('Renewal', yearly, states);
  if (random.chance(0.2 + 0.6 * level)) {
    for (let n = random.whole(1, 2); n > 0; n--) {
      const created = now - random.whole(5, 300) * DAY;
      const closed = created + random.whole(20, 200) * DAY;
      const end: OpportunityStage = random.pick(['Closed Won', 'Closed Lost'] as const);
      add(random.pick(['Expansion', 'Upsell'] as const), Math.round(yearly * 0.2), [
        { at: created, stage: 'Prospecting', closeDate: dayOf(closed) },
        { at: created + 10 * DAY, stage: 'Proposal/Price Quote', closeDate: dayOf(closed + 14 * DAY) },
        { at: closed, stage: end, closeDate: dayOf(closed) },
      ]);
    }
  }
  for (let n = random.chance(1 - level) ? random.whole(1, 2) : 0; n > 0; n--) {
    const closed = now - random.whole(2, 420) * DAY;
    const type = random.pick(['Downgrade', 'Amendment'] as const);
    const amount = type === 'Amendment' && random.chance(0.4) ? 500 : -Math.round(yearly * 0.1);
    add(type, amount, [
      { at: closed - 30 * DAY, stage: 'Negotiation/Review', closeDate: dayOf(closed + 5 * DAY) },
      { at: closed, stage: random.chance(0.8) ? 'Closed Won' : 'Closed Lost', closeDate: dayOf(closed) },
    ]);
  }
  return planned;
}

/** Last year's renewal, won; and the next one, open, except for some that were renewed days ago. */
function renewalStates({ index, customerSince, now }: DealsRequest, random: Random): State[][] {
  if (index % 14 === 6) return [];
  const next = now + random.whole(-6, 350) * DAY;
  const previous = next - 365 * DAY;
  const justRenewed = index % 9 === 2;
  const states: State[][] = [];
  if (previous - 150 * DAY > customerSince) {
    states.push(won(previous - 150 * DAY, justRenewed ? now - 11 * DAY : previous, random));
  }
  const opened = Math.max(customerSince, justRenewed ? now - 11 * DAY : previous) + 3_600_000;
  const created = Math.min(opened, now - DAY);
  states.push([
    { at: created, stage: 'Prospecting', closeDate: dayOf(next + 20 * DAY) },
    { at: Math.max(created + 1_000, now - 40 * DAY), stage: 'Negotiation/Review', closeDate: dayOf(next) },
  ]);
  return states;
}

const won = (created: number, closed: number, random: Random): State[] => [
  { at: created, stage: 'Prospecting', closeDate: dayOf(closed + random.whole(1, 9) * DAY) },
  { at: closed, stage: 'Closed Won', closeDate: dayOf(closed) },
];

/** A contract for those who have no renewal opportunity, and for some others beside it. */
export function planContracts(
  { index, customerSince, now }: DealsRequest,
  random: Random,
): PlannedContract[] {
  if (index % 14 !== 6 && !random.chance(0.2)) return [];
  const startDate = dayOf(Math.max(customerSince, now - random.whole(30, 300) * DAY));
  const activated: PlannedContract = {
    id: recordId('800', index, 0),
    startDate,
    termMonths: 12,
    status: 'Activated',
  };
  const draft: PlannedContract = {
    ...activated,
    id: recordId('800', index, 1),
    termMonths: 24,
    status: 'Draft',
  };
  return random.chance(0.3) ? [activated, draft] : [activated];
}

/** Billing problems and others: the worse, the more. */
export function planCases(
  { level, customerSince, now, until }: DealsRequest,
  random: Random,
): Customer['cases'] {
  const count = random.chance(1 - level) ? random.whole(1, 4) : random.whole(0, 1);
  return Array.from({ length: count }, () => ({
    createdAt: now - random.whole(1, 430) * DAY - random.whole(0, 86_000) * 1_000,
    type: random.pick(['Billing', 'Billing', 'Technical'] as const),
  })).filter(({ createdAt }) => createdAt >= customerSince && createdAt < until);
}

/** A review every quarter or so; the worse it goes, the fewer come. */
export function planReviews(
  { level, customerSince, now, until }: DealsRequest,
  random: Random,
): Customer['reviews'] {
  if (random.chance(0.06)) return [];
  const reviews: Customer['reviews'][number][] = [];
  for (let daysAgo = random.whole(3, 90); daysAgo < 460; daysAgo += random.whole(70, 110)) {
    const at = now - daysAgo * DAY;
    const attended = random.chance(0.1 + 0.85 * level);
    if (at < customerSince + 3 * DAY) break;
    if (at < until) reviews.push({ day: dayOf(at), type: 'QBR', attended });
    if (at < until && random.chance(0.3))
      reviews.push({ day: shiftDay(dayOf(at), -2), type: 'Call', attended: true });
  }
  return reviews;
}

/** Who held the champion role, each person once: the platform keeps one relation a person. */
export function planChampions(
  { customerSince, now, level }: DealsRequest,
  random: Random,
): Customer['champions'] {
  if (random.chance(0.05)) return [];
  const since = dayOf(Math.max(customerSince, now - random.whole(300, 900) * DAY));
  if (random.chance(0.3 + 0.6 * level)) return [{ contact: 0, since, until: null }];
  const left = dayOf(now - random.whole(8, 200) * DAY);
  if (left <= since) return [{ contact: 0, since, until: null }];
  const first = { contact: 0, since, until: left };
  return random.chance(0.5)
    ? [first]
    : [first, { contact: 2, since: shiftDay(left, random.whole(0, 7)), until: null }];
}

export interface RevenueRequest {
  readonly index: number;
  readonly segment: Segment;
  readonly customerSince: number;
  readonly now: number;
  readonly until: number;
  /** 0 to 1. */
  readonly level: number;
}

/** Yearly revenue in the course of time; one customer in thirty has none entered. */
export function planRevenue(
  { index, segment, customerSince, now, until, level }: RevenueRequest,
  random: Random,
): Customer['arr'] {
  if (index % 30 === 18) return [{ from: customerSince, value: null }];
  const first = (segment === 'paid' ? random.whole(60, 400) : random.whole(8, 60)) * 1_000;
  const steps: { from: number; value: number }[] = [{ from: customerSince, value: first }];
  for (const daysAgo of [random.whole(320, 420), random.whole(60, 250), random.whole(1, 19)]) {
    const from = now - daysAgo * DAY - random.whole(0, 80_000) * 1_000;
    const last = steps.at(-1);
    if (last === undefined || from <= last.from || from >= until || !random.chance(0.55)) continue;
    const factor = random.chance(level) ? 1 + 0.25 * random.unit() : 1 - 0.3 * random.unit();
    steps.push({ from, value: Math.round((last.value * factor) / 100) * 100 });
  }
  return steps;
}

/** The tier that was sold; for some it no longer fits what they pay. */
export function successTier(yearly: number | null, index: number, random: Random): string | null {
  if (index % 30 === 22) return null;
  if (random.chance(0.12)) return 'Standard';
  return yearly === null || yearly <= 200_000
    ? 'Standard'
    : random.pick(['Premium', 'Premium', 'Enterprise']);
}
