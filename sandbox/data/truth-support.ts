import type { Customer, PlannedConversation } from './customer.ts';
import { middle, missing, value, valueOr, type Expected, type Span } from './truth-values.ts';

const IDS = [
  'total_conversations',
  'csat_response_rate',
  'p1_p2_pct',
  'escalation_pct',
  'median_first_response_seconds',
  'median_resolution_seconds',
  'csat_score',
];

const NOT_BEGUN_BY_CUSTOMERS = ['admin_initiated', 'automated'];
const P1_P2_TAGS = ['p1', 'p2', 'urgent', 'critical'];

/** Conversations that the customer began in the month and that are surely its own. */
function own(customer: Customer, present: ReadonlyMap<number, Customer>, span: Span): PlannedConversation[] {
  return customer.conversations.filter((conversation) => {
    if (conversation.createdAt < span.start || conversation.createdAt >= span.end) return false;
    if (NOT_BEGUN_BY_CUSTOMERS.includes(conversation.deliveredAs)) return false;
    if (conversation.via === 'company') return true;
    const others = customer.contacts[conversation.contact]?.alsoAt ?? [];
    return !others.some((index) => present.get(index)?.intercomCompanyId != null);
  });
}

/** What a month with support was like for one customer. */
export function supportTruth(
  customer: Customer,
  present: ReadonlyMap<number, Customer>,
  span: Span,
): Record<string, Expected> {
  if (customer.intercomCompanyId === null) {
    return Object.fromEntries(IDS.map((id) => [id, missing('not_mapped')]));
  }
  const all = own(customer, present, span);
  const share = (count: number, of: number): number | null => (of === 0 ? null : (100 * count) / of);
  const grave = all.filter(
    ({ priority, tags }) =>
      priority === 'urgent' ||
      priority === 'high' ||
      tags.some((tag) => P1_P2_TAGS.includes(tag.toLowerCase())),
  );
  const escalated = all.filter(
    ({ tags, escalatedAttribute }) => escalatedAttribute || tags.includes('escalated'),
  );
  // Without statistics Intercom tells neither reply nor close.
  const measured = all.filter(({ withoutStatistics }) => !withoutStatistics);
  const replies = measured.flatMap(({ firstReply }) => (firstReply ? [firstReply.seconds] : []));
  const closes = measured.flatMap(({ lastClose, state }) =>
    lastClose !== null && state === 'closed' ? [lastClose.seconds] : [],
  );
  const asked = all.filter(({ rating }) => rating !== 'not asked');
  const rated = asked.filter(({ rating }) => typeof rating === 'number');
  const happy = rated.filter(({ rating }) => Number(rating) >= 4);
  return {
    total_conversations: value(all.length),
    csat_response_rate: valueOr(share(rated.length, asked.length), 'no_activity'),
    p1_p2_pct: valueOr(share(grave.length, all.length), 'no_activity'),
    escalation_pct: valueOr(share(escalated.length, all.length), 'no_activity'),
    median_first_response_seconds: valueOr(middle(replies), 'no_activity'),
    median_resolution_seconds: valueOr(middle(closes), 'no_activity'),
    csat_score: valueOr(share(happy.length, rated.length), 'no_activity'),
  };
}
