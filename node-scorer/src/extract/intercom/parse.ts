import type { IntercomSource } from './settings.ts';
import type { Conversation, Given } from '../../facts/index.ts';
import { passesAny } from './conversation-test.ts';
import { readRecord, type ConversationRecord, type ReadRecord } from './record.ts';

/** A conversation with what ties it to a customer. */
export interface ParsedConversation {
  readonly conversation: Conversation;
  /** The company that the conversation itself names, by the kind of id that the mapping holds. */
  readonly companyId: string | null;
  /** True when it names a company, even one without the kind of id that we look for. */
  readonly namesCompany: boolean;
  /** Whom to ask for the company; empty where the conversation names one. */
  readonly contactIds: readonly string[];
  /** Company or contacts cannot be read: where none of the others tells, it may be anybody's. */
  readonly ownerUnread: boolean;
  /** How it came about, such as `customer_initiated`. */
  readonly deliveredAs: string | null;
  /** Nothing says how it came about, and no customer ever wrote in it. */
  readonly withoutCustomer: boolean;
  /** Which conversation, and which of its fields is not as the vendor describes it; null when all are. */
  readonly bad: string | null;
  /** Fields that it does not have at all, and what it is if they were cut off; none where it has all that we look at. */
  readonly absent?: {
    readonly fields: readonly string[];
    readonly whenCut: (fields: readonly string[]) => ParsedConversation;
  };
}

type Settings = Pick<IntercomSource, 'company_id' | 'p1_p2' | 'escalation'>;

/**
 * Makes a conversation of one record of a search. Times in seconds; unknown stays null. A field that is not as the
 * vendor describes it is `invalid`, and the others stay.
 *
 * @returns null for what is no record at all
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation
 * @example parseConversation({ id: '7', created_at: 1790000000, statistics: null }, settings)
 * // => { conversation: { id: '7', createdAt: 1790000000000, firstResponseSeconds: null, … }, companyId: null, … }
 */
export function parseConversation(raw: unknown, settings: Settings): ParsedConversation | null {
  const read = readRecord(raw);
  if (read === null) return null;
  const { record, unread, why } = read;
  const id = record.id === undefined ? '' : String(record.id);
  const companyId = companyOf(raw, settings);
  const namesCompany = record.company != null || companyId !== null;
  const source = (raw as { source?: unknown }).source;
  const parsed: ParsedConversation = {
    conversation: isPlaced(read) ? conversationOf(id, read, settings) : unplaced(id),
    companyId,
    namesCompany,
    contactIds: namesCompany ? [] : (record.contacts?.contacts ?? []).map((contact) => String(contact.id)),
    ownerUnread: !namesCompany && (unread.has('company') || unread.has('contacts')),
    deliveredAs: record.source?.delivered_as ?? null,
    withoutCustomer: source === null && record.first_contact_reply === null,
    bad: why === '' ? null : badOf(id, why),
  };
  const fields = absentFields(raw, namesCompany, settings);
  // Kept as long as the conversation: what we read of the record, and not the record, which is ten times as big.
  return fields.length === 0
    ? parsed
    : { ...parsed, absent: { fields, whenCut: (cut) => whenCut(parsed, cut, read, settings) } };
}

const badOf = (id: string, why: string): string =>
  `${id === '' ? 'a conversation without id' : `conversation ${id}`}: ${why}`;

/** Fields that are not there, not even as null, of those that we look at with these settings. */
function absentFields(raw: unknown, namesCompany: boolean, { p1_p2, escalation }: Settings): string[] {
  const tests = [...p1_p2, ...escalation];
  const fields = {
    source: true,
    statistics: true,
    conversation_rating: true,
    contacts: !namesCompany,
    priority: tests.some((test) => 'priority' in test),
    tags: tests.some((test) => 'tag' in test),
    team_assignee_id: tests.some((test) => 'team' in test),
    custom_attributes: tests.some((test) => 'custom_attribute' in test),
  };
  const given = raw as Readonly<Record<string, unknown>>;
  return Object.entries(fields).flatMap(([name, isLookedAt]) =>
    isLookedAt && given[name] === undefined ? [name] : [],
  );
}

function whenCut(
  parsed: ParsedConversation,
  cut: readonly string[],
  read: ReadRecord,
  settings: Settings,
): ParsedConversation {
  const { id } = parsed.conversation;
  const lacking = { ...read, unread: new Set([...read.unread, ...cut]) };
  const why = `field ${cut.join(', ')}: is missing, where other conversations have it`;
  return {
    ...parsed,
    conversation: isPlaced(lacking) ? conversationOf(id, lacking, settings) : unplaced(id),
    ownerUnread: parsed.ownerUnread || cut.includes('contacts'),
    bad: parsed.bad ?? badOf(id, why),
  };
}

type Placed = ReadRecord & {
  readonly record: ReadRecord['record'] & Pick<ConversationRecord, 'created_at'>;
};

/** Can be told when it began and who began it: without that nobody knows whether it counts at all. */
const isPlaced = (read: ReadRecord): read is Placed =>
  read.record.created_at !== undefined && !read.unread.has('source');

const unplaced = (id: string): Conversation => ({
  id,
  createdAt: null,
  p1p2: 'invalid',
  escalated: 'invalid',
  firstResponseSeconds: 'invalid',
  resolutionSeconds: 'invalid',
  ratingRequested: 'invalid',
  rating: 'invalid',
});

const conversationOf = (id: string, read: Placed, settings: Settings): Conversation => ({
  id,
  createdAt: read.record.created_at * 1_000,
  p1p2: passesAny(read.record, settings.p1_p2, read.unread),
  escalated: passesAny(read.record, settings.escalation, read.unread),
  firstResponseSeconds: firstResponse(read),
  resolutionSeconds: resolution(read),
  ...ratingOf(read),
});

// Not first_contact_reply_at: that is the customer's own first message.
const firstResponse = (read: Placed): Given<number | null> =>
  duration(read, 'time_to_admin_reply', 'first_admin_reply_at');

/** @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation */
const OPEN_STATES = new Set(['open', 'snoozed']);

function resolution(read: Placed): Given<number | null> {
  const seconds = duration(read, 'time_to_last_close', 'last_close_at');
  const { state } = read.record;
  if (seconds === null || state?.toLowerCase() === 'closed') return seconds;
  // Closed once, and nothing says whether it still is.
  return OPEN_STATES.has(state?.toLowerCase() ?? '') ? null : 'invalid';
}

type Statistic = keyof NonNullable<ConversationRecord['statistics']>;

/** What Intercom measured, else the span on the clock; one that runs backwards is none. */
function duration(
  { record: { created_at: from, statistics }, unread }: Placed,
  measured: Statistic,
  clock: Statistic,
): Given<number | null> {
  const told = statistics?.[measured];
  if (told != null) return told;
  const to = statistics?.[clock];
  if (to != null) return to < from ? 'invalid' : to - from;
  const lost = ['statistics', `statistics.${measured}`, `statistics.${clock}`].some((one) => unread.has(one));
  return lost ? 'invalid' : null;
}

function ratingOf({ record, unread }: Placed): Pick<Conversation, 'ratingRequested' | 'rating'> {
  if (unread.has('conversation_rating')) return { ratingRequested: 'invalid', rating: 'invalid' };
  if (unread.has('conversation_rating.rating')) return { ratingRequested: true, rating: 'invalid' };
  const { rating = null, ...others } = record.conversation_rating ?? {};
  // An object of nulls is no request.
  const requested = rating !== null || Object.values(others).some((value) => value != null);
  return { ratingRequested: requested, rating };
}

function companyOf(record: unknown, { company_id: kind }: Settings): string | null {
  const company = (record as { company?: { id?: unknown; company_id?: unknown } | null } | null)?.company;
  const id = kind === 'intercom' ? company?.id : company?.company_id;
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null;
}
