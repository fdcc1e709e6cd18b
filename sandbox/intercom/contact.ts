import { APP_ID } from './company.ts';
import type { Company, Person } from './workspace.ts';

const MOST_EMBEDDED = 10;

const listOf = (id: string, what: string) => ({
  type: 'list',
  data: [],
  url: `/contacts/${id}/${what}`,
  total_count: 0,
  has_more: false,
});

/**
 * A contact as GET /contacts/{id} gives it. Its companies are embedded by Intercom's id only, at most ten of
 * them; `has_more` tells of others.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/contact
 */
export function renderContact({ contact, email, createdAt }: Person, companies: readonly Company[]) {
  const id = contact.intercomId;
  return {
    type: 'contact',
    id,
    workspace_id: APP_ID,
    external_id: contact.salesforceId,
    role: 'user',
    email,
    email_domain: email.split('@')[1] ?? '',
    phone: null,
    name: `${contact.firstName} ${contact.lastName}`,
    avatar: null,
    owner_id: null,
    social_profiles: { type: 'list', data: [] },
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: false,
    created_at: createdAt,
    updated_at: createdAt,
    signed_up_at: createdAt,
    last_seen_at: null,
    last_replied_at: null,
    last_contacted_at: null,
    last_email_opened_at: null,
    last_email_clicked_at: null,
    language_override: null,
    browser: null,
    browser_version: null,
    browser_language: null,
    os: null,
    location: { type: 'location', country: null, region: null, city: null },
    custom_attributes: {},
    tags: listOf(id, 'tags'),
    notes: listOf(id, 'notes'),
    companies: {
      type: 'list',
      data: companies
        .slice(0, MOST_EMBEDDED)
        .map((company) => ({ type: 'company', id: company.id, url: `/companies/${company.id}` })),
      url: `/contacts/${id}/companies`,
      total_count: companies.length,
      has_more: companies.length > MOST_EMBEDDED,
    },
  };
}
