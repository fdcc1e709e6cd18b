import { problemsError, type Problem } from '../errors.ts';

/** Credentials and settings that come from the environment. A source without any is null: not configured. */
export interface Environment {
  readonly intercom: { readonly token: string; readonly baseUrl: string | null } | null;
  readonly jira: { readonly baseUrl: string; readonly email: string; readonly token: string } | null;
  readonly looker: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  } | null;
  readonly salesforce: {
    readonly loginUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  } | null;
  /** Milliseconds since the epoch; set only in the sandbox. */
  readonly fixedNow: number | null;
}

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

  const token = get('INTERCOM_API_TOKEN');
  const intercomUrl = url('INTERCOM_BASE_URL');
  const environment: Environment = {
    intercom: token === null ? null : { token, baseUrl: intercomUrl },
    jira: group({ baseUrl: 'JIRA_BASE_URL', email: 'JIRA_EMAIL', token: 'JIRA_API_TOKEN' }),
    looker: group({
      baseUrl: 'LOOKER_BASE_URL',
      clientId: 'LOOKER_CLIENT_ID',
      clientSecret: 'LOOKER_CLIENT_SECRET',
    }),
    salesforce: group({
      loginUrl: 'SF_LOGIN_URL',
      clientId: 'SF_CLIENT_ID',
      clientSecret: 'SF_CLIENT_SECRET',
    }),
    fixedNow: readNow(get('SCORER_NOW'), problems),
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
