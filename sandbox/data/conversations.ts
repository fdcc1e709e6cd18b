import { monthEnd, monthStart } from './calendar.ts';
import type { PlannedConversation } from './customer.ts';
import type { Random } from './random.ts';

export interface ConversationsRequest {
  readonly index: number;
  readonly months: readonly string[];
  /** 0 to 1, by month. */
  readonly level: (month: string) => number;
  /** Few conversations from this month on; null for never. */
  readonly quietFrom: string | null;
  /** No conversation before this moment, and none from that one on. */
  readonly from: number;
  readonly until: number;
  /** Some conversations are tied only by a contact. */
  readonly byContact: boolean;
  /** Contact (index) that two companies share; null for none. */
  readonly sharedContact: number | null;
}

/** What a customer wrote to support, month by month. */
export function planConversations(request: ConversationsRequest, random: Random): PlannedConversation[] {
  const { index, months, quietFrom, from, until } = request;
  const planned: PlannedConversation[] = [];
  for (const month of months) {
    const level = request.level(month);
    const quiet = quietFrom !== null && month >= quietFrom;
    const count = quiet ? random.whole(0, 1) : random.whole(4, 7) + (level < 0.5 ? 2 : 0);
    const [start, end] = [monthStart(month), monthEnd(month)];
    for (let n = 0; n < count; n++) {
      const createdAt = momentIn(start, end, index, n, random);
      const one = planOne(request, level, createdAt, planned.length, random);
      if (createdAt >= from && createdAt < until) planned.push(one);
    }
  }
  return planned.toSorted((a, b) => a.createdAt - b.createdAt);
}

/** Whole seconds inside a month; now and then its very first or very last one, where windows go wrong. */
function momentIn(start: number, end: number, index: number, n: number, random: Random): number {
  const inside = start + random.whole(1, (end - start) / 1_000 - 2) * 1_000;
  if (n !== 0) return inside;
  if (index % 10 === 0) return start;
  return index % 10 === 1 ? end - 1_000 : inside;
}

function planOne(
  { index, byContact, sharedContact, until }: ConversationsRequest,
  level: number,
  createdAt: number,
  sequence: number,
  random: Random,
): PlannedConversation {
  const bad = 1 - level;
  const deliveredAs = random.chance(0.85)
    ? 'customer_initiated'
    : random.pick(['admin_initiated', 'automated'] as const);
  const tied = byContact && random.chance(0.5);
  const contact = tied && sharedContact !== null && random.chance(0.3) ? sharedContact : 0;
  const replySeconds = Math.round(300 + 40_000 * bad * bad * random.unit() + 6_000 * random.unit());
  const closeSeconds =
    replySeconds + Math.round(1_800 + 400_000 * bad * random.unit() + 20_000 * random.unit());
  const happened = (seconds: number) => createdAt + seconds * 1_000 < until;
  const replied = random.chance(0.93) && happened(replySeconds);
  const closed = replied && random.chance(0.85) && happened(closeSeconds);
  const reopened = closed && random.chance(0.06);
  const asked = closed && random.chance(0.6);
  const tags = [
    ...(random.chance(0.03 + 0.2 * bad) ? [random.pick(['p1', 'urgent', 'P2', 'critical'])] : []),
    ...(random.chance(0.02 + 0.15 * bad) ? ['escalated'] : []),
    ...(random.chance(0.3) ? ['billing question'] : []),
  ];
  return {
    id: [createdAt / 1_000, padded(index, 6), padded(sequence, 3)].join(''),
    createdAt,
    deliveredAs,
    via: tied ? 'contact' : 'company',
    contact,
    priority: random.chance(0.02 + 0.2 * bad)
      ? random.pick(['urgent', 'high'] as const)
      : random.pick(['none', 'none', 'low', 'medium'] as const),
    tags,
    escalatedAttribute: random.chance(0.01 + 0.08 * bad),
    state: closed && !reopened ? 'closed' : random.pick(['open', 'snoozed'] as const),
    firstReply: replied ? { seconds: replySeconds, measured: random.chance(0.8) } : null,
    lastClose: closed ? { seconds: closeSeconds, measured: random.chance(0.8) } : null,
    rating: !asked ? 'not asked' : random.chance(0.35) ? 'unanswered' : ratingAt(level, random),
    withoutStatistics: random.chance(0.02),
  };
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

function ratingAt(level: number, random: Random): 1 | 2 | 3 | 4 | 5 {
  if (random.chance(0.25 + 0.7 * level)) return random.pick([4, 5, 5] as const);
  return random.pick([1, 2, 3] as const);
}
