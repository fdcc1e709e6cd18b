/** The parts of `lightning/uiRecordApi` that go with GraphQL data: https://developer.salesforce.com/docs/platform/lwc/guide/reference-ui-api.html */
import type { WireAdapterConstructor } from 'lwc';

export interface FieldId {
  fieldApiName: string;
  objectApiName: string;
}

export interface RecordValue {
  id: string;
  apiName: string;
  fields: Record<string, { value: unknown; displayValue?: string | null } | undefined>;
}

export const getRecord: WireAdapterConstructor<
  {
    recordId: string | undefined;
    fields?: (string | FieldId)[];
    optionalFields?: (string | FieldId)[];
  },
  { data?: RecordValue; error?: unknown }
>;
export function getFieldValue(record: RecordValue | undefined, field: string | FieldId): unknown;
export function createRecord(record: {
  apiName: string;
  fields: Record<string, unknown>;
}): Promise<RecordValue>;
export function updateRecord(record: { fields: Record<string, unknown> }): Promise<RecordValue>;
export function deleteRecord(recordId: string): Promise<void>;
export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
