import type { SalesforceSource } from './settings.ts';
import type { AccountFacts } from '../../facts/index.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { makeObjectReader, SALESFORCE, toTime } from './access.ts';
import type { Row, SalesforceReader } from './client.ts';
import { readContracts } from './contract.ts';
import { readRelationships } from './relationship.ts';
import type { Population } from './soql.ts';

const unknown = { missing: 'no_history' } as const;
/** Of a month before the account was made the org knows nothing: no record is not the same as none. */
const NOT_YET: AccountFacts = {
  renewals: unknown,
  paymentProblems: unknown,
  contractChanges: unknown,
  arr: unknown,
  oldestArr: unknown,
  tierLimit: unknown,
  qbrs: unknown,
  champions: unknown,
  openExpansions: unknown,
};

/**
 * Contract and relationship facts as of the window's end: one query per object for all accounts.
 * A group of facts that cannot be read says why; the others live.
 *
 * @param deps.population the whole scored population by its filter, or single accounts by id
 * @param deps.accountRows ARR and success tier of today, by account id, as the accounts were read
 * @throws ScorerError SOURCE_REFUSED when the org refuses the credentials
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 */
export async function extractSalesforce(
  deps: {
    readonly client: SalesforceReader;
    readonly settings: SalesforceSource;
    readonly population: Population;
    readonly accountRows: ReadonlyMap<string, Row>;
  },
  request: ExtractionRequest,
): Promise<Extraction<AccountFacts>> {
  const { client, settings, population, accountRows } = deps;
  const reader = makeObjectReader(client, population);
  const [contracts, relationships] = await Promise.all([
    readContracts(reader, settings, request.window, accountRows),
    readRelationships(reader, settings, request.window),
  ]);
  return {
    facts: new Map(
      request.accounts.map(({ id }) => {
        const created = toTime(accountRows.get(id)?.['CreatedDate']);
        const isYounger = created !== null && created >= request.window.end;
        return [id, { known: isYounger ? NOT_YET : { ...contracts(id), ...relationships(id) } }];
      }),
    ),
    observedAt: new Date(request.now()).toISOString(),
    notes: reader.notes.map((note) => ({ ...note, source: SALESFORCE })),
  };
}
