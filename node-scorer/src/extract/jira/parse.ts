import { z } from 'zod';
import {
  ID,
  isBad,
  parseMoves,
  TIME,
  type Moves,
  type State,
  type StateField,
  type Unreadable,
} from './moves.ts';

/** What we read of a bug. A field that could not be read costs only what needs it. */
export interface Issue {
  readonly id: string;
  readonly createdAt: number | Unreadable;
  /** Null where not even the key of the issue tells it. */
  readonly projectKey: string | null;
  readonly components: readonly string[] | Unreadable;
  readonly priority: State | null | Unreadable;
  /** Its status, or its resolution, as of now; null for no resolution. */
  readonly state: State | null | Unreadable;
  /** Since when it has the resolution that it has now; null for none, or where the site does not say. */
  readonly resolvedAt: number | null;
  /** When its category of status last changed, where the site says so (Cloud). */
  readonly categorySince: number | null;
  /** When it last changed, as the search knows it. */
  readonly updatedAt: number | null;
  /** Its moves where the answer brings them along (Data Center); null where they are asked for separately. */
  readonly moves: Moves | null;
}

/** Text only: a number is what the bulk changelog alone dates by, and here no time at all. */
const CREATED = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected a time' });
  return z.NEVER;
});
const NAMED = z.object({ id: ID, name: z.string().nullish() });
const PRIORITY = z
  .object({ id: ID.nullish(), name: z.string().nullish() })
  .refine(({ id, name }) => id != null || name != null, 'expected an id or a name')
  .nullish();
const PROJECT = z.object({ key: z.string().min(1) });
const COMPONENTS = z.array(z.object({ name: z.string().nullish() })).nullish();
const CHANGELOG = z.object({
  histories: z.array(z.unknown()),
  total: z.number().nullish(),
  isLast: z.boolean().nullish(),
});
const ISSUE_KEY = /^([A-Z][A-Z0-9_]+)-\d+$/;

/** Fields to ask for; `statuscategorychangedate` is there in Cloud only. */
export const fieldsFor = (field: StateField): string[] => [
  ...['created', 'updated', field, 'resolutiondate', 'statuscategorychangedate'],
  ...['priority', 'components', 'project'],
];

/**
 * Makes an issue of one record of a search, each field by itself.
 *
 * @returns null for what is no record of an issue at all
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 * @example parseIssue({ id: '1', fields: { created: '2026-10-03T09:14:05.000+0000', project: { key: 'ABC' }, status: { id: '3' } } }, 'status')
 * // => { id: '1', createdAt: 1791018845000, projectKey: 'ABC', components: [], priority: null, state: { id: '3', name: null }, … }
 */
export function parseIssue(raw: unknown, field: StateField): Issue | null {
  const record = asRecord(raw);
  const id = ID.safeParse(record?.['id']);
  if (record === null || !id.success) return null;
  const fields = asRecord(record['fields']) ?? {};
  const time = (name: string): number | null => TIME.safeParse(fields[name]).data ?? null;
  return {
    id: String(id.data),
    createdAt: read(CREATED, fields['created'], 'fields.created'),
    projectKey: projectOf(fields['project'], record['key']),
    components: mapped(read(COMPONENTS, fields['components'], 'fields.components'), (list) =>
      (list ?? []).flatMap(({ name }) => (name == null ? [] : [name])),
    ),
    priority: mapped(read(PRIORITY, fields['priority'], 'fields.priority'), stateOf),
    state: presentState(fields[field], field),
    resolvedAt: time('resolutiondate'),
    categorySince: time('statuscategorychangedate'),
    updatedAt: time('updated'),
    moves: record['changelog'] == null ? null : embedded(record['changelog'], field),
  };
}

/** Everything of an issue that could not be read, by field; empty when all of it was. */
export const problemsOf = ({
  createdAt,
  projectKey,
  components,
  priority,
  state,
  moves,
}: Issue): string[] => [
  ...(projectKey === null ? ['field fields.project: is missing'] : []),
  ...[createdAt, components, priority, state, moves].flatMap((part) => (isBad(part) ? [part.bad] : [])),
];

/**
 * A project may have no priorities or no components: then no issue of it has that field. Where others have it, an
 * issue without it was cut.
 *
 * @example withAbsent([ … ]) // where no issue of the project has a priority: the same, each with `priority: null`
 */
export function withAbsent(issues: readonly Issue[]): Issue[] {
  const absent = (part: unknown): boolean => isBad(part) && part.absent === true;
  const having = (part: 'priority' | 'components'): Set<string | null> =>
    new Set(issues.flatMap((issue) => (absent(issue[part]) ? [] : [issue.projectKey])));
  const [priority, components] = [having('priority'), having('components')];
  return issues.map((issue) => ({
    ...issue,
    ...(absent(issue.priority) && !priority.has(issue.projectKey) ? { priority: null } : {}),
    ...(absent(issue.components) && !components.has(issue.projectKey) ? { components: [] } : {}),
  }));
}

const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

function read<T>(schema: z.ZodType<T, unknown>, value: unknown, path: string): T | Unreadable {
  if (value === undefined) return { bad: `field ${path}: is missing`, absent: true };
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { bad: `field ${[path, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not as expected'}` };
}

const mapped = <A, B>(part: A | Unreadable, to: (value: A) => B): B | Unreadable =>
  isBad(part) ? part : to(part);

function stateOf(
  named: { id?: string | number | null | undefined; name?: string | null | undefined } | null | undefined,
): State | null {
  if (named?.id == null && named?.name == null) return null;
  return { id: named.id == null ? null : String(named.id), name: named.name ?? null };
}

/** The key of an issue begins with that of its project, and outlives a broken project. */
function projectOf(project: unknown, key: unknown): string | null {
  const told = PROJECT.safeParse(project).data?.key;
  return told ?? (typeof key === 'string' ? (ISSUE_KEY.exec(key)?.[1] ?? null) : null);
}

function presentState(raw: unknown, field: StateField): Issue['state'] {
  const path = `fields.${field}`;
  // A bug always has a status; one without was cut off. A resolution may well be empty.
  if (field === 'status' && raw == null) return { bad: `field ${path}: is missing` };
  return mapped(read(NAMED.nullish(), raw ?? null, path), stateOf);
}

function embedded(raw: unknown, field: StateField): Moves {
  const changelog = read(CHANGELOG, raw, 'changelog');
  if (isBad(changelog)) return changelog;
  const { histories, total, isLast } = changelog;
  const cut = (total !== null && total !== undefined && histories.length !== total) || isLast === false;
  if (cut) return { bad: 'field changelog: is incomplete' };
  return parseMoves(histories, field);
}
