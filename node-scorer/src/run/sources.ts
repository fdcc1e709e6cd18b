import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import type { Extraction, ExtractionRequest } from '../extract/extraction.ts';
import { readIntercomExport } from '../extract/intercom/export.ts';
import { extractIntercom, intercomTransport } from '../extract/intercom/index.ts';
import { extractJira, jiraTransport } from '../extract/jira/index.ts';
import { extractLooker, makeLookerSdk } from '../extract/looker/index.ts';
import type { Row } from '../extract/salesforce/client.ts';
import { extractSalesforce } from '../extract/salesforce/index.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { Account, AccountFacts, BugFacts, Conversation, UsageFacts } from '../facts/index.ts';
import type { CallCounter } from '../http/calls.ts';
import { makeRetryBudget } from '../http/retry-budget.ts';
import { connectSalesforce, type Salesforce } from '../http/salesforce.ts';
import { makeAttempt } from '../http/send.ts';
import type { SourceName } from '../metrics/define-metric.ts';
import type { Attempt, Attempts } from './readings.ts';

/** What touches the world, passed in. */
export interface World {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that only runs forward, for durations. */
  readonly tick: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly calls: CallCounter;
  /** Never the same twice. */
  readonly newId: () => string;
}

export interface SalesforceSource {
  readonly client: Salesforce;
  readonly population: Population;
  readonly accountRows: ReadonlyMap<string, Row>;
}

/** Signs in to the org; null when Salesforce is not configured. */
export async function openSalesforce(environment: Environment, world: World): Promise<Salesforce | null> {
  if (environment.salesforce === null) return null;
  return connectSalesforce({
    credentials: environment.salesforce,
    attempt: makeAttempt(),
    retries: makeRetryBudget(),
    ...world,
  });
}

/**
 * Reads all four sources side by side. One that is down leaves the others.
 *
 * @throws ScorerError of kind config when any source refuses its credentials or settings: only a person can mend
 *   that, so nothing is scored. Several at once are listed together.
 */
export async function extractAll(
  environment: Environment,
  sources: Sources,
  world: World,
  request: ExtractionRequest,
  salesforce: SalesforceSource | null,
  intercomExport?: IntercomExport,
  accountsOf: (source: SourceName) => readonly Account[] = () => request.accounts,
): Promise<Attempts> {
  const read = makeVendorReaders(environment, sources, world, intercomExport);
  const contracts: Reader<AccountFacts> | null =
    salesforce && ((wanted) => extractSalesforce({ ...salesforce, settings: sources.salesforce }, wanted));
  const results = await Promise.all([
    tryExtract('intercom', read.intercom, { ...request, accounts: accountsOf('intercom') }),
    tryExtract('jira', read.jira, { ...request, accounts: accountsOf('jira') }),
    tryExtract('looker', read.looker, { ...request, accounts: accountsOf('looker') }),
    tryExtract('salesforce', contracts, { ...request, accounts: accountsOf('salesforce') }),
  ]);
  const refused = results.flatMap((result) => ('refused' in result ? [result.refused] : []));
  const [first, ...others] = refused;
  if (first !== undefined) {
    throw others.length === 0
      ? first
      : new ScorerError(first.code, refused.map(({ message }) => message).join('\n'), { cause: first });
  }
  const [intercom, jira, looker, org] = results;
  return { intercom, jira, looker, salesforce: org } as Attempts;
}

type Reader<T> = (request: ExtractionRequest) => Promise<Extraction<T>>;

/** A CSV export of conversations, read in place of the API. */
export interface IntercomExport {
  readonly file: string;
  readonly csv: string;
}

/** A reader for each vendor; null for one that is not configured. */
export interface VendorReaders {
  readonly intercom: Reader<readonly Conversation[]> | null;
  readonly jira: Reader<BugFacts> | null;
  readonly looker: Reader<UsageFacts> | null;
}

export function makeVendorReaders(
  { intercom, jira, looker }: Environment,
  sources: Sources,
  world: World,
  intercomExport?: IntercomExport,
): VendorReaders {
  const runtime = { ...world, retryBudget: makeRetryBudget() };
  return {
    intercom: intercomExport
      ? (request) => readIntercomExport({ ...intercomExport, settings: sources.intercom }, request)
      : intercom &&
        ((request) => {
          const transport = intercomTransport(intercom, sources.intercom, runtime);
          return extractIntercom({ transport, settings: sources.intercom }, request);
        }),
    jira:
      jira &&
      ((request) => {
        const transport = jiraTransport(jira, runtime);
        return extractJira({ transport, settings: sources.jira }, request);
      }),
    looker:
      looker &&
      (async (request) => {
        const sdk = await makeLookerSdk(looker, runtime);
        return extractLooker({ sdk, settings: sources.looker }, request);
      }),
  };
}

/** Runs one extractor: down or unexpected is a reason and a note, refused is handed back to be listed. */
async function tryExtract<T>(
  source: SourceName,
  reader: Reader<T> | null,
  request: ExtractionRequest,
): Promise<Attempt<T> | { readonly refused: ScorerError }> {
  if (reader === null) return { missing: 'not_configured', notes: [] };
  // Everybody's readings are final: nobody is asked, not even for a sign-in.
  if (request.accounts.length === 0) {
    const observedAt = new Date(request.now()).toISOString();
    return { extraction: { facts: new Map(), observedAt, notes: [] } };
  }
  try {
    return { extraction: await reader(request) };
  } catch (error) {
    if (!(error instanceof ScorerError)) throw error;
    if (error.kind !== 'transient') return { refused: error };
    return { missing: 'source_down', notes: [{ source, code: error.code, message: error.message }] };
  }
}
