/** Ways in which answers are less than they should be; may be changed while the stand-in runs. */
export interface Quirks {
  /**
   * The database refuses: plain `json` then has status 200 and one row `{ looker_error }`, `json_detail` has status
   * 200 and `errors`, and everything else 400.
   */
  sqlError: string | null;
  /** Data of the last months are not loaded yet. */
  monthsMissing: number;
  /** Turns each row into something else, as after a change of the model. */
  reshape: ((row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) | null;
}

/**
 * Answers without quirks.
 *
 * @example startLooker({ base, clock, clientId, clientSecret, quirks: { ...noQuirks(), sqlError: 'timeout' } })
 */
export const noQuirks = (): Quirks => ({ sqlError: null, monthsMissing: 0, reshape: null });
