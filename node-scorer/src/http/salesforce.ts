import type { Connection } from 'jsforce';
import { ScorerError } from '../errors.ts';
import { makeAgain } from './salesforce-again.ts';
import { unexpected } from './salesforce-answers.ts';
import type { BulkDeps, RawCall } from './salesforce-bulk.ts';
import { makeDescribe, type Describe } from './salesforce-describe.ts';
import { explain, explainAnswer, saidOf } from './salesforce-errors.ts';
import { makeJobPoller } from './salesforce-job-poller.ts';
import { makeQuery, type Query } from './salesforce-query.ts';
import { makeHttpRequest, type RequestDeps } from './salesforce-request.ts';
import { makeRenewal } from './salesforce-renewal.ts';
import { signIn, type SalesforceCredentials } from './salesforce-sign-in.ts';
import { makeSave, type Save } from './salesforce-write.ts';

/** Spring '26: the newest with a public schema; jsforce alone would ask for 50.0. */
const API_VERSION = '66.0';

export interface SalesforceDeps extends RequestDeps {
  readonly credentials: SalesforceCredentials;
  /** Rows above which a query job reads a query; 50,000 when absent. */
  readonly bulkQueryAbove?: number;
}

/** An org, over jsforce for its protocol and our transport for its deadlines, retries and counts. */
export interface Salesforce {
  /**
   * Every row of a query, all pages. Without the `attributes` of each, its type and address again: a third of what a
   * month's rows take.
   *
   * @throws ScorerError SOURCE_UNEXPECTED when the answers contradict themselves, also when asked again
   */
  readonly query: Query;
  /** Fields of an object that the running user sees; null when it sees no such object. Asked once. */
  readonly describe: Describe;
  /** Upserts by an external id, or updates by `Id`; results in the order of the records. */
  readonly save: Save;
  /** What a person should know about this connection, such as a way of signing in that is about to end. */
  readonly warnings: readonly string[];
}

/**
 * Signs in to an org. jsforce is loaded here and not before: it takes a tenth of a second.
 *
 * @throws ScorerError SOURCE_UNREACHABLE for an address where nothing answers, SOURCE_REFUSED for refused
 *   credentials, SOURCE_DOWN when the org does not answer as it should
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function connectSalesforce(deps: SalesforceDeps): Promise<Salesforce> {
  const { credentials } = deps;
  const { Connection } = await import('jsforce');
  const again = makeAgain(deps);
  const enter = async (connection: Connection): Promise<void> => {
    try {
      await again('sign-in', async () => {
        await checkedSignIn(connection, credentials, deps.now());
      });
    } catch (error) {
      throw refusedSignIn(error, credentials.method);
    }
  };
  const renewal = makeRenewal(CHECK[credentials.method]);
  const connection = new Connection({
    version: API_VERSION,
    ...('loginUrl' in credentials
      ? { loginUrl: credentials.loginUrl, oauth2: { loginUrl: credentials.loginUrl, ...appOf(credentials) } }
      : { instanceUrl: credentials.instanceUrl }),
    // None of the flows has a refresh token: an expired session is renewed by signing in again.
    refreshFn: (expired, done) => {
      void renewal
        .renew(() => enter(expired))
        .then(
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
  const transport = { httpRequest: renewal.watch(makeHttpRequest(deps, ADDRESS_IN[credentials.method])) };
  Object.assign(connection, { _transport: transport });
  Object.assign(connection.oauth2, { _transport: transport });
  await enter(connection);
  const bulk: BulkDeps = {
    call: makeRawCall(connection, transport.httpRequest, () => renewal.renew(() => enter(connection))),
    poll: makeJobPoller(deps.sleep),
    sleep: deps.sleep,
    random: deps.random,
  };
  const describe = makeDescribe(connection, again);
  return {
    query: makeQuery({ connection, describe, bulk, again, bulkAbove: deps.bulkQueryAbove }),
    describe,
    save: makeSave(connection, bulk, again),
    warnings:
      credentials.method === 'soap'
        ? [
            "signed in by user name and password (SOAP login), which Salesforce retires in Summer '27; set SF_CLIENT_ID and SF_CLIENT_SECRET of an external client app instead",
          ]
        : [],
  };
}

/** Where the address of an org is written, by the way of signing in. */
const ADDRESS_IN: Readonly<Record<SalesforceCredentials['method'], string>> = {
  client_credentials: 'SF_LOGIN_URL',
  jwt: 'SF_LOGIN_URL',
  access_token: 'SF_INSTANCE_URL',
  soap: 'SF_LOGIN_URL or SF_DOMAIN',
};

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
  if (explained.kind === 'transient' || explained.code === 'SOURCE_UNREACHABLE') return explained;
  return new ScorerError(
    'SOURCE_REFUSED',
    `Salesforce sign-in: refused (${saidOf(error)}); check ${CHECK[method]}`,
  );
}

/** Signs in; what is no answer to that is a failed read, not a session without a token. */
async function checkedSignIn(
  connection: Connection,
  credentials: SalesforceCredentials,
  now: number,
): Promise<void> {
  try {
    await signIn(connection, credentials, now);
  } catch (error) {
    // jsforce takes the parts of an answer that are not there.
    if (error instanceof TypeError)
      throw unexpected('sign-in', 'found no token, identity and address, expected all');
    throw error;
  }
  const { accessToken, instanceUrl } = connection;
  if (typeof accessToken !== 'string' || accessToken === '')
    throw unexpected('sign-in', 'found no token, expected one');
  if (typeof instanceUrl !== 'string' || !/^https?:/.test(instanceUrl) || !URL.canParse(instanceUrl))
    throw unexpected('sign-in', 'found no address of the org, expected one');
}

/** The app that signs in, where the flow has one. */
const appOf = (credentials: SalesforceCredentials) =>
  credentials.method === 'client_credentials'
    ? { clientId: credentials.clientId, clientSecret: credentials.clientSecret }
    : credentials.method === 'jwt'
      ? { clientId: credentials.clientId }
      : {};

/** Calls for which jsforce has no form that fits: with headers out, and bodies that are no JSON. */
function makeRawCall(
  connection: Connection,
  send: ReturnType<typeof makeHttpRequest>,
  renew: () => Promise<void>,
): RawCall {
  return async ({ method, path, body, csv }) => {
    const ask = () =>
      send({
        method,
        url: `${connection.instanceUrl}/services/data/v${API_VERSION}/${path}`,
        headers: {
          Authorization: `Bearer ${connection.accessToken ?? ''}`,
          'Content-Type': csv === undefined ? 'application/json' : 'text/csv; charset=UTF-8',
        },
        body: csv ?? (body === undefined ? undefined : JSON.stringify(body)),
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
