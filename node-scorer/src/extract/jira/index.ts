import type { JiraSource } from '../../config/sources.ts';
import { ScorerError } from '../../errors.ts';
import type { Bug, Known } from '../../facts/index.ts';
import type { Transport } from '../../http/transport.ts';
import type { Extraction, ExtractionRequest } from '../extraction.ts';
import { makeNoteBook, type NoteBook } from '../notes.ts';
import { detectEdition, makeJiraClient, type JiraClient } from './client.ts';
import { bugAt, type IsDone } from './history.ts';
import type { BadIssue, Issue, StateField } from './parse.ts';
import { placesOf, plainName, type Place } from './projects.ts';
import { readBugs, type PlacedBug } from './read.ts';

export { jiraTransport, type JiraCredentials } from './client.ts';

export interface JiraDeps {
  readonly transport: Transport;
  readonly settings: JiraSource;
}

const NOT_MAPPED = { missing: 'not_mapped' } as const;

/**
 * Reads the bugs of all mapped projects at once, as they were at the window's end, and deals them out to the
 * accounts. Number of calls: four probes, one per project that is mapped by component, a page per up to 5,000
 * bugs and one call per 1,000 bugs for their histories; never one per account or bug.
 *
 * An account without a project, or with one that does not exist, is `not_mapped`; a project without bugs is an
 * empty list, which is a measured zero. Issue-level security may hide bugs without a word: the user of the token
 * must be allowed to see them all.
 *
 * @throws ScorerError SOURCE_REFUSED, SOURCE_SETTINGS, SOURCE_DOWN, SOURCE_UNEXPECTED
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example (await extractJira({ transport, settings }, request)).facts.get('001…') // => { known: [ … ] }
 */
export async function extractJira(
  { transport, settings }: JiraDeps,
  { accounts, window, now }: ExtractionRequest,
): Promise<Extraction<readonly Bug[]>> {
  const notes = makeNoteBook('jira');
  const observedAt = new Date(now()).toISOString();
  if (accounts.every(({ jiraProjectKey }) => jiraProjectKey === null)) {
    return { facts: new Map(accounts.map(({ id }) => [id, NOT_MAPPED])), observedAt, notes: [] };
  }
  const edition = settings.edition === 'auto' ? await detectEdition(transport) : settings.edition;
  const client = makeJiraClient(transport, edition);
  await client.myself();
  const field: StateField = settings.open_by === 'resolution' ? 'resolution' : 'status';
  const [isDone, places] = await Promise.all([
    doneTest(client, field, notes),
    placesOf(accounts, client, notes),
  ]);
  const projects = [...new Set([...places.values()].map(({ project }) => project))].toSorted();
  const wanted = { projects, settings, window, field, notes };
  const { bugs, bad } = await readBugs(client, wanted, (issue, moves) =>
    bugAt(issue, moves, window, isDone, isCritical(issue, settings)),
  );
  refuseAnotherFormat(bugs.length, bad);
  const at = bugsByPlace(bugs);
  const spoilt = new Set(bad.map(({ projectKey }) => projectKey));
  const facts = new Map(
    accounts.map(({ id }): [string, Known<readonly Bug[]>] => {
      const place = places.get(id);
      if (place === undefined) return [id, NOT_MAPPED];
      const own = at.get(nameOf(place)) ?? [];
      // Only bad records came: that is no absence of bugs, and zero would be invented.
      if (own.length === 0 && spoilt.has(place.project)) return [id, { missing: 'invalid' }];
      return [id, { known: own.filter(({ createdAt }) => createdAt < window.end) }];
    }),
  );
  return { facts, observedAt, notes: notes.all() };
}

/** A project, or a component of it, as a key; no project key holds a slash. */
const nameOf = ({ project, component }: Place): string =>
  component === null ? project : `${project}/${plainName(component)}`;

/** Bugs by project and by each of their components: a bug of two components is in both, once. */
function bugsByPlace(placed: readonly PlacedBug[]): ReadonlyMap<string, Bug[]> {
  const at = new Map<string, Bug[]>();
  for (const { bug, projectKey: project, components } of placed) {
    const names = components.map((component) => nameOf({ project, component }));
    for (const name of new Set([project, ...names])) {
      const bugs = at.get(name);
      if (bugs === undefined) at.set(name, [bug]);
      else bugs.push(bug);
    }
  }
  return at;
}

const isCritical = ({ priority }: Issue, { critical_priorities: critical }: JiraSource): boolean =>
  critical.some((name) => plainName(name) === plainName(priority ?? ''));

/**
 * What counts as done: a status whose category is done, or any resolution. A status that no longer exists counts
 * as not done: an old bug may then look open, but no open one looks done.
 */
async function doneTest(client: JiraClient, field: StateField, notes: NoteBook): Promise<IsDone> {
  if (field === 'resolution') return (resolution) => resolution !== null;
  const done = await client.doneByStatus();
  const reported = new Set<string>();
  return (status) => {
    const known = status === null ? undefined : done.get(status);
    if (known === undefined && status !== null && !reported.has(status)) {
      reported.add(status);
      notes.add(
        'unknown_status',
        `status ${status} is not among the statuses of this site; counted as not done`,
      );
    }
    return known ?? false;
  };
}

/** More bad records than good ones are no bad records but another format: nothing is read from it. */
function refuseAnotherFormat(good: number, bad: readonly BadIssue[]): void {
  if (bad.length <= good) return;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `Jira: ${bad.length} of ${good + bad.length} issues are not as expected, for example ${bad[0]?.bad ?? ''}`,
  );
}
