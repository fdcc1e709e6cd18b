/** A metric's expected value, or the reason why there is none. */
export type Expected =
  | { readonly value: number }
  | { readonly value: null; readonly missing: 'not_mapped' | 'no_activity' | 'no_history' };

export interface Span {
  readonly month: string;
  /** Half open, ms. */
  readonly start: number;
  readonly end: number;
  /** The three months before, latest first. */
  readonly earlier: readonly string[];
}

export const missing = (reason: 'not_mapped' | 'no_activity' | 'no_history'): Expected => ({
  value: null,
  missing: reason,
});

/** A value with six decimals at most. */
export const value = (exact: number): Expected => ({ value: Math.round(exact * 1e6) / 1e6 + 0 });

/** A value, or a reason when there is nothing to compute it from. */
export const valueOr = (
  exact: number | null,
  reason: 'not_mapped' | 'no_activity' | 'no_history',
): Expected => (exact === null ? missing(reason) : value(exact));

/** The middle of some numbers, by counting from both ends. */
export function middle(numbers: readonly number[]): number | null {
  const rest = [...numbers].sort((a, b) => a - b);
  while (rest.length > 2) {
    rest.shift();
    rest.pop();
  }
  const [low, high = low] = rest;
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
