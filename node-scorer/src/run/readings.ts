import { SOURCES, type FactsOf, type SourceName } from '../extract/registry.ts';
import type { Known, Window } from '../facts/index.ts';
import { readMetrics } from '../metrics/catalogue.ts';
import type { Facts } from '../metrics/define-metric.ts';
import type { Extraction, Note } from '../extract/extraction.ts';
import type { MissingReason, Reading } from '../scoring/index.ts';

/** What came of reading one source: its facts, or why there are none for anybody. */
export type Attempt<T> =
  | { readonly extraction: Extraction<T> }
  | { readonly missing: 'not_configured' | 'source_down'; readonly notes: readonly Note[] };

export type Attempts = { readonly [N in SourceName]: Attempt<FactsOf<N>> };

/** All readings of one account, context metrics included, by metric id. */
export type Readings = Readonly<Record<string, Reading>>;

/**
 * Turns what the sources told into one account's readings. A source that failed as a whole gives its reason to
 * each of its metrics; an account that an extractor said nothing about was not mapped.
 */
export function readingsOf(accountId: string, attempts: Attempts, window: Window): Readings {
  const from = <T>(attempt: Attempt<T>): Known<T> =>
    'missing' in attempt
      ? { missing: attempt.missing }
      : (attempt.extraction.facts.get(accountId) ?? { missing: 'not_mapped' satisfies MissingReason });
  const facts = Object.fromEntries(
    SOURCES.map(({ name }) => [name, from<unknown>(attempts[name])]),
  ) as unknown as Facts;
  return readMetrics(facts, window);
}

/** When each source was read; null for one that was not. */
export function observedAt(attempts: Attempts): Record<SourceName, string | null> {
  const times = SOURCES.map(({ name }) => {
    const attempt = attempts[name];
    return [name, 'missing' in attempt ? null : attempt.extraction.observedAt] as const;
  });
  return Object.fromEntries(times) as Record<SourceName, string | null>;
}

/** What the sources had to tell a person. */
export const notesOf = (attempts: Attempts): Note[] =>
  SOURCES.flatMap(({ name }) => {
    const attempt = attempts[name];
    return 'missing' in attempt ? [...attempt.notes] : [...attempt.extraction.notes];
  });
