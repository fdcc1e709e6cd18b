/** What the extractor needs of a Salesforce connection; the real one is http/salesforce.ts. */
export type Row = Readonly<Record<string, unknown>>;

export interface FieldDescription {
  readonly name: string;
  /** As describe says it: string, double, currency, date, datetime, picklist, reference, boolean … */
  readonly type: string;
  /** Active values of a picklist; empty for other types. */
  readonly values: readonly string[];
}

export interface ObjectDescription {
  readonly name: string;
  readonly queryable: boolean;
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** Developer names and labels of its record types. */
  readonly recordTypes: readonly string[];
}

export interface SalesforceReader {
  /**
   * Every row of a query, all pages; with `archived` also those that are archived or deleted.
   *
   * @throws ScorerError SOURCE_UNEXPECTED when fewer rows came than the org counted
   */
  readonly query: (soql: string, options?: { readonly archived?: boolean }) => Promise<readonly Row[]>;
  /** Fields of an object that the running user sees; null when it sees no such object. Asked once. */
  readonly describe: (object: string) => Promise<ObjectDescription | null>;
}
