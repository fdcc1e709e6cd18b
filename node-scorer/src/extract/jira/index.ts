import type { JiraSource } from './settings.ts';
import { formatProblem, ScorerError } from '../../errors.ts';
import type { Bug, BugFacts, Known, Window } from '../../facts/index.ts';
import type { Transport } from '../../http/transport.ts';
import type { MissingReason } from '../../scoring/index.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { collectWarnings, type Warnings } from '../warnings.ts';
import { detectEdition, makeJiraClient, type JiraClient } from './client.ts';
import { bugOf, untold } from './history.ts';
import { isBad, type Moves, type StateField } from './moves.ts';
import { compareNames, criticalsOf, listOf, namesProblem, type Criticals } from './names.ts';
import type { Issue } from './parse.ts';
import { placesOf, plainName, type Place } from './projects.ts';
import { readBugs, type BugMaker, type PlacedBug } from './read.ts';
import { resolutions, statusesOf, told, type Settled, type Statuses } from './states.ts';

export { jiraTransport, type JiraCredentials } from './client.ts';

export interface JiraDeps {
  readonly transport: Transport;
  readonly settings: JiraSource;
}

/** Creating an issue and resolving it are two moments, also for a script that does both at once. */
const CREATION_TAKES_MS = 60_000;
const NOT_MAPPED = { missing: 'not_mapped' } as const;

/**
 * Reads the bugs of all mapped projects at once, as they were at the window's end, and assigns them to the
 * accounts. Number of calls: seven probes, one per project that is mapped by component, a page per up to 5,000
 * bugs, one count, and one call per 1,000 bugs for their histories; never one per account or bug.
 *
 * An account without a project, or with one that does not exist, is `not_mapped`; a project without bugs is an
 * empty list, which is a measured zero. Where no configured issue type exists, everybody is `unknown_name`. Issue-level security may hide bugs without a word: the user of the token
 * must be allowed to see them all.
 *
 * @throws ScorerError SOURCE_REFUSED, SOURCE_SETTINGS, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example (await extractJira({ transport, settings }, request)).facts.get('001…') // => { known: [ … ] }
 */
export async function extractJira(
  { transport, settings }: JiraDeps,
  { accounts, window, now, knownBefore = () => false }: ExtractionRequest,
): Promise<Extraction<BugFacts>> {
  const notes = collectWarnings('jira');
  const observedAt = new Date(now()).toISOString();
  if (accounts.every(({ jiraProjectKey }) => jiraProjectKey === null)) {
    return { facts: new Map(accounts.map(({ id }) => [id, NOT_MAPPED])), observedAt, notes: [] };
  }
  const edition = settings.edition === 'auto' ? await detectEdition(transport) : settings.edition;
  const client = makeJiraClient(transport, edition);
  await client.myself();
  const field: StateField = settings.open_by === 'resolution' ? 'resolution' : 'status';
  const [statuses, { places, unlisted }, criticals, types] = await Promise.all([
    field === 'resolution' ? resolutions : client.statuses().then(statusesOf),
    placesOf(accounts, client, notes),
    criticalsOf(client, settings),
    typesOf(client, settings),
  ]);
  const projects = [
    ...new Set([...places.values(), ...unlisted.values()].map(({ project }) => project)),
  ].toSorted();
  const seen = new Set<string>();
  const maker = makerOf(statuses, criticals, window, seen, notes);
  const bugs = await ofKnownTypes(types, notes, (names) =>
    readBugs(client, { projects, types: names, settings, window, field, notes }, maker),
  );
  refuseCutComponents(unlisted, bugs ?? []);
  const criticalMissing = criticals.missing(seen);
  tellPriorities(criticals, criticalMissing, notes);
  const at = bugs === null ? null : bugsByPlace(bugs);
  const facts = new Map(
    accounts.map(({ id }): [string, Known<BugFacts>] => {
      const place = places.get(id);
      const absent = unlisted.get(id);
      if (absent !== undefined) return [id, missingComponent(id, absent, knownBefore(id, 'jira'), notes)];
      if (place === undefined) return [id, NOT_MAPPED];
      if (at === null) return [id, { missing: 'unknown_name' }];
      const own = at(place).filter(({ createdAt }) => createdAt === 'unreadable' || createdAt < window.end);
      tellUnreadable(id, own, notes);
      return [id, { known: { bugs: own, criticalMissing } }];
    }),
  );
  return { facts, observedAt, notes: notes.all() };
}

/**
 * A component that stands on a bug exists, whatever the list says.
 *
 * @throws ScorerError SOURCE_UNEXPECTED for a list that was cut
 */
function refuseCutComponents(unlisted: ReadonlyMap<string, Place>, bugs: readonly PlacedBug[]): void {
  const wanted = new Set([...unlisted.values()].map(nameOf));
  for (const { projectKey: project, components } of bugs) {
    if (project === null) continue;
    const found = (components ?? []).find((component) => wanted.has(nameOf({ project, component })));
    if (found === undefined) continue;
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `Jira: the list of components of project ${project} lacks ${found}, which one of its bugs has; run again later`,
    );
  }
}

/** A component that is not on the list: gone or never there; or lost, where an earlier score had read its bugs. */
function missingComponent(
  accountId: string,
  { project, component }: Place,
  knownBefore: boolean,
  notes: Warnings,
): { readonly missing: MissingReason } {
  const what = `project ${project} has no component ${component ?? ''}`;
  const why = knownBefore
    ? ', which was read before: not believed; correct the mapping if it is gone'
    : '; correct the mapping';
  notes.add('unknown_component', `${what}${why}`, accountId);
  return knownBefore ? { missing: 'source_down' } : NOT_MAPPED;
}

/** A project, or a component of it, as a key; no project key holds a slash. */
const nameOf = ({ project, component }: Place): string =>
  component === null ? project : `${project}/${plainName(component)}`;

/** Bugs of a place: those of it, once each, and those of which nobody knows whether they are. */
function bugsByPlace(placed: readonly PlacedBug[]): (place: Place) => readonly Bug[] {
  const at = new Map<string, Bug[]>();
  const put = (name: string, bug: Bug): void => {
    const bugs = at.get(name);
    if (bugs === undefined) at.set(name, [bug]);
    else bugs.push(bug);
  };
  const anybodys: Bug[] = [];
  const anyComponents = new Map<string, Bug[]>();
  for (const { bug, projectKey: project, components } of placed) {
    if (project === null) {
      anybodys.push(bug);
      continue;
    }
    const names = (components ?? []).map((component) => nameOf({ project, component }));
    for (const name of new Set([project, ...names])) put(name, bug);
    if (components === null) anyComponents.set(project, [...(anyComponents.get(project) ?? []), bug]);
  }
  return (place) => [
    ...(at.get(nameOf(place)) ?? []),
    ...(place.component === null ? [] : (anyComponents.get(place.project) ?? []).map(perhapsOurs)),
    ...anybodys.map(perhapsOurs),
  ];
}

/** A bug that may belong to somebody else: nothing may be told from it. */
const perhapsOurs = ({ id }: Bug): Bug => untold({ id, createdAt: 'unreadable', critical: 'unreadable' });

function makerOf(
  statuses: Statuses,
  { of: critical }: Criticals,
  window: Window,
  seen: Set<string>,
  notes: Warnings,
): BugMaker {
  const settledOf = ({ state, updatedAt }: Issue, moves: Exclude<Moves, { bad: string }>): Settled =>
    statuses.settle(moves, state, {
      updatedAt: updatedAt ?? Number.POSITIVE_INFINITY,
    });
  const reported = new Set<string>();
  const doneNow = (issue: Issue): boolean => {
    const { state, isDone } = settledOf(issue, []);
    return isDone(state) === true;
  };
  return {
    look: ({ id, state, priority }) => {
      if (!isBad(priority) && priority?.name != null) seen.add(plainName(priority.name));
      // Whatever left the site, the status that an issue has now did not: the list was cut.
      if (isBad(state) || statuses.has(state)) return;
      throw new ScorerError(
        'SOURCE_UNEXPECTED',
        `Jira: issue ${id} has the status ${state?.name ?? ''} (${state?.id ?? 'no id'}), which is not on the list of statuses that the site gave; run again later`,
      );
    },
    bugOf: (issue, moves) => {
      const { id, createdAt, state, resolvedAt } = issue;
      const begin = { id, createdAt: told(createdAt), critical: critical(issue) };
      const nothing = isBad(moves) || (isBad(state) && moves.length === 0) || neverMovedThere(issue, moves);
      if (nothing) return untold(begin);
      const settled = settledOf(issue, moves);
      for (const key of settled.unknown) {
        const message = `status ${key} left the site, and nothing tells whether it was a done one`;
        if (!reported.has(key)) notes.add('unknown_status', message);
        reported.add(key);
      }
      if (settled.gap !== null) {
        notes.add('history_contradicts', `issue ${id}: its history does not lead to what it is now`);
      }
      return bugOf(begin, settled, window, resolvedAt);
    },
    contradicts: (issue, moves) =>
      !isBad(moves) && (neverMovedThere(issue, moves) || settledOf(issue, moves).gap !== null),
  };

  /** An issue without a move that was resolved, or changed its category, well after its creation. */
  function neverMovedThere(issue: Issue, moves: Moves): boolean {
    const { createdAt, resolvedAt, categorySince, state } = issue;
    if (isBad(moves) || moves.length > 0 || isBad(createdAt) || isBad(state)) return false;
    const since = statuses === resolutions ? resolvedAt : (categorySince ?? resolvedAt);
    // An open one may have been done and opened again; its resolution, which it then has no more, says nothing.
    const tells = statuses === resolutions || categorySince === null ? doneNow(issue) : true;
    return since !== null && since - createdAt > CREATION_TAKES_MS && tells;
  }
}

/** Issue types as configured, and which of them the site says that it has; null where it does not say. */
interface Types {
  readonly configured: readonly string[];
  readonly compared: ReturnType<typeof compareNames> | null;
}

async function typesOf(client: JiraClient, { bug_issue_types: configured }: JiraSource): Promise<Types> {
  const site = await listOf(client.issueTypes);
  return { configured, compared: site === null ? null : compareNames(configured, site) };
}

/**
 * Asks with all configured issue types. The search itself refuses a name that does not exist, and is believed before
 * a list that may have been cut: only then is it asked without the names that the list lacks.
 *
 * @returns null when none of them exists
 */
async function ofKnownTypes<T extends readonly unknown[]>(
  { configured, compared }: Types,
  notes: Warnings,
  read: (types: readonly string[]) => Promise<T>,
): Promise<T | null> {
  const problem = compared === null ? null : namesProblem('bug_issue_types', compared);
  if (compared === null || problem === null) return read(configured);
  try {
    const found = await read(configured);
    // No bug at all, and no type that the site says it has: the question was about nothing.
    if (compared.known.length > 0 || found.length > 0) return found;
    notes.add('unknown_name', formatProblem(problem));
    return null;
  } catch (error) {
    if (!(error instanceof ScorerError) || error.code !== 'SOURCE_SETTINGS') throw error;
    notes.add('unknown_name', formatProblem(problem));
    return compared.known.length === 0 ? null : read(compared.known);
  }
}

function tellPriorities({ compared }: Criticals, missing: string | null, notes: Warnings): void {
  const problem = compared === null ? null : namesProblem('critical_priorities', compared);
  if (problem !== null) notes.add('unknown_name', formatProblem(problem));
  if (missing === 'no_permission') {
    const why = 'cannot be compared with the priorities of the site, and no bug has one of them';
    notes.add(
      'no_permission',
      `sources.yaml jira.critical_priorities: ${why}; let the token read priorities`,
    );
  }
}

/** Says of an account how many of its bugs could not be read in full. */
function tellUnreadable(accountId: string, bugs: readonly Bug[], notes: Warnings): void {
  const count = bugs.filter((bug) => Object.values(bug).includes('unreadable')).length;
  if (count === 0) return;
  const message = `${count} of ${bugs.length} bugs could not be read in full; metrics that this could make look better are missing`;
  notes.add('unreadable_bugs', message, accountId);
}
