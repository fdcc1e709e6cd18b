import { z } from 'zod';
import type { IntercomSource } from './settings.ts';
import { makeTransport, type Runtime, type Transport, type TransportOptions } from '../../http/transport.ts';
import { everyPage } from '../pages.ts';
import { makeCompanyCalls, type CompanyCalls } from './company-calls.ts';
import { makeNameCalls, type NameCalls } from './name-calls.ts';

/** The most that a search gives at once. */
export const PER_PAGE = 150;
const DEADLINE_MS = 30_000;
const MOST_PAGES = 20_000;

const ID = z.union([z.string().min(1), z.number()]).transform(String);

/** GET /me: only who we are; a token that is not one of this workspace fails here and not as "no conversations". */
const ME = z.object({ type: z.string(), id: ID });

const PAGE = z.object({
  conversations: z.array(z.unknown()),
  total_count: z.number().int().nonnegative().nullish(),
  pages: z
    .object({
      next: z.object({ starting_after: z.string().nullish() }).nullish(),
      page: z.number().int().nullish(),
      total_pages: z.number().int().nullish(),
    })
    .nullish(),
});

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
    vendor: { name: 'intercom', title: 'Intercom', addressIn: 'INTERCOM_BASE_URL' },
    baseUrl: baseUrl ?? settings.base_url,
    // Without the version header the app's setting in the Developer Hub decides, and may change under us.
    headers: () => ({ Authorization: `Bearer ${token}`, 'Intercom-Version': settings.api_version }),
    access:
      'INTERCOM_API_TOKEN (its app needs "Read conversations", "Read and list users and companies", and for tags and teams in sources.yaml "Read tags" and "Read admins") and the region in INTERCOM_BASE_URL',
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
  /** Something in the answer says that this is the last page, or that it is not. */
  readonly isLast: boolean | null;
}

/** The calls that we make; none of them changes anything. */
export interface IntercomClient extends CompanyCalls, NameCalls {
  readonly me: () => Promise<void>;
  readonly search: (span: Span, after: string | null) => Promise<ConversationPage>;
}

/** @param apiVersion decides where conversation attributes are found */
export function makeIntercomClient(transport: Transport, apiVersion: string): IntercomClient {
  return {
    ...makeCompanyCalls(transport),
    ...makeNameCalls(transport, apiVersion),
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
      const { page, total_pages: last } = pages ?? {};
      return {
        conversations,
        totalCount: totalCount ?? null,
        next: pages?.next?.starting_after ?? null,
        isLast: page == null || last == null ? null : page >= last,
      };
    },
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
