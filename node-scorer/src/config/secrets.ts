import type * as SecretsManagerSdk from '@aws-sdk/client-secrets-manager';
import { problemsError, ScorerError, type Problem } from '../errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables together with where they came from. */
export interface Secrets {
  readonly variables: Variables;
  /** Names that were set to something else outside the secret, which won. */
  readonly overruled: readonly string[];
}

/**
 * The environment, completed by the secret that `AWS_SECRET_ID` names: one JSON object of variable names and
 * texts in AWS Secrets Manager. The secret wins over a variable that is set besides: whoever names a secret must
 * not send half of it to an address that a shell happens to know (the same rule as for `--env-file`). Without
 * `AWS_SECRET_ID` nothing is loaded and the environment is given back as it is.
 *
 * Region, credentials and endpoint are found as the AWS SDK finds them (`AWS_REGION`, the role of the function,
 * `AWS_ENDPOINT_URL_SECRETS_MANAGER`).
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 *
 * @throws ScorerError ENVIRONMENT_INVALID when the secret is absent, refused or not of this form; SOURCE_DOWN
 *   when AWS does not answer. No message holds a value.
 * @example (await withSecrets({ AWS_SECRET_ID: 'prod/scorer', AWS_REGION: 'eu-central-1' })).variables.JIRA_EMAIL
 * // => 'health@example.com'
 */
export async function withSecrets(environment: Variables): Promise<Secrets> {
  const id = environment['AWS_SECRET_ID']?.trim();
  if (id === undefined || id === '') return { variables: environment, overruled: [] };
  // Loaded only here: whoever names no secret need not wait for it.
  const { SECRET_NAMES } = await import('./variables.ts');
  const secret = readSecret(await fetchSecret(id, environment), id, SECRET_NAMES);
  const overruled = Object.keys(secret).filter((name) => {
    const other = environment[name]?.trim() ?? '';
    return other !== '' && other !== secret[name];
  });
  return { variables: { ...environment, ...secret }, overruled };
}

/** The text of a secret. */
async function fetchSecret(id: string, environment: Variables): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await loadSdk();
  const set = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const region = set('AWS_REGION') ?? set('AWS_DEFAULT_REGION');
  const endpoint = set('AWS_ENDPOINT_URL_SECRETS_MANAGER') ?? set('AWS_ENDPOINT_URL');
  const [accessKeyId, secretAccessKey] = [set('AWS_ACCESS_KEY_ID'), set('AWS_SECRET_ACCESS_KEY')];
  const sessionToken = set('AWS_SESSION_TOKEN');
  const client = new SecretsManagerClient({
    // Passed on rather than left to the SDK: it would look at this process, and not at a file of variables.
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : {
          credentials: {
            accessKeyId,
            secretAccessKey,
            ...(sessionToken === undefined ? {} : { sessionToken }),
          },
        }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    if (SecretString !== undefined) return SecretString;
  } catch (error) {
    throw refusal(id, error);
  } finally {
    client.destroy();
  }
  throw invalid(id, 'a binary secret', 'a text: one JSON object of variable names and texts');
}

/** The SDK is an optional package, and slow to load: only whoever names a secret waits for it. */
async function loadSdk(): Promise<typeof SecretsManagerSdk> {
  try {
    return await import('@aws-sdk/client-secrets-manager');
  } catch (cause) {
    const message =
      'AWS_SECRET_ID: found no @aws-sdk/client-secrets-manager, expected it, because the variable is set; install it with optional dependencies, or unset AWS_SECRET_ID';
    throw new ScorerError('ENVIRONMENT_INVALID', message, { cause });
  }
}

/** What the SDK throws: its name says what AWS answered; its message may repeat what we sent and stays out. */
function refusal(id: string, error: unknown): ScorerError {
  const { name, message, code, $metadata } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const fix = 'check AWS_SECRET_ID, AWS_REGION and the permission secretsmanager:GetSecretValue on it';
  if (/region is missing/i.test(message)) return invalid(id, 'no region', 'one', 'set AWS_REGION');
  if (name === 'CredentialsProviderError') return invalid(id, 'no credentials of AWS', 'some', fix);
  // Throttling is a 400 too, and heals by itself.
  if (status !== undefined && status >= 400 && status < 500 && !/Throttl|TooManyRequests|Limit/.test(name)) {
    return invalid(id, `${name} (HTTP ${status})`, 'the secret', fix);
  }
  const found = status === undefined ? (typeof code === 'string' ? code : name) : `${name} (HTTP ${status})`;
  return new ScorerError(
    'SOURCE_DOWN',
    `AWS Secrets Manager, secret ${id}: found ${found}, expected the secret; try again later`,
  );
}

/** Variables of the text of a secret; every problem at once, and never a value. */
function readSecret(text: string, id: string, names: ReadonlySet<string>): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(id, 'a text that is no JSON', 'one JSON object of variable names and texts');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(
      id,
      Array.isArray(value) ? 'a list' : `a ${typeof value}`,
      'one JSON object of variable names and texts',
    );
  }
  const entries = Object.entries(value);
  const problems = entries.flatMap(([name, found], i): Problem[] => {
    if (!names.has(name)) {
      // Of a key that is no name of ours nothing is shown but its place: it may be a value put on the wrong side.
      const where = /^[A-Z][A-Z0-9_]{2,40}$/.test(name) ? name : `key ${i + 1}`;
      return [
        {
          where,
          found: 'a name that is not known',
          expected: 'a variable of .env.example',
          fix: 'remove it',
        },
      ];
    }
    return typeof found === 'string'
      ? []
      : [{ where: name, found: `a ${typeof found}`, expected: 'a text', fix: 'put it in quotation marks' }];
  });
  if (problems.length > 0) throw problemsError('ENVIRONMENT_INVALID', `Secret ${id}`, problems);
  return Object.fromEntries(entries);
}

const invalid = (id: string, found: string, expected: string, fix?: string): ScorerError =>
  problemsError('ENVIRONMENT_INVALID', 'AWS_SECRET_ID', [{ where: `secret ${id}`, found, expected, fix }]);
