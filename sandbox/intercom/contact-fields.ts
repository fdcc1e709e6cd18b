import type { View } from './conversation.ts';
import type { Field, Fields, FieldType, Operator, Value } from './filter.ts';
import type { Person } from './workspace.ts';

type Read = (person: Person) => Value;

/** Dates are compared by day in the workspace's time zone (UTC here), and by these operators only. */
const BY_DAY: readonly Operator[] = ['=', '>', '<'];
const TAG: readonly Operator[] = ['=', '!='];

const TEXTS: Readonly<Record<string, Read>> = {
  id: ({ contact }) => contact.intercomId,
  role: () => 'user',
  name: ({ contact }) => `${contact.firstName} ${contact.lastName}`,
  email: ({ email }) => email,
  email_domain: ({ email }) => email.split('@')[1] ?? null,
  external_id: ({ contact }) => contact.salesforceId,
};
/** Nothing is known of these in this workspace; null for everybody. */
const UNKNOWN_TEXTS = [
  'avatar owner_id phone formatted_phone language_override browser browser_language os',
  'location.country location.region location.city segment_id',
  'ios_app_version ios_device ios_app_device ios_os_version ios_app_name ios_sdk_version',
  'android_app_version android_device android_app_name andoid_sdk_version',
].flatMap((names) => names.split(' '));
const SINCE = ['created_at', 'signed_up_at', 'updated_at'];
const UNKNOWN_DATES = [
  'last_seen_at last_contacted_at last_replied_at last_email_opened_at last_email_clicked_at',
  'ios_last_seen_at android_last_seen_at',
].flatMap((names) => names.split(' '));
const NEVER = ['unsubscribed_from_emails', 'marked_email_as_spam', 'has_hard_bounced'];

const all = (
  names: readonly string[],
  type: FieldType,
  read: Read,
  more: Partial<Field<Person, View>> = {},
) => names.map((name) => [name, { type, read, ...more }] as const);

/**
 * What POST /contacts/search accepts, with types: the table of contracts/intercom/facts.json. There is no company
 * here either; custom attributes are not modelled.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/searchcontacts
 */
export const CONTACT_FIELDS: Fields<Person, View> = new Map<string, Field<Person, View>>([
  ...Object.entries(TEXTS).flatMap(([name, read]) => all([name], 'string', read)),
  ...all(UNKNOWN_TEXTS, 'string', () => null),
  ...all(['tag_id'], 'string', () => [], { operators: TAG }),
  ...all(SINCE, 'date', ({ createdAt }) => createdAt, { operators: BY_DAY, byDay: true }),
  ...all(UNKNOWN_DATES, 'date', () => null, { operators: BY_DAY, byDay: true }),
  ...all(NEVER, 'boolean', () => false),
]);
