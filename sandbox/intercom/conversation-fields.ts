import {
  CHANNEL,
  lifetimeOf,
  priorityOf,
  snoozedUntil,
  sourceOf,
  waitingSince,
  type View,
} from './conversation.ts';
import type { Field, FieldType, Fields, Value } from './filter.ts';
import { statisticsOf } from './statistics.ts';
import { adminOf, teamOf } from './team.ts';
import { PRIORITY_LEVELS_SINCE } from './version.ts';
import type { Entry } from './workspace.ts';

type Read = (entry: Entry, view: View) => Value;

const STATISTICS_DATES = [
  'first_contact_reply_at',
  'first_assignment_at',
  'first_admin_reply_at',
  'first_close_at',
  'last_assignment_at',
  'last_assignment_admin_reply_at',
  'last_contact_reply_at',
  'last_admin_reply_at',
  'last_close_at',
];
const STATISTICS_INTEGERS = [
  'time_to_assignment',
  'time_to_admin_reply',
  'time_to_first_close',
  'time_to_last_close',
  'median_time_to_reply',
  'count_reopens',
  'count_assignments',
  'count_conversation_parts',
];
const SOURCE_TEXTS = ['type', 'id', 'delivered_as', 'subject', 'url'] as const;
const AUTHOR_TEXTS = ['id', 'type', 'name', 'email'] as const;
/** No AI agent takes part in this workspace. */
const AI_AGENT = {
  'ai_agent.resolution_state': 'string',
  'ai_agent.last_answer_type': 'string',
  'ai_agent.rating': 'integer',
  'ai_agent.rating_remark': 'string',
  'ai_agent.source_type': 'string',
  'ai_agent.source_title': 'string',
} as const;

const statistic =
  (name: string): Read =>
  (entry, view) => {
    const value = statisticsOf(entry, lifetimeOf(entry, view))?.[name] ?? null;
    return typeof value === 'number' || typeof value === 'string' ? value : null;
  };

const rated =
  (read: (entry: Entry) => Value): Read =>
  (entry, view) =>
    lifetimeOf(entry, view).ratedAt === null ? null : read(entry);

const admin: Read = (entry, view) => adminOf(entry, lifetimeOf(entry, view));

const field = (type: FieldType, read: Read): Field<Entry, View> => ({ type, read });

/**
 * What POST /conversations/search accepts, with types: the table of contracts/intercom/facts.json. There is no
 * company among them, in no version.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations
 */
export const CONVERSATION_FIELDS: Fields<Entry, View> = new Map<string, Field<Entry, View>>([
  ['id', field('string', ({ plan }) => plan.id)],
  ['created_at', field('date', ({ createdAt }) => createdAt)],
  ['updated_at', field('date', (entry, view) => lifetimeOf(entry, view).updatedAt)],
  ...SOURCE_TEXTS.map(
    (name) => [`source.${name}`, field('string', (entry, view) => sourceOf(entry, view)[name])] as const,
  ),
  // Searched word by word, not as a whole.
  ['source.body', field('string', (entry, view) => sourceOf(entry, view).body.match(/\w+(?![^<]*>)/g) ?? [])],
  ...AUTHOR_TEXTS.map(
    (name) =>
      [
        `source.author.${name}`,
        field('string', (entry, view) => sourceOf(entry, view).author[name]),
      ] as const,
  ),
  ['contact_ids', field('string', ({ contact }) => (contact === null ? [] : [contact.intercomId]))],
  [
    'teammate_ids',
    field('string', (entry, view) => {
      const id = admin(entry, view);
      return id === null ? [] : [String(id)];
    }),
  ],
  [
    'admin_assignee_id',
    field(
      'integer',
      (entry, view) => admin(entry, view) ?? (view.version >= PRIORITY_LEVELS_SINCE ? 0 : null),
    ),
  ],
  ['team_assignee_id', field('integer', (entry) => teamOf(entry))],
  ['channel_initiated', field('string', () => CHANNEL)],
  ['open', field('boolean', (entry, view) => lifetimeOf(entry, view).state === 'open')],
  ['read', field('boolean', (entry, view) => lifetimeOf(entry, view).adminReplyAt !== null)],
  ['state', field('string', (entry, view) => lifetimeOf(entry, view).state)],
  ['waiting_since', field('date', (entry, view) => waitingSince(lifetimeOf(entry, view)))],
  ['snoozed_until', field('date', (entry, view) => snoozedUntil(lifetimeOf(entry, view), view.now))],
  [
    'tag_ids',
    field('string', ({ plan }, { workspace }) => plan.tags.flatMap((name) => workspace.tags.get(name) ?? [])),
  ],
  ['priority', field('string', (entry, { version }) => priorityOf(entry, version))],
  ...STATISTICS_INTEGERS.map((name) => [`statistics.${name}`, field('integer', statistic(name))] as const),
  ...STATISTICS_DATES.map((name) => [`statistics.${name}`, field('date', statistic(name))] as const),
  ['statistics.last_closed_by_id', field('string', statistic('last_closed_by_id'))],
  ['conversation_rating.requested_at', field('date', (entry, view) => lifetimeOf(entry, view).ratingAskedAt)],
  ['conversation_rating.replied_at', field('date', (entry, view) => lifetimeOf(entry, view).ratedAt)],
  // `score` here, `rating` in the answer.
  [
    'conversation_rating.score',
    field(
      'integer',
      rated(({ plan }) => (typeof plan.rating === 'number' ? plan.rating : null)),
    ),
  ],
  ['conversation_rating.remark', field('string', () => null)],
  [
    'conversation_rating.contact_id',
    field(
      'string',
      rated(({ contact }) => contact?.intercomId ?? null),
    ),
  ],
  // The vendor's table says so, without the m and the i.
  [
    'conversation_rating.admin_d',
    field('string', (entry, view) => {
      const id = lifetimeOf(entry, view).ratedAt === null ? null : admin(entry, view);
      return id === null ? null : String(id);
    }),
  ],
  ['ai_agent_participated', field('boolean', () => false)],
  ...Object.entries(AI_AGENT).map(([name, type]) => [name, field(type, () => null)] as const),
]);
