import { ScorerError } from '../errors.ts';

const OAUTH_ERRORS = new Set([
  'invalid_client',
  'invalid_client_id',
  'invalid_grant',
  'unsupported_grant_type',
]);
const REFUSED = new Set(['INVALID_SESSION_ID', 'API_DISABLED_FOR_ORG', 'INSUFFICIENT_ACCESS', 'FORBIDDEN']);

/** What passes by itself: the day's limit, a query that took too long, a server that is busy. */
const PASSING = new Set([
  'REQUEST_LIMIT_EXCEEDED',
  'QUERY_TIMEOUT',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
]);

/** A jsforce error as one of ours: code and short message, never a body or a token. */
export function explain(error: unknown, what: string): ScorerError {
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
  if (PASSING.has(code)) {
    return new ScorerError('SOURCE_DOWN', `Salesforce ${what}: ${said}; try again later`);
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
  let first: { errorCode?: string; message?: string } | undefined;
  try {
    first = ([JSON.parse(body)] as unknown[]).flat()[0] as typeof first;
  } catch {
    // No JSON: the status has to do.
  }
  return explain({ name: first?.errorCode ?? `HTTP_${statusCode}`, message: first?.message ?? '' }, what);
}
