import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import type { Extraction, ExtractionRequest } from '../extract/extraction.ts';
import { SOURCES, type FactsOf, type SourceName } from '../extract/registry.ts';
import { connect } from '../extract/salesforce/connect.ts';
import type { Row } from '../extract/salesforce/client.ts';
import type { Population } from '../extract/salesforce/soql.ts';
import type { AnySource, SourceFile } from '../extract/source.ts';
import type { CallCounter } from '../http/calls.ts';
import { makeRetryBudget } from '../http/retry-budget.ts';
import type { Salesforce } from '../http/salesforce.ts';
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
  return environment.salesforce && connect(environment.salesforce, world);
}

type Reader<T> = (request: ExtractionRequest) => Promise<Extraction<T>>;
/** A reader for each source; null for one that is not configured. */
type Readers = { readonly [N in SourceName]: Reader<FactsOf<N>> | null };
/** Files that stand in for sources. */
export type SourceFiles = { readonly [N in SourceName]?: SourceFile | undefined };
/** Sources that are signed in to already. */
type Opened = { readonly [N in SourceName]?: unknown };

/**
 * How each source that has credentials, or a file in its place, is read.
 *
 * @example await readersOf(environment, sources, world).jira?.(request) // => { facts: Map { … }, … }
 */
export function readersOf(
  environment: Environment,
  sources: Sources,
  world: World,
  { files = {}, opened = {} }: { readonly files?: SourceFiles; readonly opened?: Opened } = {},
): Readers {
  const runtime = { ...world, retryBudget: makeRetryBudget() };
  const readerOf = ({ name, file, open, read }: (typeof SOURCES)[number]): Reader<unknown> | null => {
    const settings = sources[name] as never;
    const [given, client, credentials] = [files[name], opened[name], environment[name]];
    if (given !== undefined && file !== undefined) return (request) => file.read(given, settings, request);
    if (client !== undefined) return (request) => read(client as never, settings, request);
    if (credentials === null) return null;
    return async (request) => read(await open(credentials as never, settings, runtime), settings, request);
  };
  return Object.fromEntries(SOURCES.map((source) => [source.name, readerOf(source)])) as unknown as Readers;
}

/**
 * Reads every source side by side. One that is down leaves the others.
 *
 * @param org Salesforce as the run has opened it; null: it is not read
 * @param ofSource what one source is asked otherwise than the others
 * @throws ScorerError of kind config when any source refuses its credentials or settings: only a person can mend
 *   that, so nothing is scored. Several at once are listed together.
 */
export async function extractAll(
  environment: Environment,
  sources: Sources,
  world: World,
  request: ExtractionRequest,
  org: SalesforceSource | null,
  files: SourceFiles = {},
  ofSource: (source: AnySource & { readonly name: SourceName }) => Partial<ExtractionRequest> = () => ({}),
): Promise<Attempts> {
  const readers = readersOf({ ...environment, salesforce: null }, sources, world, {
    files,
    ...(org && { opened: { salesforce: org.client } }),
  });
  const { population, accountRows } = org ?? {};
  const asked = { ...request, ...(population && { population }), ...(accountRows && { accountRows }) };
  const results = await Promise.all(
    SOURCES.map((source) => tryExtract(source.name, readers[source.name], { ...asked, ...ofSource(source) })),
  );
  const refused = results.flatMap((result) => ('refused' in result ? [result.refused] : []));
  const [first, ...others] = refused;
  if (first !== undefined) {
    throw others.length === 0
      ? first
      : new ScorerError(first.code, refused.map(({ message }) => message).join('\n'), { cause: first });
  }
  return Object.fromEntries(SOURCES.map(({ name }, i) => [name, results[i]])) as unknown as Attempts;
}

/** Runs one extractor: down or unexpected is a reason and a note, refused is handed back to be listed. */
async function tryExtract(
  source: SourceName,
  reader: Reader<unknown> | null,
  request: ExtractionRequest,
): Promise<Attempt<unknown> | { readonly refused: ScorerError }> {
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
