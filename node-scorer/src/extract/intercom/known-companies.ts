import { inParallel } from '../../http/in-parallel.ts';
import type { CompanyCalls, CompanyIdKind } from './company-calls.ts';

const AT_ONCE = 8;
/** So few are asked for one by one: a page of all companies would cost as much. */
const FEW = 3;

/**
 * Which of these company ids Intercom does not know. Grows with pages of companies and not with accounts, except for
 * companies that are in no list: Intercom lists those with people in them, and 10,000 at most. A list that ends early
 * does no harm, for only an answer that there is no such company counts.
 *
 * @throws ScorerError SOURCE_DOWN, SOURCE_UNEXPECTED, SOURCE_REFUSED
 * @example await unknownCompanies(['a'], 'intercom', client) // => Set { 'a' }
 */
export async function unknownCompanies(
  ids: readonly string[],
  kind: CompanyIdKind,
  calls: Pick<CompanyCalls, 'companyPage' | 'companyExists'>,
): Promise<ReadonlySet<string>> {
  const open = new Set(ids);
  let lastPage = open.size > FEW ? 1 : 0;
  for (let page = 1; page <= lastPage; page++) {
    const { companies, totalPages } = await calls.companyPage(page);
    for (const { id, company_id: external } of companies)
      open.delete((kind === 'intercom' ? id : external) ?? '');
    // Where there are more pages left than ids, the ids are fewer calls.
    lastPage = companies.length === 0 || totalPages - page > open.size ? page : totalPages;
  }
  const rest = [...open];
  const exist = await inParallel(rest, AT_ONCE, (id) => calls.companyExists(id, kind));
  return new Set(rest.filter((_, index) => exist[index] !== true));
}
