export type Value = string | number | boolean | null;
/** Values by field; a parent by an external id of its own as `Run__r.Run_Key__c`. */
export type RecordToSave = Readonly<Record<string, Value>>;

/** What came of one record. */
export interface SavedRecord {
  /** Null for a failure, and where the org was not asked for it. */
  readonly id: string | null;
  readonly success: boolean;
  /** `CODE: message` of each error; empty on success. */
  readonly errors: readonly string[];
}
