import { randomUUID } from 'node:crypto';
import type { Request } from 'local-org/http';
import { companiesBy } from './companies.ts';
import { renderCompany } from './company.ts';
import type { View } from './conversation.ts';
import { onlyParameters } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Company } from './workspace.ts';

const PER_PAGE = 100;
const EXPIRES_AFTER = 60_000;

/**
 * GET /companies/scroll: every company, also those without people, in pages that end with an empty one. An app
 * has one scroll at a time; unused for a minute it is over.
 *
 * @param clock milliseconds since the epoch; it has to tick
 * @throws Refusal scroll_exists while another one is open, not_found for one that is over
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/scrolloverallcompanies
 * @example makeScroll(Date.now)(request, view) // => { type: 'list', data: […], pages: null, total_count: null, scroll_param: '69352cd2-…' }
 */
export function makeScroll(clock: () => number): (request: Pick<Request, 'query'>, view: View) => unknown {
  let open: { param: string; left: readonly Company[]; usedAt: number } | null = null;
  return ({ query }, view) => {
    onlyParameters(query, ['scroll_param']);
    const param = query.get('scroll_param');
    if (open !== null && clock() - open.usedAt > EXPIRES_AFTER) open = null;
    if (param === null) {
      if (open !== null) {
        throw new Refusal(400, 'scroll_exists', 'scroll already exists for this workspace');
      }
      open = { param: randomUUID(), left: companiesBy(view), usedAt: clock() };
    }
    if (open === null || (param !== null && param !== open.param)) {
      throw notFound('scroll parameter not found');
    }
    const { param: scroll_param, left } = open;
    const page = left.slice(0, PER_PAGE);
    open = page.length === 0 ? null : { ...open, left: left.slice(PER_PAGE), usedAt: clock() };
    return {
      type: 'list',
      data: page.map((company) => renderCompany(company, view.now)),
      pages: null,
      total_count: null,
      scroll_param,
    };
  };
}
