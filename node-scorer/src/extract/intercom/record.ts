import { z } from 'zod';

/** Made a text where it is used: a transform here costs as much as the rest of the record. */
const ID = z.union([z.string().min(1), z.number()]);
/** UNIX seconds; a number too big for that would be milliseconds, and wrong by a factor of a thousand. */
const SECONDS = z.number().nonnegative().lt(1e11);
const DURATION = z.number().nonnegative();
const CONTACT = z.object({ id: ID });
const TAG = z.object({ name: z.string().nullish() });

const STATISTICS = z.object({
  time_to_admin_reply: DURATION.nullish(),
  first_admin_reply_at: SECONDS.nullish(),
  time_to_last_close: DURATION.nullish(),
  last_close_at: SECONDS.nullish(),
});
/** `created_at` is when the rating was asked for. */
const RATING = z.object({
  rating: z.number().int().min(1).max(5).nullish(),
  remark: z.unknown().optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
});

/** What we read of a conversation. Everything but id and creation may be absent or null, and often is. */
const RECORD = z.object({
  id: ID,
  created_at: SECONDS,
  state: z.string().nullish(),
  priority: z.string().nullish(),
  team_assignee_id: z.union([z.string(), z.number()]).nullish(),
  company: z.object({ id: ID, company_id: z.string().nullish() }).nullish(),
  contacts: z.object({ contacts: z.array(CONTACT).nullish() }).nullish(),
  tags: z.object({ tags: z.array(TAG).nullish() }).nullish(),
  custom_attributes: z.record(z.string(), z.unknown()).nullish(),
  source: z.object({ delivered_as: z.string().nullish() }).nullish(),
  first_contact_reply: z.unknown().optional(),
  statistics: STATISTICS.nullish(),
  conversation_rating: RATING.nullish(),
});

export type ConversationRecord = z.infer<typeof RECORD>;

/** A record with the paths of those fields that are not as the vendor describes them. */
export interface ReadRecord {
  readonly record: Partial<ConversationRecord>;
  /** Such as `statistics.time_to_admin_reply`; none where the whole record is as it should be. */
  readonly unread: ReadonlySet<string>;
  /** The first of them with what is wrong with it; empty when there is none. */
  readonly why: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Reads one record of a search, field by field where it is not whole: a field that cannot be read is left out and
 * named, and the others stay.
 *
 * @returns null for what is no record at all
 * @example readRecord({ id: '7', created_at: 1790000000, statistics: { time_to_admin_reply: -5 } })?.unread
 * // => Set { 'statistics.time_to_admin_reply' }
 */
export function readRecord(raw: unknown): ReadRecord | null {
  const parsed = RECORD.safeParse(raw);
  if (parsed.success) return { record: parsed.data, unread: NOTHING, why: '' };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const [issue] = parsed.error.issues;
  const fields = fieldsOf(raw as Fields, RECORD.shape, '');
  return {
    record: fields.value,
    unread: new Set(fields.unread),
    why: `field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'not as expected'}`,
  };
}

type Fields = Readonly<Record<string, unknown>>;

interface Salvaged {
  readonly value: Fields;
  readonly unread: readonly string[];
}

/** Groups of fields that are read one by one, and lists of which the good members stay. */
const GROUPS: Readonly<Record<string, z.ZodRawShape>> = {
  statistics: STATISTICS.shape,
  conversation_rating: RATING.shape,
};
const LISTS: Readonly<Record<string, z.ZodType>> = { contacts: CONTACT, tags: TAG };

function fieldsOf(raw: Fields, shape: z.ZodRawShape, prefix: string): Salvaged {
  const value: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const [name, schema] of Object.entries(shape)) {
    const parsed = z.safeParse(schema, raw[name]);
    const part = parsed.success ? { value: parsed.data, unread: [] } : partOf(name, raw[name], prefix);
    if (part.value !== undefined) value[name] = part.value;
    unread.push(...part.unread);
  }
  return { value, unread };
}

/** What is left of a field that is not as expected. */
function partOf(
  name: string,
  raw: unknown,
  prefix: string,
): { readonly value: unknown; readonly unread: readonly string[] } {
  const path = `${prefix}${name}`;
  const lost = { value: undefined, unread: [path] };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return lost;
  const group = GROUPS[path];
  if (group !== undefined) return fieldsOf(raw as Fields, group, `${path}.`);
  const member = LISTS[path];
  const list = (raw as Fields)[name];
  if (member === undefined || !Array.isArray(list)) return lost;
  const good = list.flatMap((one: unknown) => {
    const parsed = member.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  return { value: { [name]: good }, unread: [path] };
}
