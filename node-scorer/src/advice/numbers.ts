import { shareOut } from '../scoring/largest-remainder.ts';
import { addMonths } from '../scoring/period.ts';
import { nineDecimals, shownScore } from '../scoring/round.ts';
import type { Account } from './account.ts';
import type { AdviceItem, Waiting } from './advice.ts';
import { placeOf, WAITING } from './kinds.ts';
import type { Item } from './list.ts';
import { moveOf } from './outcome.ts';
import { labelOfShare } from './share.ts';
import type { State } from './state.ts';

const LEAST_WAITING = 0.05;
const EVENT_MONTHS = 12;

/**
 * Link and facts first, then steps by points, what is not recorded last.
 *
 * @example shownOrder(account, byItself, items)[0]?.kind // => 'fact'
 */
export function shownOrder(account: Account, byItself: State, items: readonly Item[]): Item[] {
  const part = ({ kind }: Item): number =>
    kind === 'link' || kind === 'fact' ? 0 : kind === 'cover' ? 2 : 1;
  const points = (item: Item): number => moveOf(account, byItself, item)?.points ?? 0;
  const place = (item: Item): number =>
    placeOf(item.kind === 'task' ? item.task.metric : 'metric' in item ? item.metric : '');
  return [...items].sort((a, b) =>
    part(a) !== part(b)
      ? part(a) - part(b)
      : part(a) === 1
        ? points(b) - points(a) || place(a) - place(b)
        : 0,
  );
}

/**
 * Points of each item in tenths that add up; null for one that moves nothing.
 *
 * @example pointsOf(account, byItself, items, 42) // => [null, 3, 1.2]
 */
export function pointsOf(
  account: Account,
  byItself: State,
  items: readonly Item[],
  total: number,
): (number | null)[] {
  const moves = items.map((item) => moveOf(account, byItself, item));
  const shared = shareOut(
    total,
    moves.flatMap((move) => (move === null ? [] : [move.points])),
  );
  let next = 0;
  return moves.map((move) => (move === null ? null : (shared[next++] as number) / 10));
}

/**
 * What the calendar alone does to each metric, in tenths that add up.
 *
 * @example partsOf(account, state, later, -33) // => { days_to_renewal: -2.1, qbr_attendance: -1.2 }
 */
export function partsOf(account: Account, now: State, later: State, total: number): Record<string, number> {
  const moved = Object.keys(later.values)
    .map((metric) => {
      const [from, to] = [now.values[metric] as number, later.values[metric] as number];
      const points = account.weight(metric) * (account.score(metric, to) - account.score(metric, from));
      return { metric, points: from === to || Number.isNaN(points) ? 0 : nineDecimals(points) };
    })
    .filter(({ points }) => points !== 0)
    .sort((a, b) => placeOf(a.metric) - placeOf(b.metric));
  const tenths = shareOut(
    total,
    moved.map(({ points }) => points),
  );
  return Object.fromEntries(
    moved
      .map(({ metric }, i) => [metric, (tenths[i] as number) / 10] as const)
      .filter(([, points]) => points !== 0),
  );
}

/**
 * What only waiting lowers: never a step.
 *
 * @example waitingOf(account, state)[0]?.metric // => 'payment_health'
 */
export function waitingOf(account: Account, state: State): Waiting[] {
  return WAITING.flatMap((metric): Waiting[] => {
    const count = state.values[metric];
    if (count === undefined || account.off.has(metric)) return [];
    const lost = nineDecimals(account.weight(metric) * (100 - account.score(metric, count)));
    if (!(lost >= LEAST_WAITING)) return [];
    const drops = (state.events[metric] ?? []).map((day) => addMonths(day, EVENT_MONTHS)).sort();
    const last = drops.at(-1) ?? addMonths(state.asOf, EVENT_MONTHS);
    return [{ metric, count, lost: shownScore(lost), next: drops[0] ?? null, last }];
  });
}

/**
 * An item as it is stored.
 *
 * @param points in tenths; null where it moves nothing
 * @example itemOf(item, 1.6) // => { kind: 'task', points: 1.6, metric: 'messaging', … }
 */
export function itemOf(item: Item, points: number | null): AdviceItem {
  switch (item.kind) {
    case 'link':
      return {
        kind: 'link',
        points: null,
        source: item.source,
        reason: item.reason,
        coverage: item.coverage,
      };
    case 'fact': {
      const { code } = item.fact;
      // The signal itself stays with the account; what is stored are its parameters.
      const rest = Object.entries(item.fact).filter(([key]) => key !== 'code' && key !== 'signal');
      return { kind: 'fact', points, code, ...Object.fromEntries(rest) };
    }
    case 'task': {
      const { metric, from, target, share, basis, of, by, kept } = item.task;
      const label = labelOfShare(share);
      const { to, count } = target;
      return {
        kind: 'task',
        points: points ?? 0,
        metric,
        from,
        to,
        count,
        share,
        label,
        basis,
        of,
        by,
        kept,
      };
    }
    case 'tier':
    case 'review':
      return { kind: item.kind, points: points ?? 0, metric: item.metric, to: item.to, count: item.count };
    case 'cover':
      return { kind: 'cover', points: null, metric: item.metric };
    default:
      return item satisfies never;
  }
}
