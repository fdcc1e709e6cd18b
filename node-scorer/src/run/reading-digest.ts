import { createHash } from 'node:crypto';
import type { Sources } from '../config/sources.ts';
import { versionOf } from '../config/model-json.ts';
import { sourceOf, SOURCES, type SourceName } from '../extract/registry.ts';
import type { AnySource } from '../extract/source.ts';
import type { Account } from '../facts/index.ts';
import { CATALOGUE } from '../metrics/catalogue.ts';

/**
 * What a reading was asked by: the mapping id of its account, the settings of its source that its metric uses, and the
 * metric's definition. Ten hexadecimal digits by metric id; another one tells that the reading must be made again
 * (docs/glossary.md, "History").
 */
export type Digests = Readonly<Record<string, string>>;

const DIGITS = 5;

/** The ids by which a source finds an account; Salesforce knows it by its own. */
const idsOf = (account: Account, { mappingFields }: AnySource): readonly (string | null | undefined)[] =>
  mappingFields.map(({ key }) => account[key]);

/** Has an account an id that this source could know it by? */
export const isMapped = (account: Account, source: SourceName): boolean =>
  idsOf(account, sourceOf(source)).some((id) => id !== null);

/**
 * Makes the digests of accounts under these settings.
 *
 * @example digestsUnder(sources)(account).open_bugs // => '3fa91c07be'
 */
export function digestsUnder(sources: Sources): (account: Account) => Digests {
  const asked = CATALOGUE.map((metric) => {
    const { id, source, unit, rollingMonths = null, revision = 1 } = metric;
    const used = sourceOf(source).settingsOf(id, sources[source] as never);
    // A setting that is absent has no place in JSON.
    const settings = JSON.parse(JSON.stringify([used ?? null])) as unknown;
    return { metric, by: versionOf([id, unit, rollingMonths, revision, settings]).slice(0, DIGITS) };
  });
  return (account) => {
    const mapped = Object.fromEntries(
      SOURCES.map((source) => [source.name, hashOf(JSON.stringify(idsOf(account, source)))]),
    );
    return Object.fromEntries(
      asked.map(({ metric, by }) => [metric.id, `${mapped[metric.source] ?? ''}${by}`]),
    );
  };
}

/**
 * Was a stored reading asked by something else than today's? One of before this was kept counts as unchanged.
 *
 * @example isAskedOtherwise('3fa91c07be', '3fa91c07bf') // => true
 */
export const isAskedOtherwise = (stored: string | undefined, today: string | undefined): boolean =>
  stored !== undefined && today !== undefined && stored !== today;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
