import type { JiraSource } from '../../config/sources.ts';
import type { Bug, Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { NoteBook } from '../notes.ts';
import { ISSUES_PER_CHANGELOG_CALL, type JiraClient } from './client.ts';
import { bugsJql } from './jql.ts';
import { parseIssue, type BadIssue, type Issue, type Move, type Moves, type StateField } from './parse.ts';

/** Longer lists make JQL that proxies and databases refuse. */
const PROJECTS_PER_QUESTION = 500;
const AT_ONCE = 4;
const NO_MOVES: readonly Move[] = [];

interface Wanted {
  readonly projects: readonly string[];
  readonly settings: JiraSource;
  readonly window: Window;
  readonly field: StateField;
  readonly notes: NoteBook;
}

/** A bug with where it belongs. */
export interface PlacedBug {
  readonly bug: Bug;
  readonly projectKey: string;
  readonly components: readonly string[];
}

/** Makes a bug of an issue and its moves, oldest first. */
export type ToBug = (issue: Issue, moves: readonly Move[]) => Bug;

interface Read {
  readonly bugs: readonly PlacedBug[];
  readonly bad: readonly BadIssue[];
}

/**
 * Every bug of some projects, each once; bad records are reported and left out.
 *
 * Parsed page by page, and made a bug as soon as its moves are there: a record as it comes is ten times as big as
 * what we need of it, and its moves are as big again.
 */
export async function readBugs(client: JiraClient, wanted: Wanted, toBug: ToBug): Promise<Read> {
  const found = await readIssues(client, wanted);
  const bugs: PlacedBug[] = [];
  const bad: BadIssue[] = [];
  const keep = (issue: Issue, moves: Moves): void => {
    const { id, projectKey, components } = issue;
    if ('bad' in moves) bad.push({ bad: `issue ${id}: its history: ${moves.bad}`, projectKey });
    else bugs.push({ bug: toBug(issue, moves), projectKey, components });
  };
  const withoutMoves: Issue[] = [];
  for (const one of found) {
    if ('bad' in one) bad.push(one);
    else if (one.moves === null) withoutMoves.push(one);
    else keep(one, one.moves);
  }
  await inParallel(chunks(withoutMoves, ISSUES_PER_CHANGELOG_CALL), AT_ONCE, async (issues) => {
    const ids = issues.map(({ id }) => id);
    const movesOf = await client.moves(ids, wanted.field);
    for (const issue of issues) keep(issue, movesOf.get(issue.id) ?? NO_MOVES);
  });
  for (const one of bad) wanted.notes.add('bad_record', one.bad);
  return { bugs, bad };
}

async function readIssues(client: JiraClient, wanted: Wanted): Promise<(Issue | BadIssue)[]> {
  const found = new Map<string, Issue | BadIssue>();
  await inParallel(chunks(wanted.projects, PROJECTS_PER_QUESTION), AT_ONCE, async (projects) => {
    let counted: number | null = null;
    const came = new Set<string>();
    const take = (records: readonly unknown[]): void => {
      for (const record of records) {
        const id = idOf(record) ?? `without id ${found.size}`;
        found.set(id, parseIssue(record, wanted.field));
        came.add(id);
      }
    };
    for await (const page of client.search(
      bugsJql(projects, wanted.settings, wanted.window),
      wanted.field,
      take,
    )) {
      counted = page.counted;
    }
    if (counted !== null && came.size < counted) {
      const message = `Jira counted ${counted} issues and gave ${came.size}; run again later`;
      wanted.notes.add('fewer_than_counted', message);
    }
  });
  return [...found.values()];
}

function idOf(record: unknown): string | null {
  const id = (record as { id?: unknown } | null)?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
