import { z } from 'zod';
import { ScorerError } from '../../errors.ts';
import type { Call, Transport } from '../../http/transport.ts';
import { everyNumberedPage } from './numbered-pages.ts';

const PER_PAGE = 60;

const ID = z.union([z.string().min(1), z.number()]).transform(String);
const COMPANY = z.object({ id: ID, company_id: z.string().nullish() });
export type Company = z.infer<typeof COMPANY>;

/** GET /contacts/{id}: embeds at most ten companies, by Intercom's id only. */
const CONTACT = z.object({
  companies: z.object({
    data: z.array(COMPANY),
    has_more: z.boolean().nullish(),
    total_count: z.number().int().nullish(),
  }),
});

const PAGES = z.object({ total_pages: z.number().int().nullish() }).nullish();
const COUNT = z.number().int().nonnegative().nullish();

/** A list of companies: the vendor's schema of a contact's calls it `companies`, its example `data`. */
const LIST = z
  .object({
    data: z.array(COMPANY).nullish(),
    companies: z.array(COMPANY).nullish(),
    pages: PAGES,
    total_count: COUNT,
  })
  .refine(({ data, companies }) => (data ?? companies) != null, 'expected a list of companies')
  .transform(({ data, companies, pages, total_count: totalCount }) => ({
    items: data ?? companies ?? [],
    totalPages: pages?.total_pages ?? null,
    totalCount: totalCount ?? null,
  }));

/** One company, which the vendor's schema gives by itself and its example as a list of one. */
const ONE = z.union([COMPANY, z.object({ data: z.array(COMPANY).min(1) }).transform(({ data }) => data[0])]);

/** Which id of a company a mapping holds. */
export type CompanyIdKind = 'intercom' | 'external';

/** A page of companies that have people, with how many there are. */
export interface CompanyPage {
  readonly companies: readonly Company[];
  readonly totalPages: number;
}

/** The calls about companies. */
export interface CompanyCalls {
  /** By Intercom's own id; companies inside a contact carry no other. */
  readonly contactCompanies: (contactId: string) => Promise<readonly Company[]>;
  /** With both kinds of id. */
  readonly attachedCompanies: (contactId: string) => Promise<readonly Company[]>;
  /** Those with people in them, 60 a page, the ones that have been silent for longest first. */
  readonly companyPage: (page: number) => Promise<CompanyPage>;
  readonly companyExists: (id: string, kind: CompanyIdKind) => Promise<boolean>;
}

export function makeCompanyCalls(transport: Transport): CompanyCalls {
  const listPage = (call: Pick<Call<unknown>, 'method' | 'path' | 'endpoint' | 'query'>, page: number) =>
    transport.request({ ...call, query: { per_page: PER_PAGE, page, ...call.query }, schema: LIST });

  // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcompaniesforacontact
  const attachedCompanies = (contactId: string): Promise<readonly Company[]> => {
    const path = `/contacts/${encodeURIComponent(contactId)}/companies`;
    const call = { method: 'GET', path, endpoint: 'contact companies' } as const;
    return everyNumberedPage(`Intercom: GET ${path}`, (page) => listPage(call, page));
  };

  return {
    attachedCompanies,

    // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontact
    contactCompanies: async (contactId) => {
      const path = `/contacts/${encodeURIComponent(contactId)}`;
      const { companies } = await transport.request({
        method: 'GET',
        path,
        endpoint: 'contact',
        schema: CONTACT,
      });
      const { data, has_more: more, total_count: count } = companies;
      // Ten are embedded, and two marks say whether there are others: whichever says so is followed.
      const isWhole = more !== true && (count ?? data.length) <= data.length;
      if (isWhole) return data;
      const attached = await attachedCompanies(contactId);
      const least = Math.max(count ?? 0, data.length + (more === true ? 1 : 0));
      if (attached.length >= least) return attached;
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        `Intercom: GET ${path}/companies: found ${attached.length} companies, expected the ${least} that the contact has; try again later`,
      );
    },

    // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listallcompanies
    companyPage: async (page) => {
      // Those that have been silent for longest first: they are the ones that nobody has just heard of.
      const call = {
        method: 'POST',
        path: '/companies/list',
        endpoint: 'companies',
        query: { order: 'asc' },
      } as const;
      const { items, totalPages, totalCount } = await listPage(call, page);
      return { companies: items, totalPages: totalPages ?? Math.ceil((totalCount ?? 0) / PER_PAGE) };
    },

    // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrieveacompanybyid
    companyExists: async (id, kind) => {
      const call: Pick<Call<unknown>, 'path' | 'query'> = kind === 'intercom'
        ? { path: `/companies/${encodeURIComponent(id)}` }
        : { path: '/companies', query: { company_id: id } };
      try {
        const found = await transport.request({ method: 'GET', endpoint: 'company', ...call, schema: ONE });
        const own = kind === 'intercom' ? found?.id : found?.company_id;
        if (own === id) return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw error;
      }
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        `Intercom: GET ${call.path}: found another company than ${id}, expected that one`,
      );
    },
  };
}

/** The vendor says itself that there is no such thing; a redirect or an answer of another form says nothing. */
export const isGone = (error: unknown): boolean =>
  error instanceof ScorerError && (error.vendorStatus === 404 || error.vendorStatus === 410);
