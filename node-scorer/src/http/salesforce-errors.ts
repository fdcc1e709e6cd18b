import { ScorerError } from '../errors.ts';

const OAUTH_ERRORS = new Set([
  'invalid_client',
  'invalid_client_id',
  'invalid_grant',
  'unsupported_grant_type',
]);
const REFUSED = new Set(['INVALID_SESSION_ID', 'API_DISABLED_FOR_ORG', 'INSUFFICIENT_ACCESS', 'FORBIDDEN']);

/**
 * What passes by itself: the day's limit, a query that took too long, a server that is busy. Too large for the org today
 * is among them: it is about the rows of one question, and must not stop all the others.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
 */
const PASSING = new Set([
  'REQUEST_LIMIT_EXCEEDED',
  'QUERY_TIMEOUT',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'INVALID_QUERY_LOCATOR',
  'LOGIN_RATE_EXCEEDED',
]);

/** Too many rows, or too much work, for one query. */
const TOO_LARGE = new Set([
  'OPERATION_TOO_LARGE',
  'QUERY_TOO_COMPLICATED',
  'EXCEEDED_ID_LIMIT',
  'QUERY_TOO_LONG',
]);

/** OAuth has few codes of its own: what passes hides in the words. */
const PASSING_WORDS = /login[ _]rate[ _]exceeded|retry your request/i;

/** So much of what an org says is kept: a whole sentence of a SOAP fault. */
const SAID = 500;

interface JsforceError {
  readonly name?: string;
  readonly message?: string;
  readonly errorCode?: string;
}

const codeOf = ({ name, errorCode }: JsforceError): string => errorCode ?? name ?? 'ERROR';

/**
 * What an org said, by its code: never a body, such as the page of a proxy, which jsforce takes for a message.
 *
 * @example saidOf(error) // => 'QUERY_TIMEOUT: Your query request was running for too long.'
 */
export function saidOf(error: unknown): string {
  const jsforceError = error as JsforceError;
  const code = codeOf(jsforceError);
  const text = (jsforceError.message ?? '').replaceAll(/\s+/g, ' ').trim();
  // jsforce names an error so when its body is none of the org's own.
  if (code.startsWith('ERROR_HTTP_') || text.startsWith('<')) return code.replace('ERROR_HTTP_', 'status ');
  return `${code}: ${text.slice(0, SAID)}`;
}

/** A jsforce error as one of ours: code and short message, never a body or a token. */
export function explain(error: unknown, what: string): ScorerError {
  if (error instanceof ScorerError) return error;
  const code = codeOf(error as JsforceError);
  const said = saidOf(error);
  if (PASSING.has(code) || PASSING_WORDS.test(said)) {
    return new ScorerError('SOURCE_DOWN', `Salesforce ${what}: ${said}; try again later`);
  }
  if (TOO_LARGE.has(code)) {
    return new ScorerError(
      'SOURCE_DOWN',
      `Salesforce ${what}: ${said}; try again later, or ask for fewer rows: a narrower condition or fewer months in sources.yaml`,
    );
  }
  if (OAUTH_ERRORS.has(code) || REFUSED.has(code) || /refresh session/.test(said)) {
    return new ScorerError(
      'SOURCE_REFUSED',
      `Salesforce ${what}: refused (${said}); check SF_CLIENT_ID, SF_CLIENT_SECRET, the Run As user of the external client app and its permission set Health_Scorer_Integration`,
    );
  }
  return new ScorerError(
    'SOURCE_SETTINGS',
    `Salesforce ${what}: ${said}; check sources.yaml and the deployed metadata`,
  );
}

/** An answer of 400 or more as one of ours: Salesforce says `[{ errorCode, message }]`. */
export function explainAnswer(
  { statusCode, body }: { readonly statusCode: number; readonly body: string },
  what: string,
): ScorerError {
  let first: { errorCode?: string; message?: string } | null | undefined;
  try {
    first = ([JSON.parse(body)] as unknown[]).flat()[0] as typeof first;
  } catch {
    // No JSON: the status has to do.
  }
  const { errorCode, message } = first ?? {};
  return explain(
    {
      name: typeof errorCode === 'string' ? errorCode : `ERROR_HTTP_${statusCode}`,
      message: typeof message === 'string' ? message : '',
    },
    what,
  );
}
