import { z } from 'zod';
import type { IntercomSource } from '../../config/sources.ts';
import type { Conversation } from '../../facts/index.ts';
import { passesAny } from './conversation-test.ts';

/** Made a text where it is used: a transform here costs as much as the rest of the record. */
const ID = z.union([z.string().min(1), z.number()]);
/** UNIX seconds; a number too big for that would be milliseconds, and wrong by a factor of a thousand. */
const SECONDS = z.number().nonnegative().lt(1e11);
const DURATION = z.number().nonnegative();

/** What we read of a conversation. Everything but id and creation may be absent or null, and often is. */
const RECORD = z.object({
  id: ID,
  created_at: SECONDS,
  state: z.string().nullish(),
  priority: z.string().nullish(),
  team_assignee_id: z.union([z.string(), z.number()]).nullish(),
  company: z.object({ id: ID, company_id: z.string().nullish() }).nullish(),
  contacts: z.object({ contacts: z.array(z.object({ id: ID })).nullish() }).nullish(),
  tags: z.object({ tags: z.array(z.object({ name: z.string().nullish() })).nullish() }).nullish(),
  custom_attributes: z.record(z.string(), z.unknown()).nullish(),
  source: z.object({ delivered_as: z.string().nullish() }).nullish(),
  statistics: z
    .object({
      time_to_admin_reply: DURATION.nullish(),
      first_admin_reply_at: SECONDS.nullish(),
      time_to_last_close: DURATION.nullish(),
      last_close_at: SECONDS.nullish(),
    })
    .nullish(),
  conversation_rating: z.object({ rating: z.number().int().min(1).max(5).nullish() }).nullish(),
});

export type ConversationRecord = z.infer<typeof RECORD>;

/** A conversation with what ties it to a customer. */
export interface ParsedConversation {
  readonly conversation: Conversation;
  /** The company that the conversation itself names, by the kind of id that the mapping holds. */
  readonly companyId: string | null;
  /** True when it names a company, even one without the kind of id that we look for. */
  readonly namesCompany: boolean;
  /** Whom to ask for the company; empty where the conversation names one. */
  readonly contactIds: readonly string[];
  /** How it came about, such as `customer_initiated`. */
  readonly deliveredAs: string | null;
}

/** A record that is not as the vendor describes it. */
export interface BadConversation {
  readonly bad: string;
  readonly companyId: string | null;
}

type Settings = Pick<IntercomSource, 'company_id' | 'p1_p2' | 'escalation'>;

/**
 * Makes a conversation of one record of a search. Times in seconds; unknown stays null.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
 * @example parseConversation({ id: '7', created_at: 1790000000, statistics: null }, settings)
 * // => { conversation: { id: '7', createdAt: 1790000000000, firstResponseSeconds: null, … }, companyId: null, … }
 */
export function parseConversation(raw: unknown, settings: Settings): ParsedConversation | BadConversation {
  const parsed = RECORD.safeParse(raw);
  if (!parsed.success) return { bad: whatIsBad(raw, parsed.error), companyId: companyOf(raw, settings) };
  const record = parsed.data;
  return {
    conversation: {
      id: String(record.id),
      createdAt: record.created_at * 1_000,
      p1p2: passesAny(record, settings.p1_p2),
      escalated: passesAny(record, settings.escalation),
      firstResponseSeconds: firstResponse(record),
      resolutionSeconds: record.state === 'closed' ? resolution(record) : null,
      ratingRequested: record.conversation_rating != null,
      rating: record.conversation_rating?.rating ?? null,
    },
    companyId: companyOf(record, settings),
    namesCompany: record.company != null,
    contactIds: record.company == null ? (record.contacts?.contacts ?? []).map(({ id }) => String(id)) : [],
    deliveredAs: record.source?.delivered_as ?? null,
  };
}

// Not first_contact_reply_at: that is the customer's own first message.
const firstResponse = ({ created_at: from, statistics }: ConversationRecord): number | null =>
  statistics?.time_to_admin_reply ?? span(from, statistics?.first_admin_reply_at);

const resolution = ({ created_at: from, statistics }: ConversationRecord): number | null =>
  statistics?.time_to_last_close ?? span(from, statistics?.last_close_at);

/** Seconds between two times; null when one is unknown or time would run backwards. */
const span = (from: number, to: number | null | undefined): number | null =>
  to == null || to < from ? null : to - from;

function companyOf(record: unknown, { company_id: kind }: Settings): string | null {
  const company = (record as { company?: { id?: unknown; company_id?: unknown } | null } | null)?.company;
  const id = kind === 'intercom' ? company?.id : company?.company_id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function whatIsBad(raw: unknown, { issues: [issue] }: z.ZodError): string {
  const id = (raw as { id?: unknown } | null)?.id;
  const name =
    typeof id === 'string' || typeof id === 'number' ? `conversation ${id}` : 'a conversation without id';
  return `${name}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'not as expected'}`;
}
