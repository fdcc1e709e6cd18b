/** Ways in which search is less than a snapshot; may be changed while the stand-in runs. */
export interface Quirks {
  /** Search shows the site as it was this many seconds ago; single issues and their changes are always of now. */
  indexLagSeconds: number;
  /** What a page after the first does at its beginning: repeat the issue before it, or leave one out. */
  rowsAcrossPages: 'exact' | 'repeated' | 'skipped';
  /** Every page after the first leads to itself (Cloud). */
  repeatsToken: boolean;
  /** Tokens of pages, by search or changelog, are no longer known (Cloud). */
  forgetsTokens: boolean;
  /** Turns each issue of a search into something else, as after a change of the vendor's schema. */
  reshape: ((issue: Readonly<Record<string, unknown>>) => unknown) | null;
}

/**
 * Search without quirks.
 *
 * @example startJira({ base, clock, email, token, quirks: { ...noQuirks(), indexLagSeconds: 300 } })
 */
export const noQuirks = (): Quirks => ({
  indexLagSeconds: 0,
  rowsAcrossPages: 'exact',
  repeatsToken: false,
  forgetsTokens: false,
  reshape: null,
});

/**
 * Where a page really begins.
 *
 * @example beginOf(50, 'repeated') // => 49
 */
export const beginOf = (from: number, rows: Quirks['rowsAcrossPages']): number =>
  from === 0 || rows === 'exact' ? from : from + (rows === 'repeated' ? -1 : 1);
