import type { Told } from '../../facts/index.ts';
import { isBad, type Move, type State, type Unreadable } from './moves.ts';
import { plainName } from './projects.ts';

/** A status that the site has. */
export interface Status {
  readonly id: string;
  readonly name: string | null;
  /** Is its category "done"? */
  readonly done: boolean;
}

/** What a state counts as; null where nothing tells. */
export type IsDone = (key: string | null) => boolean | null;

/** A move between states by their keys: the id of a status of the site, or a name of our own for one that is gone. */
export interface KeyedMove {
  readonly at: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** A history as the site of today understands it. */
export interface Settled {
  readonly moves: readonly KeyedMove[];
  readonly state: string | null;
  readonly isDone: IsDone;
  /** Statuses of the history of which nothing tells whether they are done. */
  readonly unknown: readonly string[];
  /** Between these moments something happened that the history does not tell; null when it is whole. */
  readonly gap: { readonly after: number; readonly before: number } | null;
}

/** Names of the statuses that every new Jira begins with, for when they are gone from a site. */
const SYSTEM: ReadonlyMap<string, boolean> = new Map([
  ...['resolved', 'closed', 'done'].map((name) => [name, true] as const),
  ...['open', 'in progress', 'reopened', 'to do', 'backlog', 'selected for development', 'in review'].map(
    (name) => [name, false] as const,
  ),
]);

/** Statuses that the site has, and those that only histories remember. */
export interface Statuses {
  /** Is this one on the list of the site? */
  readonly has: (state: State | null) => boolean;
  readonly settle: (moves: readonly Move[], state: State | null | Unreadable, seen: Seen) => Settled;
}

interface Seen {
  /** When the search saw the issue last changed: what its history tells of later is news, and no contradiction. */
  readonly updatedAt: number;
}

/**
 * Reads histories against the statuses of a site.
 *
 * A status that has left the site is taken for the one of the same name; else for the one in which the issue was
 * found next without a move (a workflow that was migrated in silence); else by its name, where every new Jira has
 * a status of that name. What then is left is known to nobody.
 *
 * @see https://support.atlassian.com/jira-cloud-administration/docs/what-are-issue-statuses-priorities-and-resolutions/
 * @example statusesOf([{ id: '1', name: 'To do', done: false }]).has({ id: '5', name: 'Resolved' }) // => false
 */
export function statusesOf(list: readonly Status[]): Statuses {
  const byId = new Map(list.map((status) => [status.id, status]));
  const byName = new Map<string, Status | null>();
  for (const status of list) {
    if (status.name === null) continue;
    const name = plainName(status.name);
    const same = byName.get(name);
    // Two of one name (each project of a team may have its own) are one only where both mean the same.
    byName.set(name, same === undefined || same?.done === status.done ? (same ?? status) : null);
  }
  const named = (name: string | null): Status | null =>
    name === null ? null : (byName.get(plainName(name)) ?? null);

  const keyOf = (state: State | null): string | null => {
    if (state === null) return null;
    if (state.id !== null && byId.has(state.id)) return state.id;
    return named(state.name)?.id ?? goneKey(state);
  };

  const isDone: IsDone = (key) => {
    if (key === null) return null;
    const known = byId.get(key);
    if (known !== undefined) return known.done;
    return SYSTEM.get(nameOfGone(key)) ?? null;
  };

  return {
    has: (state) => state?.id != null && byId.has(state.id),
    settle: (moves, state, seen) =>
      settle(
        moves.map(({ at, from, to }) => ({ at, from: keyOf(from), to: keyOf(to) })),
        {
          state: isBad(state) ? state : keyOf(state),
          ...seen,
          isDone,
          sameState: (one, other) => one === other,
          emptyMeansUntold: true,
        },
      ),
  };
}

/** Resolutions: any at all is done, none is not; nothing of them can leave the site. */
export const resolutions: Statuses = {
  has: () => true,
  settle: (moves, state, seen) => {
    const keyOf = (resolution: State | null): string | null => resolution?.id ?? resolution?.name ?? null;
    return settle(
      moves.map(({ at, from, to }) => ({ at, from: keyOf(from), to: keyOf(to) })),
      {
        state: isBad(state) ? state : keyOf(state),
        ...seen,
        isDone: (key) => key !== null,
        sameState: (one, other) => (one === null) === (other === null),
        emptyMeansUntold: false,
      },
    );
  },
};

const GONE = 'gone:';
const goneKey = ({ id, name }: State): string => `${GONE}${id ?? ''}:${plainName(name ?? '')}`;
const isGone = (key: string | null): key is string => key?.startsWith(GONE) === true;
const nameOfGone = (key: string): string => key.slice(key.indexOf(':', GONE.length) + 1);
/** Named in the history by no id: a text that may be in another language, or no text at all. */
const isVague = (key: string | null): boolean => key === null || key.startsWith(`${GONE}:`);

interface Site extends Seen {
  readonly state: string | null | Unreadable;
  readonly isDone: IsDone;
  readonly sameState: (one: string | null, other: string | null) => boolean;
  /** A status is never empty: where the history names none, what comes before or after tells it. */
  readonly emptyMeansUntold: boolean;
}

function settle(told: readonly KeyedMove[], site: Site): Settled {
  const { emptyMeansUntold, sameState } = site;
  const moves = told.map((move) => ({ ...move }));
  const untold = (key: string | null): boolean => emptyMeansUntold && isVague(key);
  for (const [index, move] of moves.entries()) {
    const before = moves[index - 1];
    if (untold(move.from) && before !== undefined && !untold(before.to)) move.from = before.to;
    if (before !== undefined && untold(before.to)) before.to = move.from;
  }
  const last = moves.at(-1);
  const state = isBad(site.state) ? (last?.to ?? null) : site.state;
  // Moves that the search did not know yet come after the state that it told.
  const known = moves.filter(({ at }) => at <= site.updatedAt);
  const seenLast = known.at(-1);
  if (seenLast !== undefined && seenLast === last && untold(seenLast.to)) seenLast.to = state;

  const alias = new Map<string, string | null>();
  let gap: Settled['gap'] = null;
  const meet = (earlier: string | null, later: string | null, after: number, before: number): void => {
    if (sameState(earlier, later)) return;
    if (isGone(earlier)) alias.set(earlier, later);
    else if (isGone(later)) alias.set(later, earlier);
    // From one open status to another, or from one done to another: nothing that we count has happened.
    else if (site.isDone(earlier) !== site.isDone(later)) gap ??= { after, before };
  };
  for (const [index, move] of moves.entries()) {
    const before = moves[index - 1];
    if (before !== undefined) meet(before.to, move.from, before.at, move.at);
  }
  if (!endsThere(moves, state, site) && seenLast !== undefined) {
    meet(seenLast.to, state, seenLast.at, Number.POSITIVE_INFINITY);
  }
  const isDone: IsDone = (key) => {
    const same = key === null ? undefined : alias.get(key);
    return same === undefined ? site.isDone(key) : site.isDone(same);
  };
  const end = last === undefined ? state : last.to;
  const keys = last === undefined ? [end] : moves.flatMap(({ from, to }) => [from, to]);
  const unknown = [...new Set(keys)].filter((key) => isDone(key) === null).map((key) => key ?? '(none)');
  return { moves, state: end, isDone, unknown, gap };
}

/** Was the issue in that state after its last move, or before moves that are newer than what the search saw? */
function endsThere(
  moves: readonly KeyedMove[],
  state: string | null,
  { sameState, updatedAt }: Site,
): boolean {
  for (let length = moves.length; length > 0; length--) {
    if (sameState(moves[length - 1]?.to ?? null, state)) return true;
    // Histories of the bulk call are dated by whole seconds.
    if ((moves[length - 1]?.at ?? 0) < Math.floor(updatedAt / 1_000) * 1_000) return false;
  }
  return sameState(moves[0]?.from ?? null, state);
}

/** A part that was read, or the word for one that was not. */
export const told = (part: number | Unreadable): Told<number> => (isBad(part) ? 'unreadable' : part);
