import type { Environment } from '../config/environment.ts';
import type { Sources } from '../config/sources.ts';
import { ScorerError } from '../errors.ts';
import type { UnknownName } from '../extract/names.ts';
import { SOURCES, type SourceName } from '../extract/registry.ts';
import type { World } from './sources.ts';

/** What came of signing in to one source. */
export type SourceCheck = { readonly source: SourceName } & (
  | { readonly unknown: readonly UnknownName[] }
  /** It refused us, or did not answer. */
  | { readonly failed: ScorerError }
);

/**
 * The test of every connection: signs in to each source that has credentials, side by side, and asks it for the names
 * that sources.yaml holds.
 *
 * @example await checkSources(environment, sources, world) // => [{ source: 'intercom', unknown: [] }]
 */
export async function checkSources(
  environment: Environment,
  sources: Sources,
  world: World,
): Promise<readonly SourceCheck[]> {
  return Promise.all(
    SOURCES.flatMap(({ name: source, open, checkNames }) => {
      const credentials = environment[source] as never;
      const settings = sources[source] as never;
      if (credentials === null) return [];
      const unknown = async () => checkNames(await open(credentials, settings, world), settings);
      return [unknown().then((names) => ({ source, unknown: names }), failedAt(source))];
    }),
  );
}

const failedAt =
  (source: SourceName) =>
  (error: unknown): SourceCheck => {
    if (!(error instanceof ScorerError)) throw error;
    return { source, failed: error };
  };
