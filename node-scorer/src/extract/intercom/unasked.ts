import type { Conversation } from '../../facts/index.ts';
import type { MissingReason } from '../../scoring/index.ts';
import type { Tested } from './names.ts';
import type { ParsedConversation } from './parse.ts';

const FIELD = { p1_p2: 'p1p2', escalation: 'escalated' } as const satisfies Record<
  Tested,
  keyof Conversation
>;

/**
 * Conversations without the answers to tests that could not be asked: no conversation passes a test whose names the
 * source does not know, and that is no zero. A test that one of them passes has been asked, whatever the lists say.
 *
 * @example withoutUnasked(parsed, new Map([['escalation', 'unknown_name']]))[0]?.conversation.escalated // => 'unknown_name'
 */
export function withoutUnasked(
  parsed: readonly (ParsedConversation | null)[],
  unasked: ReadonlyMap<Tested, MissingReason>,
): readonly (ParsedConversation | null)[] {
  const fields = [...unasked].flatMap(([test, reason]) => {
    const field = FIELD[test];
    return parsed.some((one) => one?.conversation[field] === true) ? [] : [[field, reason] as const];
  });
  if (fields.length === 0) return parsed;
  const told = Object.fromEntries(fields);
  return parsed.map((one) => one && { ...one, conversation: { ...one.conversation, ...told } });
}
