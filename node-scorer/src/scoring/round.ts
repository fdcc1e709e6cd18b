/**
 * A score in whole tenths, as it is shown: rounded to 9 decimals, then half up to one decimal. So a half is
 * judged on the decimal value and not on its binary neighbour.
 *
 * @param score 0 to 100
 * @example tenthsOf(65.35) // => 654
 */
export const tenthsOf = (score: number): number => Math.floor((billionthsOf(score) + 5e7) / 1e8);

/**
 * A score as it is shown, with one decimal (docs/glossary.md, Rounding). Only the edge rounds; nothing is computed
 * from shown values except the tier.
 *
 * @example shownScore(65.35) // => 65.4
 */
export const shownScore = (score: number): number => tenthsOf(score) / 10;

/**
 * Rounds the last digits of binary arithmetic away, for comparisons such as "does this cap lower the score".
 *
 * @example nineDecimals(0.1 + 0.2) // => 0.3
 */
export const nineDecimals = (value: number): number => Math.round(value * 1e9) / 1e9;

/**
 * A score in whole billionths: what its shown value and its tier are judged on.
 *
 * @param score 0 to 100
 * @example billionthsOf(65.35) // => 65_350_000_000
 */
export const billionthsOf = (score: number): number => Math.round(score * 1e9);

/**
 * The least score, in billionths, that is shown at or above a bound: comparing with it asks the same as comparing
 * the shown score with the bound, without rounding each score.
 *
 * @param bound 0 to 100
 * @example leastShownAs(76) // => 75_950_000_000
 */
export const leastShownAs = (bound: number): number => Math.ceil(nineDecimals(bound * 10)) * 1e8 - 5e7;
