import type { PlannedConversation } from '../data/customer.ts';

/** What has happened to a conversation so far; moments in UNIX seconds, null for not (yet). */
export interface Lifetime {
  readonly createdAt: number;
  /** The customer's first text: not the team's, and never in the same second. */
  readonly contactReplyAt: number | null;
  readonly adminReplyAt: number | null;
  readonly closedAt: number | null;
  readonly ratingAskedAt: number | null;
  readonly ratedAt: number | null;
  readonly updatedAt: number;
  readonly state: PlannedConversation['state'];
}

/** A moment at which the workspace is looked at, in UNIX seconds, and the last moment that the base tells of. */
export interface AsOf {
  readonly now: number;
  readonly end: number;
}

const CONTACT_WRITES_AFTER = 20;
const ANSWERS_OUTREACH_AFTER = 7_200;
const RATES_AFTER = 600;

/**
 * A planned conversation as of a moment: what comes later has not happened. The plan does not say when a rating
 * was asked for and given: here that is at the close (else the reply, else the start) and ten minutes after it,
 * yet never after the base's end, because by then all that is planned has happened.
 *
 * @example lifetimeAt({ ...planned, createdAt: 5_000, lastClose: { seconds: 60, measured: true } }, { now: 64, end: 900 }).closedAt // => null
 */
export function lifetimeAt(plan: PlannedConversation, { now, end }: AsOf): Lifetime {
  const createdAt = Math.floor(plan.createdAt / 1_000);
  const happened = (moment: number | null) => (moment !== null && moment <= now ? moment : null);
  const adminReply = plan.firstReply === null ? null : createdAt + Math.floor(plan.firstReply.seconds);
  const close = plan.lastClose === null ? null : createdAt + Math.floor(plan.lastClose.seconds);
  const asked = plan.rating === 'not asked' ? null : (close ?? adminReply ?? createdAt);
  const rated =
    asked === null || plan.rating === 'unanswered'
      ? null
      : Math.max(asked, Math.min(asked + RATES_AFTER, end));
  const adminReplyAt = happened(adminReply);
  const closedAt = happened(close);
  const contactReplyAt = happened(contactReply(plan, createdAt, adminReply));
  const ratingAskedAt = happened(asked);
  const ratedAt = happened(rated);
  return {
    createdAt,
    contactReplyAt,
    adminReplyAt,
    closedAt,
    ratingAskedAt,
    ratedAt,
    updatedAt: Math.max(createdAt, adminReplyAt ?? 0, closedAt ?? 0, contactReplyAt ?? 0, ratedAt ?? 0),
    state: close !== null && closedAt === null ? 'open' : plan.state,
  };
}

function contactReply(
  plan: PlannedConversation,
  createdAt: number,
  adminReply: number | null,
): number | null {
  if (plan.deliveredAs === 'automated') return null;
  const delay = plan.deliveredAs === 'admin_initiated' ? ANSWERS_OUTREACH_AFTER : CONTACT_WRITES_AFTER;
  const moment = createdAt + delay + (Number(plan.id.slice(-2)) || 0);
  return moment === adminReply ? moment + 1 : moment;
}
