import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import type { Account } from '../facts/index.ts';
import { currencyOf, readAccounts, type AccountsRead } from '../extract/salesforce/accounts.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { Salesforce } from '../http/salesforce.ts';
import type { RefreshRequest } from './request.ts';

/** The accounts that a run is about, as its queries name them. */
export function populationOf({ mapping, accountIds, sources }: RefreshRequest): Population {
  const ids = mapping?.map(({ id }) => id).filter((id) => accountIds?.includes(id) ?? true) ?? accountIds;
  return ids === undefined ? { where: sources.salesforce.accounts.where } : { ids };
}

/**
 * Refuses a population without anybody: nothing would be scored, and that would look like success.
 *
 * @throws ScorerError SOURCE_SETTINGS
 */
export function refuseNobody({ accounts, churned, failed }: AccountsRead, { salesforce }: Sources): void {
  if (accounts.length + failed.length > 0) return;
  const left = churned.length === 0 ? '' : ` besides ${churned.length} that have left`;
  throw new ScorerError(
    'SOURCE_SETTINGS',
    `Salesforce: found no account to score${left} (${salesforce.accounts.where}), expected at least one; set Account.${salesforce.fields.segment} to paid or standard on the accounts that are to be scored, let the running user see them, or correct salesforce.accounts.where in sources.yaml`,
  );
}

/** The accounts of the org; with a mapping, those of the file, with what the org knows of them. */
export async function readPopulation(
  org: Salesforce | null,
  { sources, window, mapping }: RefreshRequest,
  population: Population,
): Promise<AccountsRead> {
  const ids = 'ids' in population ? population.ids : undefined;
  const mapped = mapping?.filter(({ id }) => ids?.includes(id));
  if (org === null) return { accounts: mapped ?? [], rows: new Map(), churned: [], failed: [], notes: [] };
  const read = await readAccounts(org, sources.salesforce, `${window.period}-01`, ids);
  if (ids === undefined) refuseNobody(read, sources);
  const unknown = (ids ?? []).filter((id) => !read.rows.has(id));
  const failed = [
    ...read.failed,
    ...unknown.map((id) => ({
      id,
      name: mapped?.find((account) => account.id === id)?.name ?? id,
      error: `Account ${id}: found none in the scored population, expected one; check the id and ${sources.salesforce.fields.segment}`,
    })),
  ];
  if (mapped === undefined) return { ...read, failed };
  const frozen = new Set(read.churned.map(({ id }) => id));
  const accounts = mapped
    .filter(({ id }) => read.rows.has(id) && !frozen.has(id))
    .map((account) => ({ ...account, ...currencyOf(read.rows.get(account.id)) }));
  return { ...read, accounts, failed: failed.filter(({ id }) => !accounts.some((each) => each.id === id)) };
}

/**
 * Everybody who is mapped: also in a run of some accounts it is among all of them that is decided whose a
 * conversation is.
 *
 * @param read the accounts of the run
 */
export async function readMapped(
  org: Salesforce | null,
  { sources, window, mapping, accountIds }: RefreshRequest,
  read: AccountsRead,
): Promise<readonly Account[]> {
  if (accountIds === undefined) return read.accounts;
  const frozen = new Set(read.churned.map(({ id }) => id));
  if (mapping !== undefined) return mapping.filter(({ id }) => !frozen.has(id));
  return org === null
    ? read.accounts
    : (await readAccounts(org, sources.salesforce, `${window.period}-01`)).accounts;
}
