export type Value = string | number | boolean | null;
export type RecordToSave = Readonly<Record<string, Value>>;

/** What came of one record. */
export interface SavedRecord {
  readonly id: string | null;
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}
