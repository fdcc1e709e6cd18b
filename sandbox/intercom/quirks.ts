/** Ways in which search is less than a snapshot; may be changed while the stand-in runs. */
export interface Quirks {
  /** Search shows the workspace as it was this many seconds ago; single objects are always of now. */
  indexLagSeconds: number;
  /** What a page after the first does at its beginning: repeat the row before it, or leave one out. */
  rowsAcrossPages: 'exact' | 'repeated' | 'skipped';
  /** Turns each conversation of a search into something else, as after a change of the vendor's schema. */
  reshape: ((conversation: Readonly<Record<string, unknown>>) => unknown) | null;
}

/**
 * Search without quirks.
 *
 * @example startIntercom({ base, clock, token, quirks: { ...noQuirks(), indexLagSeconds: 300 } })
 */
export const noQuirks = (): Quirks => ({ indexLagSeconds: 0, rowsAcrossPages: 'exact', reshape: null });
