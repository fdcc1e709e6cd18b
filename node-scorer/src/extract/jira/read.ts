import type { JiraSource } from '../../config/sources.ts';
import type { Window } from '../../facts/index.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { NoteBook } from '../notes.ts';
import { ISSUES_PER_CHANGELOG_CALL, type JiraClient } from './client.ts';
import { bugsJql } from './jql.ts';
import { parseIssue, type BadIssue, type Issue, type StateField } from './parse.ts';

/** Longer lists make JQL that proxies and databases refuse. */
const PROJECTS_PER_QUESTION = 500;
const AT_ONCE = 4;

interface Wanted {
  readonly projects: readonly string[];
  readonly settings: JiraSource;
  readonly window: Window;
  readonly field: StateField;
  readonly notes: NoteBook;
}

/** Every bug of some projects, each once, with its moves; bad records are reported and left out. */
export async function readIssues(
  client: JiraClient,
  wanted: Wanted,
): Promise<{ issues: readonly Issue[]; bad: readonly BadIssue[] }> {
  // Parsed page by page: a record as it comes is much bigger than what we need of it.
  const found = new Map<string, Issue | BadIssue>();
  await inParallel(chunks(wanted.projects, PROJECTS_PER_QUESTION), AT_ONCE, async (projects) => {
    let counted: number | null = null;
    const came = new Set<string>();
    for await (const page of client.search(bugsJql(projects, wanted.settings, wanted.window), wanted.field)) {
      for (const record of page.issues) {
        const id = idOf(record) ?? `without id ${found.size}`;
        found.set(id, parseIssue(record, wanted.field));
        came.add(id);
      }
      counted = page.counted;
    }
    if (counted !== null && came.size < counted) {
      const message = `Jira counted ${counted} issues and gave ${came.size}; run again later`;
      wanted.notes.add('fewer_than_counted', message);
    }
  });
  const parsed = [...found.values()];
  const plain = parsed.flatMap((one) => ('bad' in one ? [] : [one]));
  const { issues, bad } = await withMoves(client, plain, wanted.field);
  const allBad = [...parsed.flatMap((one) => ('bad' in one ? [one] : [])), ...bad];
  for (const one of allBad) wanted.notes.add('bad_record', one.bad);
  return { issues, bad: allBad };
}

/** Fetches the moves of the issues that did not bring theirs along. */
async function withMoves(
  client: JiraClient,
  issues: readonly Issue[],
  field: StateField,
): Promise<{ issues: Issue[]; bad: BadIssue[] }> {
  const without = issues.filter(({ moves }) => moves === null).map(({ id }) => id);
  const maps = await inParallel(chunks(without, ISSUES_PER_CHANGELOG_CALL), AT_ONCE, (ids) =>
    client.moves(ids, field),
  );
  const movesOf = new Map(maps.flatMap((map) => [...map]));
  const bad: BadIssue[] = [];
  const complete = issues.flatMap((issue) => {
    if (issue.moves !== null) return [issue];
    const moves = movesOf.get(issue.id) ?? [];
    if (!('bad' in moves)) return [{ ...issue, moves }];
    bad.push({ bad: `issue ${issue.id}: its history: ${moves.bad}`, projectKey: issue.projectKey });
    return [];
  });
  return { issues: complete, bad };
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
