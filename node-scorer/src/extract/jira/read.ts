import type { JiraSource } from './settings.ts';
import { ScorerError } from '../../errors.ts';
import type { Bug, Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { Warnings } from '../warnings.ts';
import { ISSUES_PER_CHANGELOG_CALL, type JiraClient } from './client.ts';
import { bugsJql } from './jql.ts';
import { isBad, type Moves, type Move, type StateField } from './moves.ts';
import { parseIssue, problemsOf, withAbsent, type Issue } from './parse.ts';

/** Longer lists make JQL that proxies and databases refuse. */
const PROJECTS_PER_QUESTION = 500;
const AT_ONCE = 4;
/** A search whose rows are fewer than it counts is asked again so often in all: something was deleted meanwhile. */
const MOST_SEARCHES = 3;
const NO_MOVES: readonly Move[] = [];
/** From two on, so many of the histories that contradict their issues mean that the answer was cut. */
const CUT_SHARE = 1 / 3;

interface Wanted {
  readonly projects: readonly string[];
  readonly types: readonly string[];
  readonly settings: JiraSource;
  readonly window: Window;
  readonly field: StateField;
  readonly notes: Warnings;
}

/** A bug with where it belongs; null where that cannot be told: then it may be anybody's. */
export interface PlacedBug {
  readonly bug: Bug;
  readonly projectKey: string | null;
  readonly components: readonly string[] | null;
}

/** Makes a bug of an issue and its moves. */
export interface BugMaker {
  readonly bugOf: (issue: Issue, moves: Moves) => Bug;
  /** Do moves and issue tell two different stories? */
  readonly contradicts: (issue: Issue, moves: Moves) => boolean;
  /** Called for every issue that was read. @throws ScorerError when it shows that another answer was cut */
  readonly look: (issue: Issue) => void;
}

/**
 * Every bug of some projects, each once. A record with a field that cannot be read keeps its others; a history that
 * contradicts its issue is asked for once more.
 *
 * Parsed page by page, and made a bug as soon as its moves are there: a record as it comes is ten times as big as
 * what we need of it, and its moves are as big again.
 *
 * @throws ScorerError SOURCE_UNEXPECTED when fewer issues come than are counted, also when asked again; when many
 * histories contradict their issues; when most records are not as expected
 */
export async function readBugs(client: JiraClient, wanted: Wanted, maker: BugMaker): Promise<PlacedBug[]> {
  const { issues, nameless } = await readIssues(client, wanted);
  issues.forEach(maker.look);
  const bugs: PlacedBug[] = [];
  const bad: string[] = nameless.map(() => 'an issue without id');
  const keep = (issue: Issue, moves: Moves): void => {
    const { id, projectKey, components } = issue;
    const problems = problemsOf({ ...issue, moves });
    if (problems.length > 0) bad.push(`issue ${id}: ${problems.join('; ')}`);
    const bug = maker.bugOf(issue, moves);
    bugs.push({ bug, projectKey, components: isBad(components) ? null : components });
  };
  for (const issue of issues) if (issue.moves !== null) keep(issue, issue.moves);
  const told = issues.filter(({ moves }) => moves !== null);
  refuseCut(told.filter((issue) => maker.contradicts(issue, issue.moves ?? NO_MOVES)).length, told.length);
  const withoutMoves = issues.filter(({ moves }) => moves === null);
  await inParallel(chunks(withoutMoves, ISSUES_PER_CHANGELOG_CALL), AT_ONCE, async (some) => {
    const movesOf = await histories(client, some, wanted.field, maker);
    for (const issue of some) keep(issue, movesOf.get(issue.id) ?? NO_MOVES);
  });
  for (const one of bad) wanted.notes.add('bad_record', one);
  refuseAnotherFormat(issues.length + nameless.length, bad);
  return [...bugs, ...nameless.map((bug) => ({ bug, projectKey: null, components: null }))];
}

/** Histories of some issues. Those that contradict their issues were perhaps cut off: they are asked for once more. */
async function histories(
  client: JiraClient,
  issues: readonly Issue[],
  field: StateField,
  { contradicts }: BugMaker,
): Promise<ReadonlyMap<string, Moves>> {
  const odd = (found: ReadonlyMap<string, Moves>): Issue[] =>
    issues.filter((issue) => contradicts(issue, found.get(issue.id) ?? NO_MOVES));
  const found = await client.moves(
    issues.map(({ id }) => id),
    field,
  );
  const doubtful = odd(found);
  if (doubtful.length === 0) return found;
  const again = await client.moves(
    doubtful.map(({ id }) => id),
    field,
  );
  const both = new Map([...found, ...again]);
  refuseCut(odd(both).length, issues.length);
  return both;
}

function refuseCut(contradictions: number, all: number): void {
  if (contradictions < 2 || contradictions < all * CUT_SHARE) return;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `Jira: the histories of ${contradictions} of ${all} issues do not fit what the issues are now, as if they had been cut off; run again later`,
  );
}

/** More bad records than good ones are no bad records but another format: nothing is read from it. */
function refuseAnotherFormat(all: number, bad: readonly string[]): void {
  if (bad.length <= all - bad.length) return;
  throw new ScorerError(
    'SOURCE_UNEXPECTED',
    `Jira: ${bad.length} of ${all} issues are not as expected, for example ${bad[0] ?? ''}`,
  );
}

interface Issues {
  readonly issues: readonly Issue[];
  /** Records of which not even the id is known. */
  readonly nameless: readonly Bug[];
}

async function readIssues(client: JiraClient, wanted: Wanted): Promise<Issues> {
  const all = await inParallel(chunks(wanted.projects, PROJECTS_PER_QUESTION), AT_ONCE, (projects) =>
    searchWhole(client, bugsJql(projects, wanted.types, wanted.settings, wanted.window), wanted.field),
  );
  const byId = new Map(all.flatMap(({ issues }) => issues.map((issue) => [issue.id, issue])));
  return { issues: withAbsent([...byId.values()]), nameless: all.flatMap(({ nameless }) => nameless) };
}

/**
 * One question, all its pages. Rows that are fewer than the count may have been deleted while the pages were read:
 * then the question is asked again from its beginning, because what follows has moved up by a row.
 */
async function searchWhole(client: JiraClient, jql: string, field: StateField): Promise<Issues> {
  for (let searches = 1; ; searches++) {
    const found = new Map<string, Issue>();
    const nameless: Bug[] = [];
    let repeats = false;
    const take = (records: readonly unknown[]): void => {
      const before = found.size + nameless.length;
      for (const record of records) {
        const issue = parseIssue(record, field);
        if (issue === null) nameless.push(NAMELESS);
        else found.set(issue.id, issue);
      }
      repeats ||= records.length > 0 && found.size + nameless.length === before;
    };
    let [counted, marked, shrank]: [number | null, boolean, boolean] = [null, true, false];
    for await (const page of client.search(jql, field, take)) {
      shrank ||= counted !== null && page.counted !== null && page.counted < counted;
      [counted, marked] = [page.counted, page.marked];
    }
    counted ??= await client.count(jql);
    const came = found.size + nameless.length;
    // Without a count, a page of nothing new may stand where another one should.
    const whole = counted === null ? marked && !repeats : came >= counted && !shrank;
    if (whole) return { issues: [...found.values()], nameless };
    if (searches < MOST_SEARCHES) continue;
    const why =
      counted === null
        ? repeats
          ? 'gave a page twice'
          : 'gave no mark of whether more pages follow'
        : `counted ${counted} issues and gave ${came}`;
    throw new ScorerError(
      'SOURCE_UNEXPECTED',
      `Jira: the search for bugs ${why}, ${searches} times in a row; run again later`,
    );
  }
}

const NAMELESS: Bug = {
  id: '',
  createdAt: 'unreadable',
  critical: 'unreadable',
  doneAtEnd: 'unreadable',
  resolvedAt: 'unreadable',
  reopenedInWindow: 'unreadable',
};

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
