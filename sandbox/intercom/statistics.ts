import type { Lifetime } from './lifetime.ts';
import { adminOf } from './team.ts';
import type { Entry } from './workspace.ts';

/**
 * What Intercom measured on a conversation; null for the whole or for any member. Durations are seconds, moments
 * UNIX seconds. `first_contact_reply_at` is the customer's, `first_admin_reply_at` the team's. The moments of a
 * reply and a close are there whenever they happened, the durations only when Intercom measured them.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
 */
export function statisticsOf(entry: Entry, life: Lifetime): Statistics | null {
  const { plan } = entry;
  if (plan.withoutStatistics) return null;
  const { createdAt, contactReplyAt, adminReplyAt, closedAt, state } = life;
  const toReply = adminReplyAt !== null && plan.firstReply?.measured ? adminReplyAt - createdAt : null;
  const toClose = closedAt !== null && plan.lastClose?.measured ? closedAt - createdAt : null;
  const admin = adminOf(entry, life);
  return {
    type: 'conversation_statistics',
    time_to_assignment: 0,
    time_to_admin_reply: toReply,
    time_to_first_close: toClose,
    time_to_last_close: toClose,
    median_time_to_reply: toReply,
    first_contact_reply_at: contactReplyAt,
    first_assignment_at: createdAt,
    first_admin_reply_at: adminReplyAt,
    first_close_at: closedAt,
    last_assignment_at: createdAt,
    last_assignment_admin_reply_at: adminReplyAt,
    last_contact_reply_at: contactReplyAt,
    last_admin_reply_at: adminReplyAt,
    last_close_at: closedAt,
    last_closed_by_id: closedAt === null || admin === null ? null : String(admin),
    count_reopens: closedAt !== null && state !== 'closed' ? 1 : 0,
    count_assignments: 1,
    count_conversation_parts: [contactReplyAt, adminReplyAt, closedAt].filter((at) => at !== null).length + 1,
    assigned_team_first_response_time: [],
    assigned_team_first_response_time_in_office_hours: [],
    handling_time: null,
    adjusted_handling_time: null,
  };
}

type Statistics = Readonly<Record<string, number | string | null | readonly unknown[]>>;
