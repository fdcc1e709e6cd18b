import { daysBetween } from '../scoring/period.ts';
import { nineDecimals } from '../scoring/round.ts';
import type { Account, NamedSignal } from './account.ts';
import type { Item } from './list.ts';
import type { State } from './state.ts';

const RENEWED_BY = 365;
const NAMED_IN = 30;

/** What acting on an item moves: one metric and its new value. */
export interface Move {
  readonly metric: string;
  readonly to: number;
  /** Points over the score by itself, unrounded. */
  readonly points: number;
}

/**
 * The move that an item stands for; null for one that moves no reading.
 *
 * @example moveOf(account, byItself, item) // => { metric: 'messaging', to: 65, points: 0.6 }
 */
export function moveOf(account: Account, byItself: State, item: Item): Move | null {
  const target = targetOf(account, byItself, item);
  const now = target === null ? undefined : byItself.values[target.metric];
  if (target === null || now === undefined) return null;
  const gained = account.score(target.metric, target.to) - account.score(target.metric, now);
  const points = nineDecimals(account.weight(target.metric) * gained);
  return Number.isNaN(points) ? null : { ...target, points };
}

function targetOf(account: Account, byItself: State, item: Item): Omit<Move, 'points'> | null {
  switch (item.kind) {
    case 'task':
      return { metric: item.task.metric, to: item.task.target.to };
    case 'tier':
    case 'review':
      return { metric: item.metric, to: item.to };
    case 'fact':
      return factTarget(account, byItself, item.fact.code);
    case 'link':
    case 'cover':
      return null;
    default:
      return item satisfies never;
  }
}

function factTarget({ today }: Account, byItself: State, code: string): Omit<Move, 'points'> | null {
  if (code === 'champion_vacant') {
    const days = daysBetween(today, byItself.asOf) - NAMED_IN;
    return { metric: 'champion_stability', to: Math.max(0, days) };
  }
  if (!code.startsWith('renewal_')) return null;
  const days = byItself.values.days_to_renewal;
  return days === undefined ? null : { metric: 'days_to_renewal', to: days + RENEWED_BY };
}

/**
 * The state at the horizon once the items are done.
 *
 * @example doneState(account, byItself, items).values.messaging // => 65
 */
export function doneState(account: Account, byItself: State, items: readonly Item[]): State {
  const values = { ...byItself.values };
  const counts = { ...byItself.counts };
  let { vacant, reviews } = byItself;
  for (const item of items) {
    const move = moveOf(account, byItself, item);
    if (move === null) continue;
    values[move.metric] = move.to;
    const count = item.kind === 'task' ? item.task.target.count : item.kind === 'review' ? item.count : null;
    if (count !== null) counts[move.metric] = count;
    if (item.kind === 'fact') vacant &&= item.fact.code !== 'champion_vacant';
    if (item.kind === 'review' && reviews !== null) reviews = [...reviews, [byItself.asOf, true]];
  }
  return { ...byItself, values, counts, vacant, reviews };
}

/**
 * The signals that stay once the listed ones are dealt with.
 *
 * @example signalsLeft(account.input.signals, items).length
 */
export function signalsLeft(signals: readonly NamedSignal[], items: readonly Item[]): NamedSignal[] {
  const listed = new Set(
    items.flatMap((item) => (item.kind === 'fact' && 'signal' in item.fact ? [item.fact.signal] : [])),
  );
  return signals.filter((signal) => !listed.has(signal));
}
