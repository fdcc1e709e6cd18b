/** Past states, walked back from today's by what the history objects tell. Pure; times in ms since the epoch. */

/** One field change: at that moment the field stopped having `old`. */
export interface FieldChange {
  readonly at: number;
  readonly field: string;
  readonly old: unknown;
}

/** What a field was at a moment, or that nobody knows any more. */
export type Past<T> = { readonly value: T } | { readonly unknown: true };

/**
 * A field's value just before a moment. History is known from the account's first row on (`created` counts):
 * before that, nobody can say.
 *
 * @param changes all rows of the account, any order
 * @example fieldBefore([{ at: 5, field: 'ARR__c', old: 10 }, { at: 1, field: 'created', old: null }], 'ARR__c', 20, 3)
 * // => { value: 10 }
 */
export function fieldBefore(
  changes: readonly FieldChange[],
  field: string,
  today: unknown,
  moment: number,
): Past<unknown> {
  const knownFrom = Math.min(...changes.map(({ at }) => at));
  if (!(knownFrom < moment)) return { unknown: true };
  const next = changes
    .filter((change) => change.field === field && change.at >= moment)
    .reduce<FieldChange | null>((first, change) => (first && first.at <= change.at ? first : change), null);
  return { value: next === null ? today : next.old };
}

/**
 * The earliest value that a numeric field is known to have had at or after a moment and before another.
 *
 * @example earliestNumber([{ at: 1, field: 'created', old: null }, { at: 5, field: 'ARR__c', old: 10 }], 'ARR__c', 20, { from: 0, before: 9 })
 * // => { at: 1, value: 10 }
 */
export function earliestNumber(
  changes: readonly FieldChange[],
  field: string,
  today: unknown,
  span: { readonly from: number; readonly before: number },
): { readonly at: number; readonly value: number } | null {
  if (changes.length === 0) return null;
  const knownFrom = Math.min(...changes.map(({ at }) => at));
  const own = changes.filter((change) => change.field === field).toSorted((a, b) => a.at - b.at);
  // The field is constant between its changes: it is enough to look at the beginning and just after each change.
  const moments = [Math.max(span.from, knownFrom), ...own.map(({ at }) => at)].filter(
    (at) => at >= span.from && at >= knownFrom && at < span.before,
  );
  for (const at of moments.toSorted((a, b) => a - b)) {
    const next = own.find((change) => change.at > at);
    const value = toNumber(next === undefined ? today : next.old);
    if (value !== null) return { at, value };
  }
  return null;
}

/** A number as history rows give it: a number, or text that is one. */
export function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** One row of an opportunity's history: its state from that moment on. */
export interface OpportunityState {
  readonly at: number;
  readonly stage: string;
  readonly close: string | null;
}

/**
 * An opportunity's state just before a moment: the last row before it; null when there was none yet.
 *
 * @example stateBefore([{ at: 1, stage: 'Open', close: '2026-12-01' }, { at: 9, stage: 'Won', close: '2026-11-01' }], 5)?.stage // => 'Open'
 */
export function stateBefore(states: readonly OpportunityState[], moment: number): OpportunityState | null {
  return states
    .filter(({ at }) => at < moment)
    .reduce<OpportunityState | null>((last, state) => (last && last.at > state.at ? last : state), null);
}
