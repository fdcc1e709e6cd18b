import { z } from 'zod';

/** A move of the field that decides whether a bug is done: its status, or its resolution. */
export interface Move {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Id before and after; null for none, as an empty resolution is. */
  readonly from: string | null;
  readonly to: string | null;
}

/** The moves of a bug, oldest first, or why they cannot be told. */
export type Moves = readonly Move[] | { readonly bad: string };

/** What we read of a bug. */
export interface Issue {
  readonly id: string;
  readonly createdAt: number;
  readonly projectKey: string;
  readonly components: readonly string[];
  readonly priority: string | null;
  /** Id of the status, or of the resolution, as of now. */
  readonly state: string | null;
  /** Its moves where the answer brings them along (Data Center); null where they are asked for separately. */
  readonly moves: readonly Move[] | null;
}

export interface BadIssue {
  readonly bad: string;
  readonly projectKey: string | null;
}

/** Field of the changelog that decides whether a bug is done. */
export type StateField = 'status' | 'resolution';

/** Made a text where it is used: a transform here costs as much as the rest of the record. */
const ID = z.union([z.string().min(1), z.number()]);
const NAMED = z.object({ id: ID, name: z.string().nullish() });

/**
 * A time of Jira: text without a colon in its zone (`2026-10-03T09:14:05.000+0000`), or, in the vendor's own
 * example of the bulk changelog, a number of seconds; taken for milliseconds when it is too big for seconds.
 */
const TIME = z.union([z.string(), z.number()]).transform((value, context) => {
  const at = typeof value === 'string' ? Date.parse(value) : value < 1e11 ? value * 1_000 : value;
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected a time' });
  return z.NEVER;
});

const HISTORY = z.object({
  created: TIME,
  items: z.array(
    z.object({
      field: z.string().nullish(),
      fieldId: z.string().nullish(),
      from: z.string().nullish(),
      to: z.string().nullish(),
    }),
  ),
});

const ISSUE = z.object({
  id: ID,
  fields: z.object({
    created: TIME,
    project: z.object({ key: z.string().min(1) }),
    status: NAMED.nullish(),
    resolution: NAMED.nullish(),
    priority: z.object({ name: z.string().nullish() }).nullish(),
    components: z.array(z.object({ name: z.string().nullish() })).nullish(),
  }),
  changelog: z.object({ histories: z.array(z.unknown()), total: z.number().nullish() }).nullish(),
});

/**
 * Makes an issue of one record of a search.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 * @example parseIssue({ id: '1', fields: { created: '2026-10-03T09:14:05.000+0000', project: { key: 'ABC' }, status: { id: '3' } } }, 'status')
 * // => { id: '1', createdAt: 1791018845000, projectKey: 'ABC', components: [], priority: null, state: '3', moves: null }
 */
export function parseIssue(raw: unknown, field: StateField): Issue | BadIssue {
  const parsed = ISSUE.safeParse(raw);
  if (!parsed.success) return bad(raw, parsed.error.issues[0]);
  const { id, fields, changelog } = parsed.data;
  // A bug always has a status; one without was cut off. A resolution may well be empty.
  if (field === 'status' && fields.status == null)
    return bad(raw, { path: ['fields', 'status'], message: 'is missing' });
  const moves = changelog == null ? null : parseMoves(changelog.histories, field);
  if (moves !== null && 'bad' in moves) return bad(raw, { path: ['changelog'], message: moves.bad });
  if (changelog != null && changelog.histories.length < (changelog.total ?? 0)) {
    return bad(raw, { path: ['changelog'], message: 'is incomplete' });
  }
  const state = field === 'status' ? fields.status : fields.resolution;
  return {
    id: String(id),
    createdAt: fields.created,
    projectKey: fields.project.key,
    components: (fields.components ?? []).flatMap(({ name }) => (name == null ? [] : [name])),
    priority: fields.priority?.name ?? null,
    state: state == null ? null : String(state.id),
    moves,
  };
}

/**
 * The moves of one field among the histories of an issue, oldest first.
 *
 * @example parseMoves([{ created: 1790000000, items: [{ fieldId: 'status', from: '1', to: '3' }] }], 'status')
 * // => [{ at: 1790000000000, from: '1', to: '3' }]
 */
export function parseMoves(
  histories: readonly unknown[],
  field: StateField,
): readonly Move[] | { bad: string } {
  const parsed = histories.map((history) => HISTORY.safeParse(history));
  const broken = parsed.find(({ success }) => !success)?.error?.issues[0];
  if (broken !== undefined) return { bad: `field ${broken.path.join('.')}: ${broken.message}` };
  return parsed
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .flatMap(({ created, items }) =>
      items
        .filter((item) => (item.fieldId ?? item.field) === field)
        .map(({ from, to }) => ({ at: created, from: from || null, to: to || null })),
    )
    .toSorted((a, b) => a.at - b.at);
}

function bad(raw: unknown, issue: { path: readonly PropertyKey[]; message: string } | undefined): BadIssue {
  const { id, fields } = (raw ?? {}) as {
    id?: unknown;
    fields?: { project?: { key?: unknown } | null } | null;
  };
  const name = typeof id === 'string' || typeof id === 'number' ? `issue ${id}` : 'an issue without id';
  const key = fields?.project?.key;
  return {
    bad: `${name}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'not as expected'}`,
    projectKey: typeof key === 'string' ? key : null,
  };
}
