import type { Bug, Window } from '../../facts/index.ts';
import type { Issue, Move } from './parse.ts';

/** Is a state (id of a status or resolution; null for no resolution) a done one? */
export type IsDone = (state: string | null) => boolean;

/**
 * A bug as it was at the window's end, told from its moves: before the first move it was in that move's `from`,
 * afterwards in the `to` of the last one at or before the moment. Without moves it always was as it is now.
 *
 * @see docs/decisions/0002-what-readings-mean-in-detail.md
 * @example bugAt(issue, [{ at: october5, from: 'open', to: 'done' }], october, isDone, false)
 * // => { …, doneAtEnd: true, resolvedAt: october5, reopenedInWindow: false }
 */
export function bugAt(
  { id, createdAt, state }: Pick<Issue, 'id' | 'createdAt' | 'state'>,
  moves: readonly Move[],
  { start, end }: Pick<Window, 'start' | 'end'>,
  isDone: IsDone,
  critical: boolean,
): Bug {
  const [first] = moves;
  let done = isDone(first === undefined ? state : first.from);
  let resolvedAt = done ? createdAt : null;
  let reopenedInWindow = false;
  for (const { at, to } of moves) {
    if (at >= end) break;
    const doneNow = isDone(to);
    // An import may date a move before the creation; nothing takes less than no time.
    if (doneNow && !done) resolvedAt = Math.max(at, createdAt);
    if (!doneNow && done && at >= start) reopenedInWindow = true;
    if (!doneNow) resolvedAt = null;
    done = doneNow;
  }
  return { id, createdAt, critical, doneAtEnd: done, resolvedAt, reopenedInWindow };
}
