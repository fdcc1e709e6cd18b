import { ScorerError } from '../../errors.ts';
import type { Account } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { Warnings } from '../warnings.ts';
import type { JiraClient } from './client.ts';

const KEY = /^[A-Z][A-Z0-9_]+$/;
const AT_ONCE = 4;

/** Where an account's bugs are: a project, or one component of it. */
export interface Place {
  readonly project: string;
  readonly component: string | null;
}

export interface Places {
  readonly places: ReadonlyMap<string, Place>;
  /** Places whose component is not on the list of its project. */
  readonly unlisted: ReadonlyMap<string, Place>;
}

/** Jira compares names without regard to case. */
export const plainName = (name: string): string => name.trim().toLowerCase();

/**
 * Checks the mapping against the server before any search: one unknown name in JQL would refuse the whole
 * question. Names that do not exist are noted, and their accounts have no place.
 *
 * A list of components has no count by which it could be told to be whole. One that is not on it is `unlisted`: its
 * account has no place, unless something else says that there is such a component.
 *
 * @returns account id → place
 * @throws ScorerError SOURCE_REFUSED when not one of several mapped projects can be seen: then it is the user
 * who lacks a permission, and "not mapped" would hide it
 */
export async function placesOf(
  accounts: readonly Account[],
  client: JiraClient,
  notes: Warnings,
): Promise<Places> {
  const mapped = accounts.flatMap(({ id, jiraProjectKey, jiraComponent }) =>
    jiraProjectKey === null ? [] : [{ id, project: jiraProjectKey, component: jiraComponent }],
  );
  const keys = [...new Set(mapped.map(({ project }) => project))].filter((key) => KEY.test(key));
  const visible = keys.length === 0 ? new Set<string>() : await client.visibleProjects(keys);
  if (keys.length > 1 && visible.size === 0) {
    throw new ScorerError(
      'SOURCE_REFUSED',
      `Jira: none of the ${keys.length} mapped projects can be seen, for example ${keys[0] ?? ''}; grant the user of the token "Browse projects", or correct the mapping`,
    );
  }
  const withComponents = [
    ...new Set(mapped.filter(({ component }) => component !== null).map(({ project }) => project)),
  ].filter((key) => visible.has(key));
  const lists = await inParallel(withComponents, AT_ONCE, (key) => client.components(key));
  const components = new Map(
    withComponents.map((key, index) => [key, new Set((lists[index] ?? []).map(plainName))]),
  );

  const places = new Map<string, Place>();
  const unlisted = new Map<string, Place>();
  for (const { id, project, component } of mapped) {
    if (!visible.has(project)) {
      const why = KEY.test(project)
        ? 'does not exist or cannot be seen by the user of the token'
        : 'is no project key';
      notes.add(
        'unknown_project',
        `project ${project} ${why}; correct the mapping or grant "Browse projects"`,
        id,
      );
    } else if (component !== null && components.get(project)?.has(plainName(component)) !== true) {
      unlisted.set(id, { project, component });
    } else {
      places.set(id, { project, component });
    }
  }
  return { places, unlisted };
}
