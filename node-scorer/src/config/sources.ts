import { z } from 'zod';
import { SOURCES as REGISTERED, type SettingsOf, type SourceName } from '../extract/registry.ts';
import { FORMAT } from './schema-parts.ts';

/** Where each metric's facts come from: `config/sources.yaml`, with its own snake_case keys. */
export type Sources = { readonly [N in SourceName]: SettingsOf<N> };

/**
 * The shape of `sources.yaml`: a part of each source. Every key is read: a misspelt one would quietly leave its metric
 * without readings.
 *
 * @example (await sourcesSchema()).parse(yaml).jira.edition // => 'auto'
 */
export async function sourcesSchema(): Promise<z.ZodType<Sources>> {
  const parts = await Promise.all(
    REGISTERED.map(async ({ name, settings }) => [name, await settings()] as const),
  );
  return z
    .strictObject({ version: FORMAT, ...Object.fromEntries(parts) })
    .transform(({ version: _, ...sources }) => sources as unknown as Sources);
}
