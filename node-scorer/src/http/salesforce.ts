import type { Connection } from 'jsforce';
import { ScorerError } from '../errors.ts';
import { bulkQuery, type BulkDeps, type RawCall } from './salesforce-bulk.ts';
import { explain, explainAnswer } from './salesforce-errors.ts';
import { makeLooks } from './salesforce-looks.ts';
import { makeHttpRequest, type RequestDeps } from './salesforce-request.ts';
import { signIn, type SalesforceCredentials } from './salesforce-sign-in.ts';
import { makeSave, type Save } from './salesforce-write.ts';

/** Spring '26: the newest with a public schema; jsforce alone would ask for 50.0. */
const API_VERSION = '66.0';
/** Above so many rows a query job takes fewer calls than pages of 2,000. */
const BULK_QUERY_ABOVE = 50_000;

/**
 * Not the whole of jsforce: what we never call takes as long again, and whoever asks a service waits meanwhile. This
 * file is what `jsforce/core` stands for, a folder that an ES module cannot name.
 */
const loadClient = () => import('jsforce/lib/core.js');

/** What {@link connectSalesforce} loads, in parts for whoever has others to answer in between. */
export const CLIENT_PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('jsforce/lib/request.js'),
  loadClient,
];

export interface SalesforceDeps extends RequestDeps {
  readonly credentials: SalesforceCredentials;
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

/** An org, over jsforce for its protocol and our transport for its deadlines, retries and counts. */
export interface Salesforce {
  /**
   * Every row of a query, all pages; `keep` makes of each what is worth keeping while the others still come. Without
   * the `attributes` of each, its type and address again: a third of what a month's rows take.
   */
  readonly query: (soql: string, keep?: (row: Row) => Row) => Promise<readonly Row[]>;
  /** Fields of an object that the running user sees; null when it sees no such object. Asked once. */
  readonly describe: (object: string) => Promise<Description | null>;
  /** Upserts by an external id, or updates by `Id`; results in the order of the records. */
  readonly save: Save;
  /** What a person should know about this connection, such as a way of signing in that is about to end. */
  readonly warnings: readonly string[];
}

/**
 * Signs in to an org. jsforce is loaded here and not before: it takes a tenth of a second.
 *
 * @throws ScorerError SOURCE_REFUSED for refused credentials, SOURCE_DOWN when the org does not answer
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function connectSalesforce(deps: SalesforceDeps): Promise<Salesforce> {
  const { credentials } = deps;
  const { Connection } = await loadClient();
  const enter = async (connection: Connection): Promise<void> => {
    try {
      await signIn(connection, credentials, deps.now());
    } catch (error) {
      throw refusedSignIn(error, credentials.method);
    }
  };
  const connection = new Connection({
    version: API_VERSION,
    ...('loginUrl' in credentials
      ? { loginUrl: credentials.loginUrl, oauth2: { loginUrl: credentials.loginUrl, ...appOf(credentials) } }
      : { instanceUrl: credentials.instanceUrl }),
    // None of the flows has a refresh token: an expired session is renewed by signing in again.
    refreshFn: (expired, done) => {
      void enter(expired).then(
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
  await enter(connection);
  const bulk: BulkDeps = {
    call: makeRawCall(connection, transport.httpRequest, () => enter(connection)),
    looks: makeLooks(deps.sleep),
    sleep: deps.sleep,
    random: deps.random,
  };
  const describe = makeDescribe(connection);
  return {
    query: makeQuery(connection, describe, bulk),
    describe,
    save: makeSave(connection, bulk),
    warnings:
      credentials.method === 'soap'
        ? [
            "signed in by user name and password (SOAP login), which Salesforce retires in Summer '27; set SF_CLIENT_ID and SF_CLIENT_SECRET of an external client app instead",
          ]
        : [],
  };
}

/** What to check when an org refuses to let us in, by the way of signing in. */
const CHECK: Readonly<Record<SalesforceCredentials['method'], string>> = {
  client_credentials:
    'SF_LOGIN_URL (the My Domain address), SF_CLIENT_ID, SF_CLIENT_SECRET and the Run As user of the external client app',
  jwt: 'SF_LOGIN_URL, SF_CLIENT_ID, SF_USERNAME, SF_JWT_KEY (PEM), the certificate of the app and that the user is pre-authorised',
  access_token: 'SF_INSTANCE_URL and SF_ACCESS_TOKEN, which must be of this org and not expired',
  soap: 'SF_USERNAME, SF_PASSWORD, SF_SECURITY_TOKEN and SF_DOMAIN, and that the org still allows SOAP login',
};

/** A failed sign-in is for a person, unless the org did not answer at all. */
function refusedSignIn(error: unknown, method: SalesforceCredentials['method']): ScorerError {
  const explained = explain(error, 'sign-in');
  if (explained.kind === 'transient') return explained;
  const said = /^Salesforce sign-in: (?:refused \()?([^;)]*)/.exec(explained.message)?.[1] ?? '';
  return new ScorerError('SOURCE_REFUSED', `Salesforce sign-in: refused (${said}); check ${CHECK[method]}`);
}

/** The app that signs in, where the flow has one. */
const appOf = (credentials: SalesforceCredentials) =>
  credentials.method === 'client_credentials'
    ? { clientId: credentials.clientId, clientSecret: credentials.clientSecret }
    : credentials.method === 'jwt'
      ? { clientId: credentials.clientId }
      : {};

type Describe = Salesforce['describe'];

function makeQuery(connection: Connection, describe: Describe, bulk: BulkDeps): Salesforce['query'] {
  return async (soql, keep = (row) => row) => {
    const keepFields = ({ attributes: _, ...fields }: Row): Row => keep(fields);
    const object = / FROM (\w+)/.exec(soql)?.[1] ?? '';
    try {
      let page = await connection.query<Row>(soql);
      if (page.totalSize > BULK_QUERY_ABOVE)
        return typed(await bulkQuery(bulk, soql), await describe(object)).map(keep);
      const rows: Row[] = [];
      const seen = new Set<string>();
      // Not autoFetch: it stops at 10,000 rows without a word.
      while (!page.done && page.nextRecordsUrl !== undefined && !seen.has(page.nextRecordsUrl)) {
        seen.add(page.nextRecordsUrl);
        // Asked for before the rows of this one are looked at: the org makes the next page meanwhile.
        const following = Promise.resolve(connection.queryMore<Row>(page.nextRecordsUrl));
        // Whatever goes wrong before we wait for it: its own failure must not end the process.
        following.catch(() => undefined);
        for (const record of page.records) rows.push(keepFields(record));
        page = await following;
      }
      for (const record of page.records) rows.push(keepFields(record));
      if (rows.length !== page.totalSize) {
        throw new ScorerError(
          'SOURCE_UNEXPECTED',
          `Salesforce query: found ${rows.length} rows, expected the ${page.totalSize} that the org counted; try again`,
        );
      }
      return rows;
    } catch (error) {
      throw explain(error, `query ${object}`);
    }
  };
}

const NUMBERS = new Set(['double', 'currency', 'percent', 'int', 'long']);

/** Bulk results are texts: numbers and flags get their types back from what describe says. */
function typed(rows: readonly Record<string, string | null>[], description: Description | null): Row[] {
  const convert = (name: string, text: string | null): unknown => {
    const type = description?.fields.get(name)?.type ?? 'string';
    if (text === null) return type === 'boolean' ? false : null;
    if (type === 'boolean') return text === 'true';
    return NUMBERS.has(type) ? Number(text) : text;
  };
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, text]) => [name, convert(name, text)])),
  );
}

function makeDescribe(connection: Connection): Describe {
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

/** Calls for which jsforce has no form that fits: with headers out, and bodies that are no JSON. */
function makeRawCall(
  connection: Connection,
  send: ReturnType<typeof makeHttpRequest>,
  renew: () => Promise<void>,
): RawCall {
  return async ({ method, path, body, csv, reader }) => {
    const ask = () =>
      send({
        method,
        url: `${connection.instanceUrl}/services/data/v${API_VERSION}/${path}`,
        headers: {
          Authorization: `Bearer ${connection.accessToken ?? ''}`,
          'Content-Type': csv === undefined ? 'application/json' : 'text/csv; charset=UTF-8',
        },
        body: csv ?? (body === undefined ? undefined : JSON.stringify(body)),
        reader,
      });
    let answer = await ask();
    if (answer.statusCode === 401) {
      await renew();
      answer = await ask();
    }
    if (answer.statusCode >= 400)
      throw explainAnswer(answer, `${method} ${path.split(/[/?]/).slice(0, 2).join('/')}`);
    return { text: answer.body, headers: answer.headers };
  };
}
