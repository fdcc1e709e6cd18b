import { lifetimeOf, type View } from './conversation.ts';
import { adminOf } from './team.ts';
import type { Entry } from './workspace.ts';

/** What was said and done in a conversation after its first message; only GET /conversations/{id} gives it. */
export function partsOf(entry: Entry, view: View) {
  const life = lifetimeOf(entry, view);
  const admin = { type: 'admin', id: String(adminOf(entry, life) ?? 0) };
  const contact = { type: 'user', id: entry.contact?.intercomId ?? null };
  const parts = [
    { at: life.contactReplyAt, part_type: 'comment', body: '<p>A detail to add</p>', author: contact },
    { at: life.adminReplyAt, part_type: 'comment', body: '<p>We are on it</p>', author: admin },
    { at: life.closedAt, part_type: 'close', body: null, author: admin },
  ]
    .flatMap(({ at, ...part }) => (at === null ? [] : [{ at, part }]))
    .sort((one, other) => one.at - other.at)
    .map(({ at, part }, index) => ({
      type: 'conversation_part',
      id: `${entry.plan.id}0${index + 1}`,
      ...part,
      created_at: at,
      updated_at: at,
      notified_at: at,
      attachments: [],
      redacted: false,
    }));
  return { type: 'conversation_part.list', conversation_parts: parts, total_count: parts.length };
}
