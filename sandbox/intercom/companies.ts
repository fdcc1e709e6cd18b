import type { Request } from 'local-org/http';
import { renderCompany } from './company.ts';
import { renderContact } from './contact.ts';
import type { View } from './conversation.ts';
import { numberedPage, onlyParameters, type NumberedPage } from './paging.ts';
import { companyNotFound, invalid, Refusal } from './refusal.ts';
import type { Company } from './workspace.ts';

const LIST = { perPage: 15, most: 60 };
const SUB_LIST = { perPage: 50, most: 60 };
const LIST_ENDS_AT = 10_000;

/** The companies that exist by now. */
export const companiesBy = ({ workspace, now }: View): readonly Company[] =>
  [...workspace.companies.values()].filter(({ createdAt }) => createdAt <= now);

export function companyById(id: string, { workspace, now }: View): Company {
  const company = workspace.companies.get(id);
  if (company === undefined || company.createdAt > now) throw companyNotFound();
  return company;
}

const pagesOf = ({ page, perPage, totalPages }: NumberedPage<unknown>) => ({
  type: 'pages',
  // The next page is asked for by number; the contract types `next` as an object or null.
  next: page < totalPages ? { page: page + 1, per_page: perPage } : null,
  page,
  per_page: perPage,
  total_pages: totalPages,
});

/**
 * GET /companies with company_id or name: as one-element list, or 404.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrievecompany
 */
export function findCompany({ query }: Request, view: View) {
  onlyParameters(query, ['company_id', 'name', 'page', 'per_page']);
  const externalId = query.get('company_id');
  const name = query.get('name');
  if (externalId === null && name === null) return listCompanies({ query }, view);
  const found = companiesBy(view).filter(({ customer }) =>
    externalId === null ? customer.name === name : customer.intercomExternalId === externalId,
  );
  if (found.length === 0) throw companyNotFound();
  return listAnswer(numberedPage(found, query, LIST), view);
}

/**
 * POST /companies/list: last active first, without companies that have no users, and not beyond 10,000.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listallcompanies
 */
export function listCompanies({ query }: Pick<Request, 'query'>, view: View) {
  onlyParameters(query, ['page', 'per_page', 'order']);
  const order = query.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalid('order has to be asc or desc', 'order');
  const lastRequest = new Map(
    companiesBy(view).map((company) => [company, company.requests.findLast((at) => at <= view.now) ?? 0]),
  );
  const listed = [...lastRequest.keys()]
    .filter(({ contacts }) => contacts.length > 0)
    .sort(
      (one, other) =>
        ((lastRequest.get(one) ?? 0) - (lastRequest.get(other) ?? 0)) * (order === 'asc' ? 1 : -1),
    );
  const page = numberedPage(listed, query, LIST);
  if ((page.page - 1) * page.perPage >= LIST_ENDS_AT) {
    throw new Refusal(400, 'bad_request', 'page limit reached, please use scroll API', 'page');
  }
  return listAnswer(page, view);
}

const listAnswer = (page: NumberedPage<Company>, { now }: View) => ({
  type: 'list',
  data: page.items.map((company) => renderCompany(company, now)),
  pages: pagesOf(page),
  total_count: page.total,
});

/**
 * GET /companies/{id}/contacts.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listattachedcontacts
 */
export function contactsOfCompany({ query }: Request, id: string, view: View) {
  onlyParameters(query, ['page', 'per_page']);
  const people = companyById(id, view).contacts.filter(({ createdAt }) => createdAt <= view.now);
  const page = numberedPage(people, query, SUB_LIST);
  return {
    type: 'list',
    data: page.items.map((person) =>
      renderContact(person, companiesOfContact(person.contact.intercomId, view)),
    ),
    total_count: page.total,
    pages: pagesOf(page),
  };
}

export const companiesOfContact = (contactId: string, { workspace, now }: View): readonly Company[] =>
  workspace.companiesOf(contactId).filter(({ createdAt }) => createdAt <= now);

/**
 * GET /contacts/{id}/companies: whole companies, with our `company_id`. The list is called `data`, as in the
 * vendor's example; its schema says `companies`.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcompaniesforacontact
 */
export function attachedCompanies({ query, headers }: Request, contactId: string, view: View) {
  onlyParameters(query, ['page', 'per_page']);
  const page = numberedPage(companiesOfContact(contactId, view), query, SUB_LIST);
  const { page: number, perPage, totalPages } = page;
  const next = `http://${headers['host'] ?? 'localhost'}/contacts/${contactId}/companies?per_page=${perPage}&page=${number + 1}`;
  return {
    type: 'list',
    data: page.items.map((company) => renderCompany(company, view.now)),
    pages: {
      type: 'pages',
      next: number < totalPages ? next : null,
      page: number,
      per_page: perPage,
      total_pages: totalPages,
    },
    total_count: page.total,
  };
}
