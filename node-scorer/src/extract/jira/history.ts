import type { Bug, Told, Window } from '../../facts/index.ts';
import type { KeyedMove, Settled } from './states.ts';

/** Most kinds of states nobody knows that are tried out; a history with more of them tells nothing. */
const MOST_UNKNOWN = 6;
/** A resolution is dated by the move that sets it, give or take what the server needs in between. */
const SAME_MOMENT_MS = 60_000;

/** What is known of a bug before its history is read. */
export interface Begin {
  readonly id: string;
  readonly createdAt: Told<number>;
  readonly critical: Told<boolean>;
}

type Span = Pick<Window, 'start' | 'end'>;
type Plain = (key: string | null) => boolean;

/**
 * A bug as it was at the window's end, told from its moves: before the first move it was in that move's `from`,
 * afterwards in the `to` of the last one at or before the moment. Without moves it always was as it is now.
 *
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example bugAt({ id, createdAt, critical }, 'open', [{ at: october5, from: 'open', to: 'done' }], october, isDone)
 * // => { …, doneAtEnd: true, resolvedAt: october5, reopenedInWindow: false }
 */
export function bugAt(
  { id, createdAt, critical }: Begin,
  state: string | null,
  moves: readonly KeyedMove[],
  { start, end }: Span,
  isDone: Plain,
): Bug {
  const [first] = moves;
  let done = isDone(first === undefined ? state : first.from);
  let resolvedAt: Bug['resolvedAt'] = done ? createdAt : null;
  let reopenedInWindow = false;
  for (const { at, to } of moves) {
    if (at >= end) break;
    const doneNow = isDone(to);
    // An import may date a move before the creation; nothing takes less than no time.
    if (doneNow && !done) resolvedAt = createdAt === 'unreadable' ? at : Math.max(at, createdAt);
    if (!doneNow && done && at >= start) reopenedInWindow = true;
    if (!doneNow) resolvedAt = null;
    done = doneNow;
  }
  return { id, createdAt, critical, doneAtEnd: done, resolvedAt, reopenedInWindow };
}

/**
 * A bug whose history may hold states that nobody knows: it is read as if each of them were done, and as if it were
 * not. What comes out alike every time is known all the same; what does not is unreadable. Where the site says since
 * when the bug is resolved, only what agrees with that counts.
 *
 * @param resolvedAt since when it has the resolution that it has now; null where the site does not say
 * @example a bug that went through a status long gone, and was done by September either way:
 * // => { …, doneAtEnd: true, reopenedInWindow: false }
 */
export function bugOf(
  begin: Begin,
  { moves, state, isDone, gap }: Settled,
  window: Span,
  resolvedAt: number | null,
): Bug {
  if (gap !== null && gap.before >= window.start && gap.after < window.end) return untold(begin);
  const keys = moves.length === 0 ? [state] : moves.flatMap(({ from, to }) => [from, to]);
  const unknown = [...new Set(keys)].filter((key) => isDone(key) === null);
  if (unknown.length > MOST_UNKNOWN) return untold(begin);
  const tests = Array.from({ length: 2 ** unknown.length }, (_, bits): Plain => (key) => {
    const place = unknown.indexOf(key);
    return place < 0 ? isDone(key) === true : ((bits >> place) & 1) === 1;
  });
  const fitting = tests.filter((test) => agrees(test, begin, state, moves, resolvedAt));
  const [one, ...others] = (fitting.length === 0 ? tests : fitting).map((test) =>
    bugAt(begin, state, moves, window, test),
  );
  return one === undefined ? untold(begin) : others.reduce((so, other) => common(so, other, window), one);
}

/** A bug of whose history nothing is known. */
export const untold = (begin: Begin): Bug => ({
  ...begin,
  doneAtEnd: 'unreadable',
  resolvedAt: 'unreadable',
  reopenedInWindow: 'unreadable',
});

function agrees(
  test: Plain,
  begin: Begin,
  state: string | null,
  moves: readonly KeyedMove[],
  told: number | null,
): boolean {
  if (told === null) return true;
  const { resolvedAt } = bugAt(begin, state, moves, { start: 0, end: Number.POSITIVE_INFINITY }, test);
  return typeof resolvedAt === 'number' && Math.abs(resolvedAt - told) <= SAME_MOMENT_MS;
}

/** What two readings of one history have in common. */
function common(one: Bug, other: Bug, { start, end }: Span): Bug {
  const outside = ({ resolvedAt: at }: Bug): boolean =>
    at !== 'unreadable' && (at === null || at < start || at >= end);
  const sameResolved = one.resolvedAt === other.resolvedAt || (outside(one) && outside(other));
  return {
    ...one,
    doneAtEnd: one.doneAtEnd === other.doneAtEnd ? one.doneAtEnd : 'unreadable',
    resolvedAt: sameResolved ? one.resolvedAt : 'unreadable',
    reopenedInWindow: one.reopenedInWindow === other.reopenedInWindow ? one.reopenedInWindow : 'unreadable',
  };
}
