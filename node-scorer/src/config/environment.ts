import { problemsError, type Problem } from '../errors.ts';
import { SOURCES, type CredentialsOf, type SourceName } from '../extract/registry.ts';
import type { EnvReader } from '../extract/source.ts';

/** Credentials of each source, null for one without any: not configured; and the clock of a sandbox. */
export type Environment = { readonly [N in SourceName]: CredentialsOf<N> | null } & {
  /** Milliseconds since the epoch; set only in the sandbox. */
  readonly fixedNow: number | null;
  /** Address of the sandbox's clock, on this machine; set only in the sandbox. */
  readonly clockUrl: string | null;
};

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of `.env.example`. A source whose variables are all absent is null; one with some of them is
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
  const group = <K extends string>(names: Readonly<Record<K, string>>): Record<K, string> | null => {
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

  const read: EnvReader = { get, url, group };
  const ofSources = SOURCES.map(({ name, credentials }) => [name, credentials(read)] as const);
  const environment = {
    ...Object.fromEntries(ofSources),
    fixedNow: readNow(get('SCORER_NOW'), problems),
    clockUrl: readClockUrl(get('SCORER_CLOCK_URL'), problems),
  } as unknown as Environment;
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
