import type { JiraSource } from './settings.ts';
import { nearest } from '../../config/nearest.ts';
import { ScorerError, type Problem } from '../../errors.ts';
import type { MissingReason } from '../../scoring/index.ts';
import type { JiraClient } from './client.ts';
import type { Issue } from './parse.ts';
import { isBad, type State } from './moves.ts';
import { plainName } from './projects.ts';

/** Names of the settings against those of the site; null where the site does not list its own. */
export interface Compared {
  /** Ids of the configured names that exist. */
  readonly ids: ReadonlySet<string>;
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  readonly site: readonly string[];
}

/**
 * Compares configured names with those that the site has.
 *
 * @example compareNames(['Highest', 'P1'], [{ id: '1', name: 'Highest' }])
 * // => { ids: new Set(['1']), known: ['Highest'], unknown: ['P1'], site: ['Highest'] }
 */
export function compareNames(configured: readonly string[], site: readonly State[]): Compared {
  const byName = Map.groupBy(site, ({ name }) => plainName(name ?? ''));
  const known = configured.filter((name) => byName.has(plainName(name)));
  const ids = known.flatMap((name) => (byName.get(plainName(name)) ?? []).flatMap(({ id }) => id ?? []));
  return {
    ids: new Set(ids),
    known,
    unknown: configured.filter((name) => !known.includes(name)),
    site: [...new Set(site.flatMap(({ name }) => name ?? []))],
  };
}

/** How the settings of Jira call what we compare. */
export type NamesSetting = 'critical_priorities' | 'bug_issue_types';

/** What is wrong with configured names, as a person should read it; null when all of them exist. */
export function namesProblem(setting: NamesSetting, { unknown, site }: Compared): Problem | null {
  if (unknown.length === 0) return null;
  const [meant] = unknown.flatMap((name) => nearest(name, site) ?? []);
  return {
    where: `sources.yaml jira.${setting}`,
    found: `${unknown.map((name) => JSON.stringify(name)).join(', ')}, which this site does not have`,
    expected: `names of this site: ${site.length === 0 ? 'it has none' : site.join(', ')}`,
    ...(meant === undefined ? {} : { fix: `did you mean ${meant}?` }),
  };
}

/** A list of the site; null where it may not be read. A site that is down is down. */
export async function listOf(ask: () => Promise<readonly State[]>): Promise<readonly State[] | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ScorerError && error.code !== 'SOURCE_DOWN') return null;
    throw error;
  }
}

/** What makes a bug a critical one, or why none can be told to be. */
export interface Criticals {
  readonly of: (issue: Issue) => boolean | 'unreadable';
  /** @param issues every bug that was read */
  readonly missing: (seen: ReadonlySet<string>) => MissingReason | null;
  readonly compared: Compared | null;
}

/**
 * By which priorities a bug is critical. None of the configured ones exists: then nothing can be counted, and
 * zero would be invented. The site does not list its priorities: then those on its bugs must do, and where none of
 * them is a configured one, nobody knows whether any exists.
 */
export async function criticalsOf(
  client: JiraClient,
  { critical_priorities: configured }: JiraSource,
): Promise<Criticals> {
  const site = await listOf(client.priorities);
  const compared = site === null ? null : compareNames(configured, site);
  const names = new Set(configured.map(plainName));
  return {
    compared,
    of: ({ priority }) => {
      if (isBad(priority)) return 'unreadable';
      if (priority === null) return false;
      return (
        (priority.id !== null && compared?.ids.has(priority.id) === true) ||
        (priority.name !== null && names.has(plainName(priority.name)))
      );
    },
    missing: (seen) => {
      if ([...seen].some((name) => names.has(name)) || configured.length === 0) return null;
      if (compared !== null) return compared.known.length === 0 ? 'unknown_name' : null;
      return seen.size === 0 ? null : 'no_permission';
    },
  };
}
