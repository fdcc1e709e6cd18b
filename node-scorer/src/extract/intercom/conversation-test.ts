import type { ConversationTest } from './settings.ts';

/** The parts of a conversation that a test may look at. */
interface Testable {
  readonly priority?: string | null | undefined;
  readonly team_assignee_id?: string | number | null | undefined;
  readonly tags?:
    | { readonly tags?: readonly { readonly name?: string | null | undefined }[] | null | undefined }
    | null
    | undefined;
  readonly custom_attributes?: Readonly<Record<string, unknown>> | null | undefined;
}

const lower = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());

/**
 * Does a conversation pass any of the configured tests? Priorities and tags are compared without regard to
 * case (people type tags), teams by id as text, a custom attribute by its exact value.
 *
 * The list of priorities may hold both vocabularies: `priority` of versions up to 2.15, `high` and `urgent`
 * from 2.16 on.
 *
 * @param unread fields of the conversation that could not be read
 * @returns `invalid` when it passes none, but might have passed one whose field cannot be read
 * @example passesAny({ priority: 'urgent' }, [{ priority: ['urgent', 'high', 'priority'] }]) // => true
 * @example passesAny({}, [{ priority: ['urgent'] }], new Set(['priority'])) // => 'invalid'
 */
export function passesAny(
  conversation: Testable,
  tests: readonly ConversationTest[],
  unread: ReadonlySet<string> = new Set(),
): boolean | 'invalid' {
  if (tests.some((test) => passes(conversation, test))) return true;
  return tests.some((test) => cannotTell(conversation, test, unread)) ? 'invalid' : false;
}

function passes(conversation: Testable, test: ConversationTest): boolean {
  if ('priority' in test) return lower(test.priority).includes((conversation.priority ?? '').toLowerCase());
  if ('tag' in test) {
    const names = (conversation.tags?.tags ?? []).map(({ name }) => (name ?? '').toLowerCase());
    return lower(test.tag).some((tag) => names.includes(tag));
  }
  if ('team' in test) return test.team.includes(String(conversation.team_assignee_id ?? ''));
  const { name, equals } = test.custom_attribute;
  return conversation.custom_attributes?.[name] === equals;
}

function cannotTell(
  { custom_attributes: attributes }: Testable,
  test: ConversationTest,
  unread: ReadonlySet<string>,
): boolean {
  if ('priority' in test) return unread.has('priority');
  if ('tag' in test) return unread.has('tags');
  if ('team' in test) return unread.has('team_assignee_id');
  const { name, equals } = test.custom_attribute;
  const value = attributes?.[name];
  // A text where we wait for true or false is no answer to the question.
  return unread.has('custom_attributes') || (value != null && typeof value !== typeof equals);
}
