import { z } from 'zod';

/** Field of the changelog that decides whether a bug is done. */
export type StateField = 'status' | 'resolution';

/** A status or resolution as a history names it; never without both. */
export interface State {
  readonly id: string | null;
  readonly name: string | null;
}

/** A move of the field that decides whether a bug is done: its status, or its resolution. */
export interface Move {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Before and after; null where the history names none, as of an empty resolution. */
  readonly from: State | null;
  readonly to: State | null;
}

/** Something of a record that could not be read, and why. */
export interface Unreadable {
  readonly bad: string;
  /** It is not there at all, as a field that a project does not have. */
  readonly absent?: boolean;
}

/** The moves of a bug, oldest first, or why they cannot be told. */
export type Moves = readonly Move[] | Unreadable;

export const isBad = (part: unknown): part is Unreadable =>
  typeof part === 'object' && part !== null && 'bad' in part;

/** What Jira writes as an id is text, and now and then a number. */
export const ID = z.union([z.string().min(1), z.number()]);

/**
 * A time of Jira: text without a colon in its zone (`2026-10-03T09:14:05.000+0000`), or, in the vendor's own
 * example of the bulk changelog, a number of seconds; taken for milliseconds when it is too big for seconds.
 */
export const TIME = z.union([z.string(), z.number()]).transform((value, context) => {
  const at = typeof value === 'string' ? Date.parse(value) : value < 1e11 ? value * 1_000 : value;
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected a time' });
  return z.NEVER;
});

const HISTORY = z.object({ items: z.array(z.unknown()), created: z.unknown() });
const WHICH = z.object({ field: z.string().nullish(), fieldId: z.string().nullish() });
/** Lower case and ids as text or number: the words of an item besides its field. */
const TEXT = z.union([z.string(), z.number()]).nullish();
const ITEM = z.object({ from: TEXT, fromString: TEXT, to: TEXT, toString: TEXT });

/**
 * The moves of one field among the histories of an issue, oldest first. A change of another field may look as it
 * likes; a broken one that is of this field, or may be, spoils the history.
 *
 * @example parseMoves([{ created: 1790000000, items: [{ fieldId: 'status', from: '1', to: '3' }] }], 'status')
 * // => [{ at: 1790000000000, from: { id: '1', name: null }, to: { id: '3', name: null } }]
 */
export function parseMoves(histories: readonly unknown[], field: StateField): Moves {
  const moves: Move[] = [];
  for (const history of histories) {
    const parsed = HISTORY.safeParse(history);
    if (!parsed.success) return unreadable(parsed.error);
    for (const item of parsed.data.items) {
      const which = WHICH.safeParse(item);
      if (!which.success) return unreadable(which.error, 'items');
      if ((which.data.fieldId ?? which.data.field) !== field) continue;
      // Every object has a `toString`; an item without one of its own names nothing.
      const own = Object.hasOwn(item as object, 'toString')
        ? (item as object)
        : { ...(item as object), toString: null };
      const change = ITEM.safeParse(own);
      if (!change.success) return unreadable(change.error, 'items');
      const at = TIME.safeParse(parsed.data.created);
      if (!at.success) return unreadable(at.error, 'created');
      const { from, fromString, to, toString } = change.data;
      moves.push({ at: at.data, from: stateOf(from, fromString), to: stateOf(to, toString) });
    }
  }
  return moves.toSorted((a, b) => a.at - b.at);
}

type Text = string | number | null | undefined;

function stateOf(id: Text, name: Text): State | null {
  const [ofId, ofName] = [textOf(id), textOf(name)];
  return ofId === null && ofName === null ? null : { id: ofId, name: ofName };
}

const textOf = (text: Text): string | null => {
  const plain = String(text ?? '').trim();
  return plain === '' ? null : plain;
};

function unreadable({ issues: [issue] }: z.ZodError, under?: string): Unreadable {
  const path = [...(under === undefined ? [] : [under]), ...(issue?.path ?? [])].join('.');
  return { bad: `field ${path}: ${issue?.message ?? 'not as expected'}` };
}
