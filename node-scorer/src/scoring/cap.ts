import type { Loss } from './lost.ts';
import type { CapRule } from './model.ts';
import { nineDecimals } from './round.ts';
import { rankOf, rankOn, type Signal } from './signal.ts';

/** Name of the outage cap in what is stored. */
export const OUTAGE_HOLD = 'outage_hold';

/** A ceiling because readings were lost: no account looks better for it (docs/glossary.md, "outage cap"). */
export interface Hold {
  readonly at: number;
  /** Sources whose weighted readings were lost. */
  readonly sources: readonly string[];
  /** The earlier score as shown that it was made from; absent on scores of before this was kept. */
  readonly earlier?: number | undefined;
  /** Sources by how their readings were lost; absent on scores of before this was kept: all were not read. */
  readonly why?: Readonly<Partial<Record<Loss, readonly string[]>>> | undefined;
}

/** A ceiling on the score and what put it there. */
export interface Cap {
  /** Name of the rule, or `outage_hold`. */
  readonly name: string;
  readonly at: number;
  /** The signals that the rule counted; none for a hold. */
  readonly signals: readonly Signal[];
  /** The sources of an outage cap; none for a rule. */
  readonly sources: readonly string[];
  /** Of an outage cap: its sources by how their readings were lost. */
  readonly why?: Hold['why'];
}

const NOTHING: readonly never[] = [];

/**
 * The lowest ceiling that applies as of a day, or null. Of two at one height the first in the model is named,
 * and a hold after all rules. A rule counts signals of exactly its severity, after monitoring has reduced them.
 *
 * @param rules of the account's segment, in model order
 * @param signals well formed ({@link checkSignal})
 * @param asOf `YYYY-MM-DD`, the window's last calendar day
 * @param monitoringReduction severities that monitoring takes off
 * @example lowestCap(plan.caps, [criticalSignal], '2026-10-31', 1, null)?.at // => 59
 */
export function lowestCap(
  rules: readonly CapRule[],
  signals: readonly Signal[],
  asOf: string,
  monitoringReduction: number,
  hold: Hold | null,
): Cap | null {
  // Most accounts, and every state of a change: nothing to look through the rules with.
  if (signals.length === 0 && hold === null) return null;
  let lowest: CapRule | null = null;
  const ranks = signals.map((signal) => rankOn(signal, asOf, monitoringReduction));
  const counted = (rule: CapRule): Signal[] =>
    signals.filter(
      (signal, i) => ranks[i] === rankOf(rule.severity) && (!rule.confirmed || isConfirmed(signal)),
    );
  for (const rule of rules) {
    if (lowest !== null && lowest.cap <= rule.cap) continue;
    if (counted(rule).length >= rule.atLeast) lowest = rule;
  }
  if (hold !== null && (lowest === null || hold.at < lowest.cap)) {
    const { at, sources, why } = hold;
    return { name: OUTAGE_HOLD, at, signals: NOTHING, sources, ...(why && { why }) };
  }
  return lowest && { name: lowest.name, at: lowest.cap, signals: counted(lowest), sources: NOTHING };
}

/**
 * A score under a ceiling: never higher than before.
 *
 * @example underCap(86.68, { name: 'critical_signal', at: 59, signals, sources: [] }) // => 59
 */
export const underCap = (score: number, cap: Cap | null): number =>
  cap === null ? score : Math.min(score, cap.at);

/**
 * Does a ceiling lower a score? A last digit of binary arithmetic is not worth a red strip on the card.
 *
 * @example lowers({ name: 'critical_signal', at: 59, signals, sources: [] }, 59.00000000000001) // => false
 */
export const lowers = (cap: Cap | null, score: number): boolean =>
  cap !== null && nineDecimals(score) > cap.at;

const isConfirmed = (signal: Signal): boolean => signal.confidence === 'confirmed';
