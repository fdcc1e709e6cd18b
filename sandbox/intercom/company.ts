import type { Company } from './workspace.ts';

export const APP_ID = 'standin0';

/**
 * A company as GET /companies/{id} gives it. Its `id` is Intercom's, its `company_id` the one we gave it.
 *
 * @param now UNIX seconds
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/company
 */
export function renderCompany({ id, customer, createdAt, contacts, requests }: Company, now: number) {
  const lastRequest = requests.findLast((at) => at <= now);
  const arr = customer.arr.findLast(({ from }) => from <= now * 1_000)?.value ?? null;
  return {
    type: 'company',
    id,
    company_id: customer.intercomExternalId,
    app_id: APP_ID,
    name: customer.name,
    remote_created_at: createdAt,
    created_at: createdAt,
    updated_at: Math.max(createdAt, lastRequest ?? 0),
    ...(lastRequest === undefined ? {} : { last_request_at: lastRequest }),
    monthly_spend: arr === null ? 0 : Math.round(arr / 12),
    session_count: 0,
    user_count: contacts.length,
    tags: { type: 'tag.list', tags: [] },
    segments: { type: 'segment.list', segments: [] },
    plan: {},
    custom_attributes: {},
  };
}
