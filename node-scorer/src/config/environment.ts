import { problemsError, type Problem } from '../errors.ts';

/** Credentials and settings that come from the environment. A source without any is null: not configured. */
export interface Environment {
  readonly intercom: { readonly token: string; readonly baseUrl: string | null } | null;
  readonly jira:
    | { readonly baseUrl: string; readonly email: string; readonly token: string }
    | { readonly baseUrl: string; readonly pat: string }
    | null;
  readonly looker: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  } | null;
  readonly salesforce: SalesforceEnvironment | null;
  /** Milliseconds since the epoch; set only in the sandbox. */
  readonly fixedNow: number | null;
  /** Address of the sandbox's clock, on this machine; set only in the sandbox. */
  readonly clockUrl: string | null;
}

/** Ways to sign in to an org, in the order in which they are preferred. */
export type SalesforceEnvironment =
  | {
      readonly method: 'client_credentials';
      readonly loginUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly method: 'jwt';
      readonly loginUrl: string;
      readonly clientId: string;
      readonly username: string;
      /** PEM of the private key whose certificate the app holds. */
      readonly privateKey: string;
    }
  | { readonly method: 'access_token'; readonly instanceUrl: string; readonly accessToken: string }
  | {
      readonly method: 'soap';
      readonly loginUrl: string;
      readonly username: string;
      /** Password and security token in one, as login() takes them. */
      readonly password: string;
    };

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of DESIGN §5. A source whose variables are all absent is null; one with some of them is
 * a problem, as is an address that is not http(s). All problems are listed at once.
 *
 * @throws ScorerError ENVIRONMENT_INVALID
 * @example readEnvironment({ INTERCOM_API_TOKEN: 't' }).intercom // => { token: 't', baseUrl: null }
 */
export function readEnvironment(variables: Variables): Environment {
  const problems: Problem[] = [];
  const get = (name: string): string | null => {
    const value = variables[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const url = (name: string): string | null => {
    const value = get(name);
    if (value !== null && !isPlainUrl(value)) {
      problems.push({
        where: name,
        found: 'something that is not an address',
        expected: 'an http(s) address without user, query or fragment',
        fix: 'for example https://api.intercom.io',
      });
    }
    return value === null ? null : value.replace(/\/+$/, '');
  };
  /** All of these or none of these. */
  const group = <K extends string>(names: Record<K, string>): Record<K, string> | null => {
    const entries = Object.entries<string>(names).map(
      ([key, name]) => [key, name, name.endsWith('_URL') ? url(name) : get(name)] as const,
    );
    const absent = entries.filter(([, , value]) => value === null).map(([, name]) => name);
    if (absent.length === entries.length) return null;
    for (const name of absent) {
      problems.push({
        where: name,
        found: 'nothing',
        expected: `a value, because ${entries.find(([, , value]) => value !== null)?.[1] ?? ''} is set`,
        fix: 'set it, or unset the whole group to leave this source out',
      });
    }
    return Object.fromEntries(entries.map(([key, , value]) => [key, value ?? ''])) as Record<K, string>;
  };

  /** The first way whose secret is set; which secret it is decides what else must be there. */
  const salesforce = (): SalesforceEnvironment | null => {
    if (get('SF_CLIENT_SECRET') === null && get('SF_JWT_KEY') !== null) {
      const found = group({
        loginUrl: 'SF_LOGIN_URL',
        clientId: 'SF_CLIENT_ID',
        username: 'SF_USERNAME',
        privateKey: 'SF_JWT_KEY',
      });
      // A key of several lines fits into one variable with its line ends written out.
      return found && { method: 'jwt', ...found, privateKey: found.privateKey.replaceAll('\\n', '\n') };
    }
    if (get('SF_CLIENT_SECRET') === null && get('SF_ACCESS_TOKEN') !== null) {
      const found = group({ instanceUrl: 'SF_INSTANCE_URL', accessToken: 'SF_ACCESS_TOKEN' });
      return found && { method: 'access_token', ...found };
    }
    if (get('SF_CLIENT_SECRET') === null && get('SF_PASSWORD') !== null) {
      const found = group({ username: 'SF_USERNAME', password: 'SF_PASSWORD' });
      const loginUrl = url('SF_LOGIN_URL') ?? `https://${get('SF_DOMAIN') ?? 'login'}.salesforce.com`;
      const password = `${found?.password ?? ''}${get('SF_SECURITY_TOKEN') ?? ''}`;
      return found && { method: 'soap', username: found.username, loginUrl, password };
    }
    const found = group({
      loginUrl: 'SF_LOGIN_URL',
      clientId: 'SF_CLIENT_ID',
      clientSecret: 'SF_CLIENT_SECRET',
    });
    return found && { method: 'client_credentials', ...found };
  };

  const token = get('INTERCOM_API_TOKEN');
  const intercomUrl = url('INTERCOM_BASE_URL');
  const environment: Environment = {
    intercom: token === null ? null : { token, baseUrl: intercomUrl },
    jira:
      get('JIRA_PAT') === null
        ? group({ baseUrl: 'JIRA_BASE_URL', email: 'JIRA_EMAIL', token: 'JIRA_API_TOKEN' })
        : group({ baseUrl: 'JIRA_BASE_URL', pat: 'JIRA_PAT' }),
    looker: group({
      baseUrl: 'LOOKER_BASE_URL',
      clientId: 'LOOKER_CLIENT_ID',
      clientSecret: 'LOOKER_CLIENT_SECRET',
    }),
    salesforce: salesforce(),
    fixedNow: readNow(get('SCORER_NOW'), problems),
    clockUrl: readClockUrl(get('SCORER_CLOCK_URL'), problems),
  };
  if (problems.length > 0) throw problemsError('ENVIRONMENT_INVALID', 'The environment', problems);
  return environment;
}

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && search === '' && hash === '';
}

function readNow(value: string | null, problems: Problem[]): number | null {
  if (value === null) return null;
  const now = Date.parse(value);
  if (Number.isNaN(now)) {
    problems.push({
      where: 'SCORER_NOW',
      found: value,
      expected: 'an ISO time such as 2026-11-21T09:00:00Z',
    });
    return null;
  }
  return now;
}

/** Only of this machine: whoever could set the clock from afar could choose which month is scored. */
function readClockUrl(value: string | null, problems: Problem[]): string | null {
  if (value === null) return null;
  if (URL.canParse(value) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(value).hostname))
    return value;
  problems.push({
    where: 'SCORER_CLOCK_URL',
    found: 'something that is no address on this machine',
    expected: 'the address of the sandbox’s clock, such as http://127.0.0.1:4610/__sandbox/clock',
    fix: 'unset it: the clock of this machine is used outside the sandbox',
  });
  return null;
}
