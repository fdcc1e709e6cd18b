export type Value = string | number | boolean | null;
export type RecordToSave = Readonly<Record<string, Value>>;

/**
 * Records that may be made one by one as they are asked for: thousands of long ones at a time would be most of a run's
 * memory. An array is such a list.
 */
export type RecordList = Pick<readonly RecordToSave[], 'length' | 'at'>;

/** What came of one record. */
export interface SavedRecord {
  readonly id: string | null;
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}
