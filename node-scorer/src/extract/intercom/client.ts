import { z } from 'zod';
import type { IntercomSource } from '../../config/sources.ts';
import { makeTransport, type Runtime, type Transport, type TransportOptions } from '../../http/transport.ts';
import { everyPage } from '../pages.ts';

/** The most that a search gives at once. */
export const PER_PAGE = 150;
const COMPANIES_PER_PAGE = 60;
const DEADLINE_MS = 30_000;
const MOST_PAGES = 20_000;

const ID = z.union([z.string().min(1), z.number()]).transform(String);

/** GET /me: only who we are; a token that is not one of this workspace fails here and not as "no conversations". */
const ME = z.object({ type: z.string(), id: ID });

const PAGE = z.object({
  conversations: z.array(z.unknown()),
  total_count: z.number().int().nonnegative().nullish(),
  pages: z.object({ next: z.object({ starting_after: z.string().nullish() }).nullish() }).nullish(),
});

const COMPANY = z.object({ id: ID, company_id: z.string().nullish() });

/** GET /contacts/{id}: embeds at most ten companies, by Intercom's id only. */
const CONTACT = z.object({
  companies: z.object({ data: z.array(COMPANY).nullish(), has_more: z.boolean().nullish() }).nullish(),
});

/** GET /contacts/{id}/companies: the vendor's schema calls the list `companies`, its example `data`. */
const ATTACHED = z
  .object({
    data: z.array(COMPANY).nullish(),
    companies: z.array(COMPANY).nullish(),
    pages: z.object({ total_pages: z.number().int().nullish() }).nullish(),
  })
  .refine(({ data, companies }) => (data ?? companies) != null, 'expected a list of companies');

export interface IntercomCredentials {
  readonly token: string;
  /** Takes the place of the address in the settings. */
  readonly baseUrl: string | null;
}

/**
 * The transport of Intercom: pinned version, bearer token, 30 s a call.
 *
 * @see https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/api-versioning
 * @example intercomTransport({ token, baseUrl: null }, sources.intercom, runtime)
 */
export const intercomTransport = (
  { token, baseUrl }: IntercomCredentials,
  settings: Pick<IntercomSource, 'api_version' | 'base_url'>,
  runtime: Runtime & Pick<Partial<TransportOptions>, 'deadlineMs' | 'maxTries' | 'attempt'>,
): Transport =>
  makeTransport({
    deadlineMs: DEADLINE_MS,
    ...runtime,
    vendor: 'intercom',
    baseUrl: baseUrl ?? settings.base_url,
    // Without the version header the app's setting in the Developer Hub decides, and may change under us.
    headers: () => ({ Authorization: `Bearer ${token}`, 'Intercom-Version': settings.api_version }),
    access:
      'INTERCOM_API_TOKEN (its app needs "Read conversations" and "Read and list users and companies") and the region in INTERCOM_BASE_URL',
  });

/** Span of creation times in UNIX seconds, [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ConversationPage {
  readonly conversations: readonly unknown[];
  readonly totalCount: number | null;
  readonly next: string | null;
}

export type Company = z.infer<typeof COMPANY>;

/** The four calls that we make. */
export interface IntercomClient {
  readonly me: () => Promise<void>;
  readonly search: (span: Span, after: string | null) => Promise<ConversationPage>;
  /** By Intercom's own id; companies inside a contact carry no other. */
  readonly contactCompanies: (contactId: string) => Promise<readonly Company[]>;
  /** With both kinds of id. */
  readonly attachedCompanies: (contactId: string) => Promise<readonly Company[]>;
}

export function makeIntercomClient(transport: Transport): IntercomClient {
  // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcompaniesforacontact
  async function attachedCompanies(contactId: string): Promise<readonly Company[]> {
    const found: Company[] = [];
    for (let page = 1; ; page++) {
      const { data, companies, pages } = await transport.request({
        method: 'GET',
        path: `/contacts/${encodeURIComponent(contactId)}/companies`,
        endpoint: 'contact companies',
        query: { per_page: COMPANIES_PER_PAGE, page },
        schema: ATTACHED,
      });
      const list = data ?? companies ?? [];
      found.push(...list);
      if (list.length === 0 || page >= (pages?.total_pages ?? 1)) return found;
    }
  }

  return {
    me: async () => {
      await transport.request({ method: 'GET', path: '/me', endpoint: 'me', schema: ME });
    },

    // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations
    // Not filtered by company: no version of the API accepts such a field. Dates are seconds; milliseconds give
    // an empty answer and no error.
    search: async ({ from, to }, after) => {
      const {
        conversations,
        total_count: totalCount,
        pages,
      } = await transport.request({
        method: 'POST',
        path: '/conversations/search',
        endpoint: 'search',
        body: {
          query: {
            operator: 'AND',
            value: [
              // Inclusive or not is documented both ways: ask one second wider, cut locally.
              { field: 'created_at', operator: '>', value: from - 1 },
              { field: 'created_at', operator: '<', value: to + 1 },
            ],
          },
          // The default order is by last update: what changes while we read would move between pages.
          sort: { field: 'created_at', order: 'ascending' },
          pagination: { per_page: PER_PAGE, ...(after === null ? {} : { starting_after: after }) },
        },
        schema: PAGE,
      });
      return { conversations, totalCount: totalCount ?? null, next: pages?.next?.starting_after ?? null };
    },

    // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontact
    contactCompanies: async (contactId) => {
      const { companies } = await transport.request({
        method: 'GET',
        path: `/contacts/${encodeURIComponent(contactId)}`,
        endpoint: 'contact',
        schema: CONTACT,
      });
      return companies?.has_more === true ? attachedCompanies(contactId) : (companies?.data ?? []);
    },

    attachedCompanies,
  };
}

/**
 * Every page of a span of creation times. `take` gets the records of each: they are not part of the pages, because
 * whoever walks over pages holds the last one while the next is on its way, and a page of records is big.
 */
export const conversationPages = (
  client: IntercomClient,
  span: Span,
  take: (records: readonly unknown[]) => void,
): AsyncGenerator<Omit<ConversationPage, 'conversations'>> =>
  everyPage(
    'Intercom: POST /conversations/search',
    async (cursor) => {
      const { conversations, ...page } = await client.search(span, cursor);
      take(conversations);
      return page;
    },
    ({ totalCount }) => (totalCount === null ? MOST_PAGES : Math.ceil(totalCount / PER_PAGE) * 2 + 20),
  );
