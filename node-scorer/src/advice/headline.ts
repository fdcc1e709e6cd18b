import { SWITCHES, type Switch } from '../scoring/mixed-state.ts';
import { nineDecimals } from '../scoring/round.ts';
import type { Account } from './account.ts';
import { isCapped, movementOf, type FactCode } from './facts.ts';
import type { Item } from './list.ts';

/** One piece of a change, in points with one decimal. */
export type Piece =
  | { readonly points: number; readonly metric: string }
  | { readonly points: number; readonly bar: Exclude<Switch, 'behaviour'> };

/** What the change came from. */
export interface Cause {
  readonly code: 'fell' | 'rose' | 'balanced' | 'steady' | 'first_score';
  readonly parts: readonly Piece[];
}

/** A signal that holds the score, or no longer does. */
export interface HeldBy {
  readonly code: 'held' | 'still_held' | 'released';
  readonly at: number;
  readonly category: string | null;
  /** Score without any signal, and how that moved; an outage cap still holds it. */
  readonly without: number;
  readonly withoutMoved: number | null;
}

/** The first thing to read of an account, as codes. */
export interface Headline {
  readonly tier: string;
  readonly score: number;
  /** Null for a first score. */
  readonly moved: number | null;
  readonly cap: HeldBy | null;
  /** The listed fact to name at the end. */
  readonly fact: FactCode | null;
  readonly cause: Cause;
}

const NAMED: readonly FactCode[] = [
  'renewal_overdue',
  'renewal_soon',
  'signal_critical',
  'silent_users',
  'renewal_near',
];
const MUCH = 1;
const HALF = 0.5;

/**
 * Tier, score and change, one cause, and the most urgent fact.
 *
 * @param items as listed
 * @returns null without a score
 * @example headlineOf(account, items)?.cause // => { code: 'fell', parts: [{ points: -2.7, metric: 'csat_score' }] }
 */
export function headlineOf(account: Account, items: readonly Item[]): Headline | null {
  const { card, change } = account;
  if (card.tier === null || card.shown.healthScore === null) return null;
  return withFact(
    {
      tier: card.tier,
      score: card.shown.healthScore,
      moved: 'code' in change ? null : change.shown,
      cap: heldByOf(account),
      cause: causeOf(account),
    },
    items,
  );
}

/**
 * A headline that names the most urgent of these items.
 *
 * @example withFact(stored.headline, items).fact // => 'renewal_soon'
 */
export function withFact(
  { tier, score, moved, cap, cause }: Omit<Headline, 'fact'>,
  items: readonly Item[],
): Headline {
  const named = items.find(
    (item) =>
      item.kind === 'fact' &&
      NAMED.includes(item.fact.code) &&
      !('caps' in item.fact && item.fact.caps && cap !== null),
  );
  const fact = named?.kind === 'fact' ? named.fact.code : null;
  return { tier, score, moved, cap, fact, cause };
}

function heldByOf({ input, card, earlier, changeWithoutSignals }: Account): HeldBy | null {
  const [now, before] = [isCapped(card), earlier !== null && isCapped(earlier.card)];
  const cap = now ? card.cap : before ? (earlier?.card.cap ?? null) : null;
  if (cap === null) return null;
  const first = cap.signals[0];
  return {
    code: now ? (before ? 'still_held' : 'held') : 'released',
    at: cap.at,
    category: first?.category ?? null,
    // An outage cap above the signal's would still hold the score.
    without: Math.min(card.shown.quantitativeScore as number, input.hold?.at ?? Infinity),
    withoutMoved: 'code' in changeWithoutSignals ? null : changeWithoutSignals.shown,
  };
}

function causeOf(account: Account): Cause {
  const change = movementOf(account);
  if ('code' in change) return { code: 'first_score', parts: [] };
  const pieces: { readonly exact: number; readonly piece: Piece }[] = [
    ...Object.entries(change.metrics).map(([metric, points]) => ({
      exact: nineDecimals(change.exact.metrics[metric] ?? 0),
      piece: { points, metric },
    })),
    ...SWITCHES.filter((bar) => bar !== 'behaviour').map((bar) => ({
      exact: nineDecimals(change.exact.bars[bar]),
      piece: { points: change.bars[bar], bar },
    })),
  ];
  const extreme = (sign: 1 | -1): (typeof pieces)[number] | null =>
    pieces.reduce<(typeof pieces)[number] | null>(
      (best, one) =>
        sign * one.exact > 0 && (best === null || sign * one.exact > sign * best.exact) ? one : best,
      null,
    );
  const [fallen, risen] = [extreme(-1), extreme(1)];
  const [f, r] = [-(fallen?.exact ?? 0), risen?.exact ?? 0];
  const parts = (...list: (typeof fallen)[]): Piece[] =>
    list.flatMap((one) => (one === null ? [] : [one.piece]));
  if (change.shown <= -MUCH) {
    return { code: 'fell', parts: parts(fallen, r >= MUCH && r >= f * HALF ? risen : null) };
  }
  if (change.shown >= MUCH) {
    return { code: 'rose', parts: parts(risen, f >= MUCH && f >= r * HALF ? fallen : null) };
  }
  return f >= MUCH && r >= MUCH
    ? { code: 'balanced', parts: parts(fallen, risen) }
    : { code: 'steady', parts: [] };
}
