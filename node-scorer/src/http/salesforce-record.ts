export type Value = string | number | boolean | null;
/** Values by field; a parent by an external id of its own as `Run__r.Run_Key__c`. */
export type RecordToSave = Readonly<Record<string, Value>>;

/**
 * Records that may be made one by one as they are asked for: thousands of long ones at a time would be most of a run's
 * memory. An array is such a list.
 */
export type RecordList = Pick<readonly RecordToSave[], 'length' | 'at'>;

/** What came of one record. */
export interface SavedRecord {
  /** Null for a failure, and where the org was not asked for it. */
  readonly id: string | null;
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}
