import type { Extraction } from './extraction.ts';
import { INTERCOM } from './intercom/source.ts';
import { JIRA } from './jira/source.ts';
import { LOOKER } from './looker/source.ts';
import { salesforceWith } from './salesforce/source.ts';
import type { AnySource, MappingField } from './source.ts';

/** Sources whose names for an account stand in the mapping file or in fields of the org. */
const MAPPED = [INTERCOM, JIRA, LOOKER] as const;

/** What the sources call an account, in the order of the mapping file. */
export const MAPPING_FIELDS: readonly MappingField[] = MAPPED.flatMap(({ mappingFields }) => mappingFields);

/** Every source there is. To add one: its folder, and its line here. */
export const REGISTRY = [...MAPPED, salesforceWith(MAPPING_FIELDS)] as const;

type Registered = (typeof REGISTRY)[number];
export type SourceName = Registered['name'];

/** The same without the types of each, for what loops over them. */
export const SOURCES = REGISTRY as unknown as readonly (AnySource & { readonly name: SourceName })[];

export const SOURCE_NAMES = SOURCES.map(({ name }) => name);

/** @throws Error for a name that no source has: a metric that nobody reads is a fault of the program */
export function sourceOf(name: SourceName): (typeof SOURCES)[number] {
  const source = SOURCES.find((one) => one.name === name);
  if (source === undefined) throw new Error(`found no source ${name}, expected one of the registry`);
  return source;
}

type Of<N extends SourceName> = Extract<Registered, { readonly name: N }>;

/** What one source brings, by its name. */
export type CredentialsOf<N extends SourceName> = NonNullable<ReturnType<Of<N>['credentials']>>;
export type SettingsOf<N extends SourceName> = Parameters<Of<N>['summary']>[0];
export type FactsOf<N extends SourceName> =
  Awaited<ReturnType<Of<N>['read']>> extends Extraction<infer Facts> ? Facts : never;
