/**
 * `lightning/graphql`, second version: queries by wire, mutations by call. Only what its reference names.
 * https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-intro.html
 */
import type { WireAdapterConstructor } from 'lwc';

/** A parsed query. Opaque: only `gql` makes one. */
export interface Query {
  readonly __query: unique symbol;
}

export interface GraphqlError {
  message: string;
  locations?: { line: number; column: number }[];
  path?: (string | number)[];
  extensions?: Record<string, unknown>;
}

/** What the wire gives. Data is unknown until the component checks or casts it: fields can be hidden from a user. */
export interface GraphqlResult {
  data?: unknown;
  errors?: GraphqlError[];
  /** Asks again; there once an answer has come. */
  refresh?: () => Promise<void>;
}

export interface GraphqlConfig {
  query: Query | undefined;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
}

export function gql(text: TemplateStringsArray, ...parts: unknown[]): Query;
export const graphql: WireAdapterConstructor<GraphqlConfig, GraphqlResult>;
export function executeMutation(mutation: {
  query: Query;
  variables?: Record<string, unknown>;
  operationName?: string;
}): Promise<{ data?: unknown; errors?: GraphqlError[] }>;
