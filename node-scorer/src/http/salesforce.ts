import { PassThrough } from 'node:stream';
import type { Connection } from 'jsforce';
import { ScorerError } from '../errors.ts';
import type { CallCounter } from './calls.ts';
import type { RetryBudget } from './retry-budget.ts';
import { retryDelay } from './retry-timing.ts';
import type { Attempt, HttpRequest, HttpResponse, NoResponse } from './send.ts';

const VENDOR = 'salesforce';
/** Spring '26: the newest with a public schema; jsforce alone would ask for 50.0. */
const API_VERSION = '66.0';
const DEADLINE_MS = 120_000;
const MAX_TRIES = 3;
/** After so many calls in a row without an answer the org counts as dead and further calls fail at once. */
const BREAK_AFTER = 3;

export interface SalesforceDeps {
  readonly credentials: {
    readonly loginUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly attempt: Attempt;
  readonly calls: CallCounter;
  readonly retries: RetryBudget;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface FieldDescription {
  readonly name: string;
  /** As describe says it: string, double, currency, date, datetime, picklist, reference, boolean … */
  readonly type: string;
  /** Active values of a picklist; empty for other types. */
  readonly values: readonly string[];
}

export interface Description {
  readonly name: string;
  readonly queryable: boolean;
  readonly fields: ReadonlyMap<string, FieldDescription>;
}

type Row = Readonly<Record<string, unknown>>;
type Record_ = Readonly<Record<string, string | number | boolean | null>>;

/** An org, over jsforce for its protocol and our transport for its deadlines, retries and counts. */
export interface Salesforce {
  readonly query: (soql: string) => Promise<readonly Row[]>;
  readonly describe: (object: string) => Promise<Description | null>;
  readonly upsert: (
    object: string,
    externalId: string,
    records: readonly Record_[],
  ) => Promise<
    readonly { readonly id: string | null; readonly success: boolean; readonly errors: readonly string[] }[]
  >;
}

/**
 * Signs in by OAuth client credentials. jsforce is loaded here and not before: it takes a third of a second.
 *
 * @throws ScorerError SOURCE_REFUSED for refused credentials, SOURCE_DOWN when the org does not answer
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function connectSalesforce(deps: SalesforceDeps): Promise<Salesforce> {
  const { loginUrl, clientId, clientSecret } = deps.credentials;
  const { default: jsforce } = await import('jsforce');
  const signIn = async (connection: Connection): Promise<void> => {
    try {
      await connection.authorize({ grant_type: 'client_credentials' });
    } catch (error) {
      throw explain(error, 'sign-in');
    }
  };
  const connection = new jsforce.Connection({
    loginUrl,
    version: API_VERSION,
    oauth2: { clientId, clientSecret, loginUrl },
    // Client credentials have no refresh token: an expired session is renewed by asking again.
    refreshFn: (expired, done) => {
      void signIn(expired).then(
        () => {
          done(null, expired.accessToken ?? undefined);
        },
        (error: unknown) => {
          done(error as Error);
        },
      );
    },
  });
  // The seam of jsforce: everything it sends goes through these two fields.
  const transport = { httpRequest: makeHttpRequest(deps) };
  Object.assign(connection, { _transport: transport });
  Object.assign(connection.oauth2, { _transport: transport });
  await signIn(connection);
  return { query: makeQuery(connection), describe: makeDescribe(connection), upsert: makeUpsert(connection) };
}

function makeQuery(connection: Connection): Salesforce['query'] {
  return async (soql) => {
    try {
      let page = await connection.query<Row>(soql);
      const rows = [...page.records];
      const seen = new Set<string>();
      // Not autoFetch: it stops at 10,000 rows without a word.
      while (!page.done && page.nextRecordsUrl !== undefined && !seen.has(page.nextRecordsUrl)) {
        seen.add(page.nextRecordsUrl);
        page = await connection.queryMore<Row>(page.nextRecordsUrl);
        rows.push(...page.records);
      }
      if (rows.length !== page.totalSize) {
        throw new ScorerError(
          'SOURCE_UNEXPECTED',
          `Salesforce query: found ${rows.length} rows, expected the ${page.totalSize} that the org counted; try again`,
        );
      }
      return rows;
    } catch (error) {
      throw explain(error, `query ${/ FROM (\w+)/.exec(soql)?.[1] ?? ''}`);
    }
  };
}

function makeDescribe(connection: Connection): Salesforce['describe'] {
  const cache = new Map<string, Promise<Description | null>>();
  const ask = async (object: string): Promise<Description | null> => {
    try {
      const { name, queryable, fields } = await connection.describe(object);
      return {
        name,
        queryable,
        fields: new Map(
          fields.map(({ name: field, type, picklistValues }) => [
            field,
            {
              name: field,
              type,
              values: (picklistValues ?? []).filter(({ active }) => active).map(({ value }) => String(value)),
            },
          ]),
        ),
      };
    } catch (error) {
      const code = (error as { errorCode?: unknown } | null)?.errorCode;
      if (code === 'NOT_FOUND' || code === 'INVALID_TYPE') return null;
      throw explain(error, `describe ${object}`);
    }
  };
  return (object) => {
    const known = cache.get(object) ?? ask(object);
    cache.set(object, known);
    return known;
  };
}

function makeUpsert(connection: Connection): Salesforce['upsert'] {
  return async (object, externalId, records) => {
    try {
      const results = await connection.sobject(object).upsert(records as never, externalId, {
        allOrNone: false,
        allowRecursive: true,
      });
      return [results].flat().map((result) => ({
        id: result.id ?? null,
        success: result.success,
        errors: (result.errors as { statusCode?: string; message?: string }[]).map(
          ({ statusCode, message }) => `${statusCode ?? 'ERROR'}: ${message ?? ''}`,
        ),
      }));
    } catch (error) {
      throw explain(error, `upsert ${object}`);
    }
  };
}

/**
 * What jsforce sends, through our transport: retried while the org does not answer (an upsert by external id may
 * be repeated), counted, and refused when a 2xx is no JSON.
 */
function makeHttpRequest({ attempt, calls, retries, now, random, sleep }: SalesforceDeps) {
  let silent = 0;
  const request = async (wanted: JsforceRequest): Promise<JsforceResponse> => {
    const url = wanted.url;
    const endpoint = endpointOf(wanted.method, new URL(url).pathname);
    for (let tries = 1; ; tries++) {
      if (silent >= BREAK_AFTER) {
        throw new ScorerError(
          'SOURCE_DOWN',
          `Salesforce ${endpoint}: not called, the org has stopped answering`,
        );
      }
      calls.count(VENDOR, endpoint);
      const result = await attempt(toRequest(wanted, url));
      const failure = failureOf(result);
      if (failure === null) {
        silent = 0;
        retries.refill();
        const { status, headers, text } = result as HttpResponse;
        return { statusCode: status, headers: { ...headers }, body: text };
      }
      const headers = 'headers' in result ? result.headers : {};
      const wait = retryDelay(headers, tries, { now: now(), random: random() });
      if (tries >= MAX_TRIES || wait === null || !retries.take()) {
        silent++;
        throw new ScorerError('SOURCE_DOWN', `Salesforce ${endpoint}: ${failure}; try again later`);
      }
      await sleep(wait);
    }
  };
  return (wanted: JsforceRequest) => Object.assign(request(wanted), { stream: () => new PassThrough() });
}

interface JsforceRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface JsforceResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const toRequest = (wanted: JsforceRequest, url: string): HttpRequest => ({
  method: wanted.method,
  url,
  headers: wanted.headers ?? {},
  ...(typeof wanted.body === 'string' ? { body: wanted.body } : {}),
  deadlineMs: DEADLINE_MS,
});

/** Why an answer is none; null for one that jsforce may judge (also a 4xx, whose code it reads). */
function failureOf(result: HttpResponse | NoResponse): string | null {
  if ('failure' in result) return result.detail;
  const { status, text } = result;
  if (status === 429 || status >= 500) return `status ${status}`;
  if (status >= 300 && status < 400) return `status ${status}, a redirect that is not followed`;
  if (status >= 400 || status === 204) return null;
  try {
    JSON.parse(text);
    return null;
  } catch {
    return `status ${status} without a JSON body`;
  }
}

/**
 * The stable name of a call, for counting.
 *
 * @example endpointOf('GET', '/services/data/v66.0/query/01g…-2000') // => 'query more'
 */
export function endpointOf(method: string, path: string): string {
  const rest = path.replace(/^\/+services\/data\/v[\d.]+\//, '');
  if (path.endsWith('/services/oauth2/token')) return 'token';
  if (rest.endsWith('/describe')) return 'describe';
  if (rest === 'query') return 'query';
  if (rest.startsWith('query/')) return 'query more';
  const collection = /^composite\/sobjects\/(\w+)\//.exec(rest);
  return collection === null
    ? `${method} ${rest.split('/').slice(0, 2).join('/')}`
    : `upsert ${collection[1]}`;
}

const OAUTH_ERRORS = new Set([
  'invalid_client',
  'invalid_client_id',
  'invalid_grant',
  'unsupported_grant_type',
]);
const REFUSED = new Set(['INVALID_SESSION_ID', 'API_DISABLED_FOR_ORG', 'INSUFFICIENT_ACCESS', 'FORBIDDEN']);

/** A jsforce error as one of ours: code and short message, never a body or a token. */
function explain(error: unknown, what: string): ScorerError {
  if (error instanceof ScorerError) return error;
  const { name, message, errorCode } = error as { name?: string; message?: string; errorCode?: string };
  const code = errorCode ?? name ?? 'ERROR';
  const said = `${code}: ${(message ?? '').replaceAll(/\s+/g, ' ').slice(0, 200)}`;
  if (OAUTH_ERRORS.has(code) || REFUSED.has(code) || /refresh session/.test(said)) {
    return new ScorerError(
      'SOURCE_REFUSED',
      `Salesforce ${what}: refused (${said}); check SF_CLIENT_ID, SF_CLIENT_SECRET, the Run As user of the external client app and its permission set Health_Scorer_Integration`,
    );
  }
  if (code === 'REQUEST_LIMIT_EXCEEDED') {
    return new ScorerError('SOURCE_DOWN', `Salesforce ${what}: ${said}; wait for the limit to open again`);
  }
  return new ScorerError(
    'SOURCE_SETTINGS',
    `Salesforce ${what}: ${said}; check sources.yaml and the deployed metadata`,
  );
}
