import { renderCompany } from './company.ts';
import { lifetimeAt, type Lifetime } from './lifetime.ts';
import { statisticsOf } from './statistics.ts';
import { adminOf, teamOf } from './team.ts';
import {
  CHANNEL_SINCE,
  COMPANY_SINCE,
  PRIORITY_LEVELS_SINCE,
  RATING_UPDATED_SINCE,
  type Minor,
} from './version.ts';
import type { Company, Entry, Workspace } from './workspace.ts';

const SUBJECTS = [
  'a room that will not open',
  'an invoice',
  'the morning report',
  'a new colleague',
  'a message that never came',
];
const DAY = 86_400;
export const CHANNEL = 'messenger';

/** How the workspace is looked at. */
export interface View {
  readonly workspace: Workspace;
  /** UNIX seconds. */
  readonly now: number;
  readonly version: Minor;
}

export const lifetimeOf = ({ plan }: Entry, { now, workspace }: View): Lifetime =>
  lifetimeAt(plan, { now, end: workspace.end });

/** The company set on a conversation itself; null when only its contacts tell. */
export const companyOf = ({ plan, customer }: Entry, { workspace }: View): Company | null =>
  plan.via === 'company' ? (workspace.companies.get(customer.intercomCompanyId ?? '') ?? null) : null;

/** Two words up to 2.15, five levels from 2.16 on. */
export function priorityOf({ plan }: Entry, version: Minor): string {
  if (version >= PRIORITY_LEVELS_SINCE) return plan.priority;
  return plan.priority === 'high' || plan.priority === 'urgent' ? 'priority' : 'not_priority';
}

/** The message that began it. */
export function sourceOf({ plan, contact, customer }: Entry, { workspace }: View) {
  const subject = SUBJECTS[(Number(plan.id.slice(-2)) || 0) % SUBJECTS.length] ?? '';
  const email =
    workspace.people.get(contact?.intercomId ?? '')?.email ?? `unknown@c${customer.index}.example`;
  const author = {
    customer_initiated: {
      type: 'user',
      id: contact?.intercomId ?? null,
      name: contact === null ? null : `${contact.firstName} ${contact.lastName}`,
      email,
    },
    operator_initiated: { type: 'bot', id: '991267599', name: 'Operator', email: 'operator@standin.example' },
    admin_initiated: {
      type: 'admin',
      id: '991267501',
      name: 'Integration',
      email: 'integration@standin.example',
    },
    automated: { type: 'admin', id: '991267501', name: 'Integration', email: 'integration@standin.example' },
  }[plan.deliveredAs];
  return {
    type: 'conversation',
    id: `4${plan.id}`,
    delivered_as: plan.deliveredAs,
    subject: '',
    body: `<p>About ${subject}</p>`,
    author,
    attachments: [],
    url: null,
    redacted: false,
  };
}

/** Null when the customer was not asked; an object without a rating when it did not answer. */
function ratingOf(entry: Entry, life: Lifetime, version: Minor) {
  const { plan, contact } = entry;
  if (life.ratingAskedAt === null) return null;
  return {
    rating: life.ratedAt !== null && typeof plan.rating === 'number' ? plan.rating : null,
    remark: null,
    // When it was asked for, not when it was given.
    created_at: life.ratingAskedAt,
    ...(version >= RATING_UPDATED_SINCE ? { updated_at: life.ratedAt ?? life.ratingAskedAt } : {}),
    ...(contact === null
      ? {}
      : { contact: { type: 'contact', id: contact.intercomId, external_id: contact.salesforceId } }),
    teammate: { type: 'admin', id: String(adminOf(entry, life) ?? 0) },
  };
}

/** Snoozed until the midnight after the next. */
export const snoozedUntil = (life: Lifetime, now: number): number | null =>
  life.state === 'snoozed' ? (Math.floor(now / DAY) + 2) * DAY : null;

export const waitingSince = (life: Lifetime): number | null =>
  life.state === 'open' && life.adminReplyAt === null ? life.createdAt : null;

/**
 * A conversation as search gives it: everything but its parts.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
 */
export function renderConversation(entry: Entry, view: View) {
  const { plan, contact } = entry;
  const { version, now, workspace } = view;
  const life = lifetimeOf(entry, view);
  const company = companyOf(entry, view);
  const admin = adminOf(entry, life);
  return {
    type: 'conversation',
    id: plan.id,
    title: null,
    created_at: life.createdAt,
    updated_at: life.updatedAt,
    waiting_since: waitingSince(life),
    snoozed_until: snoozedUntil(life, now),
    open: life.state === 'open',
    state: life.state,
    read: life.adminReplyAt !== null,
    priority: priorityOf(entry, version),
    admin_assignee_id: admin ?? (version >= PRIORITY_LEVELS_SINCE ? 0 : null),
    team_assignee_id: teamOf(entry),
    ...(version >= COMPANY_SINCE ? { company: company === null ? null : renderCompany(company, now) } : {}),
    tags: {
      type: 'tag.list',
      tags: plan.tags.map((name) => ({ type: 'tag', id: workspace.tags.get(name) ?? '', name })),
    },
    conversation_rating: ratingOf(entry, life, version),
    source: sourceOf(entry, view),
    contacts: {
      type: 'contact.list',
      contacts:
        contact === null
          ? []
          : [{ type: 'contact', id: contact.intercomId, external_id: contact.salesforceId }],
    },
    teammates:
      admin === null ? null : { type: 'admin.list', teammates: [{ type: 'admin', id: String(admin) }] },
    custom_attributes: plan.escalatedAttribute ? { Escalated: true } : {},
    first_contact_reply:
      life.contactReplyAt === null
        ? null
        : { created_at: life.contactReplyAt, type: 'conversation', url: null },
    sla_applied: null,
    statistics: statisticsOf(entry, life),
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ai_agent_participated: false,
    ai_agent: null,
    ...(version >= CHANNEL_SINCE ? { channel: { initial: CHANNEL, current: CHANNEL } } : {}),
  };
}
